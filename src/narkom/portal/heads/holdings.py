"""Who held an office, or a place in a body that has no name: tenures by date."""

from __future__ import annotations

from dataclasses import dataclass

from narkom.portal import lives
from narkom.portal.figures.happenings import bounds, main_class, objects
from narkom.portal.library import Claim, Library
from narkom.portal.statements import telling


@dataclass(frozen=True, slots=True)
class Holding:
    """A tenure (IRI) of somebody (IRI), its standings (IRIs: acting, de facto), its first and last possible day (ISO
    8601 or empty), and the claims that say whose tenure it is.
    """

    tenure: str
    holder: str
    standings: tuple[str, ...]
    first: str
    last: str
    claims: tuple[Claim, ...]


def holdings(library: Library, iri: str, name: str) -> list[Holding]:
    """Return the tenures that lead by a property (``nk:office``, ``nk:body``) to an office or body, by date."""
    found = [
        _holding(library, tenure, holder)
        for tenure in lives.of_whom(library, iri, name)
        if main_class(library, tenure) == "Tenure"
        for holder in objects(library, tenure, "nk:person")
    ]
    return sorted(found, key=lambda one: (one.first or one.last or "9999", one.last or "9999", one.tenure))


def _holding(library: Library, tenure: str, holder: str) -> Holding:
    standings = tuple(objects(library, tenure, "nk:standing"))
    claims = telling(library, tenure, "nk:person", holder)
    return Holding(tenure, holder, standings, *bounds(library, tenure), claims)
