// A file that stands on the site compressed alone, as what it holds; `media` is its type.
const GZIP = [0x1f, 0x8b];
// What is wrong with a browser that is too old, by the name of the words that pages have for it.
const WANTING = "unpacking";

export async function unpacked(address, media = "text/plain") {
  const response = await fetch(address);
  if (!response.ok) {
    throw new Error(`${address}: ${response.status}`);
  }
  const bytes = new Uint8Array(await response.arrayBuffer());
  const headers = { "Content-Type": media };
  // A host may have undone the compression already.
  if (!GZIP.every((byte, place) => bytes[place] === byte)) {
    return new Response(bytes, { headers });
  }
  if (!("DecompressionStream" in globalThis)) {
    throw new Error(WANTING);
  }
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")), { headers });
}
