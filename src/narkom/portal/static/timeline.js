// The timeline: events between their first and last possible day, by kind, drawn by vis-timeline.
import { begin, cites, counted, data, drawing, element, fill, filterLists, form, keep, language, link, locale, onBack, place, showOutside, state, still, ticked, told, when, words } from "./figures-core.js";

const DAY = 24 * 3600 * 1000;
const WIDE = ["1917-01-01", "1965-01-01"];
const YEAR = ["1936-08-01", "1938-12-31"];
const NARROW = 640;
const time = (day) => Date.parse(day);
const next = (day) => new Date(time(day) + DAY);
const iso = (date) => new Date(date).toISOString().slice(0, 10);

// -- how an event is drawn --------------------------------------------------------------------------------------------

const span = (row) => {
  const known = [row.first, row.last, ...(row.attested ?? []).flat()].filter(Boolean).sort();
  return known.length ? [row.first || known[0], row.last || known.at(-1)] : null;
};
// Stripes within a bar: the days through which it went on, and those at which it is attested.
const stripes = (row, [first, last]) => {
  const whole = time(last) + DAY - time(first);
  const layers = [
    ...(row.through ? [[row.through, "var(--through)", "100%"]] : []),
    ...(row.attested ?? []).map((one) => [one, "var(--attested)", ".2rem"]),
  ].map(([[from, to], colour, height]) => {
    const width = (Math.max(time(to) + DAY - time(from), whole / 200) / whole) * 100;
    const left = ((time(from) - time(first)) / whole) * 100;
    return [`linear-gradient(${colour}, ${colour})`, `${width}% ${height}`, `${width < 100 ? (left / (100 - width)) * 100 : 0}% 100%`];
  });
  const of = (part) => layers.map((layer) => layer[part]).join(", ");
  return layers.length ? `background-image: ${of(0)}; background-size: ${of(1)}; background-position: ${of(2)}; background-repeat: no-repeat` : "";
};
// What is not vouched for begins with the word for it: a bar may be too short for the end.
const content = (row, sign) => {
  const found = element("span");
  const stance = words.stance[row.stance];
  const days = when(row.first, row.last) || (row.attested ?? []).map((one) => `${words.attested} ${when(...one)}`).join(", ");
  const unsure = row.unsure ? ` (${words.unsure} ${words.stance[row.unsure]})` : "";
  const title = `${told(row)} (${stance}): ${days}${unsure}`;
  const text = `${sign}${row.unsure ? "≈ " : ""}${row.accepted ? "" : `${stance}: `}${told(row)}`;
  found.append(link(row.iri, text, { title }));
  if (row.accepted && row.stance !== "asserted") found.append(element("small", ` (${stance})`));
  return found;
};
const item = (row) => {
  const drawn = span(row);
  const [first, last] = drawn;
  const open = `${row.first ? "" : " open-left"}${row.last ? "" : " open-right"}`;
  const range = first !== last;
  // Of a point with an open end the arrow shows where it can lie.
  const arrow = row.first && row.last ? "" : row.first ? "→ " : row.last ? "← " : "↔ ";
  return {
    id: row.iri,
    group: row.class || "",
    content: content(row, arrow),
    start: new Date(first),
    limitSize: false,
    ...(range ? { end: next(last), type: "range", style: stripes(row, drawn) } : { type: "point" }),
    className: `${row.dating || "none"}${row.accepted ? "" : " unvouched"}${open}`,
  };
};

// -- the axis, in the language of the page and in whole days ------------------------------------------------------------

const formats = Object.fromEntries(
  Object.entries({
    day: { day: "numeric" }, month: { month: "short" }, longMonth: { month: "long", year: "numeric" }, year: { year: "numeric" },
  }).map(([name, format]) => [name, new Intl.DateTimeFormat(locale, { ...format, timeZone: "UTC" })]),
);
const format = (names) => (date, scale) => (names[scale] ? formats[names[scale]].format(new Date(date)) : "");
const axis = {
  minorLabels: format({ weekday: "day", day: "day", week: "day", month: "month", year: "year" }),
  majorLabels: format({ hour: "longMonth", weekday: "longMonth", day: "longMonth", week: "longMonth", month: "year" }),
};

// -- the page -----------------------------------------------------------------------------------------------------------

