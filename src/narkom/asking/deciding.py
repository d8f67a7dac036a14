"""Which solutions of a group decide what its aggregates yield."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from narkom.asking.again import Solution
from narkom.asking.choosing import Needs
from narkom.asking.syntax import Select

Chooser = Callable[[list[Needs]], list[Needs]]
"""Takes the traced solutions of a group and returns those that yield one value of an aggregate."""
_EXTREME = re.compile(r"\s*(MIN|MAX)\s*\(\s*[?$](\w+)\s*\)\s*", re.IGNORECASE)


def extremes(select: Select) -> dict[str, tuple[str, str]]:
    """Return for each column that is a least or greatest value MIN or MAX and the variable that it is taken of."""
    found = {name: _EXTREME.fullmatch(text) for name, text in select.expressions.items()}
    return {name: (match[1].upper(), match[2]) for name, match in found.items() if match}


def decisive(select: Select, row: Solution, solutions: list[Solution]) -> list[Chooser] | None:
    """Return for aggregates that depend on values and not on their number one chooser for each value to be kept.

    `row` has the values that they yield, by column. None: all solutions count.
    """
    columns = {extreme: column for column, extreme in extremes(select).items()}
    choosers: list[Chooser] = []
    for aggregate in select.aggregates:
        name = aggregate.argument.strip()[1:]
        if not aggregate.argument.strip().startswith(("?", "$")) or not name.isidentifier():
            return None
        if aggregate.distinct:
            choosers += map(_at, _places(name, solutions))
            continue
        column = columns.get((aggregate.function, name))
        places = [place for place, one in enumerate(solutions) if column and one.get(name) == row.get(column)]
        if not places:
            return None
        choosers.append(_at(places))
    return choosers or [list]


def _places(name: str, solutions: list[Solution]) -> Iterator[list[int]]:
    """Yield for each value of a variable where the solutions stand that have it."""
    places: dict[object, list[int]] = {}
    for place, solution in enumerate(solutions):
        if solution.get(name) is not None:
            places.setdefault(solution[name], []).append(place)
    yield from places.values()


def _at(places: list[int]) -> Chooser:
    return lambda traced: [traced[place] for place in places]
