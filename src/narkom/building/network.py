"""A simple temporal network: what a set of differences between days says of each day, and because of which claims.

The network is that of Dechter, Meiri and Pearl (Temporal constraint networks, Artificial Intelligence 49, 1991):
variables that stand for days, and constraints of the form `left - right <= days`. Day 0 is ORIGIN. A constraint is an
edge from `right` to `left`; the latest day of a variable is its distance from ORIGIN, its earliest day the negative
distance to ORIGIN, and there is a solution if and only if no cycle is negative. Distances are found by
relaxation with a queue (Bellman-Ford), whose cost grows with the number of constraints in practice and with the
product of variables and constraints at worst.

A constraint holds because of claims, all of which it needs. Of each bound and of each contradiction the network names
the claims that it needs. Such a set is minimal: without any one of its claims the bound is looser or unknown, or the
contradiction gone. It need not be the smallest of all such sets; to find that is a hard problem.

Nothing depends on the order in which the constraints are given.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

Variable = tuple[str, str]
Claims = frozenset[str]
ORIGIN: Variable = ("", "")


class Constraint(NamedTuple):
    """`left - right <= days`, because of all the `claims`; one without claims holds by itself."""

    left: Variable
    right: Variable
    days: int
    claims: tuple[str, ...] = ()


class Contradiction(ValueError):
    """The constraints have no solution.

    `claims` is a minimal set that cannot all hold, `cycle` the constraints that show it: each says that its `left` is
    not later than its `right`, or by so many days, and the last leads to the first.
    """

    def __init__(self, claims: Claims, cycle: list[Constraint]) -> None:
        """Take the claims and the constraints."""
        super().__init__(f"these claims cannot all hold: {', '.join(sorted(claims))}")
        self.claims = claims
        self.cycle = cycle


class Network:
    """A network that has a solution, and the bounds of its variables."""

    def __init__(self, constraints: Iterable[Constraint]) -> None:
        """Propagate the constraints to the fixpoint; raises Contradiction where there is no solution."""
        self.constraints = sorted(set(constraints))
        cycle = _relax(self.constraints, None, {}, {})
        if cycle:
            claims = self._needed(cycle, _contradictory)
            raise Contradiction(claims, _relax(sorted(self.resting_on(claims)), None, {}, {}))
        self._latest: dict[Variable, int] = {}
        self._above: dict[Variable, Constraint] = {}
        _relax(self.constraints, ORIGIN, self._latest, self._above)
        self._earliest: dict[Variable, int] = {}
        self._below: dict[Variable, Constraint] = {}
        _relax([_reversed(one) for one in self.constraints], ORIGIN, self._earliest, self._below)

    @property
    def variables(self) -> set[Variable]:
        """The variables, ORIGIN left out."""
        return {side for one in self.constraints for side in (one.left, one.right)} - {ORIGIN}

    def earliest(self, variable: Variable) -> int | None:
        """Return the first day that the variable can stand for; None where nothing bounds it."""
        day = self._earliest.get(variable)
        return None if day is None else -day

    def latest(self, variable: Variable) -> int | None:
        """Return the last day that the variable can stand for; None where nothing bounds it."""
        return self._latest.get(variable)

    def why_earliest(self, variable: Variable) -> Claims:
        """Return a minimal set of claims that yields the earliest day; KeyError where there is none."""
        return self._why(variable, self._earliest[variable], self._below, _reversed)

    def why_latest(self, variable: Variable) -> Claims:
        """Return a minimal set of claims that yields the latest day; KeyError where there is none."""
        return self._why(variable, self._latest[variable], self._above, _unchanged)

    def bound(self, variable: Variable) -> int | None:
        """Return the outer bound of a variable: the first day of a start, the last of an end."""
        return self.earliest(variable) if variable[1] == "start" else self.latest(variable)

    def why(self, variable: Variable) -> Claims:
        """Return a minimal set of claims that yields the outer bound of a variable."""
        return self.why_earliest(variable) if variable[1] == "start" else self.why_latest(variable)

    def _why(self, variable: Variable, day: int, via: dict, turned: Callable) -> Claims:
        path = []
        at = variable
        while at != ORIGIN:
            path.append(via[at])
            at = via[at].right

        def yields(few: list[Constraint]) -> bool:
            distances: dict[Variable, int] = {}
            _relax([turned(one) for one in few], ORIGIN, distances, {})
            return distances.get(variable) == day

        return self._needed(path, yields)

    def _needed(self, path: list[Constraint], holds: Callable[[list[Constraint]], bool]) -> Claims:
        """Drop from a path's claims each without which what they hold up still holds."""
        kept = {claim for one in path for claim in one.claims}
        if len(kept) > 1:
            for claim in sorted(kept, reverse=True):
                if holds(list(self.resting_on(kept - {claim}))):
                    kept.discard(claim)
        return frozenset(kept)

    def resting_on(self, claims: Collection[str]) -> Iterator[Constraint]:
        """Yield the constraints that need none but the given claims, those without any only where they are near."""
        by_claim, unclaimed = self._index
        near = {one for claim in claims for one in by_claim[claim] if all(other in claims for other in one.claims)}
        yield from near
        ahead = [ORIGIN, *(side for one in near for side in (one.left, one.right))]
        seen: set[Variable] = set()
        while ahead:
            side = ahead.pop()
            if side not in seen:
                seen.add(side)
                yield from unclaimed.get(side, ())
                ahead += (other for one in unclaimed.get(side, ()) for other in (one.left, one.right))

    @cached_property
    def _index(self) -> tuple[dict[str, list[Constraint]], dict[Variable, list[Constraint]]]:
        """The constraints by claim, and those without a claim by variable."""
        by_claim: dict[str, list[Constraint]] = defaultdict(list)
        unclaimed: dict[Variable, list[Constraint]] = defaultdict(list)
        for one in self.constraints:
            for claim in one.claims:
                by_claim[claim].append(one)
            for side in () if one.claims else (one.left, one.right):
                unclaimed[side].append(one)
        return by_claim, unclaimed


