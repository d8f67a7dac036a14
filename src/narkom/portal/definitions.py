"""What is written of a thing in several languages: that of the pages where there is one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from narkom.portal.languages import ENGLISH
from narkom.portal.library import Library
from narkom.vocabulary import term


@dataclass(frozen=True, slots=True)
class Text:
    """A text and its language, by which a page marks what is not in its own."""

    text: str
    language: str


def definition(library: Library, iri: str) -> Text | None:
    """Return the definition of a thing in the language of the library, else in English; None where there is none."""
    return next(iter(texts(library, iri, "skos:definition")), None)


def texts(library: Library, iri: str, name: str) -> list[Text]:
    """Return what a property (``nk:doubt``) says of a thing in the language of the library, else what it says in
    English.
    """
    nodes = in_one_language(library, [quad.object for quad in library.quads(ox.NamedNode(iri), term(name), None)])
    return [Text(node.value, node.language or ENGLISH) for node in nodes]


def in_one_language(library: Library, nodes: Iterable[ox.Term]) -> list[ox.Term]:
    """Return those of some values that say in the library's language what the others repeat in another; all of them
    where none is in that language.
    """
    nodes = list(nodes)
    return [node for node in nodes if getattr(node, "language", None) == library.language] or nodes
