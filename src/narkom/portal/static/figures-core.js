// What the figures have in common: their data, their filters, their words, and the address in which all of it is kept.
export const place = document.getElementById("figure");
export const form = document.querySelector("form.filters");
export const language = document.documentElement.lang;
// Dates as the pages write them: the day before the month.
export const locale = language === "en" ? "en-GB" : language;
export const words = JSON.parse(place.dataset.words);
export const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
export const counted = (phrase, number) => phrase.replace("{0}", number);
export const told = (its) => its[language] ?? its.en;
export const address = (path) => `${place.dataset.up}${path}.html`;
export const data = async (source = place.dataset.source) => {
  const reply = await fetch(source);
  if (!reply.ok) throw new Error(`${source}: ${reply.status}`);
  return reply.json();
};
export const element = (name, text = "", more = {}) => Object.assign(document.createElement(name), { textContent: text, ...more });
export const link = (path, text, more = {}) => element("a", text, { href: address(path), ...more });

const dates = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
export const inWords = (day) => dates.format(new Date(day));
export const when = (first, last) => {
  if (first && last) return first === last ? inWords(first) : `${words.between} ${inWords(first)} ${words.and} ${inWords(last)}`;
  if (first || last) return first ? `${words.from} ${inWords(first)}` : `${words.to} ${inWords(last)}`;
  return "";
};
// How far the authors stand behind it, in a word; of what they assert none is needed.
export const standing = (stance, accepted = true) =>
  stance === "asserted" ? "" : element("span", words.stance[stance] ?? stance, { className: accepted ? "stance" : "stance not" });
const NOT = ["testified", "charged", "rejected"];
export const cites = (names, stances) => {
  const found = element("span", "", { className: "where" });
  names.forEach((name, at) => {
    const [source, local] = name.split("/");
    const word = standing(stances[name], !NOT.includes(stances[name]));
    found.append(at ? ", " : "[", link(`${source}/claim/${local}`, name), word && " ", word);
  });
  found.append("]");
  return found;
};

export const fill = (select, rows) => {
  const sorted = [...rows].sort(([, one], [, other]) => one.localeCompare(other, language));
  select.append(...sorted.map(([value, text]) => element("option", text, { value })));
};

// The address tells the state of the figure, so that it can be shared and comes back with the back button.
export const state = () => new URLSearchParams(location.search);
export const keep = (values) => {
  const found = state();
  Object.entries(values).forEach(([name, value]) => (value ? found.set(name, value) : found.delete(name)));
  const query = found.size ? `?${found}` : "";
  if (query !== location.search) history.replaceState(null, "", `${location.pathname}${query}${location.hash}`);
};
export const ticked = (name) => [...form.querySelectorAll(`input[name=${name}]`)].filter((one) => one.checked).map((one) => one.value);

// Shows the controls, and what is not vouched for only where it is asked for; without scripts all of it stands apart.
export const begin = () => {
  form.hidden = false;
  document.querySelectorAll(".filters-only").forEach((one) => (one.hidden = false));
};
export const showOutside = (shown) => {
  document.querySelectorAll(".outside-only, #outside, .not-vouched").forEach((one) => (one.hidden = !shown));
};
// Lists have what the figure has: what is filtered out is hidden, counted anew, and a short rest is opened.
const SHORT = 40;
export const filterLists = (items, shown) => {
  items.forEach((item) => (item.hidden = !shown(item)));
  const left = items.filter((item) => !item.hidden).length;
  const folded = [...new Set(items.map((item) => item.closest("details")))];
  folded.forEach((one) => {
    const count = [...one.querySelectorAll("li")].filter((item) => !item.hidden).length;
    one.querySelector(".count").textContent = count;
    one.hidden = !count;
    one.open = left <= SHORT;
  });
};
// A figure that cannot be drawn says so; the lists are there all the same.
export const drawing = async (draw) => {
  try {
    await draw();
    place.setAttribute("data-drawn", "");
  } catch (error) {
    place.replaceChildren(element("p", words.broken));
    place.classList.add("broken");
    throw error;
  }
};
export const onBack = (read) => addEventListener("popstate", read);
