"""Operators on dates that the gloss prints: what a slip of the pen makes of them."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from pyoxigraph import Literal, Quad
from tests.mutation.operators import operator
from tests.mutation.world import World, edit, edtf

from narkom.checking.printed import printed_in
from narkom.reading.sources import Sources
from narkom.vocabulary import EDTF, term

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def _printed(world: World, fits: Callable[[str], bool]) -> Quad:
    """Return a statement with a date whose first day, month and year stand in the gloss of its claim."""
    glosses = {q.subject.value: q.object.value for q in world.sources.descriptions if q.predicate == term("nk:gloss")}
    return world.pick(
        quad
        for claim, quads in world.sources.claims.items()
        for quad in quads
        if isinstance(quad.object, Literal)
        and quad.object.datatype == EDTF
        and fits(quad.object.value)
        and quad.object.value[:10] in {_iso(one) for one in printed_in(glosses.get(claim, ""))}
    )


def _iso(one) -> str:
    return f"{one.year}-{one.month:02}-{one.day:02}" if one.year and one.month and one.day else ""


@operator
def drop_date(world: World) -> Sources:
    """A date that the gloss prints, left out.

    Survives: an event that another claim of the view dates too.
    """
    return world.swap(_printed(world, lambda text: True))


@operator
def day_off_by_one(world: World) -> Sources:
    """A day that the gloss prints, one late."""
    quad = _printed(world, _DAY.fullmatch)
    day = date.fromisoformat(quad.object.value) + timedelta(days=1)
    return world.swap(quad, edit(quad, object=edtf(day.isoformat())))


@operator
def month_off_by_one(world: World) -> Sources:
    """A day that the gloss prints, in another month."""
    quad = _printed(world, lambda text: _DAY.fullmatch(text) and text[8:] < "29")
    year, month, day = quad.object.value.split("-")
    return world.swap(quad, edit(quad, object=edtf(f"{year}-{int(month) % 12 + 1:02}-{day}")))


@operator
def day_and_month_exchanged(world: World) -> Sources:
    """A day that the gloss prints, with day and month exchanged."""
    quad = _printed(world, lambda text: _DAY.fullmatch(text) and text[5:7] != text[8:] <= "12")
    year, month, day = quad.object.value.split("-")
    return world.swap(quad, edit(quad, object=edtf(f"{year}-{day}-{month}")))


@operator
def first_year_of_a_span(world: World) -> Sources:
    """A span whose first day, which the gloss prints, is three years early.

    Survives: a first day that the gloss prints without its year, which stands at the last day alone.
    """
    quad = _printed(world, lambda text: "/" in text)
    text = quad.object.value
    return world.swap(quad, edit(quad, object=edtf(f"{int(text[:4]) - 3}{text[4:]}")))


@operator
def digits_of_the_year_exchanged(world: World) -> Sources:
    """A year with digits in the wrong places: 2190 or 0193."""
    quad = world.dated(accepted=False)
    year = world.pick(["2190", "0193"])
    return world.swap(quad, edit(quad, object=edtf(year + quad.object.value[4:])))
