"""Tenures as bars over time: what is sure of each, what is possible, and where nothing bounds it.

A bar is drawn from the first to the last possible day; the chart gives places in hundredths of its width, so that a
page can draw it at any width.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import chain

from narkom.portal import lives
from narkom.portal.figures.happenings import bounds
from narkom.portal.figures.timeline import attested, ends
from narkom.portal.heads.holdings import Holding
from narkom.portal.library import Library

# No more years than this are written below a chart.
_MOST_YEARS = 8
_STEPS = (1, 2, 5, 10, 20, 50, 100)


@dataclass(frozen=True, slots=True)
class Bar:
    """Where a tenure can have been (start and width), where it was for sure, and where it is attested at some time.

    `begun` and `ended` tell whether its beginning and its end are known to the day, `open_before` and `open_after`
    whether nothing bounds them; then the bar goes on to the edge of the chart.
    """

    possible: tuple[float, float]
    sure: tuple[float, float] | None
    attested: list[tuple[float, float]]
    begun: bool
    ended: bool
    open_before: bool
    open_after: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """The bars of some tenures (by IRI; none of a tenure without a day), and years with their places."""

    bars: dict[str, Bar]
    years: list[tuple[int, float]]


def chart(library: Library, holdings: list[Holding]) -> Chart | None:
    """Return the bars of some tenures over their common time; None where none of them has a day."""
    known = {one.tenure: _known(library, one) for one in holdings}
    days = [day for first, last, spans in known.values() for day in (first, last, *chain(*spans)) if day]
    if not days:
        return None
    start, end = int(min(days)[:4]), int(max(days)[:4]) + 1
    scale = _Scale(date(start, 1, 1), date(end, 1, 1))
    step = next(one for one in _STEPS if (end - start) / one <= _MOST_YEARS)
    years = [(year, scale.at(f"{year}-01-01")) for year in range(-(-start // step) * step, end, step)]
    bars = {
        one.tenure: _bar(library, scale, one, known[one.tenure][2])
        for one in holdings
        if any((one.first, one.last, known[one.tenure][2]))
    }
    return Chart(bars, years)


class _Scale:
    """Days as places between two days, in hundredths."""

    def __init__(self, start: date, end: date) -> None:
        self._start = start
        self._length = (end - start).days

    def at(self, day: str) -> float:
        return round((date.fromisoformat(day) - self._start).days * 100 / self._length, 2)

    def span(self, first: str, last: str) -> tuple[float, float]:
        """Return the start and the width of a span, its last day included; no edge where a day is empty."""
        start = self.at(first) if first else 0.0
        end = self.at(last) + 100 / self._length if last else 100.0
        return start, round(end - start, 2)


def _known(library: Library, one: Holding) -> tuple[str, str, list[list[str]]]:
    """The first and the last possible day of a tenure, and the spans in which it is attested."""
    claims = [claim for claim in library.mentioning.get(one.tenure, ()) if claim.accepted]
    return one.first, one.last, attested(library, one.tenure, claims)


def _bar(library: Library, scale: _Scale, one: Holding, spans: list[list[str]]) -> Bar:
    begun, until = _sure(library, one.tenure)
    return Bar(
        scale.span(one.first, one.last),
        scale.span(begun, until) if begun and until and begun <= until else None,
        [scale.span(first, last) for first, last in spans],
        bool(one.first) and begun == one.first,
        bool(one.last) and until == one.last,
        not one.first,
        not one.last,
    )


def _sure(library: Library, tenure: str) -> tuple[str, str]:
    """The day by which a tenure had begun and the one until which it had not ended; empty where it is not known.

    A tenure begins with the appointment that starts it, and ends with the dismissal that ends it.
    """
    claims = [claim for claim in library.mentioning.get(tenure, ()) if claim.accepted]
    told = list(ends(library, tenure, claims))
    starts = [bounds(library, event)[1] for event in lives.of_whom(library, tenure, "nk:startOf")]
    stops = [bounds(library, event)[0] for event in lives.of_whom(library, tenure, "nk:endOf")]
    begun = [day for day in (*starts, *(day for side, day in told if side == "began")) if day]
    until = [day for day in (*stops, *(day for side, day in told if side == "ended")) if day]
    return max(begun, default=""), min(until, default="")
