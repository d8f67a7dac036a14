// A page says the sentence of a claim once in the title of a link to it; here the other links to it say it too.
const links = [...document.querySelectorAll("main .where > a")];
const told = new Map(links.filter(({ title }) => title).map((link) => [link.href, link]));
links.filter(({ title, textContent, href }) => !title && textContent === told.get(href)?.textContent).forEach((link) => {
  const { title, lang } = told.get(link.href);
  Object.assign(link, { title, lang });
});
