// Networks: two columns of names with the ties between them; names that mostly stand on both sides in one column with arcs.
import { LINE, mark, measured, picture, wrapped, write } from "./chart-parts.js";
import { linkHorizontal, scaleLinear } from "./vendor/d3/d3.js";

const BREADTH = [1.3, 5];

// -- ties --------------------------------------------------------------------------------------------------------------------

// Rows that name the same two sides are one tie, which is as broad as they weigh together.
const tiesOf = (rows, symmetric, weighed) => {
  const found = new Map();
  rows.forEach((row) => {
    const sides = [row.text("from"), row.text("to")];
    const [from, to] = symmetric ? sides.sort() : sides;
    const tie = found.get(`${from}\n${to}`) ?? { from, to, rows: [], weight: 0 };
    tie.rows.push(row);
    tie.weight += weighed ? Number(row.text("weight")) : 1;
    found.set(`${from}\n${to}`, tie);
  });
  return [...found.values()];
};
const names = (ties, side) => [...new Set(ties.map((tie) => tie[side]))];
const told = ({ from, to, rows, weight }, { directed, unit }) => {
  const stances = [...new Set(rows.flatMap(({ outside }) => outside))];
  const many = weight > 1 ? `: ${weight} (${unit})` : "";
  return `${from} ${directed ? "→" : "–"} ${to}${many}${stances.length ? ` [${stances.join(", ")}]` : ""}`;
};

// -- the order of names ---------------------------------------------------------------------------------------------------------

// Each near the middle of its partners, so that few ties cross (barycentre method of Sugiyama, Tagawa and Toda, 1981).
const PASSES = 8;
const byPartners = (own, others, ties, side, other) => {
  const place = new Map(others.map((name, at) => [name, at]));
  const middle = (name) => {
    const places = ties.filter((tie) => tie[side] === name).map((tie) => place.get(tie[other]));
    return places.reduce((sum, at) => sum + at, 0) / places.length;
  };
  const middles = new Map(own.map((name) => [name, middle(name)]));
  return [...own].sort((one, two) => middles.get(one) - middles.get(two));
};
const untangled = (ties) => {
  let [left, right] = [names(ties, "from"), names(ties, "to")];
  for (let pass = 0; pass < PASSES; pass += 1) {
    right = byPartners(right, left, ties, "to", "from");
    left = byPartners(left, right, ties, "from", "to");
  }
  return [left, right];
};
// In one column: whoever comes first in direction above; else those who are tied to the same others near one another.
const followed = (ties, directed) => {
  const waiting = new Set([...ties.flatMap(({ from, to }) => [from, to])]);
  const found = [];
  const before = (name) => ties.filter(({ from, to }) => to === name && from !== name && waiting.has(from)).length;
  const known = (name) => ties.filter(({ from, to }) => (to === name && found.includes(from)) || (from === name && found.includes(to))).length;
  while (waiting.size) {
    const costs = [...waiting].map((name) => ({ name, cost: directed ? before(name) : -known(name) }));
    const { name } = costs.reduce((best, one) => (one.cost < best.cost ? one : best));
    found.push(name);
    waiting.delete(name);
  }
  return found;
};

// -- drawings -----------------------------------------------------------------------------------------------------------------

const breadthOf = (ties) => scaleLinear([1, Math.max(5, ...ties.map(({ weight }) => weight))], BREADTH).clamp(true);
// The names of a column, the topmost first; `wanted` says where each would be best, as far as there is room.
const columnOf = (list, room, size, wanted = null, between = 0.5) => {
  const lines = list.map((name) => wrapped(name, room, size));
  const heights = lines.map((one) => one.length * LINE * size + between * size);
  let top = 0;
  const middles = heights.map((high, at) => {
    const middle = Math.max(top + high / 2, wanted ? wanted(list[at]) : 0);
    top = middle + high / 2;
    return middle;
  });
  return { places: new Map(list.map((name, at) => [name, { lines: lines[at], middle: middles[at] }])), height: top };
};
const writeColumn = (svg, { places }, x, top, size, anchor) =>
  places.forEach(({ lines, middle }, name) => {
    const text = write(svg, lines, x, top + middle - ((lines.length - 1) / 2) * LINE * size + 0.35 * size, size, { anchor, name: "name" });
    text.datum(name);
  });
const head = (parent, x, y, way, breadth) => {
  const long = 5 + breadth;
  parent.append("path").attr("class", "tip").attr("d", `M${x} ${y}l${-way * long} ${-long / 2}v${long}z`);
};
const drawTie = (svg, tie, path, breadth, how) => {
  const group = mark(svg, tie.rows, told(tie, how)).datum(tie);
  // A line is thin to hit.
  group.append("path").attr("class", "reach").attr("d", path);
  group.append("path").attr("class", "tie").attr("d", path).attr("stroke-width", breadth);
  return group;
};

