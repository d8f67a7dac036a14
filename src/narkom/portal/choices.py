"""What the facts of a page can be narrowed down by: the stance of a claim, and what it is about."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain

from narkom.portal.entity import Entity
from narkom.portal.figures.happenings import STANCES, main_class
from narkom.portal.library import Claim, Library
from narkom.vocabulary import ONTOLOGY, RDF_TYPE


@dataclass(frozen=True, slots=True)
class Choices:
    """The stances of the claims of a page with their counts, the surest first; the kinds (local names of classes) with
    their counts, the most frequent first; and the kinds of each claim (IRI).
    """

    stances: list[tuple[str, int]]
    kinds: list[tuple[str, int]]
    of: dict[str, list[str]]


def choices(library: Library, entity: Entity) -> Choices | None:
    """Return what the facts of a thing's page can be narrowed down by; None where there is nothing to choose."""
    claims = [*entity.accepted, *chain.from_iterable(entity.charged.values())]
    of = {claim.iri: kinds_of(library, claim) for claim in claims}
    stances = Counter(claim.note.stance for claim in claims)
    kinds = Counter(kind for its in of.values() for kind in its)
    if len(stances) < 2 and len(kinds) < 2:
        return None
    by_words = sorted(kinds.items(), key=lambda one: (-one[1], library.label(ONTOLOGY + one[0])))
    return Choices([(one, stances[one]) for one in STANCES if one in stances], by_words, of)


def kinds_of(library: Library, claim: Claim) -> list[str]:
    """Return the classes (local names) of the things of which a claim says something: Arrest, Tenure, Person.

    Of a thing to which the claim itself gives a class it is that one: what a rejected account calls a death is not
    called a killing since the authors hold it to be one.
    """
    own = {
        quad.subject: quad.object.value.removeprefix(ONTOLOGY)
        for quad in library.contents[claim.iri]
        if quad.predicate == RDF_TYPE and quad.object.value.startswith(ONTOLOGY)
    }
    subjects = {quad.subject for quad in library.contents[claim.iri]}
    found = {own.get(subject) or main_class(library, subject.value) for subject in subjects}
    return sorted(found - {""})
