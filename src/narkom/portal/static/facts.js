// The facts of a thing, narrowed down by stance and kind; what is chosen stands in the address, and comes back with it.
import "./glosses.js";

const form = document.querySelector("form.facts-filter");
const told = form.querySelector("[role=status]");
const facts = [...document.querySelectorAll("ol.facts > li[data-stance]")].map((item) => ({
  item,
  stance: item.dataset.stance,
  kinds: new Set(item.dataset.kinds.split(" ")),
}));
const boxes = [...form.querySelectorAll("input")];
const about = form.elements.about;
const hide = (one, hidden) => one && (one.hidden = hidden);
const empty = (one) => !one.querySelector("ol.facts > li:not([hidden])");

const show = () => {
  const stances = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
  const kind = about?.value ?? "";
  facts.forEach(({ item, stance, kinds }) => {
    item.hidden = (stances.size && !stances.has(stance)) || Boolean(kind && !kinds.has(kind));
  });
  // A heading without a fact below it is hidden with its list.
  const lists = new Set(facts.map(({ item }) => item.parentElement));
  lists.forEach((list) => {
    const none = [...list.children].every((item) => item.hidden);
    list.hidden = none;
    if (list.previousElementSibling?.matches("h3")) hide(list.previousElementSibling, none);
  });
  new Set([...lists].map((list) => list.closest("section"))).forEach((section) => hide(section, empty(section)));
  const shown = facts.filter(({ item }) => !item.hidden).length;
  const asked = stances.size || kind;
  told.textContent = !asked ? "" : shown ? `${told.dataset.some} ${shown} / ${facts.length}` : told.dataset.none;
};
// Another filter's or a link's part of the address is left as it is.
const state = () => new URLSearchParams(location.search);
const read = () => {
  const asked = state();
  boxes.forEach((box) => (box.checked = asked.getAll("stance").includes(box.value)));
  if (about) {
    about.value = asked.get("about") ?? "";
    if (about.selectedIndex < 0) about.value = "";
  }
  show();
};
const keep = () => {
  const found = state();
  ["stance", "about"].forEach((name) => found.delete(name));
  boxes.filter((box) => box.checked).forEach((box) => found.append("stance", box.value));
  if (about?.value) found.set("about", about.value);
  history.pushState(null, "", `${location.pathname}${found.size ? `?${found}` : ""}${location.hash}`);
  show();
};
form.hidden = false;
form.addEventListener("submit", (submitted) => submitted.preventDefault());
form.addEventListener("change", keep);
form.addEventListener("reset", () => setTimeout(keep));
addEventListener("popstate", read);
read();
