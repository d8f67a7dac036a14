"""What follows of time from some claims of a view together, and which of them a row can do without for its days.

With fewer claims a bound may be looser, which may do as well. What was derived once is kept: the rows of an answer rest
on the same claims again and again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pyoxigraph as ox

from narkom.building.relations import Facts, read_facts
from narkom.building.timing import DATING, EARLIEST, LATEST, TOLD, Timing, derive_times

Claims = frozenset[str]
BOUNDS = (EARLIEST, LATEST)
# What of time with fewer claims may be otherwise, and do as well.
TIMED = (*BOUNDS, DATING)
_DEFAULT = ox.DefaultGraph()
# Sets of claims whose times are kept, some kilobytes each.
_MOST_KEPT = 10_000


class Times:
    """Derives times from claims of a store, each set of them once."""

    def __init__(self, store: ox.Store, admits: Callable[[str], bool], behind: Callable[..., list[Claims]]) -> None:
        """Take the store, whether its view admits a claim, and the alternatives behind a triple of it."""
        self._store = store
        self._admits = admits
        self._behind = behind
        self._facts: dict[str, Facts] = {}
        self._times: dict[tuple, set[ox.Triple]] = {}
        self._lesser: dict[tuple, dict[ox.NamedNode, ox.Literal | None]] = {}

    def derived(self, claims: Iterable[str], reasons: bool, datings: bool = True) -> set[ox.Triple]:
        """Return what follows of time from some claims together, looked up where it was derived before."""
        telling = self._telling(claims)
        key = (frozenset(facts.claim for facts in telling), reasons, datings)
        if key not in self._times:
            self._keep(self._times, key, derive_times(telling, reasons, datings))
        return self._times[key]

    def loose(self, claims: Claims, timed: Iterable[ox.Triple], row: tuple, needed: Claims = frozenset()) -> Claims:
        """Return those of the claims behind days and datings without which there is still one that may do for the row.

        Where the row shows the day no other does. `needed` are the claims that the row cannot do without anyway.
        """
        found: set[str] = set()
        for triple in timed:
            ways = [option for option in self._behind(*triple) if option <= claims]
            if len(ways) > 1:
                found = found.union(*ways)
            for claim in ways[0] - needed if len(ways) == 1 else ():
                others = self._without(claims, claim, triple.subject)
                if triple.predicate == DATING:
                    stays = triple.object != TOLD and any(others.values())
                else:
                    other = others[triple.predicate]
                    stays = other is not None and (other == triple.object or triple.object not in row)
                if stays:
                    found.add(claim)
        return frozenset(found) - needed

    def widened(self, claims: Claims, datings: bool) -> Claims:
        """Return the claims and those without which a thing would have a looser day than it has, and count for that.

        Few claims can date a thing to a month which more of them rule out. With `datings` they are those too without
        which a thing would be dated in another way: it has no date of its own, if no claim tells it.
        """
        while True:
            derived = self.derived(claims, reasons=False, datings=datings)
            days = (triple for triple in derived if triple.predicate in TIMED)
            stray = {one.subject for one in days if not any(self._store.quads_for_pattern(*one, _DEFAULT))}
            known = (
                q for one in stray for name in TIMED for q in self._store.quads_for_pattern(one, name, None, _DEFAULT)
            )
            more = claims.union(*(claims for quad in known for claims in self._behind(*quad.triple)[:1]))
            if more == claims:
                return claims
            claims = more

    def _told(self, claims: Iterable[str]) -> list[Facts]:
        """Return what those of some claims that the view admits say of time."""
        for claim in claims:
            if claim not in self._facts:
                quads = self._store.quads_for_pattern(None, None, None, ox.NamedNode(claim))
                told = read_facts(claim, [quad.triple for quad in quads]) if self._admits(claim) else Facts(claim)
                self._facts[claim] = told
        return [self._facts[claim] for claim in claims]

    def _without(self, claims: Claims, claim: str, thing: ox.NamedNode) -> dict[ox.NamedNode, ox.Literal | None]:
        """The bounds of a thing by some claims without one of them, looked up where they were derived before."""
        telling = self._telling(claims)
        key = (frozenset(facts.claim for facts in telling), claim, thing)
        if key not in self._lesser:
            self._keep(self._lesser, key, Timing(telling, reasons=False).without(claim, thing))
        return self._lesser[key]

    def _telling(self, claims: Iterable[str]) -> list[Facts]:
        """What those of some claims say of time that say anything of it."""
        return [facts for facts in self._told(sorted(claims)) if facts != Facts(facts.claim)]

    def _keep(self, kept: dict, key: tuple, value: object) -> None:
        if len(kept) >= _MOST_KEPT:
            kept.clear()
        kept[key] = value
