"""Which claims to cite: the fewest that meet every requirement of a solution."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product

from pyoxigraph import Triple

from narkom.asking.times import Claims

Requirement = tuple[Claims, ...]
_EXACT = 4096
_MOST_OPTIONS = 64


# What is known of a requirement beside that it is one: marks that are added.
_FIRM, _UNTIMED = 1, 2


@dataclass(slots=True)
class Needs:
    """What a solution rests on: requirements (one alternative of each must be cited), and whether a choice was made.

    Where a choice was made (`free`), another choice might have needed less, so the citation has to be tried out.
    `timed` are the bounds in time among the triples: with fewer claims there may be a looser one, which may do as well.
    `fixed` are those of them without which there is no such solution, whatever is chosen. `reasons` are those triples
    that tell the reasons of a bound, which with fewer claims may be others. One of these is made for each part of each
    solution, so that it holds little: `requirements` with their marks, and sets that are shared while they are empty.
    """

    requirements: dict[Requirement, int] = field(default_factory=dict)
    free: bool = False
    timed: frozenset[Triple] = frozenset()
    fixed: frozenset[Triple] = frozenset()
    reasons: frozenset[Triple] = frozenset()

    @property
    def firm(self) -> Iterator[Requirement]:
        """The requirements without which there is no such solution, whatever is chosen."""
        return (one for one, marks in self.requirements.items() if marks & _FIRM)

    @property
    def untimed(self) -> Iterator[Requirement]:
        """All requirements but those of bounds in time."""
        return (one for one, marks in self.requirements.items() if marks & _UNTIMED)

    def need(self, requirement: Requirement, timed: bool = False) -> None:
        """Take a requirement that no choice can spare, unless it is that of a bound in time."""
        marks = 0 if timed else _FIRM | _UNTIMED
        self.requirements[requirement] = self.requirements.get(requirement, 0) | marks

    def add(self, other: Needs, spared: bool = False) -> None:
        """Take over what another part of the pattern needs; `spared`, where something else may stand in for it."""
        mine, known = self.requirements, ~_FIRM if spared else -1
        for requirement, marks in other.requirements.items():
            mine[requirement] = mine.get(requirement, 0) | marks & known
        self.free = self.free or other.free
        self.timed |= other.timed
        self.reasons |= other.reasons
        if not spared:
            self.fixed |= other.fixed

    def chosen(self) -> Needs:
        """Return the same as what one of several ways needs."""
        found = Needs(free=True)
        found.add(self, spared=True)
        return found


def either(ways: list[Needs]) -> Needs | None:
    """Return what one of several ways needs, whichever; None where that cannot be told without trying it out."""
    options: set[Claims] = set()
    for needs in ways:
        if needs.free or needs.timed:
            return None
        combined = 1
        for requirement in needs.requirements:
            combined *= len(requirement)
        if combined > _MOST_OPTIONS:
            return None
        options |= {frozenset().union(*one) for one in product(*needs.requirements)}
    least = [one for one in options if not any(other < one for other in options)]
    if len(least) > _MOST_OPTIONS:
        return None
    found = Needs()
    if frozenset() not in options:
        requirement = tuple(sorted(least, key=sorted))
        found.need(requirement)
    return found


def least(ways: list[Needs]) -> Needs:
    """Return what the way needs that needs least."""
    if len(ways) == 1:
        return ways[0]
    return either(ways) or min(ways, key=lambda needs: len(choose(needs.requirements))).chosen()


def every(ways: list[Needs]) -> Needs:
    """Return what all ways need, where equal solutions are counted one by one."""
    whole = Needs(free=len(ways) > 1)
    for needs in ways:
        whole.add(needs)
    return whole.chosen() if len(ways) > 1 else whole


def indispensable(ways: Iterable[Needs], claims: Claims) -> Claims:
    """Return those of some claims without which the rest meets the firm requirements of none of several solutions.

    They need not be tried out.
    """
    found: Claims | None = None
    for needs in ways:
        left = [[option for option in requirement if option <= claims] for requirement in needs.firm]
        if all(left):
            certain = frozenset().union(*(options[0] for options in left if len(options) == 1))
            found = certain if found is None else found & certain
    return found or frozenset()


def choose(requirements: Collection[Requirement]) -> Claims:
    """Return a smallest set of claims that meets every requirement (greedily where there are too many ways)."""
    certain = frozenset().union(*(r[0] for r in requirements if len(r) == 1))
    rest = [r for r in requirements if not any(option <= certain for option in r)]
    if not rest:
        return certain
    rest.sort(key=lambda r: [sorted(option) for option in r])
    ways = 1
    for requirement in rest:
        ways *= len(requirement)
    if ways <= _EXACT:
        sets = (certain.union(*options) for options in product(*rest))
        return min(sets, key=lambda claims: (len(claims), sorted(claims)))
    return _greedy(certain, rest)


def _greedy(certain: Claims, rest: list[Requirement]) -> Claims:
    chosen = set(certain)
    left = list(rest)
    while left:
        votes: dict[str, int] = {}
        for requirement in left:
            for claim in frozenset().union(*requirement):
                votes[claim] = votes.get(claim, 0) + 1
        chosen.add(min(votes, key=lambda claim: (-votes[claim], claim)))
        left = [r for r in left if not any(option <= chosen for option in r)]
    for claim in sorted(chosen - certain):
        if all(any(option <= chosen - {claim} for option in r) for r in rest):
            chosen.discard(claim)
    return frozenset(chosen)
