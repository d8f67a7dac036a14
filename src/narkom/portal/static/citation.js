// What to cite for a page, or for an answer that was asked in it, of the parts that the site's program wrote.
const digest = (text) => {
  let sum = ~0;
  for (const byte of new TextEncoder().encode(text)) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) {
      sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
    }
  }
  return (~sum >>> 0).toString(16).padStart(8, "0");
};

// More places than anybody looks up are told by their paragraphs.
const placed = (places, most) => {
  if (places.length <= most) {
    return places.join("; ");
  }
  const parts = [...new Set(places.map((place) => place.split(",")[0]))];
  const paragraphs = parts.filter((part) => part.startsWith("¶")).map((part) => part.slice(2));
  return [`¶¶ ${paragraphs.join(", ")}`, ...parts.filter((part) => !part.startsWith("¶"))].join("; ");
};

// The references by form. `places` are told by the key of each text that is cited; null where they are not known, so
// that each text is cited as a whole.
export function written(citing, places, url) {
  const texts = Object.entries(citing.texts);
  const pieces = places ? texts.filter(([key]) => places[key]).map(([key, text]) => [text.placed, places[key]]) : texts.map(([, text]) => [text.whole, ""]);
  const ending = `-${digest(url)}`;
  const filled = (text, places) =>
    Object.entries({ places, url, ending }).reduce((found, [name, value]) => found.replaceAll(citing.marks[name], () => value), text);
  const inForm = (form) => [...pieces.map(([text, places]) => filled(text[form], places)), filled(citing.data[form], "")];
  const joined = (form) =>
    form === "csl-json" ? `${JSON.stringify(inForm(form).flatMap(JSON.parse), null, 2)}\n` : inForm(form).join(citing.between[form] ?? "");
  return Object.fromEntries(Object.keys(citing.data).map((form) => [form, joined(form)]));
}

// The same for an answer; `claims` are those (paths) behind its rows, null where they are not known.
export function references(citing, claims, url) {
  const cited = Object.keys(citing.claims).filter((path) => claims?.has(path));
  const of = (key) => [...new Set(cited.filter((path) => path.startsWith(`${key}/`)).map((path) => citing.claims[path][1]))];
  const places = Object.fromEntries(Object.keys(citing.texts).map((key) => [key, placed(of(key), citing.most)]));
  return written(citing, claims && places, url);
}
