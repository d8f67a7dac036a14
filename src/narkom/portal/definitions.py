"""The definition of a thing, in the language of the pages where it has one."""

from __future__ import annotations

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
    quads = library.quads(ox.NamedNode(iri), term("skos:definition"), None)
    found = {quad.object.language or ENGLISH: quad.object.value for quad in quads}
    language = library.language if library.language in found else ENGLISH
    return Text(found[language], language) if language in found else None
