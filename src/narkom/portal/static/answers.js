// An answer to a stored question as scripts hold it, prepared or asked here:
// { variables, rows: [{ values: { name: term in SPARQL's JSON }, claims: [path], gap }], cited, iris }, where `iris`
// fetches what the labels of columns name: { name: { label: IRI } }.
import { ROWS } from "./engines.js";

const XSD = "http://www.w3.org/2001/XMLSchema#";
const CLAIM = /^[a-z0-9]+\/claim\//;

const literal = (value, type) => {
  if (type === "iri") {
    return { type: "uri", value };
  }
  const more = type.startsWith("@") ? { "xml:lang": type.slice(1) } : type && { datatype: type.includes(":") ? type : XSD + type };
  return { type: "literal", value, ...more };
};
const term = (cell, usual, base) => {
  const [value, type] = Array.isArray(cell) ? cell : [cell, usual];
  return type === undefined ? { type: "uri", value: base + value } : literal(value, type);
};

// Whether a row holds for a value: a day or a number within its stretch, which may be open, or all of them.
const held = ([first, last], given) => {
  const value = given?.startsWith('"') ? given.slice(1, given.lastIndexOf('"')) : Number(given);
  return !given || ((first === null || first <= value) && (last === null || value <= last));
};
// The answer of a prepared file for these terms by parameter, undefined where it was not asked with such.
export function prepared({ listed, stretched, variables, types, iris, answers }, terms, base) {
  if (!listed.every((name) => terms[name])) {
    return undefined;
  }
  const named = (its) => Object.fromEntries(Object.entries(its).map(([label, path]) => [label, base + path]));
  const all = answers[listed.map((name) => terms[name]).join(" ")] ?? [];
  const end = variables.length + 1;
  const rows = all.filter((cells) => stretched.every((name, at) => held(cells[end + at], terms[name])));
  const read = (cells) => {
    const said = cells[variables.length];
    const values = variables.flatMap((name, at) => (cells[at] === null ? [] : [[name, term(cells[at], types[at], base)]]));
    const claims = CLAIM.test(said) ? said.split(" ") : [];
    return { values: Object.fromEntries(values), claims, gap: claims.length ? "" : said };
  };
  return {
    variables,
    rows: rows.map(read),
    cited: true,
    iris: async () => Object.fromEntries(Object.entries(iris).map(([name, its]) => [name, named(its)])),
  };
}

const written = ({ value, "xml:lang": language, datatype }) =>
  JSON.stringify(value) + (language ? `@${language}` : datatype ? `^^<${datatype}>` : "");
// What bears each of these labels, if one thing alone does.
const bearers = async (engine, terms, properties) => {
  const labels = [...new Set(terms.map(written))].join(" ");
  const query = `SELECT ?iri ?label { VALUES ?label { ${labels} } ?iri ${properties.map((one) => `<${one}>`).join("|")} ?label }`;
  const found = new Map();
  JSON.parse(await engine.ask(query, { form: ROWS })).results.bindings.forEach(({ iri, label }) => {
    found.set(label.value, (found.get(label.value) ?? new Set()).add(iri.value));
  });
  return Object.fromEntries([...found].filter(([, iris]) => iris.size === 1).map(([label, [iri]]) => [label, iri]));
};

// What the engine in this page answers; `labels` are the properties by which the query reads columns as labels.
export async function asked(engine, query, labels, told) {
  const { head, results } = JSON.parse(await engine.ask(query, { form: ROWS, told }));
  const terms = (name) => results.bindings.map((row) => row[name]).filter((one) => one?.type === "literal");
  const named = async ([name, properties]) => [name, await bearers(engine, terms(name), properties)];
  return {
    variables: head.vars,
    rows: results.bindings.map((values) => ({ values, claims: [], gap: "" })),
    cited: false,
    iris: async () => Object.fromEntries(await Promise.all(Object.entries(labels).map(named))),
  };
}
