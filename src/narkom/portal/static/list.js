// Facets: what is ticked narrows the list down, stands in the address, and comes back with it.
const form = document.querySelector("form.facets");
const things = [...document.querySelectorAll("#things > li")].map((item) => [item, new Set((item.dataset.has ?? "").split(" "))]);
const boxes = [...form.querySelectorAll("input")];
const folds = [...form.querySelectorAll("details")];
const whole = document.getElementById("count").textContent;

// Where there is room beside the list, the first facets stand open.
const OPEN = 3;
const wide = matchMedia("(min-width: 40rem)");

// Of one facet any value will do, of several facets each has to.
const ticked = (but) => {
  const found = new Map();
  boxes
    .filter((box) => box.checked && box.name !== but)
    .forEach(({ name, value }) => found.set(name, [...(found.get(name) ?? []), `${name}:${value}`]));
  return [...found.values()];
};
const fits = (has, wanted) => wanted.every((values) => values.some((value) => has.has(value)));
const show = () => {
  const wanted = ticked();
  things.forEach(([item, has]) => (item.hidden = !fits(has, wanted)));
  const shown = things.filter(([item]) => !item.hidden).length;
  document.getElementById("count").textContent = wanted.length ? `${shown} / ${whole}` : whole;
  new Set(boxes.map((box) => box.name)).forEach((name) => recount(name));
};
// A value that would leave nothing is not offered; one that is ticked stays, so that it can be taken back.
const recount = (name) => {
  const others = ticked(name);
  const left = things.filter(([, has]) => fits(has, others));
  const own = boxes.filter((box) => box.name === name);
  own.forEach((box) => {
    const count = left.filter(([, has]) => has.has(`${name}:${box.value}`)).length;
    box.parentElement.querySelector("small").textContent = count;
    box.parentElement.hidden = !count && !box.checked;
  });
  const facet = own[0].closest(".facet");
  facet.hidden = own.every((box) => box.parentElement.hidden);
  facet.querySelectorAll("details").forEach((fold) => {
    const more = fold.querySelectorAll("label:not([hidden])").length;
    fold.hidden = !more;
    fold.querySelector("summary > span").textContent = more;
    fold.open ||= !facet.querySelector("fieldset > label:not([hidden])");
  });
};
const read = () => {
  const asked = new URLSearchParams(location.search);
  boxes.forEach((box) => (box.checked = asked.getAll(box.name).includes(box.value)));
  const around = boxes.filter((box) => box.checked).flatMap((box) => folds.filter((fold) => fold.contains(box)));
  around.forEach((fold) => (fold.open = true));
  show();
};
const keep = () => {
  const found = new URLSearchParams(boxes.filter((box) => box.checked).map(({ name, value }) => [name, value]));
  history.pushState(null, "", `${location.pathname}${found.size ? `?${found}` : ""}`);
  show();
};
form.querySelectorAll(":scope > details").forEach((fold, place) => (fold.open = wide.matches && place < OPEN));
form.hidden = false;
form.addEventListener("change", keep);
form.addEventListener("reset", () => setTimeout(keep));
addEventListener("popstate", read);
read();
