"""The figures in words, for the pages that hold them: what a reader without JavaScript gets, and one with it beside."""

from __future__ import annotations

from collections import defaultdict

from narkom.portal.figures.atlas import atlas
from narkom.portal.figures.happenings import bounds, events
from narkom.portal.figures.network import SORTS, network
from narkom.portal.library import Library
from narkom.vocabulary import BASE


def _timeline(library: Library) -> dict:
    """Return the events by the month in which they can have begun, and those of which no day is known."""
    by_month: dict[str, list[str]] = defaultdict(list)
    for iri in events(library):
        by_month[bounds(library, iri)[0][:7]].append(iri)
    undated = by_month.pop("", [])
    spans = {iri: bounds(library, iri) for its in by_month.values() for iri in its}
    return {"by_month": sorted(by_month.items()), "undated": undated, "spans": spans}


def _network(library: Library) -> dict:
    """Return the ties by their sort, each as who, whom and by what (IRIs)."""
    by_sort = {sort: [] for sort in SORTS}
    for one, other, sort, what, *_ in network(library)["ties"]:
        by_sort[sort].append((BASE + one, BASE + other, BASE + what))
    return {"by_sort": by_sort}


def _map(library: Library) -> dict:
    """Return the places with coordinates and those without, each with what happened there (IRIs and roles)."""
    found = atlas(library)
    return {
        name: [(BASE + row[0], row[3:5], [(BASE + event[0], event[3]) for event in row[5]]) for row in found[name]]
        for name in ("places", "elsewhere")
    }


TOLD = {"timeline": _timeline, "network": _network, "map": _map}
