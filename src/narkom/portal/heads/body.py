"""What a page says first of a body or group: whole and parts, its beginning and end, its offices, who was of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from narkom.portal import lives
from narkom.portal.definitions import Text
from narkom.portal.figures.happenings import bounds, main_class
from narkom.portal.heads.holdings import Holding, holdings
from narkom.portal.languages import gettext_noop
from narkom.portal.library import Claim, Library
from narkom.portal.lives import Befell
from narkom.portal.statements import Statement, Value, row, telling
from narkom.vocabulary import kind_of, term

_ENDS = ((gettext_noop("formed"), "Formation"), (gettext_noop("dissolved"), "Dissolution"))


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody (IRI) of a body, what befell him or her, and the claims that say he or she was of it."""

    person: str
    fates: list[Befell]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class BodyHead:
    """Rows on the whole, the parts, the beginning and the end; offices (IRI) with their holders; those who sat in it
    without an office that is named; members; how many of these each fate befell, in the order of a life; a row of the
    groups and bodies that belong to it, if any.
    """

    rows: list[Statement]
    offices: list[tuple[str, list[Holding]]]
    without_office: list[Holding]
    members: list[Member]
    fates: list[tuple[str, int]]
    groups: list[Statement]

    def claims(self) -> Iterator[Claim]:
        """Yield the claims that the head shows."""
        values = (value for its in (*self.rows, *self.groups) for value in its.values)
        for one in (*values, *self.members, *self.without_office):
            yield from one.claims
        for _, its in self.offices:
            for holding in its:
                yield from holding.claims


def body(library: Library, iri: str) -> BodyHead:
    """Return the head of a body's page."""
    node = ox.NamedNode(iri)
    people, groups = _of_it(row(library, library.words.gettext("groups and bodies"), ("nk:memberOf", node, False)))
    rows = [
        row(library, library.words.gettext("part of"), ("nk:subordinateTo", node, True)),
        row(library, library.words.gettext("belongs to"), ("nk:memberOf", node, True)),
        row(library, library.words.gettext("its parts"), ("nk:subordinateTo", node, False)),
        *(_end(library, iri, words, sort) for words, sort in _ENDS),
    ]
    offices = sorted(lives.of_whom(library, iri, "nk:postIn"), key=library.listed)
    held = [(office, holdings(library, office, "nk:office")) for office in offices]
    members = [_member(library, value, held) for value in people]
    members.sort(key=lambda member: library.listed(member.person))
    counts = Counter(sort for member in members for sort in {one.sort for one in member.fates})
    return BodyHead(
        [one for one in rows if one.values],
        held,
        holdings(library, iri, "nk:body"),
        members,
        [(sort, counts[sort]) for sort in lives.FATES if counts[sort]],
        [groups] if groups.values else [],
    )


def _of_it(members: Statement) -> tuple[list[Value], Statement]:
    """The persons of a body, and a row of what else belongs to it: groups and bodies."""
    people = [value for value in members.values if kind_of(value.iri) == "person"]
    others = [value for value in members.values if kind_of(value.iri) != "person"]
    return people, Statement(members.label, members.iri, others)


def _member(library: Library, value: Value, held: list[tuple[str, list[Holding]]]) -> Member:
    """Somebody of a body: by a claim that says so, else by those on the offices that he or she held in it."""
    by_office = [claim for _, its in held for one in its if one.holder == value.iri for claim in one.claims]
    claims = value.claims or tuple(dict.fromkeys(by_office))
    return Member(value.iri, lives.befell(library, value.iri), claims)


def _end(library: Library, iri: str, words: str, sort: str) -> Statement:
    """A row of the events by which a body began or ended."""
    values = []
    for event in lives.of_whom(library, iri, "nk:body"):
        if main_class(library, event) == sort:
            days = bounds(library, event)
            said = Text(library.dates.span(*days), library.language) if any(days) else None
            values.append(Value(library.label(event), event, telling(library, event, "nk:body", iri), said))
    return Statement(library.words.gettext(words), term(f"nk:{sort}").value, values)
