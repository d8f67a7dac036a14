"""Answers with their evidence, prepared for who has no server: for every value that a question admits.

What tracks rows down to claims is this program; a browser alone has none of it. So each question whose values can be
listed is asked with all of them, each with each, and a question about days (or numbers) so that it is known from which
to which each row holds (stretches.py). The file of a question is

    {"listed": ["person"], "stretched": ["from", "to"], "variables": ["office", …], "types": ["@en", …],
     "iris": {"office": {"People's Commissar of Internal Affairs": "office/nkvd-commissar", …}, …},
     "answers": {"<https://w3id.org/narkom/person/iagoda>":
         [[cell, …, "ssc/claim/p1s1a ssc/claim/p2s1b", [null, "1936-09-26"], ["1934-07-10", null]], …], …}}

with an answer under the SPARQL terms of the `listed` parameters, a space between them: nothing where none is listed.
Any other values of the kinds that they admit have no row. A cell is a text of its column's usual type, a text with
another type in a list, the path of an IRI of ours alone in a list, or null. Then come the claims by their paths, why
they are not known, or nothing where a register says the row; and for each of the `stretched` parameters the first and
the last value for which the row holds with these claims, null where there is none. A type is a language (`@en`), the
name of a datatype of XML Schema, the IRI of another, `iri`, or nothing for a plain text. `iris` are what the labels of
a column name (joining.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pyoxigraph as ox

from narkom.asking.at_once import AtOnce, Values
from narkom.asking.citing import Answer, answer
from narkom.asking.evidence import Evidence
from narkom.asking.joining import iris_beside
from narkom.asking.questions import Question
from narkom.building.views import claim_order
from narkom.portal.admitted import admitted
from narkom.portal.library import Library
from narkom.portal.stretches import DAYS, PERIODS, Held, is_stretched, stretched
from narkom.vocabulary import BASE, PREFIXES

# Of two events most pairs have an answer, some hundred thousand pairs with millions of rows; and since the days of all
# three events go into the evidence of a row together, it cannot be put together from less.
_TOO_MANY = {"between"}


def can_be(library: Library, question: Question) -> bool:
    """Return whether a question has parameters, and is answered for every value that they admit."""
    asking = _asking(library, question)
    if not question.parameters or question.name in _TOO_MANY or not all(asking.listed.values()):
        return False
    if len(asking.listed) < len(question.parameters):
        return question.name in {*PERIODS, *DAYS}
    return len(asking.listed) == 1 or asking.can_be


def prepared(library: Library, question: Question, evidence: Evidence) -> dict:
    """Return the answers to a question that can be prepared, as the file has them."""
    asking = _asking(library, question)
    answers = _answers(asking, evidence)
    rows = [one.row for found in answers.values() for one in found]
    types = [_usual(row[at] for row in rows) for at in range(len(asking.variables))]
    named = iris_beside(evidence.store, question.text, Answer(asking.variables, rows, []))
    return {
        "listed": list(asking.listed),
        "stretched": [parameter.name for parameter in question.parameters if is_stretched(parameter)],
        "variables": asking.variables,
        "types": types,
        "iris": {
            name: {label.value: iri.value.removeprefix(BASE) for label, iri in its.items()}
            for name, its in named.items()
        },
        "answers": {" ".join(key): [_row(types, one) for one in found] for key, found in answers.items()},
    }


def _asking(library: Library, question: Question) -> AtOnce:
    listed = (parameter for parameter in question.parameters if not is_stretched(parameter))
    return AtOnce(question, {parameter.name: admitted(library, parameter) for parameter in listed})


def _answers(asking: AtOnce, evidence: Evidence) -> dict[Values, list[Held]]:
    if len(asking.listed) < len(asking.question.parameters):
        return stretched(asking, evidence)
    found = _at_once(asking, evidence) if asking.can_be else dict(_one_by_one(asking, evidence))
    return {
        key: [Held(*one, ()) for one in zip(its.rows, its.citations, strict=True)] for key, its in sorted(found.items())
    }


def _at_once(asking: AtOnce, evidence: Evidence) -> dict[Values, Answer]:
    # Most values have no answer, and that is found sooner than the evidence.
    columns = zip(*asking.answered(evidence.store), strict=True)
    listed = {name: sorted(set(column)) for name, column in zip(asking.listed, columns, strict=False)}
    return AtOnce(asking.question, listed).ask(evidence, {}) if listed else {}


def _one_by_one(asking: AtOnce, evidence: Evidence) -> Iterator[tuple[Values, Answer]]:
    ((name, values),) = asking.listed.items()
    for value in values:
        query = asking.question.with_values({name: value})
        if next(iter(evidence.store.query(query)), None) is not None:
            yield (value,), answer(evidence.store, query, evidence.view, evidence=evidence)


def _row(types: list[str], held: Held) -> list:
    claims = " ".join(claim.removeprefix(BASE) for claim in sorted(held.citation.claims, key=claim_order))
    return [*map(_cell, held.row, types), claims or held.citation.gap, *map(list, held.stretches)]


def _cell(value: ox.NamedNode | ox.Literal | None, usual: str) -> str | list[str] | None:
    if value is None:
        return None
    if isinstance(value, ox.NamedNode) and value.value.startswith(BASE):
        return [value.value.removeprefix(BASE)]
    return value.value if _type(value) == usual else [value.value, _type(value)]


def _usual(values: Iterator[ox.NamedNode | ox.Literal | None]) -> str:
    """The type of most values of a column."""
    counts = Counter(_type(value) for value in values if value is not None)
    return max(sorted(counts), key=counts.__getitem__, default="")


def _type(value: ox.NamedNode | ox.Literal) -> str:
    if not isinstance(value, ox.Literal):
        return "iri"
    if value.language:
        return f"@{value.language}"
    name = value.datatype.value.removeprefix(PREFIXES["xsd"])
    return "" if name == "string" else name
