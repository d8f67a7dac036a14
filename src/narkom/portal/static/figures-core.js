// What the figures have in common: their data, their filters, and the address in which both are kept.
export const place = document.getElementById("figure");
export const form = document.querySelector("form.filters");
export const russian = document.documentElement.lang === "ru";
export const words = JSON.parse(place.dataset.words);
export const told = (english, other) => (russian ? other : english);
export const address = (path) => `${place.dataset.up}${path}.html`;
export const data = async (source = place.dataset.source) => (await fetch(source)).json();
export const element = (name, text = "", more = {}) => Object.assign(document.createElement(name), { textContent: text }, more);

export const fill = (select, rows) => {
  const sorted = [...rows].sort(([, one], [, other]) => one.localeCompare(other, document.documentElement.lang));
  select.append(...sorted.map(([value, text]) => element("option", text, { value })));
};

// The address tells the state of the filters, so that it can be shared and the back button brings it back.
export const state = () => new URLSearchParams(location.search);
export const keep = (values) => {
  const found = state();
  Object.entries(values).forEach(([name, value]) => (value ? found.set(name, value) : found.delete(name)));
  history.replaceState(null, "", `${location.pathname}${found.size ? `?${found}` : ""}`);
};
