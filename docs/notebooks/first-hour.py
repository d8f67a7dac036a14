# %% [markdown]
# # A historian's first hour
#
# What the knowledge base answers, how an answer is read, and where its evidence is. Build it first: `narkom build`.

# %%
import narkom

kb = narkom.open()
kb.ask("arrested-in", **{"from": "1937-03-25", "to": "1937-04-15"})

# %% [markdown]
# The numbers in the last column lead to the notes beneath: each is one claim of the chapter, with its stance, its place
# and its footnote. A row stands on all of its notes together, and would not be there without any one of them.
#
# Names may be written as one is used to; what is ambiguous is refused with the candidates.

# %%
kb.ask("career", person="Ежов").to_pandas()[["office", "step", "earliest", "latest", "notes"]].head()

# %%
for iri in kb.search("Jeschow").things[:3]:
    print(iri)

# %% [markdown]
# ## One death, told by many voices
#
# Versions that contradict each other stand side by side, each with its voice. None is chosen for you.

# %%
kb.ask("versions-of", event="death-slutskii")

# %% [markdown]
# ## What was charged is not what happened
#
# The accepted view holds what the authors stand behind. That somebody was accused is a fact and is in it; what he was
# accused of is not. The question about charges says so in each row.

# %%
charges = kb.ask("charges", accused="Tukhachevsky")
charges.to_pandas()[["charge", "on_the_word_of", "stances", "notes"]]

# %% [markdown]
# A query of one's own finds no charge in the accepted view. In the view of all claims it finds them, marked as charged.

# %%
members = "SELECT ?who { ?person nk:allegedMemberOf ?body ; skos:prefLabel ?who FILTER(LANG(?who) = 'en') }"
print(len(kb.query(members)), "in the accepted view")
everything = narkom.open(view="all").query(members)
print(len(everything), "in the view of all claims:", everything.to_dicts()[0]["stances"])

# %% [markdown]
# ## To cite it
#
# The book with paragraph, sentence and note, and the dataset with its version; also as BibTeX, RIS and CSL-JSON.

# %%
print(charges.bibliography())

# %% [markdown]
# ## What else can be asked

# %%
for question in narkom.questions()[:12]:
    print(f"{question.name:24} {question.summary}")
