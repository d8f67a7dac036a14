// An answer as a file, with the columns that the command writes (docs/asking.md), in English as all files are.
const cited = (path) => path.replace(/\/[a-z]+\//, "/");
// What a column of evidence says of one claim; a row says each thing once.
const EVIDENCE = {
  claims: ({ iri }) => [iri],
  passages: ({ passage }) => [passage],
  footnotes: ({ passage, footnotes }) => footnotes.map((number) => `${passage.split("/")[0]}/${number}`),
  notes: ({ where }) => [where],
  stances: ({ stance, inferred }) => [inferred ? `${stance} (inferred)` : stance],
  voices: ({ voices }) => voices,
};
const BETWEEN = { claims: " " };

// A claim with all that is told of it: by the index of the search, and by what citations are made of.
const claimed = (path, names, citing) => {
  const [passage, where, voices, relays, inferred] = citing.claims[path];
  const { gloss, stance, footnotes } = names.claims.get(path);
  return { iri: names.base + path, claim: cited(path), passage, footnotes, stance, voices, relays, inferred, gloss, where };
};

// The variables with, beside each that shows labels, one for the IRIs that they name, and the values of each row.
const widened = ({ variables, rows }, iris) => {
  const beside = (name) => (iris[name] && !variables.includes(`${name}_iri`) ? [`${name}_iri`] : []);
  const named = (values) =>
    Object.entries(iris).flatMap(([name, its]) => {
      const iri = its[values[name]?.value];
      return iri ? [[`${name}_iri`, { type: "uri", value: iri }]] : [];
    });
  const all = variables.flatMap((name) => [name, ...beside(name)]);
  return {
    names: all,
    values: rows.map(({ values }) => {
      const found = { ...Object.fromEntries(named(values)), ...values };
      return Object.fromEntries(all.filter((name) => found[name]).map((name) => [name, found[name]]));
    }),
  };
};

const FORMULA = /^[=+\-@\t\r]/;
const NUMBER = /^[+-]*(\d+\.?\d*|\.\d+)$/;
// A spreadsheet takes a cell for a formula that begins like one.
const defused = (text) => (FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text).replace(/\r\n?/g, "\n");
const quoted = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

// `asked` are the parameters, each { name, text, term }.
export async function csv(answer, asked, names, citing) {
  const { names: all, values } = widened(answer, await answer.iris());
  const evidence = answer.cited ? Object.keys(EVIDENCE).filter((name) => !all.includes(name)) : [];
  const gap = answer.cited && !all.includes("gap") ? ["gap"] : [];
  const said = (name, { claims }) => {
    const parts = claims.flatMap((path) => EVIDENCE[name](claimed(path, names, citing)));
    return [...new Set(parts)].filter(Boolean).join(BETWEEN[name] ?? "; ");
  };
  const lines = answer.rows.map((row, at) => [
    ...all.map((name) => values[at][name]?.value ?? ""),
    ...evidence.map((name) => said(name, row)),
    ...gap.map(() => row.gap),
    ...asked.map(({ text }) => text),
  ]);
  const heads = [...all, ...evidence, ...gap, ...asked.map(({ name }) => `asked_${name}`)];
  return [heads, ...lines.map((line) => line.map(defused))].map((line) => `${line.map(quoted).join(",")}\n`).join("");
}

// `title` is that of the question.
export async function json(answer, asked, names, citing, title) {
  const { names: variables, values } = widened(answer, await answer.iris());
  const notes = new Map();
  answer.rows.forEach(({ claims }) => claims.forEach((path) => notes.set(path, claimed(path, names, citing))));
  const told = asked.map(({ name, text }) => `${name} = ${text}`).join(", ");
  const file = {
    title: told ? `${title} (${told})` : title,
    parameters: Object.fromEntries(asked.map(({ name, text, term }) => [name, { text, term }])),
    variables,
    rows: answer.rows.map(({ claims, gap }, at) => ({
      values: values[at],
      ...(answer.cited && { claims: claims.map(cited) }),
      ...(gap && { gap }),
    })),
    notes: Object.fromEntries([...notes.values()].map(({ iri, where, ...note }) => [note.claim, note])),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}
