// Who answers a query: the endpoint of a server, or where there is none an engine in a worker of this page.
// Both are asked alike: ask(query, { form, view, evidence, told }) gives the text of the answer in a media type.
export const ROWS = "application/sparql-results+json";
export const CSV = "text/csv";
export const TRIPLES = "text/turtle";

export class Stopped extends Error {}

// Where a query's own words begin, comments and texts left out: a word in these asks for nothing.
const bare = (query) => query.replace(/"""[^]*?"""|'''[^]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^<>\s]*>|#[^\n]*/g, " ");
// What a query gives: rows (or yes or no), or triples.
export const isGraph = (query) => /^\s*(?:(?:prefix\s+\S*\s|base\s)\s*)*(?:construct|describe)\b/i.test(bare(query));

// The prefixes that a query uses without declaring them, declared on its first line: its lines keep their numbers.
export function completed(query, prefixes) {
  const words = bare(query);
  const missing = Object.entries(prefixes).filter(([name]) => {
    const used = new RegExp(`(?:^|[^\\w:-])${name}:`, "m");
    return used.test(words) && !new RegExp(`prefix\\s+${name}:`, "i").test(words);
  });
  return missing.map(([name, space]) => `PREFIX ${name}: <${space}> `).join("") + query;
}

export class Endpoint {
  constructor(address, prefix) {
    this.address = address;
    this.prefix = prefix;
  }

  async ask(query, { form, view, evidence, told = () => {} }) {
    told("asking");
    this.stopper = new AbortController();
    const fields = { query, ...(view && { "default-graph-uri": this.prefix + view }), ...(evidence && { evidence }) };
    try {
      const body = new URLSearchParams(fields);
      const reply = await fetch(this.address, { method: "POST", headers: { Accept: form }, body, signal: this.stopper.signal });
      const text = await reply.text();
      if (!reply.ok) {
        throw new Error(text);
      }
      return text;
    } catch (error) {
      throw error.name === "AbortError" ? new Stopped() : error;
    }
  }

  stop() {
    this.stopper?.abort();
  }
}

export class Engine {
  constructor() {
    this.waiting = new Map();
    this.count = 0;
  }

  start() {
    this.worker = new Worker(new URL("engine.js", import.meta.url), { type: "module" });
    this.worker.addEventListener("message", ({ data: { id, told, body, wrong } }) => {
      const one = this.waiting.get(id);
      if (told) {
        one?.told(told);
        return;
      }
      this.waiting.delete(id);
      wrong === undefined ? one?.done(body) : one?.failed(new Error(wrong));
    });
    this.worker.addEventListener("error", (event) => this.end(new Error(event.message ?? "The engine did not start.")));
  }

  ask(query, { form, view, told = () => {} }) {
    if (!this.worker) {
      this.start();
    }
    const id = this.count++;
    return new Promise((done, failed) => {
      this.waiting.set(id, { done, failed, told });
      this.worker.postMessage({ id, query, form, view });
    });
  }

  // A query cannot be broken off: the worker goes with it, and the next one reads the data anew.
  stop() {
    this.end(new Stopped());
  }

  end(reason) {
    this.worker?.terminate();
    this.worker = undefined;
    this.waiting.forEach(({ failed }) => failed(reason));
    this.waiting.clear();
  }
}
