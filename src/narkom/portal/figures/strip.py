"""The chapter's time in a strip of months: how many events surely lie in each."""

from __future__ import annotations

from collections import Counter

from narkom.portal.figures.happenings import bounds
from narkom.portal.library import Library

FIRST, LAST = "1936-08", "1938-12"


def months(library: Library) -> list[tuple[str, int]]:
    """Return each month of the span (``1937-03``) with the number of accepted events whose days all lie in it."""
    counts: Counter[str] = Counter()
    for iri in library.kinds["event"]:
        first, last = bounds(library, iri)
        if first and first[:7] == last[:7] and not library.outside_only(iri):
            counts[first[:7]] += 1
    span = [f"{year}-{month:02}" for year in range(1936, 1939) for month in range(1, 13)]
    return [(month, counts[month]) for month in span if FIRST <= month <= LAST]
