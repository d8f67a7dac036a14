"""What a page says first of an office: its body, who held it when, and who is said to have followed whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from narkom.portal import lives
from narkom.portal.figures.happenings import bounds, objects
from narkom.portal.heads.bars import Chart, chart
from narkom.portal.heads.holdings import Holding, holdings
from narkom.portal.library import Claim, Library
from narkom.portal.statements import Statement, row, telling


@dataclass(frozen=True, slots=True)
class Succession:
    """An event (IRI) by which somebody (IRI) followed somebody (IRI), its first and last possible day, what came of it
    (IRIs), and the claims that say whom he or she followed.
    """

    event: str
    successor: str
    predecessor: str
    first: str
    last: str
    results: list[str]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class OfficeHead:
    """A row on the body, the holders by date with a chart of them, and the successions that are told."""

    rows: list[Statement]
    holdings: list[Holding]
    chart: Chart | None
    successions: list[Succession]

    def claims(self) -> Iterator[Claim]:
        """Yield the claims that the head shows."""
        for one in (*(value for its in self.rows for value in its.values), *self.holdings, *self.successions):
            yield from one.claims


def office(library: Library, iri: str) -> OfficeHead:
    """Return the head of an office's page."""
    body = row(library, library.words.gettext("office in"), ("nk:postIn", ox.NamedNode(iri), True))
    its = holdings(library, iri, "nk:office")
    return OfficeHead([body] if body.values else [], its, chart(library, its), _successions(library, iri))


def _successions(library: Library, iri: str) -> list[Succession]:
    found = [
        Succession(
            event, successor, predecessor, *bounds(library, event), objects(library, event, "nk:result"),
            telling(library, event, "nk:predecessor", predecessor),
        )
        for event in lives.of_whom(library, iri, "nk:office")
        for predecessor in objects(library, event, "nk:predecessor")
        for successor in objects(library, event, "nk:person")
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.first or one.last or "9999", one.last or "9999", one.event))
