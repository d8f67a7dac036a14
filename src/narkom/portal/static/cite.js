// The citation of a page or an answer in a form of one's choice, saved as a file.
import { written } from "./citation.js";
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

// What a page's own reference in words tells: the places in each text by its key, and the address.
export const told = (block) => {
  const cited = [...block.querySelectorAll("[data-cited]")].map(({ dataset, textContent }) => [dataset.cited, textContent]);
  const { "": url, ...places } = Object.fromEntries(cited);
  return { places, url };
};

document.querySelectorAll(".cite").forEach((block) => {
  const { places, url } = told(block);
  const { root } = document.querySelector("form.search").dataset;
  const made = async () => written(await (await fetch(`${root}data/citing.json`)).json(), places, url);
  block.querySelector(".formats")?.replaceChildren(...forms(made));
});
