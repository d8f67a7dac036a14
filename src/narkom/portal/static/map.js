// The map: places and journeys over the outlines of Natural Earth, drawn by Leaflet without tiles.
import { begin, data, drawing, element, fill, form, keep, link, onBack, place, showOutside, standing, state, still, told, when, words } from "./figures-core.js";

const STEP = 10;
const NORTH = 84;
// Two towns of the canal lie so close to Moscow that their names would cover its name.
const LEFT = ["place/iakhroma", "place/dmitrov"];

// -- the ground ---------------------------------------------------------------------------------------------------------

// On a globe what crosses the date line goes on; on a plane it has to go on beyond 180 degrees, and not back across.
const unrolled = (ring) => {
  let turn = 0;
  const found = ring.map(([longitude, latitude], at) => {
    const step = at ? longitude - ring[at - 1][0] : 0;
    turn += step > 180 ? -360 : step < -180 ? 360 : 0;
    return [longitude + turn, latitude];
  });
  // Wherever it begins, its middle is where most of it lies.
  const middle = found.reduce((sum, [longitude]) => sum + longitude, 0) / found.length;
  return found.map(([longitude, latitude]) => [longitude - 360 * Math.round(middle / 360), latitude]);
};
const outlines = ({ features }) => ({
  type: "MultiPolygon",
  coordinates: features
    .flatMap(({ geometry }) => (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates))
    // The far south, which no place of the text needs, goes around the pole.
    .filter((rings) => rings[0].some(([, latitude]) => latitude > -60))
    .map((rings) => rings.map(unrolled)),
});
// What a browser draws of it again and again is not more than is to be seen.
const graticule = () => {
  const lines = [];
  for (let longitude = -30; longitude <= 200; longitude += STEP) lines.push([[0, longitude], [NORTH, longitude]]);
  for (let latitude = 0; latitude <= 80; latitude += STEP) lines.push([[latitude, -30], [latitude, 200]]);
  return L.polyline(lines, { className: "graticule", interactive: false });
};
const mesh = (countries) => {
  const found = topojson.mesh(countries, countries.objects.countries, (one, other) => one !== other);
  return { ...found, coordinates: found.coordinates.map(unrolled) };
};

// -- what is told of a place ----------------------------------------------------------------------------------------------

const event = (row) => {
  const found = element("li");
  const roles = row.roles.map((role) => words.roles[role]).filter(Boolean).join(", ");
  found.append(link(row.iri, told(row)), ` ${roles} `, standing(row.stance, row.accepted), element("small", ` ${when(row.first, row.last)}`));
  return found;
};
const list = (rows) => {
  const found = element("ul");
  found.append(...rows.map(event));
  return found;
};

