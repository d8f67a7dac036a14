"""Deciding without a trial whether some claims return a row: from what its solutions need, where that tells it."""

from __future__ import annotations

import pyoxigraph as ox

from narkom.asking.choosing import Needs, Requirement
from narkom.asking.times import Claims, Times


class Judge:
    """Knows the solutions of one row of a query without aggregates, LIMIT, OFFSET and negation."""

    def __init__(self, times: Times, ways: list[Needs], shown: set[ox.Term]) -> None:
        """Take what derives times, what each solution needs, and the values that the row shows as they are."""
        self._times = times
        self._ways = ways
        self._shown = shown

    def reduce(self, claims: Claims, loose: Claims) -> Claims | None:
        """Return the claims less the loose ones that the row can do without; None where only a trial can tell."""
        if any(needs.reasons for needs in self._ways) or not self._returned(claims):
            return None
        kept = claims
        for claim in sorted(loose):
            returned = self._returned(kept - {claim})
            if returned is None:
                return None
            kept = kept - {claim} if returned else kept
        return kept

    def _returned(self, claims: Claims) -> bool | None:
        """Return whether the row is returned from these claims alone; None where that is not known."""
        times = self._times.derived(claims, reasons=False)
        told = [self._stands(needs, claims, times) for needs in self._ways]
        return True if True in told else None if None in told else False

    def _stands(self, needs: Needs, claims: Claims, times: set[ox.Triple]) -> bool | None:
        """Return whether a solution stands. With another day in place of one that the row shows it is another row."""
        if all(_met(one, claims) for one in needs.untimed) and needs.timed <= times:
            return True
        if not all(_met(one, claims) for one in needs.firm):
            return False
        gone = needs.fixed - times
        return False if any(triple.object in self._shown for triple in gone) else None


def _met(requirement: Requirement, claims: Claims) -> bool:
    return any(option <= claims for option in requirement)
