"""What a page says first of a place: where it lies, what lies in it, bodies responsible for it, what happened there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from narkom.portal import lives
from narkom.portal.figures.atlas import ROLES, degrees
from narkom.portal.figures.happenings import bounds
from narkom.portal.library import Claim, Library
from narkom.portal.statements import Statement, Value, row, telling
from narkom.vocabulary import term


@dataclass(frozen=True, slots=True)
class There:
    """An event (IRI) with the role of a place in it (place, origin, destination), its first and last possible day, and
    the claims that say so.
    """

    event: str
    role: str
    first: str
    last: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class PlaceHead:
    """Rows on where it lies and who was responsible for it, longitude and latitude if known, events by date."""

    rows: list[Statement]
    at: list[float] | None
    events: list[There]

    def claims(self) -> Iterator[Claim]:
        """Yield the claims that the head shows."""
        for one in (*(value for its in self.rows for value in its.values), *self.events):
            yield from one.claims


def place(library: Library, iri: str) -> PlaceHead:
    """Return the head of a place's page."""
    node = ox.NamedNode(iri)
    bodies = row(library, library.words.gettext("bodies responsible for it"), ("nk:territory", node, False))
    rows = [
        row(library, library.words.gettext("lies in"), ("nk:within", node, True)),
        row(library, library.words.gettext("in it lie"), ("nk:within", node, False)),
        bodies,
        _offices(library, bodies),
    ]
    events = [
        There(event, role, *bounds(library, event), telling(library, event, f"nk:{role}", iri))
        for role in ROLES
        for event in lives.of_whom(library, iri, f"nk:{role}")
    ]
    events.sort(key=lambda one: (one.first or one.last or "9999", one.last or "9999", one.event, one.role))
    return PlaceHead([one for one in rows if one.values], degrees(library, iri), events)


def _offices(library: Library, bodies: Statement) -> Statement:
    """The offices in some bodies."""
    found = [
        Value(library.label(office), office, telling(library, office, "nk:postIn", body.iri))
        for body in bodies.values
        for office in lives.of_whom(library, body.iri, "nk:postIn")
    ]
    label = library.words.gettext("offices in these bodies")
    return Statement(label, term("nk:postIn").value, sorted(found, key=lambda value: library.listed(value.iri)))