def _unchanged(one: Constraint) -> Constraint:
    return one


def _reversed(one: Constraint) -> Constraint:
    """The same edge the other way round, so that distances to ORIGIN become distances from it."""
    return Constraint(one.right, one.left, one.days, one.claims)


def _contradictory(constraints: list[Constraint]) -> bool:
    return bool(_relax(constraints, None, {}, {}))


def _relax(
    constraints: Iterable[Constraint],
    source: Variable | None,
    distance: dict[Variable, int],
    via: dict[Variable, Constraint],
) -> list[Constraint]:
    """Fill in the distances from `source` (None: from a place at distance 0 from all) and the last edge to each.

    Returns a negative cycle instead, if there is one that can be reached.
    """
    edges: dict[Variable, list[Constraint]] = defaultdict(list)
    for one in constraints:
        edges[one.right].append(one)
        if source is None:
            distance[one.right] = distance[one.left] = 0
    if source is not None:
        distance[source] = 0
    queue = deque(distance)
    queued = set(distance)
    relaxed, wait = 0, len(edges)
    while queue:
        node = queue.popleft()
        queued.discard(node)
        for one in edges.get(node, ()):
            far = distance[node] + one.days
            if one.left in distance and distance[one.left] <= far:
                continue
            distance[one.left], via[one.left] = far, one
            if one.left not in queued:
                queued.add(one.left)
                queue.append(one.left)
            relaxed += 1
            # To look for a cycle costs as much as so many relaxations.
            if relaxed > wait:
                relaxed = 0
                if cycle := _cycle(via):
                    return cycle
    return []


def _cycle(via: dict[Variable, Constraint]) -> list[Constraint]:
    """Return a cycle among the last edges, which is a negative one; empty where they are a forest."""
    seen: set[Variable] = set()
    for start in via:
        trail: dict[Variable, None] = {}
        at = start
        while at in via and at not in seen and at not in trail:
            trail[at] = None
            at = via[at].right
        if at in trail:
            places = list(trail)
            return [via[place] for place in places[places.index(at) :]]
        seen.update(trail)
    return []
