"""A store of the registers to which the claims of one trial after another are added."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pyoxigraph as ox

from narkom.asking.times import Claims


class Holding:
    """Changes a store of the registers by what two sets of claims differ in, since most trials differ in little."""

    def __init__(self, store: ox.Store, contribution: Callable[[str], list[ox.Quad]]) -> None:
        """Take a store of the registers and nothing else, and the quads that stand in a store because of a claim."""
        self.store = store
        self._contribution = contribution
        self._held: Claims = frozenset()
        self._derived: set[ox.Quad] = set()
        # What stands in a claim's own graph is its alone; what it adds to the default graph others may add too.
        self._parts: dict[str, tuple[list[ox.Quad], list[ox.Quad]]] = {}
        self._counts: dict[ox.Quad, int] = {}

    def hold(self, claims: Claims) -> None:
        """Have the store hold what these claims contribute, and nothing derived; what registers say stays."""
        for quad in self._derived:
            self.store.remove(quad)
        self._derived = set()
        for claim in self._held - claims:
            self._drop(*self._parted(claim))
        for claim in claims - self._held:
            own, shared = self._parted(claim)
            self.store.extend(own + shared)
            for quad in shared:
                self._counts[quad] = self._counts.get(quad, 0) + 1
        self._held = claims

    def derive(self, triples: Iterable[ox.Triple]) -> None:
        """Add what follows from the held claims, until others are held."""
        quads = {ox.Quad(triple.subject, triple.predicate, triple.object) for triple in triples}
        self._derived = {quad for quad in quads if quad not in self.store}
        self.store.extend(self._derived)

    def _drop(self, own: list[ox.Quad], shared: list[ox.Quad]) -> None:
        for quad in own:
            self.store.remove(quad)
        for quad in shared:
            left = self._counts.pop(quad) - 1
            if left:
                self._counts[quad] = left
            else:
                self.store.remove(quad)

    def _parted(self, claim: str) -> tuple[list[ox.Quad], list[ox.Quad]]:
        """What a claim adds to the registers: in its own graph, and in the default graph."""
        if claim not in self._parts:
            graph = ox.NamedNode(claim)
            quads = set(self._contribution(claim))
            own = [quad for quad in quads if quad.graph_name == graph]
            others = (quad for quad in quads if quad.graph_name != graph)
            shared = [quad for quad in others if quad in self._counts or quad not in self.store]
            self._parts[claim] = own, shared
        return self._parts[claim]
