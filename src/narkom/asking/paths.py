"""Following a property path: where it leads, and which triples are passed on the way."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import pyoxigraph as ox

from narkom.asking import syntax
from narkom.asking.evidence import Evidence
from narkom.asking.syntax import Uncitable

Ground = tuple[object, object, object]
_STEPS = 200_000


class Walker:
    """Walks from a node along property paths (SPARQL 1.1, section 9), through the triples that the evidence knows."""

    def __init__(self, evidence: Evidence) -> None:
        """Take the evidence; nothing is looked up yet."""
        self.evidence = evidence
        self._first: dict[tuple, list[tuple[object, tuple[Ground, ...]]]] = {}

    def reach(self, path, start, graph) -> Iterator[tuple[object, tuple[Ground, ...]]]:
        """Every node that a path leads to from `start`, nearest first, with the triples passed on the way."""
        op, parts = (path.op, path.parts) if isinstance(path, syntax.Path) else ("link", (path,))
        if op == "link":
            yield from self._links(start, parts[0], graph, back=False)
        elif op == "inverse":
            yield from self._back(parts[0], start, graph)
        elif op == "sequence":
            yield from self._sequence(parts, start, graph)
        elif op == "alternative":
            for part in parts:
                yield from self.reach(part, start, graph)
        elif op == "negated":
            yield from self._negated(parts, start, graph)
        else:
            yield from self._closure(path, start, graph)

    def every(self, path, start, graph) -> Iterator[tuple[object, tuple[Ground, ...]]]:
        """Every way that a path leads from `start`, however many lead to the same node; none passes a node twice."""
        op, parts = (path.op, path.parts) if isinstance(path, syntax.Path) else ("link", (path,))
        if op == "inverse" and parts[0].op != "link":
            yield from self.every(reverse(parts[0]), start, graph)
        elif op == "sequence":
            for middle, first in self.every(parts[0], start, graph):
                rest = syntax.Path(op, parts[1:], path.text)
                ways = self.every(rest, middle, graph) if parts[1:] else [(middle, ())]
                yield from ((end, first + steps) for end, steps in ways)
        elif op == "alternative":
            for part in parts:
                yield from self.every(part, start, graph)
        elif op in ("zero-or-more", "one-or-more", "zero-or-one"):
            if op != "one-or-more":
                yield start, ()
            yield from self._onward(parts[0], start, graph, {start} if op != "one-or-more" else set(), op)
        else:
            yield from self.reach(path, start, graph)

    def first(self, path, start, graph, most: int) -> list[tuple[object, tuple[Ground, ...]]]:
        """The first ways of all, kept: the solutions of a query start at the same things again and again."""
        key = (path, start, graph, most)
        if key not in self._first:
            self._first[key] = list(islice(self.every(path, start, graph), most))
        return self._first[key]

    def _onward(self, inner, node, graph, passed: set, op: str) -> Iterator[tuple[object, tuple[Ground, ...]]]:
        """Take one step more, and so on, never to a node that was passed."""
        for end, steps in self.every(inner, node, graph):
            if end not in passed:
                yield end, steps
                if op != "zero-or-one":
                    ahead = self._onward(inner, end, graph, {*passed, end}, op)
                    yield from ((last, steps + more) for last, more in ahead)

    def _links(self, start, predicate, graph, back: bool) -> list[tuple[object, tuple[Ground, ...]]]:
        """The nodes one triple away, in a stable order."""
        if isinstance(start, ox.Literal) and not back:
            return []
        return self.evidence.neighbours(start, predicate, graph, back)

    def _back(self, inner, start, graph) -> Iterator[tuple[object, tuple[Ground, ...]]]:
        """Follow a path from its end to its beginning."""
        yield from (
            self.reach(reverse(inner), start, graph)
            if inner.op != "link"
            else self._links(start, inner.parts[0], graph, back=True)
        )

    def _sequence(self, parts, start, graph) -> Iterator[tuple[object, tuple[Ground, ...]]]:
        if not parts:
            yield start, ()
            return
        for middle, first in self.reach(parts[0], start, graph):
            for end, rest in self._sequence(parts[1:], middle, graph):
                yield end, first + rest

    def _negated(self, parts, start, graph) -> Iterator[tuple[object, tuple[Ground, ...]]]:
        forward = {p.parts[0] for p in parts if p.op == "link"}
        backward = {p.parts[0].parts[0] for p in parts if p.op == "inverse"}
        for back, banned in ((False, forward), (True, backward)):
            if banned:
                for end, steps in self._links(start, None, graph, back):
                    if steps[0][1] not in banned:
                        yield end, steps

    def _closure(self, path: syntax.Path, start, graph) -> Iterator[tuple[object, tuple[Ground, ...]]]:
        """Breadth first, so that the shortest way is found first."""
        inner = path.parts[0]
        if path.op != "one-or-more":
            yield start, ()
        if path.op == "zero-or-one":
            yield from self.reach(inner, start, graph)
            return
        seen, edge, taken = ({start} if path.op == "zero-or-more" else set()), [(start, ())], 0
        while edge:
            ahead = []
            for node, way in edge:
                for end, steps in self.reach(inner, node, graph):
                    taken += 1
                    if taken > _STEPS:
                        raise Uncitable("a property path with too many steps")
                    if end not in seen:
                        seen.add(end)
                        ahead.append((end, way + steps))
                        yield end, way + steps
            edge = ahead


def repeats(path: syntax.Path | ox.NamedNode) -> bool:
    """Whether a path holds a step that may be taken any number of times."""
    if not isinstance(path, syntax.Path):
        return False
    return path.op in ("zero-or-more", "one-or-more") or any(repeats(part) for part in path.parts)


def reverse(path: syntax.Path) -> syntax.Path:
    """The path that leads back."""
    if path.op == "link":
        return syntax.Path("inverse", (path,), f"^{path.text}")
    if path.op == "inverse":
        return path.parts[0]
    if path.op == "sequence":
        return syntax.Path(path.op, tuple(reverse(p) for p in reversed(path.parts)), path.text)
    return syntax.Path(path.op, tuple(reverse(p) for p in path.parts), path.text)
