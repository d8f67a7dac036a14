"""A property of a thing with its values in words, and the claims that hold each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import pyoxigraph as ox

from narkom.building.views import claim_order
from narkom.portal.definitions import Text
from narkom.portal.library import DEFAULT, Claim, Library
from narkom.vocabulary import BASE, EDTF, shorten, term

_DATES = (EDTF, term("xsd:date"))


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a statement: its words, its IRI (none of a literal), the claims that hold it, what it means, and the
    language of the words where they have one.
    """

    text: str
    iri: str
    claims: tuple[Claim, ...]
    meaning: Text | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A property of a thing with its values."""

    label: str
    iri: str
    values: list[Value]


def values_of(library: Library, objects: dict[ox.Term, set[str]]) -> list[Value]:
    """Return the values of a property, each with the claims that hold it, by their words."""
    values = [
        value_of(library, node, tuple(library.claims[claim] for claim in sorted(holding, key=claim_order)))
        for node, holding in objects.items()
    ]
    return sorted(values, key=lambda value: (value.text.casefold(), value.iri))


def value_of(library: Library, node: ox.Term, claims: tuple[Claim, ...] = ()) -> Value:
    """Return a term as a value, with the claims that hold it."""
    iri = node.value if isinstance(node, ox.NamedNode) else ""
    return Value(words(library, node), iri, claims, language=getattr(node, "language", None) or "")


def row(library: Library, words: str, *ways: tuple[str | None, ox.NamedNode, bool]) -> Statement:
    """Return a statement of the accepted view under some words, its values by their first day.

    A way is a property (None of one that is not there), a thing, and whether the property leads from it or to it.
    """
    holding: dict[ox.Term, set[str]] = defaultdict(set)
    for name, node, outwards in (way for way in ways if way[0]):
        pattern = (node, term(name), None) if outwards else (None, term(name), node)
        for quad in library.store.quads_for_pattern(*pattern, None):
            other = quad.object if outwards else quad.subject
            if quad.graph_name == DEFAULT:
                _ = holding[other]
            elif library.claims[quad.graph_name.value].accepted:
                holding[other].add(quad.graph_name.value)
    iri = next((term(name).value for name, _, _ in ways if name), "")
    values = values_of(library, holding)
    by_day = sorted(values, key=lambda value: (library.first_day(value.iri), value.text, value.iri))
    return Statement(words, iri, by_day)


def telling(library: Library, subject: str, name: str, value: str) -> tuple[Claim, ...]:
    """Return the accepted claims that say of a thing (IRI) that a property (``nk:person``) has this one (IRI)."""
    quads = library.store.quads_for_pattern(ox.NamedNode(subject), term(name), ox.NamedNode(value), None)
    names = [quad.graph_name.value for quad in quads if quad.graph_name != DEFAULT]
    return tuple(library.claims[iri] for iri in sorted(names, key=claim_order) if library.claims[iri].accepted)


def words(library: Library, node: ox.Term) -> str:
    """Return a term as a reader wants to see it."""
    if isinstance(node, ox.NamedNode):
        return library.label(node.value) if node.value.startswith(BASE) else shorten(node.value).strip("<>")
    if isinstance(node, ox.Literal):
        return library.dates.in_words(node.value) if node.datatype in _DATES else node.value
    return str(node)
