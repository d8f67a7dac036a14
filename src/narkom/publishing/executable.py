"""The stored questions as data: one sh:SPARQLSelectExecutable each, as in sib-swiss/sparql-examples."""

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Triple

from narkom.asking.questions import Question
from narkom.publishing.facts import coin
from narkom.vocabulary import PREFIXES, RDF_TYPE, term

_SCHEMA = "https://schema.org/"
_DECLARED = coin("question#prefixes")


def executables(questions: Iterable[Question], endpoint: str | None = None) -> list[Triple]:
    """Return the questions with title, description, query and, if given, the endpoint that answers them, sorted."""
    found = set(_prefixes())
    for question in questions:
        found |= set(_executable(question, endpoint))
    return sorted(found, key=str)


def _prefixes() -> Iterator[Triple]:
    yield Triple(_DECLARED, RDF_TYPE, term("owl:Ontology"))
    for name, space in PREFIXES.items():
        declared = coin(f"question#prefix-{name}")
        yield Triple(_DECLARED, term("sh:declare"), declared)
        yield Triple(declared, term("sh:prefix"), Literal(name))
        yield Triple(declared, term("sh:namespace"), Literal(space, datatype=term("xsd:anyURI")))


def _executable(question: Question, endpoint: str | None) -> Iterator[Triple]:
    iri = coin(f"question/{question.name}")
    yield Triple(iri, RDF_TYPE, term("sh:SPARQLExecutable"))
    yield Triple(iri, RDF_TYPE, term("sh:SPARQLSelectExecutable"))
    yield Triple(iri, term("rdfs:comment"), Literal(question.summary, language="en"))
    yield Triple(iri, term("rdfs:comment"), Literal(question.summary_ru, language="ru"))
    yield Triple(iri, term("dcterms:description"), Literal(question.description, language="en"))
    yield Triple(iri, term("dcterms:description"), Literal(question.description_ru, language="ru"))
    yield Triple(iri, term("sh:prefixes"), _DECLARED)
    yield Triple(iri, term("sh:select"), Literal(_query(question.text)))
    for keyword in {*question.tags, question.theme}:
        yield Triple(iri, NamedNode(_SCHEMA + "keywords"), Literal(keyword))
    if endpoint:
        yield Triple(iri, NamedNode(_SCHEMA + "target"), NamedNode(endpoint))


def _query(text: str) -> str:
    """Return a query without its header; the prefixes stay, so that it can be copied out and run."""
    return "\n".join(line for line in text.splitlines() if not line.startswith("#+")).strip() + "\n"
