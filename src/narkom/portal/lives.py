"""What a list and a page say first of a person: offices, what became of him or her, ties to others.

All of it is of the accepted view: what somebody was charged with is no part of a life here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from narkom.portal.figures.happenings import bounds, main_class, objects
from narkom.portal.library import Library
from narkom.vocabulary import RDF_TYPE, kind_of, term

# What befalls somebody; on the same day the earlier comes first.
FATES = ("Expulsion", "Dismissal", "Arrest", "Trial", "Sentencing", "Execution", "Suicide", "Killing", "Death")


@dataclass(frozen=True, slots=True)
class Held:
    """A tenure (IRI), its office or body (IRI) and its first and last possible day (ISO 8601 or empty)."""

    tenure: str
    office: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Befell:
    """An event (IRI) that befell somebody, the local name of its class and its first and last possible day."""

    event: str
    sort: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Tie:
    """A relationship (IRI), its kind (IRI), the other side (IRI), and whether the person is its holder."""

    relation: str
    kind: str
    other: str
    holder: bool


def of_whom(library: Library, iri: str, name: str) -> list[str]:
    """Return the subjects (IRIs) of which the accepted view says a property with this thing, in a stable order."""
    return sorted(quad.subject.value for quad in library.quads(None, term(name), ox.NamedNode(iri)))


def held(library: Library, person: str) -> list[Held]:
    """Return the offices that somebody held, the earliest known first."""
    found = []
    for tenure in of_whom(library, person, "nk:person"):
        if main_class(library, tenure) == "Tenure":
            posts = objects(library, tenure, "nk:office") or objects(library, tenure, "nk:body")
            found += [Held(tenure, post, *bounds(library, tenure)) for post in posts]
    return sorted(found, key=lambda one: (one.first or one.last or "9999", one.office))


def befell(library: Library, person: str) -> list[Befell]:
    """Return what befell somebody, the earliest known first."""
    found = []
    for event in of_whom(library, person, "nk:person"):
        sort = main_class(library, event) or _death(library, event)
        if sort in FATES:
            found.append(Befell(event, sort, *bounds(library, event)))
    return sorted(found, key=lambda one: (one.first or one.last or "9999", FATES.index(one.sort), one.event))


def _death(library: Library, event: str) -> str:
    """A death of which the class is told no nearer."""
    deaths = term("nk:Death")
    return "Death" if any(q.object == deaths for q in library.quads(ox.NamedNode(event), RDF_TYPE, None)) else ""


def ties(library: Library, person: str) -> list[Tie]:
    """Return the relationships of somebody, by kind."""
    found = []
    for name, other, holder in (("nk:holder", "nk:towards", True), ("nk:towards", "nk:holder", False)):
        for relation in of_whom(library, person, name):
            if kind_of(relation) == "relation":
                kinds = objects(library, relation, "nk:kind") or [""]
                others = objects(library, relation, other)
                found += [Tie(relation, kind, one, holder) for kind in kinds for one in others]
    return sorted(found, key=lambda tie: (tie.kind, not tie.holder, tie.other))


@cache
def ezhov() -> str:
    """Return the person (IRI) whom the chapter is about: ties to him are a facet of the list."""
    return term("person:ezhov").value
