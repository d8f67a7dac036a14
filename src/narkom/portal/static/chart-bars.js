// Bars: figures of one unit on one scale, bounds as bounds, months and days in the order of the calendar.
import { dates, drawLine, hatched, inLines, labelled, mark, measured, number, picture, roomFor, write } from "./chart-parts.js";
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
const byTime = (one, other) => (one < other ? -1 : Number(one > other));
const arranged = (bars) => {
  const names = bars.map(({ name }) => name);
  if (names.every((name) => CALENDAR.test(name))) {
    const months = names.filter((name) => name.length === 7);
    const empty = months.length > 1 ? gaps(months, nextMonth, byTime) : [];
    return [...bars, ...empty].sort((one, other) => byTime(one.name, other.name)).map((bar) => ({ ...bar, label: inWords(bar.name), span: bar.name.includes("/") }));
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
const scaleTo = (bars, from, to) => scaleLinear([0, Math.max(...bars.map(longest), 1)], [from, to]);
const drawUnit = (svg, bars, frame) => {
  const { size, from, width } = frame;
  const shown = bars.filter(({ gap }) => !gap);
  const beyond = Math.max(...shown.map((bar) => measured(told(bar), size))) + 1.6 * size;
  const scale = scaleTo(shown, from, width - beyond);
  bars.forEach((bar, at) => {
    const line = frame.lines[at];
    if (bar.gap) {
      drawLine(svg.append("g").attr("class", "gap"), line, frame, "");
      return;
    }
    const group = mark(svg, [bar.row], `${labelled(bar.label, bar.row)}: ${told(bar)} ${bar.unit}`.trim());
    drawLine(group, line, frame, bar.row.language("label"));
    shape(group, bar, scale, line.middle, HEIGHT * size, bar.row.outside.length);
    write(group, [told(bar)], scale(longest(bar)) + (bar.most === undefined ? 0.9 : 0.4) * size, line.middle + 0.36 * size, size);
  });
  const last = frame.lines.at(-1);
  frame.beside && svg.append("path").attr("class", "zero").attr("d", `M${from} ${frame.lines[0].top}V${last.top + last.height}`);
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
  const named = (bar) => (bar.gap ? bar.label : labelled(bar.label, bar.row));
  const draw = (width, size) => {
    const place = roomFor([head("label"), ...units.flatMap(([, bars]) => bars.map(named))], width, size);
    let top = 0;
    const frames = units.map(([unit, bars]) => {
      const frame = inLines(bars.map(named), place, top + 2 * size);
      const found = { unit, bars, frame, line: top + 1.3 * size };
      top = frame.height + size;
      return found;
    });
    const svg = picture(width, top, words.label);
    place.beside && write(svg, [head("label")], place.label, frames[0].line, size, { anchor: "end", name: "head" });
    frames.forEach(({ unit, bars, frame, line }) => {
      write(svg, [unit], place.from, line, size, { name: "head" });
      drawUnit(svg, bars, frame);
    });
    return [svg];
  };
  return { drawn: drawn.map(({ row }) => row), legend: legendOf(units.flatMap(([, bars]) => bars), words), draw };
};
