// How the network looks: kinds of actors by shape, sorts of ties by line and arrow, never by colour alone.
const LINES = {
  tie: { width: 2.5 },
  met: { width: 1 },
  wrote: { "target-arrow-shape": "vee" },
  ordered: { "target-arrow-shape": "triangle" },
  aimed: { "target-arrow-shape": "triangle", "target-arrow-fill": "hollow", width: 1 },
  appointed: { "target-arrow-shape": "circle" },
  removed: { "target-arrow-shape": "tee", width: 2 },
  questioned: { "target-arrow-shape": "diamond", width: 2 },
  arrested: { "target-arrow-shape": "square", width: 3 },
  sentenced: { "target-arrow-shape": "triangle-cross", width: 3 },
  accused: { "target-arrow-shape": "triangle", "line-style": "dashed", "line-dash-pattern": [9, 5], width: 1.5 },
};
const SHAPES = { person: "ellipse", group: "diamond", body: "rectangle", office: "rectangle", alleged: "octagon" };

export const looks = () => {
  const of = getComputedStyle(document.documentElement);
  const colour = (name) => of.getPropertyValue(name).trim();
  return [
    {
      selector: "node",
      style: {
        label: "data(label)", color: colour("--ink"), "background-color": colour("--link"), "font-family": of.fontFamily,
        "font-size": "mapData(ties, 1, 20, 14, 30)", width: "mapData(ties, 1, 20, 10, 34)", height: "mapData(ties, 1, 20, 10, 34)",
        "text-valign": "bottom", "text-margin-y": 2, "text-wrap": "wrap", "text-max-width": 110, "min-zoomed-font-size": 6,
        "text-outline-width": 2, "text-outline-color": colour("--paper"),
      },
    },
    ...Object.entries(SHAPES).map(([kind, shape]) => ({ selector: `node[kind = '${kind}']`, style: { shape } })),
    {
      selector: "node[kind = 'alleged']",
      style: { "background-color": colour("--paper"), "border-width": 2, "border-style": "dotted", "border-color": colour("--warn"), color: colour("--warn") },
    },
    {
      selector: "edge",
      style: {
        width: 1.5, "line-color": colour("--soft"), "curve-style": "bezier", "target-arrow-color": colour("--soft"), "arrow-scale": 0.9,
        color: colour("--warn"), "font-size": 11, "font-family": of.fontFamily, "text-rotation": "autorotate",
        "text-background-color": colour("--paper"), "text-background-opacity": 1, "min-zoomed-font-size": 5,
      },
    },
    ...Object.entries(LINES).map(([sort, style]) => ({ selector: `edge[sort = '${sort}']`, style })),
    {
      selector: "edge[!accepted]",
      style: {
        label: "data(word)", "line-style": "dotted", "line-color": colour("--warn"), "target-arrow-color": colour("--warn"),
        "target-arrow-shape": "triangle", "target-arrow-fill": "hollow",
      },
    },
    { selector: "edge[!accepted][!directed]", style: { "target-arrow-shape": "none" } },
    { selector: ":selected", style: { "line-color": colour("--link"), "overlay-color": colour("--link"), "overlay-opacity": 0.25, "overlay-padding": 4 } },
  ];
};
