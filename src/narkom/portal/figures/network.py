"""The network: who was tied to whom, and by what.

``{"base", "stances", "nodes": {iri: {"en", "ru", "kind"}}, "ties": [tie, …]}``; a tie has ``from``, ``to``, ``sort``
(one of SORTS, or of OUTSIDE), ``what`` (the event, relationship or act that it stands for), its labels, ``first``,
``last``, ``dating``, ``unsure``, ``stance``, ``accepted`` and ``claims``: those that name one of its ends in its role.
Its stance is that of its less sure end.

A tie by an accusation says who accused whom, and of no deed that it happened. What is imputed to somebody, and whose
alleged bodies somebody is said to have belonged to, are sorts of their own and never accepted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from narkom.building.views import claim_order
from narkom.portal.figures import stances
from narkom.portal.figures.happenings import STANCES, Days, Told, cited, labels, local, surest
from narkom.portal.library import Claim, Library
from narkom.vocabulary import BASE, kind_of

ACTORS = ("person", "group", "body", "office")
# By the class of the event: what sort of tie it makes between its actors and those in these roles.
_DIRECTED = {
    "Arrest": ("arrested", ("nk:person", "nk:target")),
    "Interrogation": ("questioned", ("nk:person", "nk:target")),
    "Investigation": ("questioned", ("nk:person", "nk:target")),
    "Dismissal": ("removed", ("nk:person", "nk:target")),
    "Expulsion": ("removed", ("nk:person", "nk:target")),
    "Trial": ("sentenced", ("nk:person", "nk:target")),
    "Sentencing": ("sentenced", ("nk:person", "nk:target")),
    "Execution": ("sentenced", ("nk:person", "nk:target")),
    "Killing": ("sentenced", ("nk:person", "nk:target")),
    "Accusation": ("accused", ("nk:target", "nk:person")),
    "Testimony": ("accused", ("nk:target",)),
    "Order": ("ordered", ("nk:addressee",)),
    "Request": ("ordered", ("nk:addressee",)),
    "Correspondence": ("wrote", ("nk:addressee",)),
    "Appointment": ("appointed", ("nk:person",)),
}
# What was demanded or decided of somebody has not happened by that.
_AIMED = ("Order", "Request", "Decision")
_MET = ("Meeting", "Visit", "Journey")
SORTS = (
    "tie", "met", "wrote", "ordered", "aimed", "appointed", "removed", "questioned", "arrested", "sentenced", "accused",
)  # fmt: skip
OUTSIDE = ("imputed", "instigated", "alleged")
UNDIRECTED = ("tie", "met")
_ALLEGED = ("nk:allegedMemberOf", "nk:allegedLeaderOf")

Ends = dict[str, list[Claim]]


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie with the claims that name its ends."""

    one: str
    other: str
    sort: str
    what: str
    claims: tuple[Claim, ...]
    stance: str

    @property
    def name(self) -> tuple[str, str, str, str]:
        """Return what makes it this tie, whoever tells of it."""
        return (self.one, self.other, self.sort, self.what)


def network(library: Library) -> dict:
    """Return the ties, those of the accepted view first, in a stable order."""
    told = Told(library)
    accepted = {tie.name: tie for tie in _ties(told, outside=False)}
    others = {tie.name: tie for tie in _ties(told, outside=True) if tie.name not in accepted}
    found = [(accepted[name], True) for name in sorted(accepted)] + [(others[name], False) for name in sorted(others)]
    rows = [_row(told, tie, vouched) for tie, vouched in found]
    nodes = sorted({end for row in rows for end in (row["from"], row["to"])})
    return {
        "base": BASE,
        "stances": stances(library, (name for row in rows for name in row["claims"])),
        "nodes": {iri: {**labels(library, BASE + iri), "kind": kind_of(BASE + iri)} for iri in nodes},
        "ties": rows,
    }


def _row(told: Told, tie: Tie, vouched: bool) -> dict:
    # A membership has no name of its own: it is told of the one who is said to be a member.
    days = Days() if tie.sort == "alleged" else told.days(tie.what)
    return {
        "from": local(tie.one), "to": local(tie.other), "sort": tie.sort, "what": local(tie.what),
        **labels(told.library, tie.what), "first": days.first, "last": days.last, "dating": days.dating,
        "unsure": days.unsure, "stance": tie.stance, "accepted": vouched, "claims": cited(tie.claims),
    }  # fmt: skip


def _ties(told: Told, outside: bool) -> Iterator[Tie]:
    """Yield the ties that accepted claims tell, or (`outside`) those that all claims together tell."""
    for iri in told.library.kinds.get("relation", ()):
        holders, others = (_actors(told.values(iri, name, outside=outside)) for name in ("nk:holder", "nk:towards"))
        yield from _between("tie", iri, holders, others)
    for iri in told.library.kinds.get("event", ()):
        yield from _of_event(told, iri, outside)
    if outside:
        yield from _imputed(told)
        yield from _alleged(told)


def _of_event(told: Told, iri: str, outside: bool) -> Iterator[Tie]:
    def having(*roles: str) -> Ends:
        return _actors(told.values(iri, *roles, outside=outside))

    name, doing = told.name_of_class(iri), having("nk:actor")
    if name in _DIRECTED:
        sort, roles = _DIRECTED[name]
        yield from _between(sort, iri, doing, having(*roles))
    if name in _AIMED:
        yield from _between("aimed", iri, doing, having("nk:target"))
    present = having("nk:actor", "nk:participant", *(("nk:person",) if name in _MET else ()))
    for one, other in combinations(sorted(present), 2):
        yield _tie(one, other, "met", iri, present[one], present[other])


def _imputed(told: Told) -> Iterator[Tie]:
    """Yield what is said to have been done: by whom to whom, and at whose behest."""
    for iri in told.library.kinds.get("imputed", ()):
        accused, behest, injured = (
            _actors(told.values(iri, name, outside=True), "alleged")
            for name in ("nk:imputedTo", "nk:instigator", "nk:target")
        )
        yield from _between("imputed", iri, accused, injured)
        yield from _between("instigated", iri, behest, accused)


def _alleged(told: Told) -> Iterator[Tie]:
    for kind in ACTORS:
        for iri in told.library.kinds.get(kind, ()):
            for body, claims in told.values(iri, *_ALLEGED, outside=True).items():
                yield _tie(iri, body, "alleged", iri, claims, claims)


def _between(sort: str, what: str, ones: Ends, others: Ends) -> Iterator[Tie]:
    for one, its in ones.items():
        for other, claims in others.items():
            if one != other:
                yield _tie(one, other, sort, what, its, claims)


def _tie(one: str, other: str, sort: str, what: str, its: list[Claim], claims: list[Claim]) -> Tie:
    both = {claim.iri: claim for claim in (*its, *claims)}
    stance = max(surest(its), surest(claims), key=STANCES.index)
    return Tie(one, other, sort, what, tuple(both[iri] for iri in sorted(both, key=claim_order)), stance)


def _actors(found: Ends, *more: str) -> Ends:
    return {iri: claims for iri, claims in found.items() if kind_of(iri) in (*ACTORS, *more)}
