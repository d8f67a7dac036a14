"""The timeline: every event, and every act that was only imputed, with the days between which it lies.

``{"base", "stances", "classes": {name: {"en", "ru"}}, "people": {iri: {"en", "ru"}}, "events": [row, …]}``. A row has
what the package's description tells, ``people`` (who took part), and where it is known

- ``through``: of what lasted, the first and the last day through which it went on, by a told beginning and end;
- ``attested``: of what is only known to have been the case at some time, the spans of these times;
- ``also``: of what is accepted, the claims outside the accepted view that tell of it too.

Rows go by their first possible day, those without a day come last.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from narkom.building.relations import of_a_day
from narkom.portal.figures import stances
from narkom.portal.figures.happenings import Told, cited, labels, local, row
from narkom.portal.library import Claim, Library
from narkom.reading.dates import DateError, bounds, span
from narkom.vocabulary import BASE, ONTOLOGY, kind_of, term

# Who took part in an event; and in whose name an imputed act stands.
ROLES = tuple(f"nk:{name}" for name in ("actor", "person", "participant", "addressee", "target", "holder"))
IMPUTED = ("nk:imputedTo", "nk:instigator", "nk:target")
_DATE, _BEGIN, _END = term("nk:date"), term("nk:begin"), term("nk:end")


def timeline(library: Library) -> dict:
    """Return all events and imputed acts of the store."""
    told = Told(library)
    found = [_row(told, iri) for kind in ("event", "imputed") for iri in library.kinds.get(kind, ())]
    rows = sorted(found, key=lambda its: (first_day(its), its["iri"]))
    people = sorted({iri for its in rows for iri in its["people"]})
    return {
        "base": BASE,
        "stances": stances(library, (name for its in rows for name in (*its["claims"], *its.get("also", ())))),
        "classes": {name: labels(library, ONTOLOGY + name) for name in sorted({its["class"] for its in rows} - {""})},
        "people": {iri: labels(library, BASE + iri) for iri in people},
        "events": rows,
    }


def _row(told: Told, iri: str) -> dict:
    outside = told.is_outside(iri)
    people = told.values(iri, *ROLES, *(IMPUTED if outside else ()), outside=outside)
    claims = told.claims(iri, outside)
    more = {
        "through": through(told.library, iri, claims),
        "attested": attested(told.library, iri, claims),
        "also": [] if outside else cited(claim for claim in told.claims(iri, True) if not claim.accepted),
    }
    return {
        **row(told, iri),
        "people": [local(one) for one in people if kind_of(one) == "person"],
        **{name: value for name, value in more.items() if value},
    }


def first_day(its: dict) -> str:
    """Return the first day with which a row can be placed in time; behind all days where there is none."""
    return its["first"] or its["last"] or next((first for first, _ in its.get("attested", ())), "9999")


def attested(library: Library, iri: str, claims: list[Claim]) -> list[list[str]]:
    """Return the spans of the times at which a thing is only known to have been the case."""
    found = set()
    for claim in claims:
        its = [quad for quad in library.contents[claim.iri] if quad.subject.value == iri]
        sides = (
            [q.object.value for q in its if q.predicate == term(f"nk:attested{s}")] for s in ("Earliest", "Latest")
        )
        found |= set(zip(*map(sorted, sides), strict=True))
    return [list(one) for one in sorted(found)]


def through(library: Library, iri: str, claims: list[Claim]) -> list[str]:
    """Return the first and the last day of the span in which a thing was going on, if claims tell both its ends."""
    sides = list(ends(library, iri, claims))
    began, ended = ([day for name, day in sides if name == side] for side in ("began", "ended"))
    # What several claims tell of one beginning is one day: by the latest of them it had begun.
    return [max(began), min(ended)] if began and ended and max(began) < min(ended) else []


def ends(library: Library, iri: str, claims: list[Claim]) -> Iterator[tuple[str, str]]:
    """Yield the days by which claims say that a thing had begun, and those until which it had not ended.

    Each comes with its side: ("began", "1935-04-30"), ("ended", "1937-06-08").
    """
    for claim in claims:
        triples = [Triple(q.subject, q.predicate, q.object) for q in library.contents[claim.iri]]
        lasting = NamedNode(iri) not in set(of_a_day(triples))
        for triple in triples:
            if triple.subject.value != iri or not isinstance(triple.object, Literal):
                continue
            try:
                if triple.predicate == _BEGIN or (triple.predicate == _DATE and lasting):
                    whole = bounds(triple.object.value) if triple.predicate == _BEGIN else span(triple.object.value)[0]
                    yield "began", whole.latest.isoformat()
                if triple.predicate == _END or (triple.predicate == _DATE and lasting):
                    whole = bounds(triple.object.value) if triple.predicate == _END else span(triple.object.value)[1]
                    yield "ended", whole.earliest.isoformat()
            except DateError:
                continue
