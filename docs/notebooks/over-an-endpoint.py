# %% [markdown]
# # The same over an endpoint
#
# `narkom serve` gives a SPARQL endpoint; any engine that holds the knowledge base is one too. Where it stands is taken
# from NARKOM_ENDPOINT here.

# %%
import io
import os

import pandas
import requests
from SPARQLWrapper import JSON, SPARQLWrapper

import narkom

endpoint = os.environ.get("NARKOM_ENDPOINT", "http://127.0.0.1:8037/sparql")
ARREST = "SELECT ?day { ?e a nk:Arrest ; nk:person person:iagoda ; nk:earliest ?day }"

# %% [markdown]
# ## As if it were here
#
# The rows come from the endpoint, and so does what is needed to cite them.

# %%
kb = narkom.open(endpoint=endpoint)
kb.query(ARREST)

# %% [markdown]
# ## Without the package
#
# The server cites by itself: `evidence=true` adds `_claims`, `_notes` and `_stances` to any SELECT, in every format.

# %%
answer = requests.get(endpoint, {"query": ARREST, "evidence": "true"}, headers={"Accept": "text/csv"}, timeout=60)
pandas.read_csv(io.StringIO(answer.text))

# %% [markdown]
# A client that builds its own addresses sends a header instead.

# %%
client = SPARQLWrapper(endpoint)
client.setReturnFormat(JSON)
client.addCustomHttpHeader("Narkom-Evidence", "true")
client.setQuery(ARREST)
client.queryAndConvert()["results"]["bindings"]

# %% [markdown]
# Another view is another dataset.

# %%
every = "https://w3id.org/narkom/view/all"
query = "SELECT (COUNT(*) AS ?charged) { ?person nk:allegedMemberOf ?body }"
answer = requests.get(
    endpoint, {"query": query, "default-graph-uri": every}, headers={"Accept": "text/csv"}, timeout=60
)
print(answer.text)
