// The form of a stored question on a site without a server: an answer that was prepared comes with its evidence; with
// other values the question is asked of the engine in this page, and says that it comes without.
import { asked as askedHere, prepared } from "./answers.js";
import { beneath } from "./beneath.js";
import { Engine } from "./engines.js";
import { unpacked } from "./packed.js";
import { element, evidenced, Names, table } from "./results.js";
import { Finder } from "./search-core.js";
import { share } from "./share.js";
import { Reader } from "./typed.js";

const form = document.getElementById("ask");
const place = document.getElementById("answer");
const state = document.getElementById("state");
const query = document.getElementById("query").textContent;
const given = JSON.parse(document.getElementById("given").textContent);
const { words, parameters, base, answers, said, labels } = given;
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
const preparedAnswers = once(async () => (answers ? (await unpacked(root + answers)).json() : null));
const citing = once(async () => (await fetch(`${root}data/citing.json`)).json());
const reader = new Reader(given, names, reading, finder);

// -- the answer ----------------------------------------------------------------------------------------------------

const tell = (text) => (state.textContent = text);
// A parameter may stand in a query more than once.
const withValues = (values) =>
  Object.entries(values).reduce(
    (text, [name, { term }]) => text.replace(new RegExp(`(VALUES\\s+\\?${name}\\s*\\{)[^}]*\\}`, "g"), (_, start) => `${start} ${term || "UNDEF"} }`),
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
const showPrepared = (answer, typed) => {
  const { made, notes } = evidenced(answer, names, words);
  show(answer.rows.length ? [scroll(made), ...notes] : [element("p", words.none)], asked(typed), answer.rows.length);
};
const showBare = ({ variables, rows }, typed) => {
  const { made, shown, all } = table(variables, rows.map((row) => row.values), names);
  const parts = [element("p", words.bare, { className: "outside" }), all ? scroll(made) : element("p", words.none)];
  show(parts, asked(typed), shown < all ? `${shown} / ${all}` : all);
};
// Answered by what was prepared, where it was.
const answered = async (values, all) => {
  const found = await preparedAnswers();
  const terms = Object.fromEntries(all.map(({ name, term }) => [name, term]));
  const told = (what) => tell(words[what]);
  return (found && prepared(found, terms, base)) ?? askedHere(engine, withValues(values), labels, told);
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
    share(location.pathname);
    return;
  }
  tell(words.asking);
  try {
    const values = {};
    for (const parameter of parameters.filter(({ name }) => !isUsual(form.elements[name]))) {
      values[parameter.name] = await reader.value(parameter, typed[parameter.name]);
    }
    const told = parameters.map(({ name, usual: its }) => ({ name, ...(values[name] ?? its) }));
    const [answer, parts] = await Promise.all([answered(values, told), citing(), reading()]);
    answer.cited ? showPrepared(answer, typed) : showBare(answer, typed);
    const chosen = new URLSearchParams(typed);
    place.append(...beneath(answer, told, `${base}question/${given.name}?${chosen}`, { ...given, names, citing: parts }));
    share(`${location.pathname}?${chosen}`);
  } catch (error) {
    const told = element("p", words[error.message] ?? error.message, { className: "outside" });
    told.setAttribute("role", "alert");
    place.replaceChildren(told);
    share("");
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
  const place = found?.listed.indexOf(parameter.name) ?? -1;
  const having = new Set(place < 0 ? [] : Object.keys(found.answers).map((terms) => terms.split(" ")[place]));
  const has = (path) => place < 0 || having.has(`<${base}${path}>`);
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
