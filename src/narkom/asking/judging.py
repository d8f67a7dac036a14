"""Deciding without a trial whether some claims return a row: from what its solutions need, where that tells it."""

from __future__ import annotations

import pyoxigraph as ox

from narkom.asking.choosing import Needs, Requirement
from narkom.asking.times import DATING, Claims, Times


class Judge:
    """Knows the solutions of one row of a query without LIMIT and OFFSET, of which no negation takes any away.

    Where the query negates, or gathers solutions, further ones may come up with fewer claims, and looser days, that are
    not known here: then what it grants has to be tried once (`sure` is False).
    """

    def __init__(self, times: Times, values: list[list[Needs]], shown: set[ox.Term], sure: bool) -> None:
        """Take what derives times, and for each value that makes up the row what the solutions that have it need.

        `shown` are the values that the row shows as they are.
        """
        self._times = times
        self._values = values
        self._shown = shown
        self.reasons = any(needs.reasons for ways in values for needs in ways)
        self._datings = any(one.predicate == DATING for ways in values for needs in ways for one in needs.timed)
        self.sure = sure

    def returns(self, claims: Claims) -> bool | None:
        """Return whether the row is returned from these claims alone; None where that is not known."""
        times = self._times.derived(claims, self.reasons, self._datings)
        told = [_any([self._stands(needs, claims, times) for needs in ways]) for ways in self._values]
        return False if False in told else None if None in told else True

    def _stands(self, needs: Needs, claims: Claims, times: set[ox.Triple]) -> bool | None:
        """Return whether a solution stands. With another day in place of one that the row shows it is another row."""
        if all(_met(one, claims) for one in needs.untimed) and needs.timed <= times and needs.reasons <= times:
            return True
        if not all(_met(one, claims) for one in needs.firm):
            return False
        gone = needs.fixed - times
        return False if any(triple.object in self._shown for triple in gone) else None


def _any(told: list[bool | None]) -> bool | None:
    return True if True in told else None if None in told else False


def _met(requirement: Requirement, claims: Claims) -> bool:
    return any(option <= claims for option in requirement)
