"""What days an EDTF expression can mean: the strict, outermost bounds (https://www.loc.gov/standards/datetime/).

The `edtf` library parses single expressions. This layer stands between it and the data, because the library

- lets pass an interval that is reversed, open or without one side (`1936/` would mean ten years),
- takes winter, `1937-24`, for December alone; here it is December to the end of the next February,
- takes `1950S2` for the year 1950 alone; here two digits are significant, so that it is 1900 to 1999,
- knows no month or day of which one digit is open (`1936-1X`), and prints to the standard output when it meets one,
- spends milliseconds on every parse; here each expression is parsed once, and plain dates are not parsed by it at all.

So intervals `a/b`, sets `[a,b]` and ranges `[a..b]` are taken apart here, as are dates with open digits, parts of a
year and significant digits; the library reads what is left. A qualifier (`?`, `~`, `%`) moves no strict bound.
"""

import calendar
import re
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import MAXYEAR, date
from functools import cache
from io import StringIO

_SIMPLE = re.compile(r"^\d{4}(-\d{2}){1,2}")
_QUALIFIED = r"[?~%]?{}[?~%]?"
_PLAIN = re.compile(
    "".join((
        f"^{_QUALIFIED.format('([0-9X]{4})')}",
        f"(?:-{_QUALIFIED.format('(0[1-9]|1[0-2]|[01]X|X[0-9X])')}",
        f"(?:-{_QUALIFIED.format('([0-3X][0-9X])')})?)?$",
    ))
)  # fmt: skip
_SIGNIFICANT = re.compile(r"^(\d{4})S([1-4])$")

# First and last month of the parts of a year that EDTF numbers: seasons (of the north and of the south), quarters,
# thirds and halves. A season that begins in December ends in the next year.
_PARTS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2), 25: (3, 5), 26: (6, 8), 27: (9, 11), 28: (12, 2)}
_PARTS |= {29: (9, 11), 30: (12, 2), 31: (3, 5), 32: (6, 8), 33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12)}
_PARTS |= {37: (1, 4), 38: (5, 8), 39: (9, 12), 40: (1, 6), 41: (7, 12)}
_PART = re.compile(r"^(\d{4})-(2[1-9]|3[0-9]|4[01])[~?%]?$")
_MEND = "Write it as 1937-03-29, 1937-03, 1937, 1937-21 (spring) or a/b"


@dataclass(frozen=True)
class Bounds:
    """The first and the last day that an expression can mean."""

    earliest: date
    latest: date


class DateError(ValueError):
    """An expression that is no date; `what` says why, `mend` what to write instead."""

    def __init__(self, what: str, mend: str) -> None:
        """Take both as parts of one line."""
        super().__init__(f"{what}. {mend}")
        self.what = what
        self.mend = mend


@cache
def bounds(text: str) -> Bounds:
    """Return the strict bounds of an EDTF expression; raises DateError if it is open, reversed, impossible or none."""
    if text[:1] in ("[", "{"):
        return _set_bounds(text)
    if "/" in text:
        return _interval_bounds(text)
    return _single_bounds(text)


def span(text: str) -> tuple[Bounds, Bounds]:
    """Return within what days something with this date begins, and within what days it ends; raises DateError.

    An interval `a/b` says that it lasts, from some day of `a` to some day of `b`. Any other expression says that its
    day is not known better, so that it begins and ends within the same bounds.
    """
    whole = bounds(text)
    if "/" not in text:
        return whole, whole
    begin, end = text.split("/")
    return _single_bounds(begin), _single_bounds(end)


def _interval_bounds(text: str) -> Bounds:
    sides = text.split("/")
    if len(sides) != 2 or any(side in ("", "..") for side in sides):
        raise DateError(
            f"the interval {text!r} is open or lacks a side",
            "Name both its ends, or give nk:begin or nk:end alone for a state",
        )
    begin, end = (_single_bounds(side) for side in sides)
    if begin.earliest > end.latest:
        raise DateError(f"the interval {text!r} ends before it begins", "Put the earlier date first")
    return Bounds(begin.earliest, end.latest)


