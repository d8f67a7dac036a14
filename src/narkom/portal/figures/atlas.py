"""The map: places whose coordinates are known, and what happened there.

``{"places": [[path, English, Russian, longitude, latitude, [[path, English, Russian, role, first day, last day], …]],
…], "elsewhere": [the same with null for both coordinates], "journeys": [[path, English, Russian, [paths of the places,
from the first on]], …]}``; degrees of WGS 84, the role is place, origin or destination.
"""

from __future__ import annotations

import re
from collections import defaultdict

from narkom.portal.figures.happenings import bounds, events, labels, local, main_class, objects
from narkom.portal.library import Library

_POINT = re.compile(r"POINT\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)\s*\)")
ROLES = ("origin", "place", "destination")


def atlas(library: Library) -> dict:
    """Return the places with what the accepted view tells of them, and the journeys between them."""
    there, journeys = defaultdict(list), []
    for iri in events(library):
        stations = [(role, place) for role in ROLES for place in objects(library, iri, f"nk:{role}")]
        for role, place in stations:
            there[place].append([local(iri), *labels(library, iri), role, *bounds(library, iri)])
        if main_class(library, iri) == "Journey" and len(stations) > 1:
            journeys.append([local(iri), *labels(library, iri), [local(place) for _, place in stations]])
    rows = [[local(iri), *labels(library, iri), *_degrees(library, iri), there[iri]] for iri in library.kinds["place"]]
    return {
        "places": [row for row in rows if row[3] is not None],
        "elsewhere": [row for row in rows if row[3] is None and row[5]],
        "journeys": journeys,
    }


def _degrees(library: Library, iri: str) -> tuple[float | None, float | None]:
    for text in objects(library, iri, "crm:P168_place_is_defined_by"):
        match = _POINT.match(text)
        if match:
            return float(match[1]), float(match[2])
    return None, None
