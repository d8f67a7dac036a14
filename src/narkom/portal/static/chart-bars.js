// Bars: figures of one unit on one scale, bounds as bounds, months and days in the order of the calendar.
import { dates, drawLine, hatched, inLines, labelled, mark, measured, number, roomFor, sheets, write } from "./chart-parts.js";
import { scaleLinear } from "./vendor/d3/d3.js";

const CALENDAR = /^\d{4}-\d\d(-\d\d)?(\/\d{4}-\d\d(-\d\d)?)?$/;
const SERIES = /^\d{1,4}$/;
const HEIGHT = 0.9;
const CALLED = {
  7: dates({ month: "long", year: "numeric" }),
  10: dates({ day: "numeric", month: "long", year: "numeric" }),
};
const inWords = (time) => CALLED[time.split("/")[0].length](...time.split("/"));

// -- figures ---------------------------------------------------------------------------------------------------------------

const figure = (text) => (text === "" || Number.isNaN(Number(text)) ? undefined : Number(text));
// A bar is exact (`least` and `most` the same), or bounded on one side or both (undefined where there is no bound).
const barOf = (row) => {
  const [value, least, most] = ["value", "least", "most"].map((field) => figure(row.text(field)));
  const bar = { row, name: row.text("label"), least: least ?? value, most: most ?? value, unit: row.text("unit") };
  return bar.least === undefined && bar.most === undefined ? null : bar;
};
const told = ({ least, most }) => {
  if (least === most) return number(least);
  if (least === undefined) return `≤ ${number(most)}`;
  return most === undefined ? `≥ ${number(least)}` : `${number(least)}–${number(most)}`;
};
const named = (bar) => (bar.gap ? bar.label : labelled(bar.label, bar.row));
const longest = ({ least, most }) => most ?? least;

// -- months and numbers in their places, the empty ones too ------------------------------------------------------------------

const nextMonth = (month) => {
  const [year, one] = month.split("-").map(Number);
  return one === 12 ? `${year + 1}-01` : `${year}-${String(one + 1).padStart(2, "0")}`;
};
const nextNumber = (text) => String(Number(text) + 1);
// Names between the first and the last that have no bar; many more empty places than bars would tell nothing.
const gaps = (names, next, before) => {
  const sorted = [...names].sort(before);
  const found = [];
  for (let name = sorted[0]; name !== sorted.at(-1) && found.length <= 2 * names.length; name = next(name)) {
    names.includes(name) || found.push({ name, gap: true });
  }
  return found.length > 2 * names.length ? [] : found;
};
const byNumber = (one, other) => one - other;
const byTime = (one, other) => one.localeCompare(other);
const arranged = (bars) => {
  const names = bars.map(({ name }) => name);
  if (names.every((name) => CALENDAR.test(name))) {
    const months = names.filter((name) => name.length === 7);
    const empty = months.length > 1 ? gaps(months, nextMonth, byTime) : [];
    const all = [...bars, ...empty].sort((one, other) => byTime(one.name, other.name));
    return all.map((bar) => ({ ...bar, label: inWords(bar.name), span: bar.name.includes("/") }));
  }
  if (names.length > 1 && names.every((name) => SERIES.test(name)) && new Set(names).size === names.length) {
    const all = [...bars, ...gaps(names, nextNumber, byNumber)].sort((one, other) => byNumber(one.name, other.name));
    return all.map((bar) => ({ ...bar, label: bar.name }));
  }
  return bars.map((bar) => ({ ...bar, label: bar.name }));
};

// -- drawings ----------------------------------------------------------------------------------------------------------------

const rectangle = (parent, name, from, to, middle, high) =>
  parent.append("rect").attr("class", name).attr("x", from).attr("width", Math.max(to - from, 1.5)).attr("y", middle - high / 2).attr("height", high);
