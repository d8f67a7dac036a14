"""A few operators at one place each, quickly; all of them by `make mutate`."""

import pytest
from tests.mutation.harness import SEED, mutate, report
from tests.mutation.operators import OPERATORS

from narkom.reading.sources import Sources

# One operator of each group: provenance, stance, content, dates, careers, statistics, registers, source.
SAMPLE = [
    "drop-passage",
    "charge-as-fact",
    "dangle",
    "homoglyph-in-a-reference",
    "another-century",
    "arrest-after-execution",
    "second-holder",
    "bounds-reversed",
    "drop-russian-label",
    "digest-cut-short",
    "day-off-by-one",
    "month-off-by-one",
    "day-and-month-exchanged",
    "first-year-of-a-span",
    "digits-of-the-year-exchanged",
]


@pytest.fixture(scope="module")
def baseline(sources: Sources) -> set:
    return report(sources)


def test_there_are_enough_operators() -> None:
    assert len(OPERATORS) >= 40
    assert all(one.__doc__ for one in OPERATORS.values())
    assert set(SAMPLE) <= set(OPERATORS)


@pytest.mark.parametrize("name", SAMPLE)
def test_caught(sources: Sources, baseline: set, name: str) -> None:
    tally = mutate(name, sources, 1, baseline)
    assert (tally.made, tally.survivors) == (1, [])


def test_the_same_seed_picks_the_same_place(sources: Sources, baseline: set) -> None:
    runs = [mutate("another-group", sources, 1, baseline, SEED) for _ in range(2)]
    assert runs[0] == runs[1]
    assert runs[0].survivors, "an operator that is known to survive is now caught: say so in its docstring"
