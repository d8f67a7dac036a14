"""What values a parameter of a question admits, where they can be listed."""

from __future__ import annotations

from collections.abc import Iterator

from narkom.asking.questions import REGISTERED, Parameter
from narkom.portal.library import Library
from narkom.vocabulary import local_name

_LISTED = {*REGISTERED, "event", "note"}


def admitted(library: Library, parameter: Parameter) -> list[str]:
    """Return every value that a parameter admits as a SPARQL term; none where they cannot be listed."""
    if parameter.kinds == ("integer",) and parameter.name == "paragraph":
        return sorted({str(int(name)) for name in _paragraphs(library)}, key=int)
    if not set(parameter.kinds) <= _LISTED:
        return []
    iris = (iri for kind in parameter.kinds for iri in _of_kind(library, kind))
    return [f"<{iri}>" for iri in iris if not parameter.allowed or local_name(iri) in parameter.allowed]


def _paragraphs(library: Library) -> Iterator[str]:
    for key in library.sources:
        names = (local_name(iri) for iri in library.kinds[f"{key}/paragraph"])
        yield from (name[1:] for name in names if name.startswith("p"))


def _of_kind(library: Library, kind: str) -> list[str]:
    if kind == "note":
        return [iri for key in library.sources for iri in library.kinds.get(f"{key}/note", ())]
    return library.kinds.get(kind, [])
