// The rows of an answer as a table: what has a page here is a link by its name, claims are links with their sentence.
const SHOWN = 500;
const EVIDENCE = /^_(claims|notes|stances)$/;

export const element = (name, text = "", more = {}) => Object.assign(document.createElement(name), { textContent: text }, more);

// What gives words to IRIs: the names of the search's index, and the sentences of claims.
export class Names {
  // `said` is what the page of a question calls its columns and the phrases of its cells; a free query has none.
  constructor({ root, up, base, language, said = null }) {
    Object.assign(this, { root, up, base, language, said });
  }

  async read() {
    const [names, claims] = await Promise.all(["search", "search-claims"].map((name) => this.fetched(name)));
    const column = this.language === "ru" ? 3 : 2;
    this.data = names;
    this.labels = new Map(names.things.map((one) => [one[0], one[column]]));
    this.english = new Map(names.things.map((one) => [one[0], one[2]]));
    // Answers have labels in English: what bears one is called here as its page is, if no other thing bears it.
    const known = new Map();
    names.things.forEach((one) => known.set(one[2], known.has(one[2]) && known.get(one[2]) !== one[column] ? one[2] : one[column]));
    this.called = known;
    const told = ([path, gloss, stance, footnotes, voices, relays, inferred]) => [path, { gloss, stance, footnotes, voices, relays, inferred }];
    this.claims = new Map(claims.map(told));
  }

  async fetched(name) {
    return (await fetch(`${this.root}data/${name}.json`)).json();
  }

  // The head of a column, and the words of a cell, in the language of the page.
  head(variable) {
    return this.said?.columns[variable] ?? variable.replace(/^_/, "").replaceAll("_", " ");
  }

  cell(text) {
    return this.said ? (this.said.cells[text] ?? this.called.get(text) ?? text) : text;
  }

  // An IRI's words, where it leads, and what is told on hover.
  of(iri) {
    if (!iri.startsWith(this.base)) {
      return { text: iri, href: /^https?:/.test(iri) ? iri : "", title: "" };
    }
    const [path, fragment] = iri.slice(this.base.length).split("#");
    const href = path ? `${this.up}${path}.html${fragment ? `#${fragment}` : ""}` : this.up || "./";
    const short = fragment ?? path.replace("/claim/", "/");
    return { text: this.labels.get(path) ?? short, href, title: this.claims.get(path)?.gloss ?? iri };
  }
}

const link = (names, iri) => {
  const { text, href, title } = names.of(iri);
  return href ? element("a", text, { href, title }) : element("span", text);
};
const spaced = (parts) => parts.flatMap((part, place) => (place ? [" ", part] : [part]));
const filled = (cell, names, variable, value) => {
  if (!value) {
    return cell;
  }
  if (value.type === "uri") {
    cell.append(link(names, value.value));
  } else if (EVIDENCE.test(variable) && value.value.startsWith(names.base)) {
    cell.append(...spaced(value.value.split(/\s+/).map((iri) => link(names, iri))));
  } else {
    cell.textContent = names.cell(value.value);
    if (value["xml:lang"] && cell.textContent === value.value) {
      cell.lang = value["xml:lang"];
    }
    cell.classList.toggle("date", /^-?\d{4}(-\d\d){0,2}$/.test(value.value));
  }
  return cell;
};

// A table of rows, each a list of cells under these heads.
const tabled = (heads, rows) => {
  const made = element("table", "", { className: heads.length > 6 ? "answer wide" : "answer" });
  const top = element("thead");
  const line = element("tr");
  line.append(...heads.map((head) => element("th", head, { scope: "col" })));
  top.append(line);
  const body = element("tbody");
  body.append(
    ...rows.map((cells) => {
      const row = element("tr");
      cells.forEach((cell, place) => (cell.dataset.name = heads[place]));
      row.append(...cells);
      return row;
    }),
  );
  made.append(top, body);
  return made;
};

// The first rows of an answer, each the terms by variable in SPARQL's JSON, and how many there are in all.
export function table(variables, rows, names) {
  const cells = (row) => variables.map((name) => filled(element("td"), names, name, row[name]));
  const made = tabled(variables.map((name) => names.head(name)), rows.slice(0, SHOWN).map(cells));
  return { made, shown: Math.min(rows.length, SHOWN), all: rows.length };
}

const OUTSIDE = ["testified", "charged", "rejected"];
const marked = (stance, words) => element("span", words.stances[stance], { className: OUTSIDE.includes(stance) ? "stance not" : "stance" });
const passage = (path, words) => {
  const [, kind, paragraph, sentence] = /\/([a-z]+)(\d+)s(\d+)[a-z]*$/.exec(path);
  return kind === "p" ? words.place.replace("{p}", paragraph).replace("{s}", sentence) : `${words.caption} ${paragraph}`;
};
const voiced = ({ voices, relays }, names, words) => {
  const called = (paths) => paths.map((path) => names.of(names.base + path).text).join(", ");
  const handed = relays.length ? `; ${words.handed} ${called(relays)}` : "";
  return voices.length ? [`${words.according} ${called(voices)}${handed}.`, " "] : [];
};
const note = (path, number, names, words) => {
  const { gloss, stance, footnotes, inferred, ...said } = names.claims.get(path);
  const item = element("li", "", { id: `n${number}` });
  const where = element("span", "", { className: "where" });
  const cited = footnotes.length ? footnotes.map((one) => `${words.footnote} ${one}`).join(", ") : words.unnoted;
  where.append(element("a", path.replace("/claim/", "/"), { href: `${names.up}${path}.html` }), ` · ${passage(path, words)}, ${cited}`);
  const marks = [...(stance === "asserted" ? [] : [marked(stance, words)]), ...(inferred ? [element("span", words.inferred, { className: "stance" })] : [])];
  item.append(element("span", gloss, { lang: "en" }), " ", ...voiced(said, names, words), ...marks.flatMap((one) => [one, " "]), where);
  return item;
};

// The rows of a prepared answer (answers.js), each with the numbers of its notes, and these notes.
export function evidenced({ variables, rows }, names, words) {
  const numbers = new Map();
  const numbered = (path) => numbers.get(path) ?? (numbers.set(path, numbers.size + 1), numbers.size);
  const cells = ({ values, claims, gap }) => {
    const last = element("td", "", { className: "where" });
    last.append(...spaced(claims.map((path) => element("a", `[${numbered(path)}]`, { href: `#n${numbered(path)}` }))));
    last.append(claims.length ? "" : gap ? element("span", gap, { lang: "en" }) : words.register);
    const outside = OUTSIDE.filter((stance) => claims.some((path) => names.claims.get(path).stance === stance));
    last.append(...outside.flatMap((stance) => [" ", marked(stance, words)]));
    return [...variables.map((name) => filled(element("td"), names, name, values[name])), last];
  };
  const made = tabled([...variables.map((name) => names.head(name)), words.notes], rows.map(cells));
  made.querySelectorAll("tbody tr").forEach((line) => line.classList.toggle("not", Boolean(line.querySelector(".stance.not"))));
  const list = element("ol", "", { className: "notes" });
  list.append(...[...numbers].map(([path, number]) => note(path, number, names, words)));
  return { made, notes: [element("h2", words.notes), list] };
}

// Offer a text as a file, without asking anybody for it again.
export function saved(text, media, name) {
  const address = URL.createObjectURL(new Blob([text], { type: media }));
  element("a", "", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