await drawing(async () => {
  const [{ places, elsewhere, journeys }, land, countries] = await Promise.all([
    data(), data(`${place.dataset.land}land-50m.json`), data(`${place.dataset.land}countries-110m.json`),
  ]);
  const { place: choice, outside } = form.elements;
  begin();
  fill(choice, places.map((one) => [one.iri, told(one)]));

  const moving = { animate: !still };
  const map = L.map(place, {
    minZoom: 2, maxZoom: 8, attributionControl: false, zoomControl: false, zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still,
    maxBounds: [[-10, -40], [86, 210]],
  });
  L.control.zoom({ zoomInTitle: words.in, zoomOutTitle: words.out }).addTo(map);
  const all = () => map.fitBounds(places.map(({ at: [longitude, latitude] }) => [latitude, longitude]), { padding: [40, 40], ...moving });
  all();
  L.geoJSON(outlines(topojson.feature(land, land.objects.land)), { className: "land", interactive: false }).addTo(map);
  graticule().addTo(map);
  L.geoJSON(mesh(countries), { className: "borders", interactive: false }).addTo(map);

  // -- the marks ----------------------------------------------------------------------------------------------------------

  const marks = L.layerGroup().addTo(map);
  const at = Object.fromEntries(places.map((one) => [one.iri, [one.at[1], one.at[0]]]));
  const shown = (rows) => rows.filter((row) => outside.checked || row.accepted);
  const parts = (iri) => elsewhere.filter((one) => one.within === iri).flatMap((one) => [one, ...parts(one.iri)]);
  const popup = (one) => {
    const found = element("div");
    const head = element("strong");
    head.append(link(one.iri, told(one)));
    found.append(head);
    if (one.bodies.length) {
      const bodies = element("p", `${words.bodies} `, { className: "soft" });
      one.bodies.forEach((body, index) => bodies.append(index ? ", " : "", link(body.iri, told(body))));
      found.append(bodies);
    }
    const rows = shown(one.events);
    const within = parts(one.iri).filter((part) => shown(part.events).length);
    if (rows.length) found.append(list(rows));
    within.forEach((part) => {
      const name = element("p", `${words.within} `, { className: "soft" });
      name.append(link(part.iri, told(part)));
      found.append(name, list(shown(part.events)));
    });
    if (!rows.length && !within.length) found.append(element("p", words.nothing));
    return found;
  };
  // Read out and reached by Tab, as a link is.
  const reachable = (layer, name) => {
    const path = layer.getElement();
    ["tabindex", "0", "role", "button", "aria-label", name].forEach((value, index, its) => index % 2 || path.setAttribute(value, its[index + 1]));
    path.addEventListener("keydown", (pressed) => {
      if (pressed.key === "Enter" || pressed.key === " ") {
        pressed.preventDefault();
        layer.openPopup();
      }
    });
  };
  const towns = {};
  // An arrow in the middle of a journey, of the same size however near one looks.
  const heads = L.layerGroup().addTo(map);
  const arrows = [];
  const point = () => {
    heads.clearLayers();
    arrows.forEach(([ends, className]) => {
      const [one, other] = ends.map((end) => map.project(end));
      const [half, course] = [one.add(other).divideBy(2), Math.atan2(other.y - one.y, other.x - one.x)];
      const wing = (turn) => map.unproject(half.subtract([12 * Math.cos(course + turn), 12 * Math.sin(course + turn)]));
      L.polyline([wing(0.5), map.unproject(half), wing(-0.5)], { className, interactive: false }).addTo(heads);
    });
  };
  const draw = () => {
    marks.clearLayers();
    arrows.length = 0;
    journeys.filter((one) => outside.checked || one.accepted).forEach((journey) => {
      const stations = journey.stations.map(([iri]) => at[iri]);
      if (stations.length < 2 || !stations.every(Boolean)) return;
      const line = L.polyline(stations, { className: journey.accepted ? "journey" : "journey not", weight: 3 }).addTo(marks);
      arrows.push([stations.slice(-2), line.options.className]);
      line.bindPopup(() => list([{ ...journey, roles: [] }])).bindTooltip(told(journey), { sticky: true });
      reachable(line, told(journey));
    });
    places.forEach((one) => {
      const vouched = one.events.some((row) => row.accepted) || parts(one.iri).some((part) => part.events.some((row) => row.accepted));
      const only = !vouched && shown(one.events).length > 0;
      const look = vouched ? "place" : only ? "place not" : "place empty";
      const mark = L.circleMarker(at[one.iri], { radius: vouched || only ? 8 : 5, className: look }).addTo(marks);
      mark.bindPopup(() => popup(one), { maxHeight: 280, minWidth: 220 });
      mark.bindTooltip(told(one), { permanent: vouched || only, direction: LEFT.includes(one.iri) ? "left" : "right", className: "name", offset: [LEFT.includes(one.iri) ? -8 : 8, 0] });
      mark.on("popupopen", () => {
        choice.value = one.iri;
        keep({ place: one.iri });
        place.querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", words.close);
      });
      mark.on("popupclose", () => {
        choice.value = "";
        keep({ place: "" });
      });
      reachable(mark, told(one));
      towns[one.iri] = mark;
    });
    point();
    showOutside(outside.checked);
  };

  // -- the state ------------------------------------------------------------------------------------------------------------

  const read = () => {
    const its = state();
    outside.checked = its.has("outside");
    const [latitude, longitude, zoom] = (its.get("at") ?? "").split(" ").map(Number);
    draw();
    if ([latitude, longitude, zoom].every(Number.isFinite)) map.setView([latitude, longitude], zoom, { animate: false });
    towns[its.get("place")]?.openPopup();
  };
  form.addEventListener("submit", (submitted) => submitted.preventDefault());
  outside.addEventListener("change", () => {
    const open = choice.value;
    keep({ outside: outside.checked ? "1" : "" });
    draw();
    towns[open]?.openPopup();
  });
  choice.addEventListener("change", () => (choice.value ? towns[choice.value].openPopup() : map.closePopup()));
  form.elements.all.addEventListener("click", () => {
    map.closePopup();
    all();
    map.once("moveend", () => keep({ at: "" }));
  });
  onBack(read);
  read();
  map.on("zoomend", point);
  map.on("moveend", () => {
    const { lat, lng } = map.getCenter();
    keep({ at: `${lat.toFixed(2)} ${lng.toFixed(2)} ${map.getZoom()}` });
  });
});
