// What the kinds of charts share: letters that fit, lines with their labels, marks that lead to rows, looks by form.
import { create } from "./vendor/d3/d3.js";

export const language = document.documentElement.lang;
const locale = language === "en" ? "en-GB" : language;
// Says a day, or what lies between two.
export const dates = (format) => {
  const made = new Intl.DateTimeFormat(locale, { ...format, timeZone: "UTC" });
  return (first, last = first) => made.formatRange(new Date(first), new Date(last));
};
export const dayInWords = dates({ day: "numeric", month: "long", year: "numeric" });
export const number = (value) => new Intl.NumberFormat(locale).format(value);
export const element = (name, more = {}, attributes = {}) => {
  const found = Object.assign(document.createElement(name), more);
  Object.entries(attributes).forEach(([attribute, value]) => found.setAttribute(attribute, value));
  return found;
};

// -- letters -------------------------------------------------------------------------------------------------------------

export const LINE = 1.25;
const ruler = document.createElement("canvas").getContext("2d");
export const measured = (text, size) => {
  ruler.font = `${size}px ${getComputedStyle(document.body).fontFamily}`;
  return ruler.measureText(text).width;
};
// The parts of a word that alone is broader than a line.
const broken = (word, room, size) => {
  const parts = [""];
  [...word].forEach((letter) => {
    measured(parts.at(-1) + letter, size) > room && parts.at(-1) ? parts.push(letter) : (parts[parts.length - 1] += letter);
  });
  return parts;
};
// Lines of whole words; a hyphen ends a line as well as a space does.
export const wrapped = (text, room, size) => {
  const parts = text.trim().match(/[^\s-]*-*\s*/g).filter(Boolean);
  const lines = [""];
  parts.flatMap((part) => broken(part, room, size)).forEach((part) => {
    const longer = lines.at(-1) + part;
    measured(longer.trim(), size) > room && lines.at(-1) ? lines.push(part) : (lines[lines.length - 1] = longer);
  });
  return lines.map((line) => line.trim());
};
// A text of several lines; between them stands a space without breadth for whoever reads or copies it.
export const write = (parent, lines, x, y, size, { anchor = "start", name = "", lang = "" } = {}) => {
  const text = parent.append("text").attr("text-anchor", anchor).attr("font-size", size).attr("class", name);
  lang && text.attr("lang", lang);
  lines.forEach((line, at) => {
    at && text.append("tspan").attr("font-size", 0).text(" ");
    text.append("tspan").attr("x", x).attr("y", y + at * LINE * size).text(line);
  });
  return text;
};

// -- drawings ------------------------------------------------------------------------------------------------------------

const HATCH = "hatch";
// What the authors do not vouch for is hatched, and so is the sample of it below the chart.
export const hatched = (shape) => shape.style("fill", `url(#${HATCH})`);
export const hatching = (svg) => {
  const pattern = svg.append("defs").append("pattern").attr("id", HATCH).attr("width", 5).attr("height", 5);
  pattern.attr("patternUnits", "userSpaceOnUse").attr("patternTransform", "rotate(45)");
  pattern.append("rect").attr("class", "ground").attr("width", 5).attr("height", 5);
  pattern.append("path").attr("class", "hatching").attr("d", "M1.5 0V5");
};
export const picture = (width, height, top = 0) =>
  create("svg:svg").attr("viewBox", `0 ${top} ${width} ${height}`).attr("width", width).attr("height", height);
export const sample = (draw) => {
  const svg = picture(30, 14).attr("class", "sample").attr("aria-hidden", "true");
  draw(svg);
  return svg.node();
};
// Pieces one below the other as pictures of which each has room on a sheet of paper: no printer breaks a picture.
const SHEET = 640;
export const sheets = (pieces, width, ground = () => {}) => {
  const found = [];
  pieces.forEach((piece) => {
    const last = found.at(-1);
    last && piece.bottom - last[0].top <= SHEET ? last.push(piece) : found.push([piece]);
  });
  return found.map((its) => {
    const [{ top }, { bottom }] = [its[0], its.at(-1)];
    const svg = picture(width, bottom - top, top);
    ground(svg, top, bottom);
    its.forEach(({ draw }) => draw(svg));
    return svg;
  });
};

// What stands for rows of the table: a click on it leads there, and it tells them in words.
export const mark = (parent, rows, title) => {
  const found = parent.append("g").attr("data-rows", rows.map(({ at }) => at).join(" "));
  found.attr("class", rows.every(({ outside }) => outside.length) ? "mark not" : "mark").append("title").text(title);
  return found;
};
// A label with the words for what is not vouched for.
export const labelled = (text, row) => (row.outside.length ? `${text} [${row.outside.join(", ")}]` : text);

// -- lines one below the other -------------------------------------------------------------------------------------------

const BESIDE = 34;
const BETWEEN = 0.5;
// Where labels stand beside their marks, or above them where there is no room; all in the size of the letters.
export const roomFor = (labels, width, size) => {
  const longest = Math.max(...labels.map((label) => measured(label, size)));
  const beside = width >= BESIDE * size || longest <= 0.4 * width;
  const room = beside ? Math.min(0.4 * width, 26 * size, longest + 1) : width;
  return { beside, room, width, size, label: beside ? room : 0, from: beside ? room + size : 2 };
};
export const inLines = (labels, place, top = 0) => {
  const { beside, room, size } = place;
  let height = top;
  const lines = labels.map((label) => {
    const text = wrapped(label, room, size);
    const high = text.length * LINE * size;
    const whole = beside ? Math.max(high, 1.4 * size) : high + 1.4 * size;
    const line = { text, top: height, bottom: height + whole + BETWEEN * size };
    line.middle = height + (beside ? whole / 2 : high + 0.6 * size);
    // The first of the lines of a label whose middle is that of its mark.
    line.baseline = (beside ? line.middle - high / 2 : height) + size;
    height = line.bottom;
    return line;
  });
  return { ...place, lines, height };
};
export const drawLine = (parent, { text, top, bottom, baseline }, { beside, label, width, size }, lang) => {
  // All of the line can be clicked.
  parent.append("rect").attr("class", "reach").attr("width", width).attr("height", bottom - top).attr("y", top);
  write(parent, text, label, baseline, size, { anchor: beside ? "end" : "start", lang });
};
