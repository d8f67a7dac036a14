"""Trying out: whether a query still returns a row on a store of the registers and fewer claims."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pyoxigraph as ox

from narkom.asking.evidence import Evidence
from narkom.asking.judging import Judge
from narkom.asking.times import Claims
from narkom.building.membership import OFFICE, PERSON, TENURE, derive_members
from narkom.vocabulary import RDF_TYPE, term

_POST, _DEFAULT = term("nk:postIn"), ox.DefaultGraph()


class Scratch:
    """Tries whether a query still returns a row on the registers and fewer claims."""

    def __init__(self, evidence: Evidence, query: str, row: tuple, judge: Judge | None) -> None:
        """Take the query and the row that it must go on returning, and who may know without a trial whether it does."""
        self._evidence = evidence
        self._query = query
        self._row = row
        self._judge = judge
        # Few rows rest on the reasons of a day, and to find these takes longer than all else.
        self._reasons = judge is not None and judge.reasons

    def reduce(self, claims: Claims, loose: Claims) -> Claims | None:
        """Return the claims less the loose ones that the row can do without; None if even all do not return it."""
        kept = self._judged(claims, loose)
        return self._tried(claims, loose) if kept is None else kept

    def _judged(self, claims: Claims, loose: Claims) -> Claims | None:
        """Try only what the judge does not know; None where that does not do."""
        if self._judge is None or not self._judge.returns(claims):
            return None
        kept = _shrunk(claims, loose, self._told, again=not self._judge.sure)
        return kept if self._judge.sure or self._returned(kept) else None

    def _told(self, claims: Claims) -> bool:
        told = self._judge.returns(claims)
        return self._returned(claims) if told is None else told

    def _tried(self, claims: Claims, loose: Claims) -> Claims | None:
        """Try everything."""
        if not self._returned(claims):
            self._reasons = True
            if not self._returned(claims):
                return None
        return _shrunk(claims, loose, self._returned, again=True)

    def _returned(self, claims: Claims) -> bool:
        """Return whether the row is returned from these claims, with all that the build derives from them together."""
        holding = self._evidence.trials
        holding.hold(claims)
        holding.derive({*self._times(claims), *derive_members(self._seats())})
        return any(tuple(solution) == self._row for solution in holding.store.query(self._query))

    def _times(self, claims: Iterable[str]) -> set[ox.Triple]:
        """Return what follows of time."""
        return self._evidence.times.derived(claims, self._reasons)

    def _seats(self) -> Iterator[ox.Triple]:
        """Yield what the store says of tenures and offices: of those alone that the claims name, which are few."""
        store = self._evidence.trials.store
        for held in store.quads_for_pattern(None, OFFICE, None, _DEFAULT):
            yield held.triple
            about = ((held.subject, RDF_TYPE, TENURE), (held.subject, PERSON, None), (held.object, _POST, None))
            yield from (quad.triple for one in about for quad in store.quads_for_pattern(*one, _DEFAULT))


def _shrunk(claims: Claims, loose: Claims, returned: Callable[[Claims], bool], again: bool) -> Claims:
    """Drop loose claims in halves, quarters and so on, and at last one by one.

    Where what is gone may make room for a claim to go that had to stay, one by one over `again`.
    """
    fixed, kept = claims - loose, sorted(loose)
    size = max(len(kept) // 2, 1)
    while True:
        before, at = len(kept), 0
        while at < len(kept):
            rest = kept[:at] + kept[at + size :]
            if returned(fixed.union(rest)):
                kept = rest
            else:
                at += size
        if size == 1 and (len(kept) == before or not again):
            return fixed.union(kept)
        size = max(size // 2, 1)
