"""What a page says first of an event: who took part in which role, where it was, and how different voices tell it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from narkom.building.views import claim_order
from narkom.portal.figures.happenings import STANCES
from narkom.portal.library import DEFAULT, Claim, Library
from narkom.portal.statements import Statement
from narkom.vocabulary import RDF_TYPE, term

# In the order in which one asks.
_WHO = (
    "nk:person", "nk:actor", "nk:participant", "nk:target", "nk:addressee", "nk:instigator", "nk:onBehalfOf",
    "nk:predecessor",
)  # fmt: skip
_WHERE = ("nk:place", "nk:origin", "nk:destination")
# What else tells of an event: what goes on in its course, its points, what brought it about.
_PART = ("nk:occasion", "nk:clauseOf")


@dataclass(frozen=True, slots=True)
class Version:
    """What one voice tells of an event: the voice (in words; empty for the authors' own), whether the accepted view
    admits it, and the claims, as the sources go.
    """

    voice: str
    accepted: bool
    claims: list[Claim]


@dataclass(frozen=True, slots=True)
class EventHead:
    """Rows on who took part and where it was, and the versions, where there are several."""

    who: list[Statement]
    where: list[Statement]
    versions: list[Version]

    def claims(self) -> Iterator[Claim]:
        """Yield the claims that the head shows."""
        for one in (*(value for its in (*self.who, *self.where) for value in its.values), *self.versions):
            yield from one.claims


def event(library: Library, iri: str, statements: list[Statement]) -> tuple[EventHead, list[Statement]]:
    """Return the head of an event's page, and those of its statements that are neither of people nor of places."""
    by_iri = {one.iri: one for one in statements}
    who, where = ([by_iri.pop(term(name).value, None) for name in names] for names in (_WHO, _WHERE))
    found = EventHead([one for one in who if one], [one for one in where if one], versions(library, iri))
    return found, [one for one in statements if one.iri in by_iri]


def versions(library: Library, iri: str) -> list[Version]:
    """Return how an event is told by different voices, the authors first; none where all of it is of one voice.

    What is told of it is what the stored question versions-of asks for; there are several versions where more than one
    voice, or one on both sides of the accepted view, tells of the event itself.
    """
    if len({_column(claim) for claim in _telling_of(library, [iri])}) < 2:
        return []
    columns: dict[tuple[bool, str], list[Claim]] = defaultdict(list)
    for claim in _telling_of(library, [iri, *_beside(library, iri)]):
        columns[_column(claim)].append(claim)
    found = [Version(voice, not outside, claims) for (outside, voice), claims in columns.items()]
    return sorted(found, key=_nearness)


def _column(claim: Claim) -> tuple[bool, str]:
    return not claim.accepted, ", ".join(claim.note.voices)


def _nearness(version: Version) -> tuple:
    """The authors' own word first, then what they hand on, then what they do not vouch for, as it is near to them."""
    stance = min(STANCES.index(claim.note.stance) for claim in version.claims)
    return not version.accepted, bool(version.voice), stance, claim_order(version.claims[0].iri), version.voice


def _telling_of(library: Library, things: list[str]) -> list[Claim]:
    """The claims of any stance that say something of some things, as the sources go."""
    names = {
        quad.graph_name.value
        for thing in things
        for quad in library.store.quads_for_pattern(ox.NamedNode(thing), None, None, None)
        if quad.graph_name != DEFAULT
    }
    return [library.claims[name] for name in sorted(names, key=claim_order)]


def _beside(library: Library, iri: str) -> set[str]:
    """What goes on in an event's course, its points, what brought it about, and decisions on it, by claims of any
    stance.
    """
    node = ox.NamedNode(iri)

    def told(*pattern) -> list[ox.Quad]:
        return [quad for quad in library.store.quads_for_pattern(*pattern, None) if quad.graph_name != DEFAULT]

    found = {quad.subject.value for name in _PART for quad in told(None, term(name), node)}
    found |= {quad.object.value for quad in told(node, term("nk:consequenceOf"), None)}
    decisions = {(quad.subject, quad.graph_name) for quad in told(None, RDF_TYPE, term("nk:Decision"))}
    about = {(quad.subject, quad.graph_name) for quad in told(None, term("nk:about"), node)}
    return found | {subject.value for subject, _ in decisions & about}
