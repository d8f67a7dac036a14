// The citation of a page in a form of one's choice, saved as a file or shown to be copied.
"use strict";
(function () {
  const FORMS = {
    bibtex: ["BibTeX", "application/x-bibtex", "bib"],
    ris: ["RIS", "application/x-research-info-systems", "ris"],
    "csl-json": ["CSL-JSON", "application/vnd.citationstyles.csl+json", "json"],
  };
  document.querySelectorAll("[data-citation]").forEach((place) => {
    const address = place.dataset.citation;
    if (!address.endsWith(".citation.json")) {
      return;
    }
    const links = Object.entries(FORMS).map(([form, [name, media, suffix]]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = name;
      button.addEventListener("click", async () => {
        const cited = await (await fetch(address)).json();
        const link = document.createElement("a");
        link.href = URL.createObjectURL(new Blob([cited[form]], { type: media }));
        link.download = "narkom." + suffix;
        link.click();
        URL.revokeObjectURL(link.href);
      });
      return button;
    });
    place.replaceChildren(...links.flatMap((one) => [one, " "]));
  });
})();
