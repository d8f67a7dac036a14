# %% [markdown]
# # Careers and networks
#
# Needs `pip install 'narkom[notebook,plot]'`.

# %%
import tempfile
from pathlib import Path

import networkx
from IPython.display import SVG

import narkom

kb = narkom.open()

# %% [markdown]
# ## A career
#
# A bar is a span within which something began and ended, a dot a day. An office that is only mentioned in passing has no
# bar: the chapter does not say when it began.

# %%
career = kb.ask("career", person="Yezhov")
SVG(filename=career.plot(Path(tempfile.mkdtemp(), "career.svg")))

# %%
career.to_pandas()[["office", "step", "standing", "earliest", "latest", "notes"]]

# %% [markdown]
# ## Who met whom
#
# Each pair, with the number of meetings that the chapter tells of. `one_iri` and `other_iri` join the answer to other
# data.

# %%
met = kb.ask("who-met-whom").to_pandas()
graph = networkx.Graph()
for row in met.itertuples():
    graph.add_edge(row.one, row.other, meetings=int(row.meetings), notes=row.notes)
print(graph)

# %%
central = networkx.degree_centrality(graph)
for name in sorted(central, key=central.get, reverse=True)[:8]:
    print(f"{central[name]:.2f}  {name}")

# %% [markdown]
# The chapter is about Ezhov: that he is in the middle is the chapter's choice, and no finding. Without him:

# %%
others = graph.subgraph(name for name in graph if name != "Ezhov")
for part in sorted(networkx.connected_components(others), key=len, reverse=True)[:3]:
    print(len(part), ", ".join(sorted(part)[:6]))

# %% [markdown]
# Each edge keeps its evidence.

# %%
graph.edges["Ezhov", "Stalin"]["notes"]

# %% [markdown]
# ## Who arrested whom, and what became of the arresters

# %%
kb.ask("persecutors-arrested")