await drawing(async () => {
  const { classes, people, events, stances } = await data();
  const byIri = new Map(events.map((row) => [row.iri, row]));
  const listed = [...document.querySelectorAll("[data-iri]")];
  const { person, outside } = form.elements;
  const items = new vis.DataSet();
  const groups = new vis.DataSet();
  begin();
  listed.forEach((item) => {
    const its = byIri.get(item.dataset.iri).also;
    if (!its) return;
    const also = element("span", ` ${words.also} `, { className: "soft not-vouched" });
    also.append(cites(its, stances));
    item.append(also);
  });
  fill(person, Object.entries(people).map(([path, its]) => [path, told(its)]));

  const wanted = (row, kinds) =>
    (outside.checked || row.accepted) && (!kinds.length || kinds.includes(row.class)) && (!person.value || row.people.includes(person.value));
  // What can lie within the part of the time that the address tells; without one, all of it.
  const inside = (row) => {
    const [from, to] = [state().get("from"), state().get("to")];
    const drawn = span(row);
    if (!from || !to) return true;
    return drawn !== null && (row.last || (row.first ? "9999" : drawn[1])) >= from && (row.first || (row.last ? "" : drawn[0])) <= to;
  };
  const asked = state();
  const options = {
    start: asked.get("from") ?? YEAR[0], end: asked.get("to") ?? YEAR[1], min: WIDE[0], max: WIDE[1], zoomMin: 10 * DAY,
    onInitialDrawComplete: () => drawn(), stack: true, maxHeight: 640, verticalScroll: true, zoomKey: "ctrlKey", selectable: false, showCurrentTime: false, showTooltips: false,
    orientation: { axis: "both", item: "top" }, format: axis, margin: { item: { horizontal: 2, vertical: 5 } },
    moment: (date) => vis.moment(date).utc(),
    groupOrder: (one, other) => one.title.localeCompare(other.title, language),
  };
  const grouped = place.clientWidth >= NARROW;
  let drawn;
  const complete = new Promise((done) => (drawn = done));
  const timeline = grouped ? new vis.Timeline(place, items, groups, options) : new vis.Timeline(place, items, options);

  // What scrolls has to be reached by Tab; the keys of the arrows scroll it then.
  const scrolling = place.querySelector(".vis-panel.vis-left");
  Object.entries({ tabindex: "0", role: "group", "aria-label": words.rows }).forEach(([name, value]) => scrolling.setAttribute(name, value));

  const list = () => {
    const kinds = ticked("kind");
    const shown = (row) => wanted(row, kinds) && inside(row);
    filterLists(listed, ({ dataset }) => shown(byIri.get(dataset.iri)));
    const found = events.filter(shown);
    const undated = found.filter((row) => !span(row)).length;
    form.elements.count.textContent = [counted(words.shown, found.length), undated && counted(words.undated, undated)].filter(Boolean).join(", ");
    form.elements.kinds.textContent = kinds.length ? kinds.map((name) => told(classes[name])).join(", ") : words.all;
  };
  const show = () => {
    const kinds = ticked("kind");
    const found = events.filter((row) => wanted(row, kinds) && span(row));
    items.clear();
    groups.clear();
    groups.add([...new Set(found.map((row) => row.class || ""))].map((id) => {
      const name = id ? told(classes[id]) : "…";
      return { id, title: name, content: element("span", name) };
    }));
    items.add(found.map(item));
    showOutside(outside.checked);
    list();
  };
  const read = () => {
    const its = state();
    const kinds = its.get("kind")?.split(" ") ?? [];
    form.querySelectorAll("input[name=kind]").forEach((one) => (one.checked = kinds.includes(one.value)));
    form.querySelector("details").open = kinds.length > 0;
    person.value = its.get("person") ?? "";
    if (person.selectedIndex < 0) person.value = "";
    outside.checked = its.has("outside");
  };
  const changed = () => {
    keep({ kind: ticked("kind").join(" "), person: person.value, outside: outside.checked ? "1" : "" });
    show();
  };
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", changed);

  const move = (share) => {
    const { start, end } = timeline.getWindow();
    const by = (end - start) * share;
    timeline.setWindow(+start + by, +end + by, { animation: !still });
  };
  const buttons = {
    in: () => timeline.zoomIn(0.6, { animation: !still }),
    out: () => timeline.zoomOut(0.6, { animation: !still }),
    earlier: () => move(-0.5),
    later: () => move(0.5),
    year: () => timeline.setWindow(...YEAR, { animation: !still }),
    all: () => timeline.setWindow(...WIDE, { animation: !still }),
  };
  Object.entries(buttons).forEach(([name, act]) => form.elements[name].addEventListener("click", act));
  const usual = ({ start, end }) => [[start, YEAR[0]], [end, YEAR[1]]].every(([one, other]) => Math.abs(one - time(other)) < DAY);
  const moved = (its) => {
    keep(usual(its) ? { from: "", to: "" } : { from: iso(its.start), to: iso(its.end) });
    list();
  };
  onBack(() => {
    read();
    timeline.setWindow(state().get("from") ?? YEAR[0], state().get("to") ?? YEAR[1], { animation: false });
    show();
  });
  read();
  show();
  // Only now: the first drawing is no movement, and the address stays as it was shared.
  timeline.on("rangechanged", moved);
  await complete;
});
