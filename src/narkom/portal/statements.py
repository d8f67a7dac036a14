"""A property of a thing with its values in words, and the claims that hold each."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from narkom.building.views import claim_order
from narkom.portal.library import Claim, Library
from narkom.vocabulary import BASE, EDTF, shorten, term

_DATES = (EDTF, term("xsd:date"))


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a statement: its words, its IRI (none of a literal), the claims that hold it, and what it means."""

    text: str
    iri: str
    claims: tuple[Claim, ...]
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A property of a thing with its values."""

    label: str
    iri: str
    values: list[Value]


def values_of(library: Library, objects: dict[ox.Term, set[str]]) -> list[Value]:
    """Return the values of a property, each with the claims that hold it, by their words."""
    values = []
    for node, holding in objects.items():
        claims = tuple(library.claims[claim] for claim in sorted(holding, key=claim_order))
        iri = node.value if isinstance(node, ox.NamedNode) else ""
        values.append(Value(words(library, node), iri, claims))
    return sorted(values, key=lambda value: (value.text.casefold(), value.iri))


def words(library: Library, node: ox.Term) -> str:
    """Return a term as a reader wants to see it."""
    if isinstance(node, ox.NamedNode):
        return library.label(node.value) if node.value.startswith(BASE) else shorten(node.value).strip("<>")
    if isinstance(node, ox.Literal):
        return library.dates.in_words(node.value) if node.datatype in _DATES else node.value
    return str(node)
