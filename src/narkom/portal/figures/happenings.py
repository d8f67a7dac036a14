"""What the figures tell of a thing: its names, its class, its days and how they are known, and the claims that say so.

Two layers are kept apart: what the accepted view vouches for, and what only charges, testimonies or rejected accounts
tell. A thing of the second layer has the days that those claims tell, and none that follow for the first.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from narkom.portal.languages import LANGUAGES
from narkom.portal.library import Claim, Library
from narkom.vocabulary import BASE, ONTOLOGY, RDF_TYPE, term

# The surest first.
STANCES = ("asserted", "reported", "hedged", "testified", "charged", "rejected")
_DERIVED = {term(f"nk:{name}").value for name in ("earliest", "latest", "attestedEarliest", "attestedLatest")}


@dataclass(frozen=True, slots=True)
class Days:
    """The first and the last possible day (ISO 8601, empty where none is known), how they are known, and how surely.

    `unsure` is the stance of the least sure claim from which they follow; empty where all of these are asserted.
    """

    first: str = ""
    last: str = ""
    dating: str = ""
    unsure: str = ""

    @property
    def in_order(self) -> tuple[str, str]:
        """Return a key that sorts by the first day that is possible, what has none at its last, the undated behind."""
        return self.first or self.last or "9999", self.last or "9999"


class Told:
    """What claims say of each thing by property and value, each value with the claims that say it."""

    def __init__(self, library: Library) -> None:
        """Read the content of every claim once."""
        self.library = library
        self._said: dict[str, dict[str, dict[str, list[Claim]]]] = defaultdict(
            lambda: defaultdict(lambda: defaultdict(list))
        )
        for claim in library.claims.values():
            for quad in library.contents[claim.iri]:
                self._said[quad.subject.value][quad.predicate.value][quad.object.value].append(claim)

    def values(self, iri: str, *names: str, outside: bool = False) -> dict[str, list[Claim]]:
        """Return what is said of a thing by some properties, in a stable order, with the claims.

        Without `outside` it is what the accepted view says, with the accepted claims alone.
        """
        found: dict[str, list[Claim]] = defaultdict(list)
        for name in names:
            for value, claims in self._said.get(iri, {}).get(term(name).value, {}).items():
                found[value] += [claim for claim in claims if outside or claim.accepted]
        return {value: found[value] for value in sorted(found) if found[value]}

    def claims(self, iri: str, outside: bool = False) -> list[Claim]:
        """Return the claims that say something of a thing itself; without `outside` the accepted ones alone."""
        its = {
            claim.iri: claim
            for name, values in self._said.get(iri, {}).items()
            if name not in _DERIVED
            for claims in values.values()
            for claim in claims
            if outside or claim.accepted
        }
        return [claim for name, claim in self.library.claims.items() if name in its]

    def all_of(self, kind: str, outside: bool) -> list[str]:
        """Return the things of a kind that the accepted view vouches for, or those that it does not (IRIs)."""
        return sorted(iri for iri in self.library.kinds.get(kind, ()) if self.is_outside(iri) == outside)

    def is_outside(self, iri: str) -> bool:
        """Whether the accepted view vouches for nothing of a thing, or the thing is an act that was only imputed."""
        return iri.startswith(f"{BASE}imputed/") or self.library.outside_only(iri)

    def name_of_class(self, iri: str) -> str:
        """Return the local name of a thing's class: by the accepted view, else by the first claim that gives one."""
        found = main_class(self.library, iri)
        claimed = [name for name in self.values(iri, "rdf:type", outside=True) if name.startswith(ONTOLOGY)]
        return found or "".join(claimed[:1]).rpartition("#")[2]

    def stance(self, iri: str) -> str:
        """Return the surest stance in which a claim says what a thing is."""
        given = self._said.get(iri, {}).get(RDF_TYPE.value, {})
        return surest(claim for claims in given.values() for claim in claims)

    def days(self, iri: str) -> Days:
        """Return when a thing was; of what is not vouched for, the outermost days that its own claims tell."""
        if self.is_outside(iri):
            earliest, latest = (self.values(iri, name, outside=True) for name in ("nk:earliest", "nk:latest"))
            first, last = min(earliest, default=""), max(latest, default="")
            return Days(first, last, "told" if first or last else "")
        stances = {claim.note.stance for claim in self._reasons.get(iri, ())} - {STANCES[0]}
        unsure = max(stances, key=STANCES.index, default="")
        dating = "".join(objects(self.library, iri, "nk:dating")[:1])
        return Days(*bounds(self.library, iri), dating.rpartition("/")[2], unsure)

    @cached_property
    def _reasons(self) -> dict[str, list[Claim]]:
        """For each thing, the claims from which its days follow in the accepted view."""
        of = {quad.subject: quad.object.value for quad in self.library.quads(None, term("rdf:subject"), None)}
        found: dict[str, list[Claim]] = defaultdict(list)
        for quad in self.library.quads(None, term("prov:wasDerivedFrom"), None):
            if quad.subject in of and quad.object.value in self.library.claims:
                found[of[quad.subject]].append(self.library.claims[quad.object.value])
        return found


def objects(library: Library, iri: str, name: str) -> list[str]:
    """Return what the accepted view says of a thing by one property, as text, in a stable order."""
    return sorted(quad.object.value for quad in library.quads(ox.NamedNode(iri), term(name), None))


def bounds(library: Library, iri: str) -> tuple[str, str]:
    """Return the first and the last day that the accepted view leaves open; a text is empty where none is known."""
    earliest, latest = (objects(library, iri, name) for name in ("nk:earliest", "nk:latest"))
    return min(earliest, default=""), max(latest, default="")


def main_class(library: Library, iri: str) -> str:
    """Return the local name of a thing's class; empty where only claims outside the accepted view give it one."""
    found = library.classes(iri)
    return found[0].rpartition("#")[2] if found else ""


def surest(claims) -> str:
    """Return the surest stance of some claims; empty where there is none."""
    return min((claim.note.stance for claim in claims), key=STANCES.index, default="")


def local(iri: str) -> str:
    """Return the path of a thing's page without its ending."""
    return iri.removeprefix(BASE)


def labels(library: Library, iri: str) -> dict[str, str]:
    """Return a thing's label in every language of the pages."""
    return {language: library.label(iri, language) for language in LANGUAGES}


def cited(claims) -> list[str]:
    """Return the names of claims (``ssc/p22s1c``), in the order of the sources."""
    return [claim.note.claim for claim in claims]


def row(told: Told, iri: str) -> dict:
    """Return what every figure tells of an event or act; see the package's description."""
    days, outside = told.days(iri), told.is_outside(iri)
    return {
        "iri": local(iri),
        **labels(told.library, iri),
        "class": told.name_of_class(iri),
        "first": days.first,
        "last": days.last,
        "dating": days.dating,
        "unsure": days.unsure,
        "stance": told.stance(iri),
        "accepted": not outside,
        "claims": cited(told.claims(iri, outside)),
    }
