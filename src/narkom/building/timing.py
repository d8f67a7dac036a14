"""Days for everything that happens or lasts: what the claims of a view together say of time, as triples with reasons.

- nk:earliest and nk:latest: the outermost days on which a thing can have begun and ended, by propagation through the
  network of all that the claims say (network.py, relations.py).
- A resource for each of these, an rdf:Statement, with prov:wasDerivedFrom each claim of a minimal set that yields it.
- nk:dating: `told` for a thing with a date of its own, `inherited` where the date is that of what it is part of,
  `ordered` where a bound needs the order of events.
- nk:attestedEarliest and nk:attestedLatest: the days of each nk:attested date.

Claims that cannot all hold are set aside, all of them and not some: each then says by itself what it says, the claims
of two dates each their own, and nothing is derived from them together. From the others everything is derived without
them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Triple

from narkom.building.network import ORIGIN, Claims, Constraint, Contradiction, Network, Variable
from narkom.building.relations import ATTESTED, BEGIN, END, FINISH, OWN_DATES, START, Facts, between_claims, natural
from narkom.vocabulary import BASE, PREFIXES, RDF_TYPE, term

EARLIEST, LATEST, DATING = term("nk:earliest"), term("nk:latest"), term("nk:dating")
ATTESTED_EARLIEST, ATTESTED_LATEST = term("nk:attestedEarliest"), term("nk:attestedLatest")
TOLD, INHERITED, ORDERED = (term(f"dating:{name}") for name in ("told", "inherited", "ordered"))
_STATEMENT, _FROM = term("rdf:Statement"), term("prov:wasDerivedFrom")
_SUBJECT, _PREDICATE, _OBJECT = term("rdf:subject"), term("rdf:predicate"), term("rdf:object")
_DAY = term("xsd:date")


class Bound(NamedTuple):
    """An outermost day of a thing, the claims that yield it, and whether it needs the order of events."""

    thing: NamedNode
    name: NamedNode
    day: int
    claims: Claims
    ordered: bool = False

    @property
    def triple(self) -> Triple:
        """The bound itself."""
        return Triple(self.thing, self.name, _literal(self.day))


@dataclass
class Timing:
    """What some claims say of time: the networks of things that hang together, and the claims that contradict.

    Without `reasons` the bounds come without the claims that yield them, which take most of the time; without
    `datings` they do not tell either whether they need the order of events, which takes most of the rest.
    """

    facts: list[Facts]
    reasons: bool = True
    datings: bool = True

    @cached_property
    def contradictions(self) -> list[Claims]:
        """Minimal sets of claims that cannot all hold, found one after another, each without the claims of the last."""
        return sorted((found for group in self._groups for found in _contradictions(group)), key=sorted)

    @cached_property
    def bounds(self) -> list[Bound]:
        """The bounds of every thing."""
        aside = set().union(*self.contradictions)
        found = []
        for group in self._groups:
            kept = {one for one in group if aside.isdisjoint(one.claims)}
            ordered = self._ordered & kept if self.reasons or self.datings else set()
            found += _bounds(kept, ordered, self.reasons)
        for facts in self.facts:
            found += alone(facts) if facts.claim in aside else ()
        return found

    def without(self, claim: str, thing: NamedNode) -> dict[NamedNode, Literal | None]:
        """Return the bounds of a thing as they are without one of the claims, None where there is none."""
        left = {one for one in self._group_of.get(thing.value, ()) if claim not in one.claims}
        try:
            network = Network({*left, *natural(left)})
        except Contradiction:
            # What is set aside is another question; that there may be bounds is all that can be said.
            found = {bound.name: _literal(bound.day) for bound in self.bounds if bound.thing == thing}
            return {EARLIEST: None, LATEST: None, **found}
        days = {EARLIEST: network.earliest((thing.value, START)), LATEST: network.latest((thing.value, END))}
        return {name: None if day is None else _literal(day) for name, day in days.items()}

    @cached_property
    def _group_of(self) -> dict[str, set[Constraint]]:
        return {side[0]: group for group in self._groups for one in group for side in (one.left, one.right)}

    @cached_property
    def _groups(self) -> list[set[Constraint]]:
        return _grouped(self._ordered.union(*(facts.told for facts in self.facts)))

    @cached_property
    def _ordered(self) -> set[Constraint]:
        ordered = {*between_claims(self.facts), *(one for facts in self.facts for one in facts.ordered)}
        return ordered.difference(*(facts.told for facts in self.facts))


def alone(facts: Facts) -> list[Bound]:
    """Return the bounds that follow from one claim; where it contradicts itself, those of each of its dates."""
    if not facts.told and not facts.ordered:
        return []
    timing, because = Timing([facts], reasons=False), frozenset([facts.claim])
    if not timing.contradictions:
        return [bound._replace(claims=because) for bound in timing.bounds]
    return [
        Bound(thing, side, day.toordinal(), because)
        for thing, name, days in facts.dates
        for side, day, other in ((EARLIEST, days.earliest, FINISH), (LATEST, days.latest, BEGIN))
        if name not in (other, ATTESTED)
    ]


def explain(every: Iterable[Facts]) -> list[Constraint]:
    """Return the constraints that show why some claims cannot all hold, in their order; none where they can."""
    for group in Timing(list(every))._groups:
        try:
            Network({*group, *natural(group)})
        except Contradiction as error:
            return error.cycle
    return []


def derive_times(every: Iterable[Facts], reasons: bool = True, datings: bool = True) -> set[Triple]:
    """Return what follows from the claims of a view: bounds with their reasons, datings, and days of attestation."""
    timing = Timing(list(every), reasons, datings)
    found = {bound.triple for bound in timing.bounds}
    if reasons:
        found.update(triple for bound in timing.bounds for triple in _statement(bound))
    if datings:
        found |= _datings(timing)
    return found | {one for facts in timing.facts for one in _attested(facts)}


def derive_alone(facts: Facts) -> set[Triple]:
    """Return what follows from one claim, for its own graph: bounds, and days of attestation."""
    return {bound.triple for bound in alone(facts)} | set(_attested(facts))


def statement_of(triple: Triple) -> NamedNode:
    """Return the resource that holds the reasons of a bound."""
    name, thing = triple.predicate.value.removeprefix(PREFIXES["nk"]), triple.subject.value.removeprefix(BASE)
    return NamedNode(f"{PREFIXES['bound']}{name}-{thing.replace('/', '-')}-{triple.object.value}")


def _statement(bound: Bound) -> Iterator[Triple]:
    triple = bound.triple
    one = statement_of(triple)
    yield Triple(one, RDF_TYPE, _STATEMENT)
    yield Triple(one, _SUBJECT, triple.subject)
    yield Triple(one, _PREDICATE, triple.predicate)
    yield Triple(one, _OBJECT, triple.object)
    for claim in bound.claims:
        yield Triple(one, _FROM, NamedNode(claim))


def _datings(timing: Timing) -> set[Triple]:
    own = {thing for facts in timing.facts for thing, name, _ in facts.dates if name in OWN_DATES}
    ordered = {bound.thing for bound in timing.bounds if bound.ordered}
    return {
        Triple(thing, DATING, TOLD if thing in own else ORDERED if thing in ordered else INHERITED)
        for thing in {bound.thing for bound in timing.bounds}
    }


def _attested(facts: Facts) -> Iterator[Triple]:
    for thing, name, days in facts.dates:
        if name == ATTESTED:
            yield Triple(thing, ATTESTED_EARLIEST, _literal(days.earliest.toordinal()))
            yield Triple(thing, ATTESTED_LATEST, _literal(days.latest.toordinal()))


def _literal(day: int) -> Literal:
    return Literal(date.fromordinal(day).isoformat(), datatype=_DAY)


def _bounds(constraints: set[Constraint], ordered: set[Constraint], reasons: bool) -> Iterator[Bound]:
    """Yield the bounds of all things of a group that has a solution."""
    whole = _Group(constraints, ordered)
    for thing in sorted({name for name, _ in whole.network.variables}):
        for name, variable in ((EARLIEST, (thing, START)), (LATEST, (thing, END))):
            day = whole.network.bound(variable)
            if day is not None:
                network, of_its_own = whole.simplest(thing, variable, day)
                why = network.why(variable) if reasons else frozenset()
                yield Bound(NamedNode(thing), name, day, why, of_its_own)


class _Group:
    """The network of things that hang together, and what it is without the order of events."""

    def __init__(self, constraints: set[Constraint], ordered: set[Constraint]) -> None:
        whole = {*constraints, *natural(constraints)}
        self.network = Network(whole)
        self._plain = Network(whole - ordered) if ordered else self.network
        self._ordered = ordered
        self._wholes: dict[Variable, list[Constraint]] = defaultdict(list)
        for one in sorted(constraints - ordered):
            if ORIGIN not in (one.left, one.right) and one.left[1] == one.right[1]:
                self._wholes[one.right].append(one)
                self._wholes[one.left].append(one)

    def simplest(self, thing: str, variable: Variable, day: int) -> tuple[Network, bool]:
        """Return a network that yields the day with as little order as can be, and whether it needs the thing's own.

        A part has the days of its whole, however these are known: what came before or after the whole is no order of
        the part. Tried on the few claims that date the whole.
        """
        if self._plain.bound(variable) == day:
            return self._plain, False
        for link in self._wholes[variable]:
            other = link.left if link.right == variable else link.right
            if other[0] != thing and self.network.bound(other) == day:
                few = set(self.network.resting_on(self.network.why(other).union(link.claims)))
                less = Network(
                    one for one in few if one not in self._ordered or thing not in (one.left[0], one.right[0])
                )
                if less.bound(variable) == day and self._minimal(less.why(variable), variable, day):
                    return less, False
        return self.network, True

    def _minimal(self, claims: Claims, variable: Variable, day: int) -> bool:
        """Return whether the day needs each of the claims, the thing's own order among them."""
        return not any(Network(self.network.resting_on(claims - {one})).bound(variable) == day for one in claims)


def _contradictions(constraints: set[Constraint]) -> Iterator[Claims]:
    """Yield the contradictions of a group, each among what is left without the claims of those before."""
    left = constraints
    while True:
        try:
            Network({*left, *natural(left)})
            return
        except Contradiction as error:
            found = error.claims
        yield found
        left = {one for one in left if found.isdisjoint(one.claims)}


def _grouped(constraints: set[Constraint]) -> list[set[Constraint]]:
    """Return the constraints by groups of things that hang together, however remotely."""
    above: dict[str, str] = {}

    def top(name: str) -> str:
        while (higher := above.get(name, name)) != name:
            above[name] = above.get(higher, higher)
            name = higher
        return name

    for one in constraints:
        if ORIGIN not in (one.left, one.right):
            above[top(one.left[0])] = top(one.right[0])
    groups: dict[str, set[Constraint]] = defaultdict(set)
    for one in constraints:
        groups[top(one.left[0] if one.left != ORIGIN else one.right[0])].add(one)
    return list(groups.values())
