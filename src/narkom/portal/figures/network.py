"""The network: who was tied to whom, and by what.

``{"nodes": {path: [English, Russian, kind]}, "ties": [[from, to, sort, path of the event or relationship, English,
Russian, first day, last day], …]}``. The sorts are those of SORTS. A tie by an accusation says who accused whom,
and of no deed that it happened.
"""

from __future__ import annotations

from itertools import combinations

from narkom.portal.figures.happenings import bounds, events, involved, labels, local, main_class, objects
from narkom.portal.library import Library
from narkom.vocabulary import kind_of

ACTORS = ("person", "group", "body", "office")
TIE, TOGETHER = "tie", "met"
# By the class of the event: what sort of tie it makes, and from which roles to which.
_DIRECTED = {
    "Arrest": ("repressed", ("nk:actor",), ("nk:person", "nk:target")),
    "Interrogation": ("repressed", ("nk:actor",), ("nk:person", "nk:target")),
    "Execution": ("repressed", ("nk:actor",), ("nk:person", "nk:target")),
    "Dismissal": ("repressed", ("nk:actor",), ("nk:person", "nk:target")),
    "Expulsion": ("repressed", ("nk:actor",), ("nk:person", "nk:target")),
    "Investigation": ("repressed", ("nk:actor",), ("nk:person", "nk:target")),
    "Accusation": ("accused", ("nk:actor",), ("nk:target", "nk:person")),
    "Order": ("ordered", ("nk:actor",), ("nk:addressee",)),
    "Request": ("ordered", ("nk:actor",), ("nk:addressee",)),
    "Correspondence": ("wrote", ("nk:actor",), ("nk:addressee",)),
    "Appointment": ("appointed", ("nk:actor",), ("nk:person",)),
}
_MET = ("Meeting", "Visit", "Journey")
SORTS = (TIE, TOGETHER, "wrote", "ordered", "appointed", "accused", "repressed")
# Of larger gatherings everybody met everybody, which says little: they have pages of their own.
_MOST_TOGETHER = 12


def network(library: Library) -> dict:
    """Return the ties that the accepted view tells, in a stable order."""
    found = sorted({*_relationships(library), *_events(library)})
    nodes = sorted({end for tie in found for end in tie[:2]})
    return {
        "nodes": {local(iri): [*labels(library, iri), kind_of(iri)] for iri in nodes},
        "ties": [
            [local(one), local(other), sort, local(what), *labels(library, what), *bounds(library, what)]
            for one, other, sort, what in found
        ],
    }


def _relationships(library: Library):
    for iri in library.kinds["relation"]:
        for holder in _actors(objects(library, iri, "nk:holder")):
            for other in _actors(objects(library, iri, "nk:towards")):
                yield holder, other, TIE, iri


def _events(library: Library):
    for iri in events(library):
        name = main_class(library, iri)
        if name in _DIRECTED:
            sort, doing, suffering = _DIRECTED[name]
            for one in _actors(involved(library, iri, doing)):
                for other in _actors(involved(library, iri, suffering)):
                    if one != other:
                        yield one, other, sort, iri
        elif name in _MET:
            present = _actors(involved(library, iri, ("nk:actor", "nk:person", "nk:participant")))
            if len(present) <= _MOST_TOGETHER:
                yield from ((one, other, TOGETHER, iri) for one, other in combinations(present, 2))


def _actors(iris: list[str]) -> list[str]:
    return [iri for iri in iris if kind_of(iri) in ACTORS]
