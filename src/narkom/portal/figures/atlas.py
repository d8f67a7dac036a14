"""The map: places, what happened there, which bodies were responsible for them, and journeys.

``{"base", "stances", "places": [place, …], "elsewhere": [place, …], "journeys": [journey, …]}``. A place has ``iri``,
``en``, ``ru``, ``at`` ([longitude, latitude] in degrees of WGS 84; of those elsewhere null), ``within`` (the place of
which it is a part, or empty), ``bodies`` ([{"iri", "en", "ru"}, …]) and ``events``: rows as the package's description
tells, each with ``roles`` (origin, place, destination; of an imputed act also about and target). A journey is a row
with ``stations``: the places that are told, the origin first, each with its role; some have one only.

``elsewhere`` are the places of which no register gives coordinates and where something is told to have happened.
"""

from __future__ import annotations

import re
from collections import defaultdict

import pyoxigraph as ox

from narkom.portal.figures import stances
from narkom.portal.figures.happenings import Told, cited, labels, local, row, surest
from narkom.portal.library import Library
from narkom.vocabulary import BASE, kind_of, term

_POINT = re.compile(r"POINT\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)\s*\)")
ROLES = ("origin", "place", "destination")
# Where an imputed act is said to have been, or was aimed.
IMPUTED = (*ROLES, "about", "target")


def atlas(library: Library) -> dict:
    """Return the places with what is told of them, and the journeys between them."""
    told = Told(library)
    there: dict[str, list[dict]] = defaultdict(list)
    journeys = []
    for kind, roles in (("event", ROLES), ("imputed", IMPUTED)):
        for iri in library.kinds.get(kind, ()):
            stations = _stations(told, iri, roles)
            for place, its in stations.items():
                there[place].append({**_row(told, iri, its), "roles": list(its)})
            if told.name_of_class(iri) == "Journey" and stations:
                journeys.append({**row(told, iri), "stations": _in_order(stations)})
    places = [_place(told, iri, there[iri]) for iri in library.kinds.get("place", [])]
    rows = [event for place in places for event in place["events"]] + journeys
    return {
        "base": BASE,
        "stances": stances(library, (name for one in rows for name in one["claims"])),
        "places": [place for place in places if place["at"]],
        "elsewhere": [place for place in places if not place["at"] and place["events"]],
        "journeys": sorted(journeys, key=_by_day),
    }


def _stations(told: Told, iri: str, roles: tuple[str, ...]) -> dict[str, dict[str, list]]:
    """Return the places of an event, each by its roles with the claims that tell them.

    What only charges, testimonies or rejected accounts tell of the place of an event is there too: `_row` marks it.
    """
    found: dict[str, dict[str, list]] = defaultdict(dict)
    for role in roles:
        for place, claims in told.values(iri, f"nk:{role}", outside=True).items():
            if kind_of(place) == "place":
                found[place][role] = claims
    return found


def _row(told: Told, iri: str, roles: dict[str, list]) -> dict:
    """Return an event's row at one place: it is accepted where an accepted claim tells this place of it."""
    claims = {claim.iri: claim for its in roles.values() for claim in its}
    placing = [claim for name, claim in told.library.claims.items() if name in claims]
    found = row(told, iri)
    if found["accepted"] and not any(claim.accepted for claim in placing):
        return {**found, "accepted": False, "stance": surest(placing), "claims": cited(placing)}
    return found


def _in_order(stations: dict[str, dict]) -> list[list[str]]:
    """Return the stations of a journey with their roles, the origin first."""
    its = [(ROLES.index(role), place) for place, roles in stations.items() for role in roles]
    return [[local(place), ROLES[at]] for at, place in sorted(its)]


def _place(told: Told, iri: str, events: list[dict]) -> dict:
    library, node = told.library, ox.NamedNode(iri)
    within = [quad.object.value for quad in library.quads(node, term("nk:within"), None)]
    bodies = [quad.subject.value for quad in library.quads(None, term("nk:territory"), node)]
    return {
        "iri": local(iri),
        **labels(library, iri),
        "at": degrees(library, iri),
        "within": local(within[0]) if within else "",
        "bodies": [{"iri": local(body), **labels(library, body)} for body in bodies],
        "events": sorted(events, key=_by_day),
    }


def _by_day(one: dict) -> tuple[bool, str, str]:
    return (not one["accepted"], one["first"] or one["last"] or "9999", one["iri"])


def degrees(library: Library, place: str) -> list[float] | None:
    """Return the longitude and latitude of a place (IRI) in degrees of WGS 84; None where no register gives them."""
    for quad in library.quads(ox.NamedNode(place), term("crm:P168_place_is_defined_by"), None):
        match = _POINT.match(quad.object.value)
        if match:
            return [float(match[1]), float(match[2])]
    return None
