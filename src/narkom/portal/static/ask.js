// The form of a stored question on a site without a server: an answer that was prepared comes with its evidence; with
// other values the question is asked of the engine in this page, and says that it comes without.
import { Engine, ROWS } from "./engines.js";
import { element, evidenced, Names, table } from "./results.js";
import { Finder } from "./search-core.js";

const form = document.getElementById("ask");
const place = document.getElementById("answer");
const state = document.getElementById("state");
const query = document.getElementById("query").textContent;
const { words, parameters, base, sources, answers, said } = JSON.parse(document.getElementById("given").textContent);
const { root, up } = document.querySelector("form.search").dataset;
const russian = document.documentElement.lang === "ru";
const names = new Names({ root, up, base, language: document.documentElement.lang, said });
const engine = new Engine();
const once = (load) => {
  let waiting;
  return () => (waiting ??= load());
};
const reading = once(() => names.read());
const finder = once(async () => {
  await reading();
  return new Finder(names.data);
});
const preparedAnswers = once(async () => (answers ? (await fetch(root + answers)).json() : { answers: {} }));

// -- what was typed, as terms --------------------------------------------------------------------------------------

const literal = (text, type) => `"${text}"^^<http://www.w3.org/2001/XMLSchema#${type}>`;
// What a source numbers is named by its number, or as ssc/69.
const numbered = (kind, form) => (typed) => {
  const [key, name] = typed.includes("/") ? typed.split("/") : [sources[0], typed];
  return sources.includes(key) && form.test(name) && `<${base}${key}/${kind}/${name}>`;
};
const LITERALS = {
  date: (typed) => /^\d{4}-\d\d-\d\d$/.test(typed) && literal(typed, "date"),
  integer: (typed) => /^\d+$/.test(typed) && typed,
  text: (typed) => JSON.stringify(typed),
  note: numbered("note", /^\d+$/),
  passage: numbered("passage", /^\w+$/),
  claim: numbered("claim", /^\w+$/),
};
const same = (thing, typed) => [thing.en, thing.ru].some((label) => label.toLowerCase() === typed.toLowerCase());
// What is called so, else what sounds so, else whatever fits.
const fitting = (found, kinds, typed) => {
  const near = found.find(typed);
  const ways = [near.filter((thing) => same(thing, typed)), found.named(typed), near];
  return ways.map((things) => things.filter((thing) => kinds.includes(thing.kind))).find((things) => things.length) ?? [];
};
const named = async (parameter, typed) => {
  const byPath = parameter.kinds.map((kind) => `${kind}/${typed}`).find((path) => names.labels.has(path));
  if (byPath) {
    return `<${base}${byPath}>`;
  }
  const things = fitting(await finder(), parameter.kinds, typed);
  if (things.length !== 1) {
    const some = things.slice(0, 6).map((thing) => (russian ? thing.ru : thing.en)).join("; ");
    throw new Error(`${said.parameters[parameter.name]} = ${typed}: ${things.length ? `${words.several} ${some}` : words.nothing}`);
  }
  return `<${base}${things[0].path}>`;
};
const term = async (parameter, typed) => {
  if (typed.toLowerCase() === "all" && parameter.open) {
    return "UNDEF";
  }
  if (parameter.allowed.length) {
    return `<${base}${parameter.kinds[0]}/${typed}>`;
  }
  const make = LITERALS[parameter.kinds[0]];
  if (!make) {
    await reading();
    return named(parameter, typed);
  }
  const made = make(typed);
  if (!made) {
    throw new Error(`${said.parameters[parameter.name]} = ${typed}: ${words.nothing}`);
  }
  return made;
};

// -- the answer ----------------------------------------------------------------------------------------------------

const tell = (text) => (state.textContent = text);
const withValues = (terms) =>
  Object.entries(terms).reduce(
    (text, [name, value]) => text.replace(new RegExp(`(VALUES\\s+\\?${name}\\s*\\{)[^}]*\\}`), (_, start) => `${start} ${value} }`),
    query,
  );
