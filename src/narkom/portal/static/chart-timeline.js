// Timelines: a day as a point, a time that is told less closely as what it is, each row on a line of its own.
import { dates, dayInWords, drawLine, hatched, inLines, labelled, mark, measured, picture, roomFor, sheets } from "./chart-parts.js";
import { axisTop, scaleUtc } from "./vendor/d3/d3.js";

const DAY = /^\d{4}-\d\d-\d\d$/;
const ARROW = 26;
const time = (day) => Date.parse(day);

// -- spans -----------------------------------------------------------------------------------------------------------------

const day = (text) => (DAY.test(text) ? text : "");
const kindOf = ({ first, last }) => (first && last ? (first === last ? "day" : "span") : first ? "from" : "to");
const spanOf = (row) => {
  const span = { row, first: day(row.text("start")), last: day(row.text("end")) };
  const [name, detail] = [row.text("label"), row.text("detail")];
  const label = labelled(detail ? `${name.replace(/\.$/, "")}: ${detail}` : name, row);
  return span.first || span.last ? { ...span, kind: kindOf(span), label } : null;
};
const order = ({ first, last }) => `${first || last} ${last || first}`;
const inWords = ({ kind, first, last }, { notBefore, notAfter }) => {
  if (kind === "from") return `${notBefore} ${dayInWords(first)}`;
  return kind === "to" ? `${notAfter} ${dayInWords(last)}` : dayInWords(first, last);
};

// -- drawings --------------------------------------------------------------------------------------------------------------

const HIGH = 9;
// An end that nothing bounds is open: an arrow leads on from the day that is known.
const open = (parent, from, way, middle) => {
  const tip = from + way * ARROW;
  parent.append("path").attr("class", "edge").attr("d", `M${from} ${middle - HIGH / 2 - 1}v${HIGH + 2}`);
  const head = `M${tip - way * 5} ${middle - 4}L${tip} ${middle}L${tip - way * 5} ${middle + 4}`;
  parent.append("path").attr("class", "open").attr("d", `M${from} ${middle}H${tip}${head}`);
};
const SHAPES = {
  day: (parent, from, to, middle) => parent.append("circle").attr("class", "point").attr("cx", from).attr("cy", middle).attr("r", HIGH / 2),
  span: (parent, from, to, middle) =>
    parent.append("rect").attr("class", "span").attr("x", from).attr("width", Math.max(to - from, 4)).attr("y", middle - HIGH / 2).attr("height", HIGH),
  from: (parent, from, to, middle) => open(parent, from, 1, middle),
  to: (parent, from, to, middle) => open(parent, to, -1, middle),
};
const draw = (parent, { kind }, [from, to], middle, outside) => {
  const shape = SHAPES[kind](parent, from, to, middle);
  shape && outside && hatched(shape);
};

// The days along the top: years, months or days, as many as there is room for.
const scaled = (spans, from, to) => {
  const days = spans.flatMap(({ first, last }) => [first, last]).filter(Boolean).map(time);
  const [low, high] = [Math.min(...days), Math.max(...days)];
  const room = low === high ? 15 * 24 * 3600 * 1000 : 0;
  return scaleUtc([low - room, high + room], [from + ARROW + 6, to - ARROW - 6]);
};
const wordsOf = (ticks) => {
  const first = (tick) => tick.getUTCDate() === 1;
  const byYear = ticks.every((tick) => first(tick) && tick.getUTCMonth() === 0);
  return dates(byYear ? { year: "numeric" } : { ...(ticks.every(first) ? {} : { day: "numeric" }), month: "short", year: "numeric" });
};
const MOST_TICKS = 10;
const ticksOf = (scale, size) => {
  for (let most = MOST_TICKS; most > 1; most -= 1) {
    const found = scale.ticks(most);
    const words = wordsOf(found);
    const fits = (tick, at) => !at || scale(tick) - scale(found[at - 1]) > measured(words(tick), size) + size / 2;
    if (found.every(fits)) {
      return { found, words };
    }
  }
  return { found: scale.ticks(1).slice(0, 1), words: wordsOf(scale.ticks(1)) };
};

const drawAxis = (width, size, scale, { found, words }) => {
  const high = Math.round(2.2 * size);
  const svg = picture(width, high).attr("class", "axis");
  const axis = axisTop(scale).tickValues(found).tickFormat((tick) => words(tick)).tickSizeInner(4).tickSizeOuter(0);
  // The library's letters are not those of the page.
  svg.append("g").attr("transform", `translate(0,${high - 1})`).call(axis).attr("font-family", null).attr("font-size", size * 0.9);
  return svg;
};

// What is drawn of the rows of an answer, and how.
export const chartOf = (rows, { words }) => {
  const spans = rows.map(spanOf).filter(Boolean).sort((one, other) => order(one).localeCompare(order(other)));
  const drawAll = (width, size) => {
    const labels = spans.map(({ label }) => label);
    const frame = inLines(labels, roomFor(labels, width, size), 0.4 * size);
    const scale = scaled(spans, frame.from, width);
    const marks = ticksOf(scale, size);
    const pieces = spans.map((span, at) => ({
      ...frame.lines[at],
      draw: (svg) => {
        const group = mark(svg, [span.row], `${span.label}: ${inWords(span, words)}`);
        drawLine(group, frame.lines[at], frame, span.row.language("label"));
        draw(group, span, [span.first, span.last].map((one) => scale(time(one))), frame.lines[at].middle, span.row.outside.length);
      },
    }));
    const grid = (svg, top, bottom) =>
      svg.append("path").attr("class", "grid").attr("d", marks.found.map((tick) => `M${scale(tick)} ${top}V${bottom}`).join(""));
    return [drawAxis(width, size, scale, marks), ...sheets(pieces, width, grid)];
  };
  const there = new Set(spans.map(({ kind }) => kind));
  const legend = ["day", "span", "from", "to"].filter((kind) => there.has(kind)).map((kind) => [
    (svg) => draw(svg, { kind }, kind === "day" ? [15, 15] : kind === "to" ? [0, 28] : [2, 28], 7, false), words[kind],
  ]);
  if (spans.some(({ row }) => row.outside.length)) {
    legend.push([(svg) => draw(svg.attr("class", "sample not"), { kind: "span" }, [2, 28], 7, true), words.outside]);
  }
  return { drawn: spans.map(({ row }) => row), legend, draw: drawAll };
};
