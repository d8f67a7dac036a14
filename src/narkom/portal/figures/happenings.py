"""What the figures tell of an event: its names, its class, when it was and how that is known, who took part."""

from __future__ import annotations

import pyoxigraph as ox

from narkom.portal.languages import LANGUAGES
from narkom.portal.library import Library
from narkom.vocabulary import BASE, term

ROLES = tuple(f"nk:{name}" for name in ("actor", "person", "participant", "addressee", "target"))


def events(library: Library) -> list[str]:
    """Return the events (IRIs), the first possible day first; those without a day at the end."""
    return sorted(library.kinds["event"], key=lambda iri: (bounds(library, iri)[0] or "9999", iri))


def objects(library: Library, iri: str, name: str) -> list[str]:
    """Return what the accepted view says of a thing by one property, as text, in a stable order."""
    return sorted(quad.object.value for quad in library.quads(ox.NamedNode(iri), term(name), None))


def bounds(library: Library, iri: str) -> tuple[str, str]:
    """Return the first and the last possible day; a text is empty where none is known."""
    earliest, latest = (objects(library, iri, name) for name in ("nk:earliest", "nk:latest"))
    return min(earliest, default=""), max(latest, default="")


def dating(library: Library, iri: str) -> str:
    """Return how the days are known: told, inherited, ordered, or empty."""
    found = objects(library, iri, "nk:dating")
    return found[0].rpartition("/")[2] if found else ""


def main_class(library: Library, iri: str) -> str:
    """Return the local name of an event's class; empty where only claims outside the accepted view give it one."""
    found = library.classes(iri)
    return found[0].rpartition("#")[2] if found else ""


def involved(library: Library, iri: str, roles: tuple[str, ...] = ROLES) -> list[str]:
    """Return the people, groups and bodies of an event in some roles (IRIs)."""
    return sorted({value for role in roles for value in objects(library, iri, role) if value.startswith(BASE)})


def local(iri: str) -> str:
    """Return the path of a thing's page without its ending."""
    return iri.removeprefix(BASE)


def labels(library: Library, iri: str) -> list[str]:
    """Return a thing's label in every language of the pages, in their order."""
    return [library.label(iri, language) for language in LANGUAGES]
