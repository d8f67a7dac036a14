"""The chapter's time in a strip of months: how many events surely lie in each."""

from __future__ import annotations

from collections import Counter

from narkom.portal.figures.happenings import Told
from narkom.portal.library import Library

# From the month before Ezhov's appointment to the one in which his time in office ends.
FIRST, LAST = "1936-08", "1938-12"


def months(library: Library, first: str = FIRST, last: str = LAST) -> list[tuple[str, int]]:
    """Return each month of a span (``1937-03``) with the number of accepted events whose days all lie in it."""
    told = Told(library)
    days = (told.days(iri) for iri in told.all_of("event", outside=False))
    counts = Counter(its.first[:7] for its in days if its.first and its.first[:7] == its.last[:7])
    years = range(int(first[:4]), int(last[:4]) + 1)
    span = [f"{year}-{month:02}" for year in years for month in range(1, 13)]
    return [(month, counts[month]) for month in span if first <= month <= last]
