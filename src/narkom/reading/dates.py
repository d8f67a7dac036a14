"""What days an EDTF expression can mean: the strict, outermost bounds.

The `edtf` library parses single expressions. This layer stands between it and the data, because the library

- lets pass an interval that is reversed, open or without one side (`1936/` would mean ten years),
- takes winter, `1937-24`, for December alone; here it is December to the end of the next February,
- spends milliseconds on every parse; here each expression is parsed once, and plain years,
  seasons, months and days are not parsed by it at all.

So intervals `a/b`, sets `[a,b]` and ranges `[a..b]` are taken apart here, and the library reads the single parts.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import MAXYEAR, date
from functools import cache

_WINTER = re.compile(r"^(\d{4})-(24|28)[~?%]?$")
_SIMPLE = re.compile(r"^\d{4}(-\d{2}){1,2}")
_PLAIN = re.compile(r"^(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d{2}))?)?[~?%]?$")

# First and last month of the parts of a year that EDTF numbers: seasons, quarters, thirds and halves.
_PARTS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12)}
_PARTS |= {37: (1, 4), 38: (5, 8), 39: (9, 12), 40: (1, 6), 41: (7, 12)}
_PART = re.compile(r"^(\d{4})-(2[1-3]|3[3-9]|4[01])[~?%]?$")


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
    if plain and not text.startswith("0000"):
        return _plain_bounds(text, *plain.groups())
    part = _PART.match(text)
    if part and not text.startswith("0000"):
        year, (first, last) = int(part.group(1)), _PARTS[int(part.group(2))]
        return Bounds(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))
    winter = _WINTER.match(text)
    if winter:
        year = int(winter.group(1))
        if year == MAXYEAR:
            raise DateError(f"{text!r} ends after the year 9999", "Write an earlier year")
        return Bounds(date(year, 12, 1), date(year + 1, 2, calendar.monthrange(year + 1, 2)[1]))
    lower, upper = _library_bounds(text)
    try:
        return Bounds(date(*lower[:3]), date(*upper[:3]))
    except (ValueError, OverflowError) as error:
        raise DateError(f"{text!r} lies outside the years 1 to 9999", "Write a year of four digits") from error


def _plain_bounds(text: str, year: str, month: str | None, day: str | None) -> Bounds:
    """Return the bounds of a year, month or day: most dates are, and the library takes ten milliseconds for one."""
    first, last = int(month or 1), int(month or 12)
    try:
        earliest = date(int(year), first, int(day or 1))
        latest = earliest if day else date(int(year), last, calendar.monthrange(int(year), last)[1])
    except ValueError as error:
        mend = "Write it as 1937-03-29, 1937-03, 1937, 1937-21 (spring) or a/b"
        raise DateError(f"the date {text!r} does not exist", mend) from error
    return Bounds(earliest, latest)


def _library_bounds(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return what the library makes of one expression; whatever it raises means that it is no date."""
    from edtf import parse_edtf

    try:
        parsed = parse_edtf(text)
        return tuple(parsed.lower_strict()), tuple(parsed.upper_strict())
    except Exception as error:
        what = f"the date {text!r} does not exist" if _SIMPLE.match(text) else f"{text!r} is no EDTF date"
        raise DateError(what, "Write it as 1937-03-29, 1937-03, 1937, 1937-21 (spring) or a/b") from error
