"""The timeline: every event with the days between which it lies.

``{"classes": [[name, English, Russian], …], "people": {path: [English, Russian]}, "events": [[path, English, Russian,
class, first day, last day, how dated, [paths of who took part], mark], …]}``; a path is that of the page without its
ending, a day is ISO 8601 or empty, how dated is told, inherited, ordered or empty, the mark is 1 for what only claims
outside the accepted view tell of.
"""

from __future__ import annotations

from narkom.portal.figures.happenings import bounds, dating, events, involved, labels, local, main_class
from narkom.portal.library import Library
from narkom.vocabulary import ONTOLOGY, kind_of


def timeline(library: Library) -> dict:
    """Return all events of the store."""
    rows, people = [], set()
    for iri in events(library):
        its = [one for one in involved(library, iri) if kind_of(one) == "person"]
        people.update(its)
        rows.append(
            [
                local(iri), *labels(library, iri), main_class(library, iri), *bounds(library, iri),
                dating(library, iri), [local(one) for one in its], int(library.outside_only(iri)),
            ]
        )  # fmt: skip
    classes = sorted({row[3] for row in rows if row[3]})
    return {
        "classes": [[name, *labels(library, ONTOLOGY + name)] for name in classes],
        "people": {local(iri): labels(library, iri) for iri in sorted(people)},
        "events": rows,
    }
