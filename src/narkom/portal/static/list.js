// Facets: what is ticked narrows the list down, stands in the address, and comes back with it.
const form = document.querySelector("form.facets");
const things = [...document.querySelectorAll("#things > li")].map((item) => [item, new Set((item.dataset.has ?? "").split(" "))]);
const boxes = [...form.querySelectorAll("input")];
const whole = document.getElementById("count").textContent;

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
  const names = new Set(boxes.map((box) => box.name));
  names.forEach((name) => {
    const others = ticked(name);
    const left = things.filter(([, has]) => fits(has, others));
    boxes
      .filter((box) => box.name === name)
      .forEach((box) => {
        const count = left.filter(([, has]) => has.has(`${name}:${box.value}`)).length;
        box.parentElement.querySelector("small").textContent = count;
        box.parentElement.classList.toggle("empty", !count && !box.checked);
      });
  });
};
const read = () => {
  const asked = new URLSearchParams(location.search);
  boxes.forEach((box) => (box.checked = asked.getAll(box.name).includes(box.value)));
  boxes.filter((box) => box.checked).forEach((box) => box.closest("details")?.setAttribute("open", ""));
  show();
};
const keep = () => {
  const found = new URLSearchParams(boxes.filter((box) => box.checked).map(({ name, value }) => [name, value]));
  history.pushState(null, "", `${location.pathname}${found.size ? `?${found}` : ""}`);
  show();
};
form.hidden = false;
form.addEventListener("change", keep);
form.addEventListener("reset", () => setTimeout(keep));
addEventListener("popstate", read);
read();