const shape = (parent, bar, scale, middle, high, outside) => {
  const [zero, least, most] = [0, bar.least ?? 0, longest(bar)].map(scale);
  if (bar.least !== undefined) {
    const sure = rectangle(parent, bar.span ? "bar hollow" : "bar", zero, least, middle, high);
    outside && hatched(sure);
  }
  if (bar.least !== bar.most && bar.most !== undefined) rectangle(parent, "bound", least, most, middle, high);
  if (bar.most === undefined) {
    const reach = high / 2;
    parent.append("path").attr("class", "open").attr("d", `M${most + 2} ${middle - reach}l${reach} ${reach}l${-reach} ${reach}`);
  }
};
const drawBar = (svg, bar, line, frame, scale) => {
  const { size, from, beside } = frame;
  beside && svg.append("path").attr("class", "zero").attr("d", `M${from} ${line.top}V${line.bottom}`);
  if (bar.gap) {
    drawLine(svg.append("g").attr("class", "gap"), line, frame, "");
    return;
  }
  const group = mark(svg, [bar.row], `${named(bar)}: ${told(bar)} ${bar.unit}`.trim());
  drawLine(group, line, frame, bar.row.language("label"));
  shape(group, bar, scale, line.middle, HEIGHT * size, bar.row.outside.length);
  write(group, [told(bar)], scale(longest(bar)) + (bar.most === undefined ? 0.9 : 0.4) * size, line.middle + 0.36 * size, size);
};
// The bars of a unit, with what is counted above them.
const piecesOf = (unit, bars, place, top) => {
  const { size, from, width } = place;
  const frame = inLines(bars.map(named), place, top + 2 * size);
  const shown = bars.filter(({ gap }) => !gap);
  const beyond = Math.max(...shown.map((bar) => measured(told(bar), size))) + 1.6 * size;
  const scale = scaleLinear([0, Math.max(...shown.map(longest), 1)], [from, width - beyond]);
  const head = (svg) => write(svg, [unit], from, top + 1.3 * size, size, { name: "head" });
  const drawn = bars.map((bar, at) => ({ ...frame.lines[at], draw: (svg) => drawBar(svg, bar, frame.lines[at], frame, scale) }));
  return [{ top, bottom: top + 2 * size, draw: head }, ...drawn];
};

const legendOf = (bars, words) => {
  const draw = (bar, outside) => (svg) => shape(svg, bar, scaleLinear([0, 10], [1, 29]), 7, 10, outside);
  const any = (test) => bars.some((bar) => !bar.gap && test(bar));
  return [
    [any(({ span }) => span), draw({ least: 9, most: 9, span: true }), words.within],
    [any(({ least, most }) => most === undefined && least !== undefined), draw({ least: 7 }), words.atLeast],
    [any(({ least, most }) => most !== undefined && least !== most), draw({ least: 4, most: 9 }), words.bounded],
    [any(({ row }) => row.outside.length), draw({ least: 9, most: 9 }, true), words.outside],
    [bars.some(({ gap }) => gap), null, words.gaps],
  ].filter(([there]) => there).map(([, ...rest]) => rest);
};

// What is drawn of the rows of an answer, and how.
export const chartOf = (rows, { head, words }) => {
  const drawn = rows.map(barOf).filter(Boolean);
  const units = [...new Set(drawn.map(({ unit }) => unit))].map((unit) => [unit || head("value"), arranged(drawn.filter((bar) => bar.unit === unit))]);
  const draw = (width, size) => {
    const place = roomFor([head("label"), ...units.flatMap(([, bars]) => bars.map(named))], width, size);
    const pieces = units.reduce((above, [unit, bars]) => [...above, ...piecesOf(unit, bars, place, above.length ? above.at(-1).bottom + size : 0)], []);
    const svgs = sheets(pieces, width);
    place.beside && write(svgs[0], [head("label")], place.label, 1.3 * size, size, { anchor: "end", name: "head" });
    return svgs;
  };
  return { drawn: drawn.map(({ row }) => row), legend: legendOf(units.flatMap(([, bars]) => bars), words), draw };
};
