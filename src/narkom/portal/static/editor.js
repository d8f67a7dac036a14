// The query editor: what is typed is asked of the endpoint, or of the engine in this page where there is none.
import * as cm from "./vendor/codemirror/codemirror.js";
import { completed, CSV, Endpoint, Engine, isGraph, ROWS, Stopped, TRIPLES } from "./engines.js";
import { element, Names, saved, table } from "./results.js";
import { share } from "./share.js";

const form = document.getElementById("ask");
const place = document.getElementById("answer");
const state = document.getElementById("state");
const { words, queries, prefixes, endpoint, views, base, page } = JSON.parse(document.getElementById("given").textContent);
const { root, up } = document.querySelector("form.search").dataset;
const engine = endpoint ? new Endpoint(new URL(root + endpoint, location.href).href, views) : new Engine();
const names = new Names({ root, up, base, language: document.documentElement.lang });
const reading = names.read();

// -- the text ------------------------------------------------------------------------------------------------------

const { tags } = cm;
const style = cm.HighlightStyle.define([
  { tag: tags.keyword, class: "q-keyword" },
  { tag: [tags.string, tags.number, tags.literal], class: "q-text" },
  { tag: tags.comment, class: "q-comment" },
  { tag: [tags.variableName, tags.special(tags.variableName)], class: "q-variable" },
]);
const VARIABLE = /[?$]\w+/g;
// Prefixes with what they stand for, and the variables of the query: nobody else is asked for more.
const completions = (context) => {
  const word = context.matchBefore(/[?$]?\w*/);
  if (!word || (word.from === word.to && !context.explicit)) {
    return null;
  }
  const variables = [...new Set(context.state.doc.toString().match(VARIABLE) ?? [])].filter((one) => one !== word.text);
  const known = Object.entries(prefixes).map(([name, space]) => ({ label: `${name}:`, detail: space, type: "namespace" }));
  return { from: word.from, options: [...variables.map((label) => ({ label, type: "variable" })), ...known] };
};
const run = () => {
  form.requestSubmit();
  return true;
};
const field = form.elements.query;
const editor = new cm.EditorView({
  parent: document.getElementById("editor"),
  state: cm.EditorState.create({
    doc: field.value,
    extensions: [
      cm.lineNumbers(),
      cm.history(),
      cm.bracketMatching(),
      cm.closeBrackets(),
      cm.autocompletion({ override: [completions] }),
      cm.StreamLanguage.define(cm.sparql),
      cm.syntaxHighlighting(style),
      cm.EditorView.lineWrapping,
      cm.EditorView.contentAttributes.of({ "aria-label": words.query }),
      // Tab goes on to the next control, as everywhere else.
      cm.keymap.of([{ key: "Mod-Enter", run }, ...cm.closeBracketsKeymap, ...cm.completionKeymap, ...cm.historyKeymap, ...cm.defaultKeymap]),
    ],
  }),
});
field.hidden = true;
const text = () => editor.state.doc.toString();
const write = (query) => editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: query } });

// -- the answer ----------------------------------------------------------------------------------------------------

const tell = (told) => (state.textContent = told);
const asked = () => ({
  view: form.elements.view?.value,
  evidence: form.elements.evidence?.checked,
  told: (what) => tell(words[what]),
});
const busy = (on) => {
  form.elements.run.disabled = on;
  form.elements.stop.hidden = !on;
};
const button = (label, action) => {
  const made = element("button", label, { type: "button" });
  made.addEventListener("click", action);
  return made;
};
// What is saved is what was asked, whatever the form says by now.
const download = (query, wanted, media, suffix) => async () => {
  busy(true);
  try {
    const name = ["answer", ...(wanted.view === "accepted" ? [] : [wanted.view])].filter(Boolean).join("-");
    saved(await engine.ask(query, { ...wanted, form: media }), media, `${name}.${suffix}`);
    tell("");
  } catch (error) {
    failed(error);
  }
  busy(false);
};
const wrapped = (inner) => {
  const found = element("div", "", { className: "scroll", tabIndex: 0 });
  found.setAttribute("role", "group");
  found.setAttribute("aria-label", words.answer);
  found.append(inner);
  return found;
};
// Where no evidence stands beside what is shown, nothing in it tells a charge from a fact.
const mixed = ({ view }) => (words.mixed[view] ? [element("p", words.mixed[view], { className: "outside" })] : []);
const showRows = (answer, query, wanted) => {
  if (answer.boolean !== undefined) {
    place.replaceChildren(...mixed(wanted), element("p", answer.boolean ? words.yes : words.no, { className: "lead" }));
    return;
  }
  const { made, shown, all } = table(answer.head.vars, answer.results.bindings, names);
  const count = shown < all ? `${shown} / ${all}` : String(all);
  const files = element("p", "", { className: "formats" });
  files.append(button("CSV", download(query, wanted, CSV, "csv")), " ", button("JSON", download(query, wanted, ROWS, "json")));
  const told = wanted.evidence ? [] : mixed(wanted);
  place.replaceChildren(element("h2", `${words.answer} (${count})`), ...told, ...(all ? [wrapped(made), files] : [element("p", words.none)]));
};
const showTriples = (turtle, query, wanted) => {
  const files = element("p", "", { className: "formats" });
  files.append(button("Turtle", download(query, wanted, TRIPLES, "ttl")));
  place.replaceChildren(element("h2", words.answer), ...mixed(wanted), wrapped(element("pre", turtle)), files);
};
const failed = (error) => {
  if (error instanceof Stopped) {
    tell(words.stopped);
    return;
  }
  tell("");
  // Engines speak English.
  const own = words[error.message];
  const told = element("pre", own ?? error.message, { className: "outside", ...(!own && { lang: "en" }) });
  told.setAttribute("role", "alert");
  place.replaceChildren(told);
};
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  keep();
  const query = completed(text(), prefixes);
  const graph = isGraph(query);
  const wanted = asked();
  busy(true);
  try {
    const [body] = await Promise.all([engine.ask(query, { ...wanted, form: graph ? TRIPLES : ROWS }), reading]);
    tell("");
    graph ? showTriples(body, query, wanted) : showRows(JSON.parse(body), query, wanted);
  } catch (error) {
    failed(error);
  }
  busy(false);
});
form.elements.stop.addEventListener("click", () => engine.stop());

// -- the address ---------------------------------------------------------------------------------------------------

const keep = () => {
  const found = new URLSearchParams({ query: text(), ...(form.elements.view && { view: form.elements.view.value }) });
  history.pushState(null, "", `#${found}`);
  share(location.href);
};
const restore = () => {
  const found = new URLSearchParams(location.hash.slice(1));
  if (found.has("query")) {
    write(found.get("query"));
  }
  const { view } = form.elements;
  if (view) {
    view.value = found.get("view");
    // What is no view, or none at all, is the first of them.
    view.selectedIndex = Math.max(view.selectedIndex, 0);
  }
};
form.elements.stored.addEventListener("change", ({ target }) => {
  const way = document.getElementById("way");
  way.hidden = !target.value;
  if (target.value) {
    write(queries[target.value]);
    way.firstElementChild.href = `${up}question/${target.value}${page}`;
  }
});
addEventListener("popstate", restore);
restore();
form.hidden = false;
