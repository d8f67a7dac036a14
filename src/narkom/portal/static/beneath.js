// What stands beneath an answer that was asked in this page, as beneath the page's own: files, and what to cite.
import { references } from "./citation.js";
import { forms } from "./cite.js";
import { csv, json } from "./files.js";
import { element, saved } from "./results.js";

const FILES = { CSV: [csv, "text/csv"], JSON: [json, "application/json"] };

const files = (answer, asked, { names, citing, name, title, words }) => {
  const line = element("p", `${words.same} `, { className: "formats soft" });
  Object.entries(FILES).forEach(([label, [write, media]]) => {
    const button = element("button", label, { type: "button" });
    button.addEventListener("click", async () => saved(await write(answer, asked, names, citing, title), media, `${name}.${label.toLowerCase()}`));
    line.append(button, " ");
  });
  return line;
};
const cite = (answer, address, { citing, words }) => {
  const claims = answer.cited ? new Set(answer.rows.flatMap((row) => row.claims)) : null;
  const found = references(citing, claims, address);
  const block = element("details", "", { className: "cite" });
  const line = element("p", "", { className: "formats" });
  line.append(...forms(() => found));
  const told = found.citation.trim().split("\n").flatMap((one, at) => (at ? [element("br"), one] : [one]));
  const text = element("p");
  text.append(...told);
  block.append(element("summary", words.cite), text, line);
  return block;
};

// `asked` are the parameters, each { name, text, term }; `address` is where the answer is found; `page` has the names,
// the parts of citations, and the name, title and words of the question's page.
export const beneath = (answer, asked, address, page) => [
  ...(answer.rows.length ? [files(answer, asked, page)] : []),
  cite(answer, address, page),
];
