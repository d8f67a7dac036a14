"""What a page says first of a document: its kind, what was done with it by whom and when, what it says, what of it is
cited.

Who wrote a document is told by the act in which it was written, sent or read; no act is taken for its writing that is
not told as such.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from narkom.building.views import claim_order
from narkom.portal import lives
from narkom.portal.figures.happenings import bounds, objects
from narkom.portal.library import Claim, Library
from narkom.portal.statements import Statement, row, telling
from narkom.vocabulary import kind_of

# Whom it can tell of.
_TOLD_OF = ("person", "group", "body")


@dataclass(frozen=True, slots=True)
class Act:
    """An event (IRI) with a document: its first and last possible day, who did it, to whom (IRIs), and the claims."""

    event: str
    first: str
    last: str
    actors: list[str]
    addressees: list[str]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class DocumentHead:
    """Rows on its kind and subject, acts by date, what it says, of that what the authors do not vouch for, who is told
    of in it (IRIs), and the footnotes (IRIs) on which claims of it rest.
    """

    rows: list[Statement]
    acts: list[Act]
    says: list[Claim]
    says_outside: list[Claim]
    told_of: list[str]
    notes: list[str]

    def claims(self) -> Iterator[Claim]:
        """Yield the claims that the head shows."""
        for one in (*(value for its in self.rows for value in its.values), *self.acts):
            yield from one.claims
        yield from (*self.says, *self.says_outside)


def document(library: Library, iri: str) -> DocumentHead:
    """Return the head of a document's page."""
    node = ox.NamedNode(iri)
    rows = [
        row(library, library.words.gettext("kind"), ("nk:kind", node, True)),
        row(library, library.words.gettext("shows"), ("nk:about", node, True)),
    ]
    acts = [_act(library, event, iri) for event in lives.of_whom(library, iri, "nk:document")]
    acts.sort(key=lambda act: (act.first or act.last or "9999", act.last or "9999", act.event))
    said = _said(library, iri, acts)
    says = [claim for claim in said if claim.accepted]
    about = [value.iri for value in rows[1].values]
    about += [one for act in acts for one in objects(library, act.event, "nk:about")]
    mentioned = {*about, *(one for claim in says for one in claim.mentions)}
    told_of = sorted((one for one in mentioned if kind_of(one) in _TOLD_OF), key=library.listed)
    accepted = [claim for claim in library.mentioning.get(iri, ()) if claim.accepted]
    return DocumentHead(
        [one for one in rows if one.values],
        acts,
        says,
        [claim for claim in said if not claim.accepted],
        told_of,
        _notes(library, [*accepted, *said]),
    )


def _act(library: Library, event: str, iri: str) -> Act:
    who = [sorted(objects(library, event, name), key=library.listed) for name in ("nk:actor", "nk:addressee")]
    return Act(event, *bounds(library, event), *who, telling(library, event, "nk:document", iri))


def _said(library: Library, iri: str, acts: list[Act]) -> list[Claim]:
    """The claims on the word of a document, and those that its acts and their points make, as the sources go."""
    points = [point for act in acts for point in lives.of_whom(library, act.event, "nk:clauseOf")]
    names = {*lives.of_whom(library, iri, "nk:accordingTo")}
    for event in (*(act.event for act in acts), *points):
        names |= {*objects(library, event, "nk:states"), *lives.of_whom(library, event, "nk:statedIn")}
    return [library.claims[name] for name in sorted(names, key=claim_order) if name in library.claims]


def _notes(library: Library, claims: list[Claim]) -> list[str]:
    """The footnotes of some claims, as the sources number them."""
    found = {claim.note.iri("note", number) for claim in claims for number in claim.note.footnotes}
    return sorted(found, key=library.listed)
