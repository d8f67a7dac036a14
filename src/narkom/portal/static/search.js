// The search field: a list of what fits as one types, and on the page of results all of it by kind.
// The list follows the combobox pattern of WAI-ARIA; the index is fetched when somebody begins to type.
import { ClaimFinder, Finder } from "./search-core.js";

const form = document.querySelector("form.search");
const field = form.elements.q;
const { root, up } = form.dataset;
const language = document.documentElement.lang;
const SHOWN = { group: 3, all: 10 };
const once = (load) => {
  let waiting;
  return () => (waiting ??= load());
};
const read = async (name) => (await fetch(`${root}data/${name}.json`)).json();
const finder = once(async () => new Finder(await read("search")));
const claimFinder = once(async () => new ClaimFinder(await read("search-claims")));

const element = (name, text = "", more = {}) => Object.assign(document.createElement(name), { textContent: text }, more);
const label = (thing) => (language === "ru" ? thing.ru : thing.en);
const address = (thing) => `${up}${thing.path}.html`;
const grouped = (things) => {
  const groups = new Map();
  things.forEach((thing) => groups.set(thing.kind, [...(groups.get(thing.kind) ?? []), thing]));
  return groups;
};
const heading = (found, kind) => found.kinds.find(([name]) => name === kind)[language === "ru" ? 2 : 1];

// -- as one types --------------------------------------------------------------------------------------------------

const list = element("ul", "", { id: "suggested", hidden: true });
list.setAttribute("role", "listbox");
list.setAttribute("aria-label", form.querySelector("button").textContent);
form.append(list);
Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "suggested" })
  .forEach(([name, value]) => field.setAttribute(name, value));
let at = -1;

const close = () => {
  list.hidden = true;
  at = -1;
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
};
const options = () => [...list.querySelectorAll("[role=option]")];
const choose = (number) => {
  const all = options();
  at = all.length ? (number + all.length) % all.length : -1;
  all.forEach((one, place) => one.setAttribute("aria-selected", String(place === at)));
  field.setAttribute("aria-activedescendant", all[at]?.id ?? "");
  all[at]?.scrollIntoView({ block: "nearest" });
};
const option = (thing, kind, number) => {
  const one = element("li", "", { id: `suggested-${number}` });
  one.setAttribute("role", "option");
  one.append(element("span", label(thing)), element("small", kind + (thing.mark ? " · ⊘" : "")));
  one.classList.toggle("not", Boolean(thing.mark));
  one.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    location.href = address(thing);
  });
  one.dataset.address = address(thing);
  return one;
};
const suggest = async () => {
  const typed = field.value;
  if (!typed.trim()) {
    close();
    return;
  }
  const its = await finder();
  if (field.value !== typed || document.activeElement !== field) {
    return;
  }
  const things = its.find(typed);
  const few = [...grouped(things).values()].flatMap((group) => group.slice(0, SHOWN.group));
  const shown = things.filter((thing) => few.includes(thing)).slice(0, SHOWN.all);
  list.replaceChildren(...shown.map((thing, number) => option(thing, heading(its, thing.kind), number)));
  if (things.length > shown.length) {
    const rest = element("li", `${shown.length} / ${things.length} ↵`, { className: "rest" });
    rest.setAttribute("role", "presentation");
    list.append(rest);
  }
  list.hidden = !shown.length;
  field.setAttribute("aria-expanded", String(!list.hidden));
  choose(-1 - shown.length);
  at = -1;
  options().forEach((one) => one.setAttribute("aria-selected", "false"));
};
const KEYS = {
  ArrowDown: () => choose(at + 1),
  ArrowUp: () => choose(at < 0 ? -1 : at - 1),
  Escape: close,
  Enter: () => (location.href = options()[at].dataset.address),
};
field.addEventListener("focus", finder);
field.addEventListener("input", suggest);
field.addEventListener("blur", close);
field.addEventListener("keydown", (event) => {
  const open = !list.hidden && event.key in KEYS && !(event.key === "Enter" && at < 0);
  if (open) {
    event.preventDefault();
    KEYS[event.key]();
  }
});

// -- the page of results -------------------------------------------------------------------------------------------

const place = document.getElementById("found");
const MOST = 20;
const entry = (target, text, notes) => {
  const item = element("li");
  item.append(element("a", text, { href: target }), ...notes.flatMap((note) => [" ", note]));
  return item;
};
const section = (title, items, words) => {
  const found = element("section");
  found.append(element("h2", `${title} (${items.length})`));
  const shown = element("ul");
  shown.append(...items.slice(0, MOST));
  found.append(shown);
  if (items.length > MOST) {
    const more = element("details");
    const rest = element("ul");
    rest.append(...items.slice(MOST));
    more.append(element("summary", `${words.more} (${items.length - MOST})`), rest);
    found.append(more);
  }
  return found;
};
const mark = (text) => element("span", text, { className: "stance not" });
const show = async (typed) => {
  const words = JSON.parse(place.dataset.words);
  const [its, claims] = await Promise.all([finder(), claimFinder()]);
  const other = (thing) => element("span", language === "ru" ? thing.en : thing.ru, { className: "soft" });
  const sections = [...grouped(its.find(typed))].map(([kind, things]) => {
    const items = things.map((one) => entry(address(one), label(one), [other(one), ...(one.mark ? [mark(words.not)] : [])]));
    return section(heading(its, kind), items, words);
  });
  const said = claims.find(typed).map((claim) => {
    const outside = claim.stance in words.stance;
    return entry(address(claim), claim.gloss, outside ? [mark(words.stance[claim.stance])] : []);
  });
  document.getElementById("asked").textContent = words.asked.replace("{0}", () => typed);
  place.replaceChildren(...sections, ...(said.length ? [section(words.claims, said, words)] : []));
  if (!place.children.length) {
    place.append(element("p", words.none));
  }
};
const asked = place && new URLSearchParams(location.search).get("q")?.trim();
if (asked) {
  field.value = asked;
  show(asked);
}