// Both columns: in the shorter one each name stands in the middle of its partners, where others leave it room.
const placed = (left, right, ties, room, size) => {
  const columns = [columnOf(left, room, size), columnOf(right, room, size)];
  const long = columns[0].height > columns[1].height ? 0 : 1;
  const [own, other] = long ? ["from", "to"] : ["to", "from"];
  const middle = (name) => {
    const places = ties.filter((tie) => tie[own] === name).map((tie) => columns[long].places.get(tie[other]).middle);
    return places.reduce((sum, one) => sum + one, 0) / places.length;
  };
  columns[1 - long] = columnOf(long ? left : right, room, size, middle);
  return columns;
};
const inColumns = (ties, how) => {
  const [left, right] = untangled(ties);
  const breadth = breadthOf(ties);
  return (width, size) => {
    const room = Math.min(0.4 * width, 24 * size);
    const heads = ["from", "to"].map((field) => wrapped(how.head(field), room, size));
    const top = (Math.max(...heads.map((one) => one.length)) * LINE + 0.8) * size;
    const [one, other] = placed(left, right, ties, room, size);
    const height = Math.max(one.height, other.height);
    const [from, to] = [room + 0.6 * size, width - room - 0.6 * size];
    const svg = picture(width, top + height + 0.5 * size);
    const curve = linkHorizontal();
    ties.forEach((tie) => {
      const [y, z] = [one.places.get(tie.from).middle + top, other.places.get(tie.to).middle + top];
      const thick = breadth(tie.weight);
      const group = drawTie(svg, tie, curve({ source: [from, y], target: [how.directed ? to - 4 : to, z] }), thick, how);
      how.directed && head(group, to, z, 1, thick);
    });
    write(svg, heads[0], room, size, size, { anchor: "end", name: "head" });
    write(svg, heads[1], width - room, size, size, { name: "head" });
    writeColumn(svg, one, room, top, size, "end");
    writeColumn(svg, other, width - room, top, size, "start");
    return [svg];
  };
};
const inOneColumn = (ties, how) => {
  const list = followed(ties, how.directed);
  const breadth = breadthOf(ties);
  return (width, size) => {
    const room = Math.min(0.55 * width, 26 * size, Math.max(...list.map((name) => measured(name, size))));
    const column = columnOf(list, room, size, null, 0.9);
    const from = room + 0.8 * size;
    // Flat arcs would run into one another where they begin.
    const far = Math.max(Math.min(width - from, 26 * size, Math.max(0.6 * column.height, 12 * size)) - 8, 4 * size);
    const svg = picture(Math.min(width, from + far + 8), column.height + 0.5 * size);
    ties.forEach((tie) => {
      const [y, end] = [tie.from, tie.to].map((name) => column.places.get(name).middle);
      const z = tie.from === tie.to ? y + size : end;
      // Of a curve of the third degree three quarters of the way to its handles are reached.
      const bulge = from + ((8 + Math.sqrt(Math.abs(z - y) / column.height) * (far - 8)) * 4) / 3;
      const lean = (z - y) * 0.42;
      const thick = breadth(tie.weight);
      const group = drawTie(svg, tie, `M${from} ${y}C${bulge} ${y + lean} ${bulge} ${z - lean} ${how.directed ? from + 4 : from} ${z}`, thick, how);
      how.directed && head(group, from, z, -1, thick);
    });
    writeColumn(svg, column, room, 0, size, "end");
    return [svg];
  };
};
// Names and ties point at what belongs to them.
const pointing = (svg) => {
  const point = (test) => {
    svg.classed("pointing", Boolean(test));
    svg.selectAll(".mark").classed("pointed", (tie) => Boolean(test) && test(tie));
  };
  svg.selectAll(".name").on("pointerenter", (_, name) => point(({ from, to }) => from === name || to === name)).on("pointerleave", () => point(null));
  svg.selectAll(".mark").on("pointerenter", (_, its) => point((tie) => tie === its)).on("pointerleave", () => point(null));
  return svg;
};

const legendOf = (ties, how) => {
  const line = (name) => (svg) => svg.attr("class", `sample ${name}`).append("path").attr("class", "tie").attr("stroke-width", 1.5).attr("d", "M1 7H29");
  const most = Math.max(...ties.map(({ weight }) => weight));
  const { words } = how;
  return [
    [how.directed, null, words.arrow.replace("{0}", how.head("from")).replace("{1}", how.head("to"))],
    [most > 1, null, words.broadest.replace("{0}", most).replace("{1}", how.unit)],
    [ties.some(({ rows }) => rows.every(({ outside }) => outside.length)), line("not"), words.outside],
  ].filter(([there]) => there).map(([, ...rest]) => rest);
};

// What is drawn of the rows of an answer, and how.
export const chartOf = (rows, given) => {
  const { directed, symmetric, head: headOf, words } = given;
  const weighed = Boolean(headOf("weight"));
  const how = { directed, words, head: headOf, unit: headOf("weight") || words.rows };
  const drawn = rows.filter((row) => row.text("from") && row.text("to"));
  const ties = tiesOf(drawn, symmetric, weighed);
  const [left, right] = [names(ties, "from"), names(ties, "to")];
  const both = left.filter((name) => right.includes(name)).length;
  const layout = (symmetric || 2 * both >= Math.min(left.length, right.length) ? inOneColumn : inColumns)(ties, how);
  return { drawn, legend: ties.length ? legendOf(ties, how) : [], draw: (...size) => layout(...size).map(pointing) };
};
