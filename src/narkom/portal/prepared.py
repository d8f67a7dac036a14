"""Answers with their evidence, prepared for who has no server: a question asked with every value that it admits.

What tracks rows down to claims is this program; a browser alone has none of it. So each question with one parameter
whose values can be listed is asked with all of them. The file of a question is

    {"parameter": "person", "variables": ["office", …],
     "answers": {"<https://w3id.org/narkom/person/iagoda>": [[cell, …, "ssc/claim/p1s1a ssc/claim/p2s1b"], …], …}}

with an answer under the SPARQL term of each value that has one: any other value of the kinds that the parameter admits
has no row. A cell is a text, the path of an IRI of ours in a list, or null; the last says the claims by their paths,
why they are not known, or nothing where a register says the row.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from narkom.asking.citing import Citation, answer
from narkom.asking.evidence import Evidence
from narkom.asking.questions import REGISTERED, Parameter, Question
from narkom.building.views import claim_order
from narkom.portal.library import Library
from narkom.vocabulary import BASE, local_name

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
    answers, variables = {}, []
    for value in admitted(library, parameter):
        query = question.with_values({parameter.name: value})
        # Most values have no answer, and that is found sooner than the evidence.
        if next(iter(evidence.store.query(query)), None) is not None:
            found = answer(evidence.store, query, evidence.view, evidence=evidence)
            variables = found.variables
            answers[value] = [_row(*one) for one in zip(found.rows, found.citations, strict=True)]
    return {"parameter": parameter.name, "variables": variables, "answers": answers}


def _paragraphs(library: Library) -> Iterator[str]:
    for key in library.sources:
        names = (local_name(iri) for iri in library.kinds[f"{key}/paragraph"])
        yield from (name[1:] for name in names if name.startswith("p"))


def _of_kind(library: Library, kind: str) -> list[str]:
    if kind == "note":
        return [iri for key in library.sources for iri in library.kinds.get(f"{key}/note", ())]
    return library.kinds.get(kind, [])


def _row(values: tuple[ox.Term | None, ...], citation: Citation) -> list:
    claims = " ".join(claim.removeprefix(BASE) for claim in sorted(citation.claims, key=claim_order))
    return [*map(_cell, values), claims or citation.gap]


def _cell(value: ox.Term | None) -> str | list[str] | None:
    if value is None:
        return None
    if isinstance(value, ox.NamedNode) and value.value.startswith(BASE):
        return [value.value.removeprefix(BASE)]
    return value.value
