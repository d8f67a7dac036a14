// What was typed into the form of a question, as terms of SPARQL, with what files call them: in English, as all of them.
const literal = (text, type) => `"${text}"^^<http://www.w3.org/2001/XMLSchema#${type}>`;
const plain = (make) => (typed) => {
  const term = make(typed);
  return term && { text: typed, term };
};
// The 30th of February has the look of a day, and is none.
const isDay = (typed) => {
  const day = /^(?!0000)\d{4}-\d\d-\d\d$/.test(typed) && new Date(`${typed}T00:00Z`);
  return Boolean(day) && !Number.isNaN(day.valueOf()) && day.toISOString().startsWith(typed);
};
const LITERALS = {
  date: plain((typed) => isDay(typed) && literal(typed, "date")),
  integer: plain((typed) => /^\d+$/.test(typed) && typed.replace(/^0+(?=\d)/, "")),
  text: plain((typed) => JSON.stringify(typed)),
};
// What a source numbers is named by its number, or as ssc/69.
const NUMBERED = { note: /^\d+$/, passage: /^\w+$/, claim: /^\w+$/ };
const same = (thing, typed) => [thing.en, thing.ru].some((label) => label.toLowerCase() === typed.toLowerCase());
// What is called so, else what sounds so, else whatever fits.
const fitting = (found, kinds, typed) => {
  const near = found.find(typed);
  const ways = [near.filter((thing) => same(thing, typed)), found.named(typed), near];
  return ways.map((things) => things.filter((thing) => kinds.includes(thing.kind))).find((things) => things.length) ?? [];
};

export class Reader {
  // `reading` fetches the names, `finder` what finds by them; `given` is what the page gives.
  constructor({ base, sources, said, words }, names, reading, finder) {
    Object.assign(this, { base, sources, said, words, names, reading, finder });
  }

  // The value of a parameter: { text, term }, where all values have no term. What fits nothing or several things throws.
  async value(parameter, typed) {
    if (typed.toLowerCase() === "all" && parameter.open) {
      return { text: "all", term: "" };
    }
    const [kind] = parameter.kinds;
    if (parameter.allowed[typed]) {
      return { text: parameter.allowed[typed], term: `<${this.base}${kind}/${typed}>` };
    }
    if (NUMBERED[kind] || LITERALS[kind]) {
      return (NUMBERED[kind] ? this.numbered(kind, typed) : LITERALS[kind](typed)) || this.refuse(parameter, typed, this.words.nothing);
    }
    await this.reading();
    return this.named(parameter, typed);
  }

  numbered(kind, typed) {
    const [key, name] = typed.includes("/") ? typed.split("/") : [this.sources[0], typed];
    return this.sources.includes(key) && NUMBERED[kind].test(name) && { text: `${key}/${name}`, term: `<${this.base}${key}/${kind}/${name}>` };
  }

  async named(parameter, typed) {
    const byPath = parameter.kinds.map((kind) => `${kind}/${typed}`).find((path) => this.names.labels.has(path));
    if (byPath) {
      return this.thing(byPath);
    }
    const things = fitting(await this.finder(), parameter.kinds, typed);
    if (things.length !== 1) {
      const some = things.slice(0, 6).map(({ path }) => this.names.labels.get(path)).join("; ");
      this.refuse(parameter, typed, things.length ? `${this.words.several} ${some}` : this.words.nothing);
    }
    return this.thing(things[0].path);
  }

  // An event is labelled by whoever tells of it: its identifier takes no side.
  thing(path) {
    const [kind, name] = path.split("/");
    return { text: kind === "event" ? name : this.names.english.get(path), term: `<${this.base}${path}>` };
  }

  refuse(parameter, typed, why) {
    throw new Error(`${this.said.parameters[parameter.name]} = ${typed}: ${why}`);
  }
}
