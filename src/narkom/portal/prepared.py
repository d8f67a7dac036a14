"""Answers with their evidence, prepared for who has no server: a question asked with every value that it admits.

What tracks rows down to claims is this program; a browser alone has none of it. So each question with one parameter
whose values can be listed is asked with all of them. The file of a question is

    {"parameter": "person", "variables": ["office", …], "types": ["@en", …],
     "iris": {"office": {"People's Commissar of Internal Affairs": "office/nkvd-commissar", …}, …},
     "answers": {"<https://w3id.org/narkom/person/iagoda>": [[cell, …, "ssc/claim/p1s1a ssc/claim/p2s1b"], …], …}}

with an answer under the SPARQL term of each value that has one: any other value of the kinds that the parameter admits
has no row. A cell is a text of its column's usual type, a text with another type in a list, the path of an IRI of ours
alone in a list, or null; the last says the claims by their paths, why they are not known, or nothing where a register
says the row. A type is a language (`@en`), the name of a datatype of XML Schema, the IRI of another, `iri`, or nothing
for a plain text. `iris` are what the labels of a column name (joining.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pyoxigraph as ox

from narkom.asking.citing import Answer, Citation, answer
from narkom.asking.evidence import Evidence
from narkom.asking.joining import iris_beside
from narkom.asking.questions import REGISTERED, Parameter, Question
from narkom.building.views import claim_order
from narkom.portal.library import Library
from narkom.vocabulary import BASE, PREFIXES, local_name

_LISTED = {*REGISTERED, "event", "note"}


def admitted(library: Library, parameter: Parameter) -> list[str]:
    """Return every value that a parameter admits as a SPARQL term; none where they cannot be listed."""
    if parameter.kinds == ("integer",) and parameter.name == "paragraph":
        return sorted({str(int(name)) for name in _paragraphs(library)}, key=int)
    if not set(parameter.kinds) <= _LISTED:
        return []
    iris = (iri for kind in parameter.kinds for iri in _of_kind(library, kind))
    return [f"<{iri}>" for iri in iris if not parameter.allowed or local_name(iri) in parameter.allowed]


def can_be(library: Library, question: Question) -> bool:
    """Return whether a question has one parameter, and its values can be listed."""
    return len(question.parameters) == 1 and bool(admitted(library, question.parameters[0]))


def prepared(library: Library, question: Question, evidence: Evidence) -> dict:
    """Return the answers to a question that can be prepared, as the file has them."""
    parameter = question.parameters[0]
    answers: dict[str, Answer] = {}
    for value in admitted(library, parameter):
        query = question.with_values({parameter.name: value})
        # Most values have no answer, and that is found sooner than the evidence.
        if next(iter(evidence.store.query(query)), None) is not None:
            answers[value] = answer(evidence.store, query, evidence.view, evidence=evidence)
    variables = next(iter(answers.values())).variables if answers else []
    rows = [row for found in answers.values() for row in found.rows]
    types = [_usual(row[at] for row in rows) for at in range(len(variables))]
    named = iris_beside(evidence.store, question.text, Answer(variables, rows, []))
    return {
        "parameter": parameter.name,
        "variables": variables,
        "types": types,
        "iris": {
            name: {label.value: iri.value.removeprefix(BASE) for label, iri in its.items()}
            for name, its in named.items()
        },
        "answers": {
            value: [_row(types, *one) for one in zip(found.rows, found.citations, strict=True)]
            for value, found in answers.items()
        },
    }


def _paragraphs(library: Library) -> Iterator[str]:
    for key in library.sources:
        names = (local_name(iri) for iri in library.kinds[f"{key}/paragraph"])
        yield from (name[1:] for name in names if name.startswith("p"))


def _of_kind(library: Library, kind: str) -> list[str]:
    if kind == "note":
        return [iri for key in library.sources for iri in library.kinds.get(f"{key}/note", ())]
    return library.kinds.get(kind, [])


def _row(types: list[str], values: tuple[ox.Term | None, ...], citation: Citation) -> list:
    claims = " ".join(claim.removeprefix(BASE) for claim in sorted(citation.claims, key=claim_order))
    return [*map(_cell, values, types), claims or citation.gap]


def _cell(value: ox.Term | None, usual: str) -> str | list[str] | None:
    if value is None:
        return None
    if isinstance(value, ox.NamedNode) and value.value.startswith(BASE):
        return [value.value.removeprefix(BASE)]
    return value.value if _type(value) == usual else [value.value, _type(value)]


def _usual(values: Iterator[ox.Term | None]) -> str:
    """The type of most values of a column."""
    counts = Counter(_type(value) for value in values if value is not None)
    return max(sorted(counts), key=counts.__getitem__, default="")


def _type(value: ox.Term) -> str:
    if not isinstance(value, ox.Literal):
        return "iri"
    if value.language:
        return f"@{value.language}"
    name = value.datatype.value.removeprefix(PREFIXES["xsd"])
    return "" if name == "string" else name