const show = (parts, told, count) => {
  const heading = element("h2", `${words.answer} `);
  heading.append(element("span", `(${count})`, { className: "soft" }));
  place.replaceChildren(heading, element("p", told, { className: "soft" }), ...parts);
};
const scroll = (inner) => {
  const found = element("div", "", { className: "scroll" });
  found.append(inner);
  return found;
};
const asked = (typed) => `${words.asked} ${Object.entries(typed).map(([name, text]) => `${said.parameters[name]} = ${text}`).join(", ")}.`;
const showPrepared = async (found, value, typed) => {
  const rows = found.answers[value];
  if (!rows) {
    show([element("p", words.none)], asked(typed), 0);
    return;
  }
  await reading();
  const { made, notes } = evidenced(found.variables, rows, names, words);
  show([scroll(made), ...notes], asked(typed), rows.length);
};
const showAsked = async (terms, typed) => {
  const [body] = await Promise.all([
    engine.ask(withValues(terms), { form: ROWS, told: (what) => tell(words[what]) }),
    reading(),
  ]);
  const { made, shown, all } = table(JSON.parse(body), names);
  show([element("p", words.bare, { className: "outside" }), all ? scroll(made) : element("p", words.none)], asked(typed), shown < all ? `${shown} / ${all}` : all);
};
const reset = (field) => {
  const option = [...(field.options ?? [])].find((one) => one.defaultSelected);
  field.value = option ? option.value : field.defaultValue;
};
// The answer with the usual values stands in the page, with its evidence.
const usual = [...place.childNodes];
const isUsual = (field) => (field.options ? field.options[field.selectedIndex].defaultSelected : field.value.trim() === field.defaultValue);
const ask = async () => {
  // What is left empty is asked with the usual value, and says so.
  const fields = parameters.map(({ name }) => form.elements[name]);
  fields.filter((field) => !field.value.trim()).forEach(reset);
  const typed = Object.fromEntries(fields.map((field) => [field.name, field.value.trim()]));
  if (fields.every(isUsual)) {
    place.replaceChildren(...usual);
    return;
  }
  tell(words.asking);
  try {
    const terms = {};
    for (const parameter of parameters.filter(({ name }) => !isUsual(form.elements[name]))) {
      terms[parameter.name] = await term(parameter, typed[parameter.name]);
    }
    const found = await preparedAnswers();
    const value = terms[found.parameter];
    await (value && value !== "UNDEF" ? showPrepared(found, value, typed) : showAsked(terms, typed));
  } catch (error) {
    const told = element("p", error.message, { className: "outside" });
    told.setAttribute("role", "alert");
    place.replaceChildren(told);
  }
  tell("");
};

// -- the form and the address --------------------------------------------------------------------------------------

// What there is an answer for is offered first to choose from; where nothing was prepared, all of the kind.
const offer = async ({ target }) => {
  const parameter = parameters.find(({ name }) => name === target.name);
  const list = parameter && document.getElementById(`l-${parameter.name}`);
  if (!list || list.childElementCount) {
    return;
  }
  const [{ things, kinds }, found] = [await finder(), await preparedAnswers()];
  const has = (path) => found.parameter !== parameter.name || `<${base}${path}>` in found.answers;
  const fit = things.filter(([path, kind]) => parameter.kinds.includes(kinds[kind][0]) && has(path));
  list.replaceChildren(...fit.map(([, , english, own]) => element("option", "", { value: russian ? own : english })));
};
const restore = () => {
  const found = new URLSearchParams(location.search);
  parameters.forEach(({ name }) => {
    const field = form.elements[name];
    found.has(name) ? (field.value = found.get(name)) : reset(field);
  });
  ask();
};
form.addEventListener("focusin", offer);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const typed = new URLSearchParams(new FormData(form));
  history.pushState(null, "", `${location.pathname}?${typed}`);
  ask();
});
addEventListener("popstate", restore);
form.hidden = false;
restore();
