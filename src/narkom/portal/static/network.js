// The network of ties, laid out by fcose and drawn by cytoscape; what a tie stands for is listed with its claims.
import { begin, cites, counted, data, drawing, element, fill, filterLists, form, keep, link, locale, onBack, place, showOutside, standing, state, still, ticked, told, when, words } from "./figures-core.js";
import { looks } from "./network-looks.js";

const UNDIRECTED = ["tie", "met"];
const names = JSON.parse(place.dataset.names);
// The layout begins with numbers drawn by lot: here always the same, so that a network looks today as it did yesterday.
const steadily = (run) => {
  const { random } = Math;
  let drawn = 1;
  Math.random = () => (drawn = (drawn * 48271) % 2147483647) / 2147483647;
  try {
    run();
  } finally {
    Math.random = random;
  }
};

await drawing(async () => {
  const { nodes, ties, stances } = await data();
  const monthName = new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" });
  const label = (path) => told(nodes[path]);
  const months = [...new Set(ties.flatMap(({ first, last }) => [first, last]).filter(Boolean).map((day) => day.slice(0, 7)))].sort();
  const { about, from, until, outside, count } = form.elements;
  const chosen = document.getElementById("chosen");
  const listed = [...document.querySelectorAll("[data-tie]")];
  const boxes = [...form.querySelectorAll("input[name=sort]")];
  begin();
  fill(about, Object.keys(nodes).map((path) => [path, label(path)]));
  [from, until].forEach((range) => (range.max = months.length - 1));

  // -- what is shown ------------------------------------------------------------------------------------------------

  const narrowed = () => Number(from.value) > 0 || Number(until.value) < months.length - 1;
  const fits = (tie, sorts) =>
    sorts.includes(tie.sort) && (outside.checked || tie.accepted) && (!about.value || about.value === tie.from || about.value === tie.to);
  // A tie can lie in the time that is chosen unless its days say otherwise; without a day nothing can be said.
  const inTime = ({ first, last }) =>
    !narrowed() || ((first || last) && (!first || first.slice(0, 7) <= months[until.value]) && (!last || last.slice(0, 7) >= months[from.value]));

  // It tells on the console of lines too short to be drawn, between marks that touch.
  cytoscape.warnings(false);
  const graph = cytoscape({ container: place, style: looks(), minZoom: 0.15, maxZoom: 4 });
  const draw = (shown) => {
    const ends = [...new Set(shown.flatMap(({ tie }) => [tie.from, tie.to]))].sort();
    const count = (path) => shown.filter(({ tie }) => tie.from === path || tie.to === path).length;
    graph.elements().remove();
    graph.add(ends.map((path) => ({ data: { id: path, label: label(path), kind: nodes[path].kind, ties: count(path) } })));
    graph.add(shown.map(({ tie, at }) => ({
      data: {
        id: `tie-${at}`, source: tie.from, target: tie.to, sort: tie.sort, at, word: tie.accepted ? "" : words.stance[tie.stance],
        directed: !UNDIRECTED.includes(tie.sort), accepted: tie.accepted,
      },
    })));
    // Where many ties meet in few people, they need room to be told apart.
    const dense = shown.length > 1.3 * ends.length;
    steadily(() => graph.layout({
      name: "fcose", quality: "proof", randomize: true, animate: false, nodeDimensionsIncludeLabels: true,
      idealEdgeLength: dense ? 110 : 30, nodeRepulsion: 4500, gravity: dense ? 0.4 : 1, gravityRange: 10, numIter: 4000,
    }).run());
    graph.fit(undefined, 16);
  };
  const show = () => {
    const sorts = ticked("sort");
    const fitting = ties.map((tie, at) => ({ tie, at })).filter(({ tie }) => fits(tie, sorts));
    const shown = fitting.filter(({ tie }) => inTime(tie));
    const left = fitting.filter(({ tie }) => narrowed() && !tie.first && !tie.last).length;
    const at = new Set(shown.map((one) => one.at));
    draw(shown);
    showOutside(outside.checked);
    document.getElementById("outside-sorts").hidden = !outside.checked;
    filterLists(listed, ({ dataset }) => at.has(Number(dataset.tie)));
    count.textContent = [counted(words.shown, shown.length), left && counted(words.left, left)].filter(Boolean).join(", ");
    ["from", "until"].forEach((name) => {
      const month = months[form.elements[name].value];
      const text = monthName.format(new Date(month));
      form.elements[`${name}-day`].textContent = text;
      form.elements[name].setAttribute("aria-valuetext", text);
    });
  };

  // -- what a tie stands for ------------------------------------------------------------------------------------------

  let glosses;
  const sentences = async () => (glosses ??= new Map((await data(place.dataset.claims)).map(([path, gloss]) => [path.replace("claim/", ""), gloss])));
  const told_ = ({ from: one, to: other, sort, what, ...tie }) => {
    const found = element("li", "", { className: tie.accepted ? "" : "not-told" });
    found.append(link(one, label(one)), ` – ${names[sort]} – `, link(other, label(other)));
    if (sort !== "alleged") found.append(": ", link(what, told(tie)));
    found.append(" ", standing(tie.stance, tie.accepted), " ", element("span", when(tie.first, tie.last), { className: "soft" }));
    const claims = element("ul");
    claims.append(...tie.claims.map((name) => {
      const item = element("li");
      item.append(element("span", "", { className: "gloss", lang: "en" }), " ", cites([name], stances));
      item.dataset.claim = name;
      return item;
    }));
    found.append(claims);
    return found;
  };
  const list = async (title, its, move) => {
    const found = element("ul");
    found.append(...its.map(told_));
    chosen.replaceChildren(element("h2", title), found);
    if (move) chosen.focus();
    const said = await sentences();
    found.querySelectorAll("[data-claim]").forEach((item) => (item.querySelector(".gloss").textContent = said.get(item.dataset.claim) ?? ""));
  };
  const tiesOf = (edges) => edges.map((edge) => ties[edge.data("at")]);
  const between = ({ from: one, to: other }) => `${label(one)} – ${label(other)}`;
  graph.on("tap", "edge", ({ target }) => list(between(ties[target.data("at")]), tiesOf(target.parallelEdges())));
  graph.on("tap", "node", ({ target }) => list(label(target.id()), tiesOf(target.connectedEdges())));
  listed.forEach((item) => {
    const button = element("button", words.claims, { type: "button", className: "small" });
    button.addEventListener("click", () => {
      const tie = ties[item.dataset.tie];
      list(between(tie), [tie], true);
    });
    item.append(" ", button);
  });

  // -- the state --------------------------------------------------------------------------------------------------------

  const read = () => {
    const its = state();
    const sorts = its.get("sort")?.split(" ");
    // Whoever asks for one person wants all of the ties, unless the address says which.
    boxes.forEach((one) => (one.checked = sorts ? sorts.includes(one.value) : its.has("about") || one.defaultChecked));
    about.value = its.get("about") ?? "";
    if (about.selectedIndex < 0) about.value = "";
    outside.checked = its.has("outside");
    const place_ = (name, other) => {
      const at = months.findIndex((month) => month >= its.get(name));
      return its.has(name) && at >= 0 ? at : other;
    };
    from.value = place_("from", 0);
    until.value = place_("until", months.length - 1);
    show();
    const around = about.value && graph.getElementById(about.value);
    around && around.nonempty() ? list(label(about.value), tiesOf(around.connectedEdges())) : chosen.replaceChildren();
  };
  const changed = ({ target }) => {
    if (Number(from.value) > Number(until.value)) (target === from ? until : from).value = target.value;
    const usual = boxes.every((one) => one.checked === (Boolean(about.value) || one.defaultChecked));
    keep({
      about: about.value, sort: usual ? "" : ticked("sort").join(" ") || "-", outside: outside.checked ? "1" : "",
      from: Number(from.value) ? months[from.value] : "", until: Number(until.value) < months.length - 1 ? months[until.value] : "",
    });
    show();
    if (target === about) read();
  };
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", changed);
  const zoom = (factor) => graph.animate({ zoom: { level: graph.zoom() * factor, renderedPosition: { x: place.clientWidth / 2, y: place.clientHeight / 2 } }, duration: still ? 0 : 200 });
  form.elements.in.addEventListener("click", () => zoom(1.5));
  form.elements.out.addEventListener("click", () => zoom(1 / 1.5));
  form.elements.all.addEventListener("click", () => graph.animate({ fit: { padding: 16 }, duration: still ? 0 : 200 }));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => graph.style(looks()));
  onBack(read);
  read();
});
