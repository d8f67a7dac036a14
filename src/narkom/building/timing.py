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

    Without `reasons` the bounds come without the claims that yield them, which take most of the time.
    """

    facts: list[Facts]
    reasons: bool = True

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
            found += _bounds(kept, self._ordered & kept, self.reasons)
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


def derive_times(every: Iterable[Facts], reasons: bool = True) -> set[Triple]:
    """Return what follows from the claims of a view: bounds with their reasons, datings, and days of attestation."""
    timing = Timing(list(every), reasons)
    found = {bound.triple for bound in timing.bounds}
    if reasons:
        found.update(triple for bound in timing.bounds for triple in _statement(bound))
    return found | _datings(timing) | {one for facts in timing.facts for one in _attested(facts)}


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
    network = Network({*constraints, *natural(constraints)})
    # What the order of events adds is seen by leaving it out.
    plain = Network({*constraints, *natural(constraints)} - ordered) if ordered else network
    wholes = _wholes(constraints - ordered)
    for thing in sorted({name for name, _ in network.variables}):
        node = NamedNode(thing)
        start, end = (thing, START), (thing, END)
        if (day := network.earliest(start)) is not None:
            same = plain.earliest(start) == day
            whole = same or any(network.earliest(one) == day for one in wholes[start])
            why = (plain if same else network).why_earliest(start) if reasons else frozenset()
            yield Bound(node, EARLIEST, day, why, not whole)
        if (day := network.latest(end)) is not None:
            same = plain.latest(end) == day
            whole = same or any(network.latest(one) == day for one in wholes[end])
            why = (plain if same else network).why_latest(end) if reasons else frozenset()
            yield Bound(node, LATEST, day, why, not whole)


def _wholes(constraints: set[Constraint]) -> dict[Variable, set[Variable]]:
    """Return for the start and the end of each thing those of what it is a part of."""
    found: dict[Variable, set[Variable]] = defaultdict(set)
    for one in constraints:
        if ORIGIN not in (one.left, one.right) and one.left[0] != one.right[0]:
            found[one.right if one.right[1] == START else one.left].add(
                one.left if one.right[1] == START else one.right
            )
    return found


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
