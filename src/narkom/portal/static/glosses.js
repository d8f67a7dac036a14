// The sentences of claims stand among the facts of a page: a link to such a claim from elsewhere on it says them on hover.
const facts = [...document.querySelectorAll("ol.facts > li")];
const told = new Map(facts.map((fact) => [fact.querySelector("span.where > a").href, fact.querySelector("div > p > span")]));
document.querySelectorAll("main span.where > a:not([title], ol.facts a)").forEach((link) => {
  const gloss = told.get(link.href);
  if (gloss) {
    Object.assign(link, { title: gloss.textContent, ...(gloss.lang && { lang: gloss.lang }) });
  }
});
