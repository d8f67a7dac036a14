"""Trying out: whether a query still returns a row on a store of the registers and fewer claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from narkom.asking.evidence import Evidence
from narkom.asking.times import Claims
from narkom.building.membership import OFFICE, PERSON, TENURE, derive_members
from narkom.vocabulary import RDF_TYPE, term

_POST, _DEFAULT = term("nk:postIn"), ox.DefaultGraph()


class Scratch:
    """The registers and a shrinking set of claims, to try whether a query still returns a row without one of them."""

    def __init__(self, evidence: Evidence, query: str, row: tuple) -> None:
        """Take the query and the row that it must go on returning."""
        self._evidence = evidence
        self._contribution = evidence.contribution
        self._store = evidence.registers
        self._query = query
        self._row = row
        # Few rows rest on the reasons of a day, and to find these takes longer than all else.
        self._reasons = False
        self._derived: set[ox.Quad] = set()

    def reduce(self, claims: Claims, loose: Claims) -> Claims | None:
        """Return the claims less the loose ones that the row can do without; None if even all do not return it."""
        held = Counter(quad for claim in claims for quad in set(self._contribution(claim)) if quad not in self._store)
        self._store.extend(held)
        try:
            if self._returned(claims):
                return self._shrink(claims, loose, held)
            self._reasons = True
            return self._shrink(claims, loose, held) if self._returned(claims) else None
        finally:
            for quad in (*held, *self._derived):
                self._store.remove(quad)

    def _shrink(self, claims: Claims, loose: Claims, held: Counter[ox.Quad]) -> Claims:
        """Drop loose claims in halves, quarters and so on, and at last one by one."""
        fixed, kept = sorted(claims - loose), sorted(loose)
        size = max(len(kept) // 2, 1)
        while True:
            at = 0
            while at < len(kept):
                rest = kept[:at] + kept[at + size :]
                if self._can_drop(kept[at : at + size], fixed + rest, held):
                    kept = rest
                else:
                    at += size
            if size == 1:
                return frozenset(fixed + kept)
            size //= 2

    def _can_drop(self, claims: list[str], rest: list[str], held: Counter[ox.Quad]) -> bool:
        """Take the claims' quads away; put them back if the row goes with them."""
        gone = Counter(quad for claim in claims for quad in set(self._contribution(claim)) if quad in held)
        removed = [quad for quad, count in gone.items() if held[quad] <= count]
        for quad in removed:
            self._store.remove(quad)
        if self._returned(rest):
            held.subtract(gone)
            return True
        self._store.extend(removed)
        return False

    def _returned(self, claims: Iterable[str]) -> bool:
        """Return whether the row is returned, with all that the build derives from these claims together."""
        triples = {*self._times(claims), *derive_members(self._seats())}
        derived = {ox.Quad(triple.subject, triple.predicate, triple.object) for triple in triples}
        for quad in self._derived - derived:
            self._store.remove(quad)
        self._derived = {quad for quad in derived if quad in self._derived or quad not in self._store}
        self._store.extend(self._derived)
        return any(tuple(solution) == self._row for solution in self._store.query(self._query))

    def _times(self, claims: Iterable[str]) -> set[ox.Triple]:
        """Return what follows of time."""
        return self._evidence.times.derived(claims, self._reasons)

    def _seats(self) -> Iterator[ox.Triple]:
        """Yield what the store says of tenures and offices: of those alone that the claims name, which are few."""
        for held in self._store.quads_for_pattern(None, OFFICE, None, _DEFAULT):
            yield held.triple
            about = ((held.subject, RDF_TYPE, TENURE), (held.subject, PERSON, None), (held.object, _POST, None))
            yield from (quad.triple for one in about for quad in self._store.quads_for_pattern(*one, _DEFAULT))