def _set_bounds(text: str) -> Bounds:
    """Return the span from the first to the last member of `[…]` (one of) or `{…}` (all of)."""
    closing = {"[": "]", "{": "}"}[text[0]]
    members = [part.strip() for part in text[1:-1].split(",")]
    if not text.endswith(closing) or not all(members):
        raise DateError(f"the set {text!r} is not closed or has an empty member", "Write [1936-09-28,1936-09-29]")
    found = [_range_bounds(member, text) for member in members]
    return Bounds(min(one.earliest for one in found), max(one.latest for one in found))


def _range_bounds(member: str, text: str) -> Bounds:
    if ".." not in member:
        return _single_bounds(member)
    first, _, last = member.partition("..")
    if not first or not last:
        raise DateError(f"the set {text!r} is open at one end", "Name the first and the last date of the range")
    return _interval_bounds(f"{first}/{last}")


def _single_bounds(text: str) -> Bounds:
    plain = _PLAIN.match(text)
    if plain and not plain[1].startswith("0000"):
        return _plain_bounds(text, *plain.groups())
    part = _PART.match(text)
    if part and not text.startswith("0000"):
        return _part_bounds(text, int(part[1]), *_PARTS[int(part[2])])
    significant = _SIGNIFICANT.match(text)
    if significant and not text.startswith("0000"):
        known = significant[1][: int(significant[2])]
        return _plain_bounds(text, known.ljust(4, "X"), None, None)
    lower, upper = _library_bounds(text)
    try:
        return Bounds(date(*lower[:3]), date(*upper[:3]))
    except (ValueError, OverflowError) as error:
        raise DateError(f"{text!r} lies outside the years 1 to 9999", "Write a year of four digits") from error


def _part_bounds(text: str, year: int, first: int, last: int) -> Bounds:
    end = year + (last < first)
    if end > MAXYEAR:
        raise DateError(f"{text!r} ends after the year 9999", "Write an earlier year")
    return Bounds(date(year, first, 1), date(end, last, calendar.monthrange(end, last)[1]))


def _plain_bounds(text: str, year: str, month: str | None, day: str | None) -> Bounds:
    """Return the bounds of a year, month or day, some of whose digits may be open."""
    try:
        return Bounds(_first(year, month, day, 1), _first(year, month, day, -1))
    except StopIteration as error:
        raise DateError(f"the date {text!r} does not exist", _MEND) from error


def _first(year: str, month: str | None, day: str | None, step: int) -> date:
    """Return the first day of those that fit, or counted backwards (step -1) the last; raises StopIteration."""
    return next(
        date(its_year, its_month, its_day)
        for its_year in _numbers(year, 1, MAXYEAR, step)
        for its_month in _numbers(month or "XX", 1, 12, step)
        for its_day in _numbers(day or "XX", 1, calendar.monthrange(its_year, its_month)[1], step)
    )


def _numbers(digits: str, least: int, most: int, step: int) -> Iterator[int]:
    """Yield the numbers from `least` to `most` that some digits, X any, can stand for; with step -1 the last first."""
    if "X" not in digits:
        yield from (int(digits),) if least <= int(digits) <= most else ()
        return
    form = re.compile(digits.replace("X", "[0-9]"))
    yield from (n for n in range(least, most + 1)[::step] if form.fullmatch(f"{n:0{len(digits)}}"))


def _library_bounds(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return what the library makes of one expression; whatever it raises means that it is no date."""
    from edtf import parse_edtf

    try:
        # What it prints would stand amid our reports.
        with redirect_stdout(StringIO()):
            parsed = parse_edtf(text)
            return tuple(parsed.lower_strict()), tuple(parsed.upper_strict())
    except Exception as error:
        what = f"the date {text!r} does not exist" if _SIMPLE.match(text) else f"{text!r} is no EDTF date"
        raise DateError(what, _MEND) from error
