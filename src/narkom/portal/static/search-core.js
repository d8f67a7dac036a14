// Finding things and claims in the prepared index: no page is touched here, so that it runs under test as well.
import MiniSearch from "./vendor/minisearch/index.js";

const LONGEST = 200;
const CYRILLIC = /[\u0400-\u04ff]/;

// The sounds of a name without the habits of its romanisation: as asking/likeness.py hears it, by the tables that it gives.
export function hearing({ sounds, letters }) {
  const patterns = sounds.map(([pattern, sound]) => [new RegExp(pattern, "g"), sound]);
  const carons = patterns.splice(0, sounds.findIndex(([pattern]) => /^[a-z]/.test(pattern)));
  const replaced = (text, table) => table.reduce((found, [pattern, sound]) => found.replace(pattern, sound), text);
  return (typed) => {
    let text = typed.toLowerCase();
    if (CYRILLIC.test(text)) {
      text = [...text].map((letter) => letters[letter] ?? letter).join("");
    }
    const flat = replaced(text, carons).normalize("NFD").replace(/\p{M}/gu, "").replaceAll(".", " ");
    const plain = replaced(flat.replace(/[^a-z ]/g, ""), patterns);
    return plain.split(/\s+/).filter(Boolean).join(" ").replace(/(.)\1/g, "$1");
  };
}

const forgiven = (word) => (word.length > 7 ? 2 : word.length > 3 ? 1 : 0);
const apart = (text) => text.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
// A name of one letter is an initial, which may be missing on either side.
const telling = (words) => words.filter((word) => word.length > 1);

export class Finder {
  constructor(data) {
    this.kinds = data.kinds;
    this.things = data.things;
    this.heard = hearing(data);
    this.exact = new Map();
    this.index = new MiniSearch({
      fields: ["names"],
      tokenize: (text) => text.split(/\s+/).filter(Boolean),
      processTerm: (word) => word,
      searchOptions: { combineWith: "AND", prefix: (word) => word.length > 2, fuzzy: forgiven },
    });
    this.index.addAll(data.things.map(([, , , , names], id) => ({ id, names: names.join(" ") })));
    data.things.forEach(([, , , , names], id) => {
      names.forEach((name) => this.exact.set(name, [...(this.exact.get(name) ?? []), id]));
    });
  }

  // What has a name of just these sounds, people by their surname too: [{ path, kind, en, ru, mark }, …].
  named(typed) {
    const heard = this.heard(typed.trim().slice(0, LONGEST));
    const surname = (name) => name.split(" ").at(-1) === heard;
    // The doctor at somebody's death does not bear his name: of a person's name every word has a capital.
    const people = this.things.flatMap(([, kind, english, , names], id) =>
      this.kinds[kind][0] === "person" && !/(^| )\p{Ll}/u.test(english) && names.some(surname) ? [id] : [],
    );
    return [...new Set([...(this.exact.get(heard) ?? []), ...people])].map((id) => this.told(id));
  }

  // What fits to what somebody typed, the best first: [{ path, kind, en, ru, mark }, …].
  find(typed) {
    const heard = this.heard(typed.trim().slice(0, LONGEST).replace(/[-–,]/g, " "));
    const words = telling(heard.split(" "));
    if (!words.length) {
      return [];
    }
    const scores = new Map();
    const strict = this.index.search(words.join(" "), { fuzzy: false, prefix: false });
    const begun = this.index.search(words.join(" "), { fuzzy: false });
    const near = words.some((word) => word.length > 3) ? this.index.search(words.join(" ")) : [];
    [near, begun, strict].forEach((found, level) => {
      found.forEach(({ id, score }) => scores.set(id, [(level + 1) * 100 - this.left(id, words.length), score]));
    });
    (this.exact.get(heard) ?? []).forEach((id) => scores.set(id, [400, 0]));
    const order = ([one, its], [other, that]) =>
      that[0] - its[0] || this.things[one][1] - this.things[other][1] || that[1] - its[1] || one - other;
    return [...scores].sort(order).map(([id]) => this.told(id));
  }

  // How many words of the nearest name were not typed: Ezhov's entourage is not Ezhov, a given name matters little.
  left(id, typed) {
    const [, kind, , , names] = this.things[id];
    const more = Math.min(...names.map((name) => Math.max(telling(name.split(" ")).length - typed, 0)));
    return Math.min(this.kinds[kind][0] === "person" ? more : more * 10, 90);
  }

  told(id) {
    const [path, kind, en, ru, , mark] = this.things[id];
    return { path, kind: this.kinds[kind][0], en, ru, mark };
  }
}

export class ClaimFinder {
  constructor(claims) {
    this.claims = claims;
    this.index = new MiniSearch({
      fields: ["gloss"],
      tokenize: apart,
      processTerm: (word) => word.toLowerCase(),
      searchOptions: { combineWith: "AND", prefix: (word) => word.length > 2, fuzzy: (word) => (word.length > 5 ? 1 : 0) },
    });
    this.index.addAll(claims.map(([, gloss], id) => ({ id, gloss })));
  }

  // Claims in whose sentence every word stands: [{ path, gloss, stance }, …].
  find(typed) {
    const found = this.index.search(typed.slice(0, LONGEST));
    return found.map(({ id }) => ({ path: this.claims[id][0], gloss: this.claims[id][1], stance: this.claims[id][2] }));
  }
}
