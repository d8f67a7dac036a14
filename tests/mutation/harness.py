"""Run the operators over the real data and tell what the checks notice. HermiT and pyshacl are left out: too slow."""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field

import tests.mutation.datings
import tests.mutation.meanings  # noqa: F401, registers its operators
from pyoxigraph import NamedNode
from tests.mutation.operators import OPERATORS
from tests.mutation.world import NoPlace, World

from narkom.building.chronology import check_chronology
from narkom.building.dataset import derive
from narkom.checking.findings import Finding
from narkom.checking.report import full_check
from narkom.reading.sources import Sources

PLACES, SEED, TRIES = 5, 1937, 60


@dataclass
class Tally:
    """How many mutants of an operator there were, what caught them, and what was not caught (the place each time)."""

    operator: str
    made: int = 0
    checks: dict[str, int] = field(default_factory=dict)
    survivors: list[str] = field(default_factory=list)

    @property
    def caught(self) -> int:
        """Return how many were caught."""
        return self.made - len(self.survivors)


def keys(found: Iterable[Finding]) -> set[tuple[str, ...]]:
    """Return findings without their lines."""
    return {(one.check, one.claim, one.subject, one.message) for one in found}


def report(sources: Sources, only: set[str] | None = None) -> set[tuple[str, ...]]:
    """Return what the checks find."""
    found = full_check(sources, derive(sources), owl=False, only=only)
    return keys([*found, *check_chronology(sources)])


def changed(before: Sources, after: Sources) -> set[str]:
    """Return the things of which the two say different things: the shapes look at nothing else."""
    old, new = (
        {*one.registers, *one.source, *one.descriptions, *(q for quads in one.claims.values() for q in quads)}
        for one in (before, after)
    )
    quads = old ^ new
    parts = {part for quad in quads for part in (quad.subject, quad.object, quad.graph_name)}
    return {part.value for part in parts if isinstance(part, NamedNode)}


def mutate(name: str, sources: Sources, places: int, baseline: set[tuple[str, ...]], seed: int = SEED) -> Tally:
    """Return the tally of one operator at so many places; the same seed picks the same places."""
    rng = random.Random(f"{seed} {name}")
    world, tally = World(sources, rng), Tally(name)
    for _ in range(TRIES):
        if tally.made == places:
            break
        try:
            mutant = OPERATORS[name](world)
        except NoPlace:
            continue
        only = changed(sources, mutant)
        if not only:  # such as a second count that is the first once more
            continue
        tally.made += 1
        fresh = report(mutant, only) - baseline
        for check in sorted({one[0] for one in fresh}):
            tally.checks[check] = tally.checks.get(check, 0) + 1
        if not fresh:
            tally.survivors.append(_where(only))
    return tally


def _where(things: set[str]) -> str:
    names = sorted(one.rpartition("/")[2] for one in things if one.startswith("http") and "/narkom/" in one)
    return ", ".join(names[:4])


def run(names: Iterable[str], places: int, sources: Sources) -> list[Tally]:
    """Return the tallies of some operators."""
    baseline = report(sources)
    return [mutate(name, sources, places, baseline) for name in names]
