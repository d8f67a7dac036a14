"""What to cite for a page: the claims that it shows with their places, and the dataset."""

from collections.abc import Iterable, Iterator

from narkom.asking.bibliography import Line, in_words
from narkom.asking.notes import Note
from narkom.building.views import claim_order
from narkom.portal.entity import Entity
from narkom.portal.library import Claim, Library


def to_cite(library: Library, entity: Entity, beside: Iterable[Claim] = ()) -> list[Line]:
    """Return what to cite for a thing's page, line by line; `beside` as for `cited`."""
    return in_words(library.store, cited(library, entity, beside), entity.iri, sources=library.sources.values())


def cited(library: Library, entity: Entity, beside: Iterable[Claim] = ()) -> list[Note]:
    """Return the notes of the claims that a thing's page shows, as the sources go.

    `beside` are claims that the page shows and the entity does not hold: those of a paragraph's sentences.
    """
    own = library.claims.get(entity.iri)
    shown = {claim.iri: claim for claim in ([own] if own else [*_shown(library, entity), *beside])}
    return [shown[iri].note for iri in sorted(shown, key=claim_order)]


def _shown(library: Library, entity: Entity) -> Iterator[Claim]:
    yield from entity.accepted
    for claims in entity.charged.values():
        yield from claims
    if entity.head:
        yield from entity.head.claims()
    unfolding = (*entity.unfolding.time, *entity.unfolding.parts)
    for statement in (*unfolding, *entity.statements, *entity.outside):
        for value in statement.values:
            yield from value.claims
            if value.iri in library.claims:
                yield library.claims[value.iri]
