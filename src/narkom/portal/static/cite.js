// The citation of a page or an answer in a form of one's choice, saved as a file.
import { element, saved } from "./results.js";

const FORMS = {
  bibtex: ["BibTeX", "application/x-bibtex", "bib"],
  ris: ["RIS", "application/x-research-info-systems", "ris"],
  "csl-json": ["CSL-JSON", "application/vnd.citationstyles.csl+json", "json"],
};

// A button for each form; `load` gives the references by form.
export const forms = (load) =>
  Object.entries(FORMS).flatMap(([form, [name, media, suffix]]) => {
    const button = element("button", name, { type: "button" });
    button.addEventListener("click", async () => saved((await load())[form], media, `narkom.${suffix}`));
    return [button, " "];
  });

document.querySelectorAll("[data-citation$='.citation.json']").forEach((place) => {
  place.replaceChildren(...forms(async () => (await fetch(place.dataset.citation)).json()));
});
