"""The figures in words, for the pages that hold them: what a reader without JavaScript gets, and one with it beside."""

from __future__ import annotations

from collections import Counter, defaultdict

from narkom.portal.figures.atlas import atlas
from narkom.portal.figures.network import OUTSIDE, SORTS, network
from narkom.portal.figures.timeline import first_day, timeline
from narkom.portal.library import Library

# Of these years there are so many events that they are listed by month.
_FULL = ("1936", "1937", "1938")


def _timeline(library: Library) -> dict:
    """Return the accepted events by the month or year in which they can have begun, what is not vouched for, kinds."""
    rows = timeline(library)["events"]
    by_month: dict[str, list[dict]] = defaultdict(list)
    for row in rows:
        if row["accepted"]:
            day = first_day(row)
            by_month[day[:7] if day[:4] in _FULL else day[:4]].append(row)
    undated = by_month.pop("9999", [])
    outside = [
        (kind, [row for row in rows if not row["accepted"] and row["iri"].startswith(f"{kind}/")])
        for kind in ("event", "imputed")
    ]
    counts = Counter(row["class"] for row in rows if row["accepted"])
    classes = sorted({row["class"] for row in rows} - {""})
    return {
        "by_month": sorted(by_month.items()),
        "undated": undated,
        "outside": outside,
        "classes": [(name, counts[name]) for name in classes],
    }


def _network(library: Library) -> dict:
    """Return the ties by their sort, the accepted ones and the others apart."""
    by_sort: dict[bool, dict[str, list[dict]]] = {
        True: {sort: [] for sort in SORTS},
        False: {sort: [] for sort in (*OUTSIDE, *SORTS)},
    }
    for number, tie in enumerate(network(library)["ties"]):
        by_sort[tie["accepted"]][tie["sort"]].append({**tie, "number": number})
    return {
        "by_sort": by_sort[True],
        "outside": {sort: ties for sort, ties in by_sort[False].items() if ties},
        "only_outside": OUTSIDE,
    }


TOLD = {"timeline": _timeline, "network": _network, "map": atlas}
