"""The dates that an English text prints, as parts: each day, month and year by itself."""

import calendar
import re
from dataclasses import dataclass

from narkom.reading.sentences import normalise

_MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}
_MONTH = "|".join(_MONTHS)
_YEAR = r"1[5-9]\d\d|20\d\d|21\d\d|0\d\d\d"
_DATE = re.compile(
    rf"""
    (?P<days>\b\d{{1,2}}(?:\s*(?:-|to|and|or|,)\s*\d{{1,2}})*\s+)?\b(?P<month>{_MONTH})\b
        (?:\s+(?P<after>\d{{1,2}})(?=,\s*\d{{4}}\b),)?(?:\s+(?P<own>{_YEAR})\b)?
  | \b(?P<year>{_YEAR})(?:-(?P<until>\d{{4}}|\d\d)\b|(?P<decade>s)\b|\b)
    """,
    re.VERBOSE,
)
_RELATION = re.compile(r"\b(?:(after|since)|(before|until))\b[^,;.]*$")


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed date: what it leaves open is None. `relation` is after or before where the text puts it so."""

    year: int | None
    month: int | None = None
    day: int | None = None
    decade: bool = False
    relation: str = ""

    def __str__(self) -> str:
        """Return it in words."""
        if self.decade:
            return f"{self.year}s"
        parts = (self.day, calendar.month_name[self.month] if self.month else None, self.year)
        return " ".join(str(part) for part in parts if part is not None)

    def bare(self) -> "Printed":
        """Return the date without its relation."""
        return Printed(self.year, self.month, self.day, self.decade)


def printed_in(text: str) -> list[Printed]:
    """Return the dates that a text prints; one without a year is of the next year that is printed, else of the last."""
    plain = normalise(text)
    matches = list(_DATE.finditer(plain))
    years = [match["own"] or match["year"] for match in matches]
    found: list[Printed] = []
    for at, match in enumerate(matches):
        year = years[at] or next(filter(None, [*years[at + 1 :], *reversed(years[:at])]), None)
        found += _read(match, int(year) if year else None, _relation(plain[: match.start()]))
    return found


def _relation(before: str) -> str:
    match = _RELATION.search(before)
    return "" if match is None else "after" if match[1] else "before"


def _read(match: re.Match, year: int | None, relation: str) -> list[Printed]:
    if match["month"]:
        days = re.findall(r"\d+", match["days"] or "") + ([match["after"]] if match["after"] else [])
        month = _MONTHS[match["month"]]
        return [Printed(year, month, int(day) if day else None, relation=relation) for day in days or [None]]
    if match["decade"]:
        return [Printed(year, decade=True)]
    last = match["until"] and match["year"][: 4 - len(match["until"])] + match["until"]
    return [Printed(year, relation=relation), *([Printed(int(last), relation=relation)] if last else [])]
