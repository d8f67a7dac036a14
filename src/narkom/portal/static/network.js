// The network of ties, drawn by cytoscape; what a tie stands for is listed beneath when it is chosen.
import { address, data, element, fill, form, keep, place, state, told, words } from "./figures-core.js";

const names = JSON.parse(place.dataset.names);
const { nodes, ties } = await data();
const label = (path) => told(...nodes[path]);
const days = [...new Set(ties.flatMap(([, , , , , , first]) => first || []))].sort();
const until = form.elements.until;
const checked = () => [...form.elements.sort].filter((one) => one.checked).map((one) => one.value);

form.hidden = false;
until.max = days.length;
fill(form.elements.about, Object.keys(nodes).map((path) => [path, label(path)]));
const asked = state();
form.elements.about.value = asked.get("about") ?? "";
const sorts = asked.get("sort")?.split(" ");
[...form.elements.sort].forEach((one) => (one.checked = sorts ? sorts.includes(one.value) : one.defaultChecked));
const last = days.indexOf(asked.get("until") ?? "");
until.value = last < 0 ? days.length : last;

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const DASHED = { accused: "dashed", ordered: "dotted" };
const looks = [
  {
    selector: "node",
    style: {
      label: "data(label)", "font-size": "mapData(ties, 1, 10, 18, 40)", color: colour("--ink"), "background-color": colour("--link"), width: "mapData(ties, 1, 20, 14, 40)",
      height: "mapData(ties, 1, 20, 14, 40)", "text-valign": "bottom", "text-wrap": "wrap", "text-max-width": 220, "min-zoomed-font-size": 6, "text-outline-width": 3, "text-outline-color": colour("--paper"),
    },
  },
  { selector: "node[kind = 'body'], node[kind = 'office']", style: { shape: "rectangle" } },
  { selector: "node[kind = 'group']", style: { shape: "diamond" } },
  {
    selector: "edge",
    style: { width: 1.5, "line-color": colour("--soft"), "curve-style": "bezier", "target-arrow-color": colour("--soft") },
  },
  { selector: "edge[?directed]", style: { "target-arrow-shape": "triangle" } },
  { selector: "edge[sort = 'repressed']", style: { width: 3, "target-arrow-shape": "tee" } },
  ...Object.entries(DASHED).map(([sort, line]) => ({ selector: `edge[sort = '${sort}']`, style: { "line-style": line } })),
  { selector: ":selected", style: { "line-color": colour("--link"), "background-color": colour("--warn") } },
];
const graph = cytoscape({ container: place, style: looks, minZoom: 0.2, maxZoom: 4 });

const wanted = () => {
  const kinds = checked();
  const about = form.elements.about.value;
  const end = days[Number(until.value)];
  return ties.filter(
    ([one, other, sort, , , , first]) =>
      kinds.includes(sort) && (!about || about === one || about === other) && (!end || !first || first <= end),
  );
};
const show = () => {
  const shown = wanted();
  const ends = [...new Set(shown.flatMap(([one, other]) => [one, other]))].sort();
  graph.elements().remove();
  const counted = (path) => shown.filter(([one, other]) => one === path || other === path).length;
  graph.add(ends.map((path) => ({ data: { id: path, label: label(path), kind: nodes[path][2], ties: counted(path) } })));
  graph.add(
    shown.map(([source, target, sort, what, english, russian], at) => ({
      data: {
        id: `tie-${at}`, source, target, sort, what, label: told(english, russian),
        directed: sort !== "tie" && sort !== "met",
      },
    })),
  );
  // From places that are always the same, so that a network looks today as it did yesterday.
  graph.layout({ name: "concentric", concentric: (node) => node.degree(), minNodeSpacing: 60 }).run();
  graph.layout({ name: "cose", animate: false, randomize: false, nodeDimensionsIncludeLabels: true, nodeRepulsion: () => 200000, idealEdgeLength: () => 90, nodeOverlap: 30, gravity: 0.4, numIter: 600 }).run();
  graph.fit(undefined, 20);
  form.querySelector("output").textContent = `${shown.length} ${words.shown}`;
  form.querySelector(".day").textContent = days[Number(until.value)] ?? words.undated;
  place.setAttribute("data-drawn", "");
};
const list = (title, edges) => {
  const items = edges.map((edge) => {
    const { source, target, sort, what, label: name } = edge.data();
    const item = element("li");
    const link = (path, text) => element("a", text, { href: address(path) });
    item.append(link(source, label(source)), ` – ${names[sort]} – `, link(target, label(target)), ": ", link(what, name));
    return item;
  });
  const found = element("ul");
  found.append(...items);
  document.getElementById("chosen").replaceChildren(element("h2", title), found);
};
graph.on("tap", "edge", ({ target }) => list(target.data("label"), target.parallelEdges()));
graph.on("tap", "node", ({ target }) => list(target.data("label"), target.connectedEdges()));
const changed = () => {
  const kinds = checked();
  keep({
    about: form.elements.about.value,
    sort: [...form.elements.sort].every((one) => one.checked === one.defaultChecked) ? "" : kinds.join(" ") || "-",
    until: days[Number(until.value)] ?? "",
  });
  show();
  const about = form.elements.about.value;
  if (about && graph.getElementById(about).nonempty()) {
    list(label(about), graph.getElementById(about).connectedEdges());
  }
};
form.addEventListener("change", changed);
show();
