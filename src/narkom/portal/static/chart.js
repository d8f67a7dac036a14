// The chart of a stored question's answer, above its table and drawn from it: whatever puts a table of rows into the
// answer's place, the page itself or the form that asks in the browser, gets the chart of these rows.
import { element, hatching, sample } from "./chart-parts.js";

const KINDS = {
  bars: () => import("./chart-bars.js"),
  timeline: () => import("./chart-timeline.js"),
  network: () => import("./chart-network.js"),
};
const FEWEST = 2;
const given = JSON.parse(document.getElementById("plot").textContent);
const { columns, words } = given;
const place = document.getElementById("answer");

// What a row of the table says, by the fields of the chart; `outside` are the words for stances not vouched for.
const rowOf = (line, at) => ({
  at,
  line,
  text: (field) => (field in columns ? line.cells[columns[field]].textContent.trim() : ""),
  language: (field) => line.cells[columns[field]].lang,
  outside: [...line.querySelectorAll(".stance.not")].map((one) => one.textContent.trim()),
  cited: Boolean(line.querySelector("td.where")),
});
const lead = (lines) => {
  place.querySelectorAll("tr.shown").forEach((one) => one.classList.remove("shown"));
  lines.forEach((one) => one.classList.add("shown"));
  lines[0].tabIndex = -1;
  lines[0].focus({ preventScroll: true });
  lines[0].scrollIntoView({ block: "center" });
};

// -- what stands below the chart ---------------------------------------------------------------------------------------

const caption = (chart, rows) => {
  const found = element("figcaption", { className: "soft" });
  const legend = element("ul", { className: "legend" });
  legend.append(...chart.legend.map(([draw, text]) => {
    const item = element("li");
    item.append(...(draw ? [sample(draw), " "] : []), text);
    return item;
  }));
  const left = rows.length - chart.drawn.length;
  const told = [
    ...(left ? [words.left[given.kind].replace("{0}", left)] : []),
    ...(rows.every((row) => row.cited) ? [] : [words.bare]),
    words.below,
  ];
  found.append(...(legend.childElementCount ? [legend] : []), ...told.map((text) => element("p", { textContent: text })));
  return found;
};

// -- the chart of a table ------------------------------------------------------------------------------------------------

// Draw again where there is another width or size of letters, and only then.
const drawing = (figure, box, whole, chart) => {
  let last = "";
  return () => {
    const width = figure.clientWidth;
    const size = parseFloat(getComputedStyle(figure).fontSize);
    if (!width || last === `${width} ${size}`) {
      return;
    }
    last = `${width} ${size}`;
    const pictures = chart.draw(Math.floor(width), size);
    hatching(pictures[0]);
    box.replaceChildren(...pictures.map((svg) => svg.node()));
    const scrolls = box.scrollHeight > box.clientHeight + 1;
    // What scrolls has to be reached by Tab; the keys of the arrows scroll it then.
    scrolls ? box.setAttribute("tabindex", "0") : box.removeAttribute("tabindex");
    whole.hidden = !scrolls && !box.classList.contains("whole");
  };
};
const figureOf = async (table) => {
  const rows = [...table.tBodies[0].rows].map(rowOf);
  const { chartOf } = await KINDS[given.kind]();
  const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
  const chart = chartOf(rows, { ...given, head: (field) => (field in columns ? heads[columns[field]] : "") });
  if (chart.drawn.length < FEWEST) {
    return null;
  }
  // What is read out is the answer: a chart is no news beside it.
  const figure = element("figure", { className: "chart" }, { "aria-live": "off" });
  const box = element("div", { className: "figure" }, { role: "img", "aria-label": words.label });
  const whole = element("button", { className: "whole", type: "button", textContent: words.whole }, { "aria-pressed": "false" });
  whole.addEventListener("click", () => whole.setAttribute("aria-pressed", box.classList.toggle("whole")));
  figure.append(box, whole, caption(chart, rows));
  new ResizeObserver(drawing(figure, box, whole, chart)).observe(figure);
  box.addEventListener("click", ({ target }) => {
    const its = target.closest("[data-rows]");
    its && lead(its.dataset.rows.split(" ").map((at) => rows[at].line));
  });
  return figure;
};

// One chart for each table, so that an answer that comes back has its own again.
const charts = new WeakMap();
const show = async () => {
  const table = place.querySelector("table.answer");
  if (!table?.tBodies[0]) {
    return;
  }
  if (!charts.has(table)) {
    charts.set(table, figureOf(table));
  }
  const figure = await charts.get(table);
  // Meanwhile another answer may have come.
  if (place.querySelector("table.answer") !== table) {
    return;
  }
  place.querySelectorAll("figure.chart").forEach((one) => one !== figure && one.remove());
  if (figure && !figure.isConnected) {
    (table.closest(".scroll") ?? table).before(figure);
  }
};
new MutationObserver(show).observe(place, { childList: true, subtree: true });
show();
