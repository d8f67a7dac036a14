"""Run every operator and write docs/mutation.md: python -m tests.mutation [places]."""

import gc
import sys
from pathlib import Path

from tests.mutation.harness import PLACES, SEED, Tally, mutate, report
from tests.mutation.operators import OPERATORS

from narkom.config import find_root
from narkom.reading.sources import load

PAGE = Path(__file__).resolve().parents[2] / "docs" / "mutation.md"
HEAD = """\
# What the checks notice

`make mutate` corrupts the knowledge base in {operators} ways, each at {places} places that chance picks (seed {seed}).
Caught is what makes dates, references, shapes, rules or glosses report anything that they do not report of the sound
data. HermiT is left out, and so is the comparison with a reader's own copy (`narkom cover`). This page is written by
it.

**{caught} of {made} corruptions are caught; {whole} of {operators} operators at every place.**

| operator | what it does | caught | by |
|---|---|---|---|
"""


def main(places: int) -> int:
    """Run all operators, write the page, and return 0."""
    sources = load(find_root())
    baseline = report(sources)
    tallies = []
    for name in OPERATORS:
        tallies.append(mutate(name, sources, places, baseline))
        print(f"{name}: {tallies[-1].caught} of {tallies[-1].made}", flush=True)
        gc.collect()
    PAGE.write_text(page(tallies, places), encoding="utf-8")
    return 0


def page(tallies: list[Tally], places: int) -> str:
    """Return the page."""
    head = HEAD.format(
        operators=len(tallies),
        places=places,
        seed=SEED,
        caught=sum(one.caught for one in tallies),
        made=sum(one.made for one in tallies),
        whole=sum(not one.survivors for one in tallies),
    )
    return head + "".join(_row(one) for one in tallies) + _survivors([one for one in tallies if one.survivors])


def _row(tally: Tally) -> str:
    checks = sorted(tally.checks, key=lambda check: (-tally.checks[check], check))[:4]
    by = ", ".join(f"`{check}`" for check in checks)
    return f"| {tally.operator} | {_what(tally.operator)} | {tally.caught} of {tally.made} | {by} |\n"


def _what(name: str) -> str:
    return " ".join((OPERATORS[name].__doc__ or "").partition("Survives:")[0].split()).rstrip(".")


def _why(name: str) -> str:
    return " ".join((OPERATORS[name].__doc__ or "").partition("Survives:")[2].split()) or "Not explained yet."


def _survivors(tallies: list[Tally]) -> str:
    if not tallies:
        return ""
    lines = [
        f"- **{one.operator}**, {len(one.survivors)} of {one.made}: {_why(one.operator)}\n"
        + "".join(f"    - {where}\n" for where in one.survivors)
        for one in tallies
    ]
    return "\n## Survivors\n\nWhat got through, with the things that were changed, and why:\n\n" + "".join(lines)


if __name__ == "__main__":
    gc.disable()
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else PLACES))
