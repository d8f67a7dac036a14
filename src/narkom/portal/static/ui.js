// The query editor over this server's endpoint alone: completion asks nobody else for prefixes or terms.
"use strict";
(function () {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const questions = read("questions");
  const prefixes = read("prefixes");
  const endpoint = new URL("../sparql", document.baseURI).href;
  Yasgui.Yasqe.forkAutocompleter("prefixes", {
    name: "prefixes-local",
    persistenceId: null,
    get: () => Promise.resolve(Object.entries(prefixes).map(([name, space]) => name + ": <" + space + ">").sort()),
  });
  Yasgui.Yasqe.defaults.autocompleters = ["prefixes-local", "variables"];
  Yasgui.Yasqe.defaults.value = questions.first;
  Yasgui.Yasr.defaults.prefixes = prefixes;
  const yasgui = new Yasgui(document.getElementById("yasgui"), {
    requestConfig: { endpoint: endpoint, method: "POST" },
    copyEndpointOnNewTab: true,
    endpointCatalogueOptions: { getData: () => [{ endpoint: endpoint }] },
    persistenceId: "narkom",
  });
  // The switch is a field of the request, in every tab.
  const asked = document.getElementById("evidence");
  const base = new URL("..", document.baseURI).href;
  const apply = () => {
    const args = asked.checked ? [{ name: "evidence", value: "true" }] : [];
    Object.values(yasgui._tabs).forEach((tab) => tab.setRequestConfig({ args: args }));
  };
  asked.addEventListener("change", apply);
  yasgui.on("tabAdd", () => setTimeout(apply));
  apply();
  // The claims of a row are text to the table: each becomes a link to its page here, with its gloss on hover.
  const CLAIM = /^"?https:\/\/w3id\.org\/narkom\/\w+\/claim\/\S+"?$/;
  const glosses = {};
  const link = (cell) => {
    const names = cell.textContent.trim().replaceAll('"', "").split(/\s+/);
    cell.replaceChildren(...names.flatMap((name) => {
      const anchor = document.createElement("a");
      const path = name.replace("https://w3id.org/narkom/", "");
      anchor.href = base + path + ".html";
      anchor.textContent = path.replace("/claim/", "/");
      anchor.addEventListener("pointerenter", () => tell(anchor, name));
      anchor.addEventListener("focus", () => tell(anchor, name));
      return [anchor, " "];
    }));
  };
  const tell = async (anchor, name) => {
    if (!glosses[name]) {
      const query = "SELECT ?gloss { <" + name + "> nk:gloss ?gloss }";
      const found = await fetch(endpoint + "?query=" + encodeURIComponent(query), { headers: { Accept: "application/sparql-results+json" } });
      const rows = found.ok ? (await found.json()).results.bindings : [];
      glosses[name] = rows.length ? rows[0].gloss.value : name;
    }
    anchor.title = glosses[name];
  };
  new MutationObserver(() => {
    document.querySelectorAll(".yasr td > div > *, .yasr td > *").forEach((cell) => {
      const first = cell.textContent.trim().split(/\s+/)[0];
      if (!cell.querySelector("a, td, div") && CLAIM.test(first)) {
        link(cell);
      }
    });
  }).observe(document.getElementById("yasgui"), { childList: true, subtree: true });
  document.getElementById("stored").addEventListener("change", function () {
    const text = questions.all[this.value];
    if (text) {
      yasgui.getTab().getYasqe().setValue(text);
    }
  });
})();
