// Asks SPARQL endpoints through Comunica: a JSON list of {query, endpoint, headers} on stdin, a list of answers on stdout.
// The answer to a SELECT is its rows (values by variable), to a CONSTRUCT its quads (subject, predicate, object, graph).
import { readFileSync } from "node:fs";
import { QueryEngine } from "@comunica/query-sparql";

const engine = new QueryEngine();
const answers = [];
for (const { query, endpoint, headers } of JSON.parse(readFileSync(0, "utf8"))) {
  const asked = await engine.query(query, {
    sources: [{ type: "sparql", value: endpoint }],
    fetch: (address, options = {}) => {
      const all = new Headers(options.headers);
      Object.entries(headers).forEach(([name, value]) => all.set(name, value));
      return fetch(address, { ...options, headers: all });
    },
  });
  const found = await (await asked.execute()).toArray();
  answers.push(
    asked.resultType === "bindings"
      ? found.map((row) => Object.fromEntries([...row].map(([name, term]) => [name.value, term.value])))
      : found.map((quad) => [quad.subject.value, quad.predicate.value, quad.object.value, quad.graph.value]),
  );
}
process.stdout.write(JSON.stringify(answers));
