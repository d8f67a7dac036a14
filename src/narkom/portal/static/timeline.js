// The timeline: events between their first and last possible day, by kind, drawn by vis-timeline.
import { address, data, element, fill, form, keep, place, state, told, words } from "./figures-core.js";

const DAY = 24 * 3600 * 1000;
const SPAN = ["1936-08-01", "1938-12-31"];
const { classes, people, events } = await data();
const names = Object.fromEntries(classes.map(([name, english, russian]) => [name, told(english, russian)]));
const rows = events.map(([path, english, russian, kind, first, last, dating, its, mark], id) => ({
  id, path, kind, first, last, dating, its, mark, label: told(english, russian),
}));
const next = (day) => new Date(Date.parse(day) + DAY);

// An open end is drawn as a point at the end that is known, with a word.
const item = (row) => {
  const between = row.first && row.last && row.first !== row.last;
  const words_ = row.first ? (row.last ? "" : `${words.from}: `) : `${words.to}: `;
  const link = element("a", words_ + row.label, { href: address(row.path) });
  return {
    id: row.id,
    group: row.kind || "",
    content: link,
    start: new Date(row.first || row.last),
    ...(between ? { end: next(row.last), type: "range" } : { type: "box" }),
    className: `${row.dating || "none"}${row.mark ? " outside" : ""}${between ? "" : " day"}`,
  };
};
const wanted = () => {
  const { kind, person, outside } = form.elements;
  return rows.filter(
    (row) =>
      (row.first || row.last) &&
      (!kind.value || row.kind === kind.value) &&
      (!person.value || row.its.includes(person.value)) &&
      (outside.checked || !row.mark),
  );
};

form.hidden = false;
fill(form.elements.kind, Object.entries(names));
fill(form.elements.person, Object.entries(people).map(([path, its]) => [path, told(...its)]));
const asked = state();
form.elements.kind.value = asked.get("kind") ?? "";
form.elements.person.value = asked.get("person") ?? "";
form.elements.outside.checked = asked.has("outside");

const items = new vis.DataSet();
const groups = new vis.DataSet();
const timeline = new vis.Timeline(place, items, groups, {
  start: asked.get("from") ?? SPAN[0],
  end: asked.get("to") ?? SPAN[1],
  min: "1915-01-01",
  max: "1995-01-01",
  zoomMin: 2 * DAY,
  locale: document.documentElement.lang === "ru" ? "ru" : "en",
  stack: true,
  maxHeight: 640,
  verticalScroll: true,
  zoomKey: "ctrlKey",
  orientation: { axis: "both", item: "top" },
  selectable: false,
  onInitialDrawComplete: () => place.setAttribute("data-drawn", ""),
});
const show = () => {
  const shown = wanted();
  const kinds = [...new Set(shown.map((row) => row.kind))];
  groups.clear();
  groups.add(kinds.map((kind) => ({ id: kind || "", content: element("span", names[kind] ?? "…") })));
  items.clear();
  items.add(shown.map(item));
  const undated = rows.filter((row) => !row.first && !row.last).length;
  form.querySelector("output").textContent = `${shown.length} ${words.shown} · ${undated} ${words.undated}`;
};
form.addEventListener("change", () => {
  const { kind, person, outside } = form.elements;
  keep({ kind: kind.value, person: person.value, outside: outside.checked ? "1" : "" });
  show();
});
form.elements.in.setAttribute("aria-label", words.in);
form.elements.out.setAttribute("aria-label", words.out);
form.elements.in.addEventListener("click", () => timeline.zoomIn(0.5));
form.elements.out.addEventListener("click", () => timeline.zoomOut(0.5));
form.elements.all.addEventListener("click", () => timeline.setWindow(...SPAN));
const day = (date) => date.toISOString().slice(0, 10);
timeline.on("rangechanged", ({ start, end, byUser }) => byUser && keep({ from: day(start), to: day(end) }));
show();
