"""The sources of a store: which there are, and how a historian would name each. All of it is read from the data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from narkom.asking.notes import label_of
from narkom.vocabulary import BASE, RDF_TYPE, key_of, term

_DEFAULT = ox.DefaultGraph()
_ISBN = "urn:isbn:"


@dataclass(frozen=True, slots=True)
class Source:
    """A text whose claims the store holds: its key and title, who wrote it, and the book of which it is a part.

    `book` is the title of the outermost work; `number`, `year`, `publisher` and `isbn` are empty where the data has
    none, and `time` is the time of which the source tells (EDTF).
    """

    key: str
    title: str
    authors: tuple[str, ...]
    book: str
    number: str
    year: str
    time: str
    publisher: str = ""
    isbn: str = ""

    def __str__(self) -> str:
        """Return it in one line: authors, title without a subtitle, year, and the chapter where it is one."""
        year = f" ({self.year})" if self.year else ""
        part = f", ch. {self.number}" if self.number and self.book != self.title else ""
        return f"{self.by}, {self.book.partition(':')[0]}{year}{part}"

    @property
    def by(self) -> str:
        """Return the authors in words."""
        *others, last = self.authors or ("",)
        return f"{', '.join(others)} and {last}" if others else last


def sources_of(store: ox.Store) -> list[Source]:
    """Return the sources of a store, in the order of their keys. `store` needs `quads_for_pattern` alone."""
    works: dict[str, ox.NamedNode] = {}
    for quad in sorted(store.quads_for_pattern(None, RDF_TYPE, term("nk:Paragraph"), _DEFAULT), key=str):
        for work in _objects(store, quad.subject, "nk:partOf")[:1]:
            works.setdefault(key_of(quad.subject.value), work)
    return [_source(store, key, works[key]) for key in sorted(works)]


def _source(store: ox.Store, key: str, work: ox.NamedNode) -> Source:
    chain = list(_upwards(store, work))
    authors = next((found for one in chain if (found := _objects(store, one, "dcterms:creator"))), [])
    return Source(
        key,
        _first(store, chain, "dcterms:title"),
        tuple(sorted(label_of(store, author) for author in authors)),
        _first(store, chain[-1:], "dcterms:title"),
        _first(store, chain[:1], "nk:number"),
        _first(store, chain, "dcterms:issued"),
        _first(store, chain, "schema:temporalCoverage"),
        _first(store, chain, "dcterms:publisher"),
        _first(store, chain, "dcterms:identifier").removeprefix(_ISBN),
    )


def issued(store: ox.Store) -> str:
    """Return the day on which the dataset of a store was issued (ISO 8601), empty where the store does not say it."""
    return _first(store, [ox.NamedNode(f"{BASE}ontology")], "dcterms:issued")


def _upwards(store: ox.Store, work: ox.NamedNode) -> Iterator[ox.NamedNode]:
    """Yield a work and what it is a part of, the nearest first."""
    seen = []
    while work not in seen:
        seen.append(work)
        yield work
        work = next(iter(_objects(store, work, "nk:partOf")), work)


def _first(store: ox.Store, works: list[ox.NamedNode], curie: str) -> str:
    return next((value.value for work in works for value in _objects(store, work, curie)), "")


def _objects(store: ox.Store, subject: ox.NamedNode, curie: str) -> list:
    return sorted((quad.object for quad in store.quads_for_pattern(subject, term(curie), None, _DEFAULT)), key=str)
