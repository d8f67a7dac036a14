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
  document.getElementById("stored").addEventListener("change", function () {
    const text = questions.all[this.value];
    if (text) {
      yasgui.getTab().getYasqe().setValue(text);
    }
  });
})();
