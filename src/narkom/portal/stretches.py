"""The rows of questions about days (or numbers) with their evidence, for whatever days: from which to which each holds.

A day can be any, but a row holds for a stretch of them, and in this its evidence changes at few: with a narrower period
a day that fewer claims bound may no longer do. So a question is asked at the ends of a stretch; where its evidence is
the same there it is the same between, and else the stretch is cut where it changes. That holds because each condition
on a day goes one way: what is found for a period is found for a longer one too, and what claims suffice for as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from graphlib import TopologicalSorter
from typing import NamedTuple

import pyoxigraph as ox

from narkom.asking.at_once import AtOnce, Row, Values
from narkom.asking.citing import Citation
from narkom.asking.evidence import Evidence
from narkom.asking.questions import Parameter
from narkom.vocabulary import term

# Questions with a first and a last day (or number), and how far a row holds: while the first is no later than the one
# of these, and the last no earlier than the other; unbound is without end. To be read off the FILTERs of each query.
PERIODS = {
    "arrested-in": ("?latest", "?earliest"),
    "dated-by-inference": ("?earliest", "?latest"),
    "footnotes": ("?footnote", "?footnote"),
    "in-office-during": (
        "COALESCE(?latest, IF(BOUND(?earliest), 1/0, MAX(?seen)))",
        "COALESCE(?earliest, IF(BOUND(?latest), 1/0, MIN(?shown)))",
    ),
    "in-period": ("?earliest", "?latest"),
}
# Questions with one day. Between two days that the data names a condition on a day can go one way only.
DAYS = {"in-office-on"}
_DAY = term("xsd:date")
_MOST = 10**9

Stretch = tuple[int, int]
_One = tuple[Values, Row]


class Held(NamedTuple):
    """A row with its evidence, and the stretch of each day or number for which it holds; None is without end."""

    row: Row
    citation: Citation
    stretches: tuple[tuple[str | int | None, str | int | None], ...]


def is_stretched(parameter: Parameter) -> bool:
    """Return whether a parameter is a day or a number that may be any."""
    return parameter.kinds == ("date",) or (parameter.kinds == ("integer",) and parameter.name != "paragraph")


def stretched(asking: AtOnce, evidence: Evidence) -> dict[Values, list[Held]]:
    """Return the rows of a question of PERIODS or DAYS by the values of its listed parameters, in their order."""
    parameters = [parameter for parameter in asking.question.parameters if is_stretched(parameter)]
    axis = _Axis(parameters[0].kinds == ("date",))
    names = [parameter.name for parameter in parameters]
    if asking.question.name in DAYS:
        return {(): list(_on_days(asking, evidence, axis, names[0]))}
    return _in_periods(asking, evidence, axis, names)


class _Axis:
    """Days or numbers as whole numbers."""

    def __init__(self, days: bool) -> None:
        self.days = days
        self.ends = (date.min.toordinal(), date.max.toordinal()) if days else (-_MOST, _MOST)

    def at(self, value: ox.Literal) -> int:
        return date.fromisoformat(value.value).toordinal() if self.days else int(value.value)

    def term(self, at: int) -> str:
        return str(ox.Literal(date.fromordinal(at).isoformat(), datatype=_DAY)) if self.days else str(at)

    def named(self, stretch: Stretch) -> tuple[str | int | None, str | int | None]:
        """The ends of a stretch as they are written, None where it has none."""
        shown = [date.fromordinal(at).isoformat() if self.days else at for at in stretch]
        return tuple(None if at == end else one for at, end, one in zip(stretch, self.ends, shown, strict=True))


# -- a first and a last day --------------------------------------------------------------------------------------------


def _in_periods(asking: AtOnce, evidence: Evidence, axis: _Axis, names: list[str]) -> dict[Values, list[Held]]:
    def given(first: int, last: int) -> dict[str, str]:
        return {name: axis.term(at) for name, at in zip(names, (first, last), strict=True)}

    least, most = axis.ends
    ends: dict[_One, Stretch] = {}
    for key, row, limits in asking.beside(evidence.store, given(least, most), list(PERIODS[asking.question.name])):
        its = tuple(end if at is None else axis.at(at) for at, end in zip(limits, (most, least), strict=True))
        if ends.setdefault((key, row), its) != its:
            raise ValueError(f"{asking.question.name}: a row that holds for two periods apart")
    groups: dict[Stretch, list[_One]] = defaultdict(list)
    for one, its in ends.items():
        groups[its].append(one)
    found = _Found(asking, evidence, given)
    held: dict[_One, list[Held]] = defaultdict(list)
    for (first, last), rows in groups.items():
        for one, both, citation in _boxes(found, rows, (least, first), (last, most)):
            held[one].append(Held(one[1], citation, tuple(map(axis.named, both))))
    ordered: dict[Values, list[Held]] = defaultdict(list)
    for key, row, _ in asking.beside(evidence.store, given(least, most), []):
        ordered[key] += held[key, row]
    return ordered


class _Found:
    """The evidence of rows for one period or another, each asked for once."""

    def __init__(self, asking: AtOnce, evidence: Evidence, given: Callable[[int, int], dict[str, str]]) -> None:
        self._asking = asking
        self._evidence = evidence
        self._given = given
        self._known: dict[tuple[_One, int, int], Citation] = {}

    def at(self, first: int, last: int, rows: list[_One]) -> list[Citation]:
        missing = [row for one, row in rows if ((one, row), first, last) not in self._known]
        if missing:
            for key, its in self._asking.ask(self._evidence, self._given(first, last), missing).items():
                for row, citation in zip(its.rows, its.citations, strict=True):
                    self._known[(key, row), first, last] = citation
        return [self._known[one, first, last] for one in rows]


def _boxes(
    found: _Found, rows: list[_One], firsts: Stretch, lasts: Stretch
) -> Iterator[tuple[_One, tuple[Stretch, Stretch], Citation]]:
    """Yield for each row the first and the last days for which its evidence is the same, and what that is.

    The period is narrowest from the greatest first day to the least last one.
    """
    narrow, wide = found.at(firsts[1], lasts[0], rows), found.at(firsts[0], lasts[1], rows)
    changing = []
    for one, citation, other in zip(rows, narrow, wide, strict=True):
        if citation == other:
            yield one, (firsts, lasts), citation
        else:
            changing.append(one)
    if not changing:
        return
    if found.at(firsts[0], lasts[0], changing) != found.at(firsts[1], lasts[0], changing):
        below, above = _cut(lambda first: found.at(first, lasts[0], changing), firsts)
        parts = [((firsts[0], below), lasts), ((above, firsts[1]), lasts)]
    else:
        below, above = _cut(lambda last: found.at(firsts[0], last, changing), lasts)
        parts = [(firsts, (lasts[0], below)), (firsts, (above, lasts[1]))]
    for part in parts:
        yield from _boxes(found, changing, *part)


def _cut(at: Callable[[int], object], stretch: Stretch) -> Stretch:
    """Return two neighbours between which what differs at the ends of a stretch changes."""
    low, high = stretch
    end = at(high)
    while high - low > 1:
        middle = (low + high) // 2
        if at(middle) == end:
            high = middle
        else:
            low = middle
    return low, high


# -- one day -----------------------------------------------------------------------------------------------------------


def _on_days(asking: AtOnce, evidence: Evidence, axis: _Axis, name: str) -> Iterator[Held]:
    @cache
    def at(day: int) -> tuple[tuple[Row, Citation], ...]:
        found = asking.ask(evidence, {name: axis.term(day)}).get(())
        return tuple(zip(found.rows, found.citations, strict=True)) if found else ()

    stretches: dict[tuple[Row, Citation], list[Stretch]] = defaultdict(list)
    order = TopologicalSorter()
    for stretch in _between(_named_days(evidence.store, axis), axis.ends):
        for low, high in _same(at, stretch):
            before = []
            for one in at(low):
                order.add(one, *before)
                before = [one]
                its = stretches[one]
                start = its.pop()[0] if its and its[-1][1] == low - 1 else low
                its.append((start, high))
    for one in order.static_order():
        yield from (Held(*one, (axis.named(stretch),)) for stretch in stretches[one])


def _named_days(store: ox.Store, axis: _Axis) -> set[int]:
    """The days that the accepted view names."""
    result = store.query(f"SELECT DISTINCT ?day {{ ?s ?p ?day FILTER(DATATYPE(?day) = {_DAY}) }}")
    return {axis.at(row["day"]) for row in result}


def _between(days: set[int], ends: Stretch) -> Iterator[Stretch]:
    """Yield each day as a stretch of its own, and those between."""
    starts = sorted({ends[0], *days, *(day + 1 for day in days)})
    yield from ((low, high - 1) for low, high in zip(starts, [*starts[1:], ends[1] + 1], strict=True))


def _same(at: Callable[[int], object], stretch: Stretch) -> Iterator[Stretch]:
    """Yield the parts of a stretch in which the answer is the same."""
    if at(stretch[0]) == at(stretch[1]):
        yield stretch
        return
    below, above = _cut(at, stretch)
    yield from _same(at, (stretch[0], below))
    yield from _same(at, (above, stretch[1]))
