// The map: places and journeys over the outlines of Natural Earth, drawn by Leaflet without tiles.
import { address, data, element, place, told, words } from "./figures-core.js";

const [{ places, journeys }, land, countries] = await Promise.all([
  data(), data(`${place.dataset.land}land-50m.json`), data(`${place.dataset.land}countries-110m.json`),
]);
const map = L.map(place, { minZoom: 2, maxZoom: 8, attributionControl: false, zoomAnimation: false, fadeAnimation: false });
map.fitBounds(places.map(([, , , longitude, latitude]) => [latitude, longitude]), { padding: [30, 30] });
// The outlines are stitched together for a globe: on a plane what crosses the date line goes on beyond it.
const unrolled = (ring) => {
  const crosses = ring.some(([longitude], at) => at && Math.abs(longitude - ring[at - 1][0]) > 180);
  return crosses ? ring.map(([longitude, latitude]) => [longitude < 0 ? longitude + 360 : longitude, latitude]) : ring;
};
const { features } = topojson.feature(land, land.objects.land);
const polygons = features.flatMap(({ geometry }) => geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates);
const flat = { type: "MultiPolygon", coordinates: polygons.map((rings) => rings.map(unrolled)) };
L.geoJSON(flat, { className: "land", interactive: false }).addTo(map);
const borders = topojson.mesh(countries, countries.objects.countries, (one, other) => one !== other);
L.geoJSON(borders, { className: "borders", interactive: false }).addTo(map);

// Two towns of the canal lie so close to Moscow that their names would cover its name.
const LEFT = "place/iakhroma";
const at = {};
const told_ = (path, english, russian, events) => {
  const found = element("div");
  const list = element("ul");
  list.append(...events.map(([its, one, other]) => {
    const item = element("li");
    item.append(element("a", told(one, other), { href: address(its) }));
    return item;
  }));
  const head = element("strong");
  head.append(element("a", told(english, russian), { href: address(path) }));
  found.append(head, events.length ? list : element("p", words.nothing));
  return found;
};
places.forEach(([path, english, russian, longitude, latitude, events]) => {
  at[path] = [latitude, longitude];
  const mark = L.circleMarker(at[path], { radius: events.length ? 8 : 5, className: events.length ? "place" : "place empty" });
  mark.bindPopup(told_(path, english, russian, events)).bindTooltip(told(english, russian), { permanent: events.length > 0, direction: path === LEFT ? "left" : "right", className: "name" });
  mark.addTo(map);
});
journeys.filter(([, , , its]) => its.every((path) => at[path])).forEach(([path, english, russian, its]) => {
  const line = L.polyline(its.map((one) => at[one]), { className: "journey" });
  line.bindPopup(told_(path, english, russian, [])).addTo(map);
});
place.setAttribute("data-drawn", "");
