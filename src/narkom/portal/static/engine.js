// A worker that holds the whole dataset in Oxigraph and answers queries: asked with { id, query, form, view } it tells
// { id, told: "loading" } while data is fetched, and at last { id, body } or { id, wrong }.
import { unpacked } from "./packed.js";
import load, { parse, Store } from "./vendor/oxigraph/web.js";

const DATA = new URL("../dump/narkom-all.trig.gz", import.meta.url);
const ENGINE = new URL("vendor/oxigraph/web_bg.wasm.gz", import.meta.url);
const ACCEPTED = "accepted";

// Each is fetched once, the engine above all: started twice it would lose its memory. What could not be fetched is
// fetched anew for the next query.
const fetched = new Map();
const once = (name, make) => {
  if (!fetched.has(name)) {
    const made = make();
    fetched.set(name, made);
    made.catch(() => fetched.delete(name));
  }
  return fetched.get(name);
};

const started = () => once("engine", () => load({ module_or_path: unpacked(ENGINE, "application/wasm") }));

async function opened() {
  const [text] = await Promise.all([unpacked(DATA).then((data) => data.text()), started()]);
  const store = new Store();
  store.load(text, { format: "application/trig" });
  return store;
}

// What the default graph of a view has more and less than the accepted one, which the data comes with.
async function changed(view) {
  const change = await (await unpacked(new URL(`../data/views/${view}.json.gz`, import.meta.url))).json();
  await started();
  const triples = (lines) => parse(lines.join("\n"), { format: "application/n-triples" });
  return { more: triples(change.more), less: triples(change.less) };
}

// The one store is turned from view to view: a store for each would hold all claims again.
const NONE = { more: [], less: [] };
let turned = NONE;
const turn = (store, change) => {
  if (change !== turned) {
    turned.more.forEach((triple) => store.delete(triple));
    turned.less.forEach((triple) => store.add(triple));
    change.less.forEach((triple) => store.delete(triple));
    change.more.forEach((triple) => store.add(triple));
    turned = change;
  }
};

addEventListener("message", async ({ data: { id, query, form, view = ACCEPTED } }) => {
  try {
    if (!fetched.has(ACCEPTED) || !fetched.has(view)) {
      postMessage({ id, told: "loading" });
    }
    const waiting = [once(ACCEPTED, opened), view === ACCEPTED ? NONE : once(view, () => changed(view))];
    const [store, change] = await Promise.all(waiting);
    postMessage({ id, told: "asking" });
    // Nothing is waited for from here on: no other query can turn the store meanwhile.
    turn(store, change);
    postMessage({ id, body: store.query(query, { results_format: form }) });
  } catch (error) {
    postMessage({ id, wrong: String(error.message ?? error) });
  }
});
