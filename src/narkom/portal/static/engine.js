// A worker that holds the whole dataset in Oxigraph and answers queries: asked with { id, query, form } it tells
// { id, told: "loading" } while the data is fetched, and at last { id, body } or { id, wrong }.
import load, { Store } from "./vendor/oxigraph/web.js";

const DATA = new URL("../dump/narkom-all.trig.gz", import.meta.url);
const GZIP = [0x1f, 0x8b];

// A host may have undone the compression already.
async function unpacked(response) {
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (!GZIP.every((byte, place) => bytes[place] === byte)) {
    return new TextDecoder().decode(bytes);
  }
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
}

async function opened() {
  const [response] = await Promise.all([fetch(DATA), load()]);
  if (!response.ok) {
    throw new Error(`${DATA}: ${response.status}`);
  }
  const store = new Store();
  store.load(await unpacked(response), { format: "application/trig" });
  return store;
}

let waiting;
addEventListener("message", async ({ data: { id, query, form } }) => {
  try {
    if (!waiting) {
      postMessage({ id, told: "loading" });
      waiting = opened();
    }
    const store = await waiting.catch((error) => {
      // What could not be fetched is fetched anew for the next query.
      waiting = undefined;
      throw error;
    });
    postMessage({ id, told: "asking" });
    postMessage({ id, body: store.query(query, { results_format: form }) });
  } catch (error) {
    postMessage({ id, wrong: String(error.message ?? error) });
  }
});
