"""`narkom cover`."""

import json
import sys
from pathlib import Path

from narkom.checking.coverage import Coverage, compare, coverage
from narkom.checking.tracing import Untraced, trace
from narkom.commands.progress import tell
from narkom.config import find_root
from narkom.errors import UsageError
from narkom.reading.description import describe
from narkom.reading.sentences import read_sentences
from narkom.reading.sources import load


def run(root: Path | None, source: Path | None, description: bool, full: bool, output: str) -> int:
    """Print the description of a copy, or compare it and report the coverage; return the exit code."""
    if description:
        if source is None:
            raise UsageError("--describe needs a copy of the chapter. Name it with --source FILE")
        print(describe(read_sentences(source)), end="")
        return 0
    place = find_root(root)
    sources = load(place)
    tell(f"covering {place}")
    sentences = read_sentences(source) if source else []
    faults = compare(sources, sentences) if source else []
    rows = coverage(sources)
    for fault in faults:
        print(fault, file=sys.stderr)
    _print(rows, output)
    if source and output == "text":
        if not faults:
            print(f"All {len(rows)} passages agree with {source}.")
        _print_traces(trace(sources, sentences), len(sources.claims))
    return 1 if faults or (full and any(not row.claims for row in rows)) else 0


def _print_traces(found: list[Untraced], claims: int) -> None:
    """Print what a human should look at; none of it need be wrong."""
    for one in found:
        print(one)
    where = len({one.claim for one in found})
    print(f"{claims - where} of {claims} claims: every name, date and number is printed in or near the passage.")
    if found:
        print(f"{where} claims: {len(found)} names, dates or numbers to look at: they may well follow.")


def _print(rows: list[Coverage], output: str) -> None:
    if output == "json":
        print(json.dumps({row.passage: row.claims for row in rows}, indent=2))
    elif output == "csv":
        print("passage,claims", *(f"{row.passage},{row.claims}" for row in rows), sep="\n")
    else:
        covered = sum(bool(row.claims) for row in rows)
        share = 100 * covered / len(rows) if rows else 0
        bare = [row.passage for row in rows if not row.claims]
        print(f"{covered} of {len(rows)} passages carry claims ({share:.1f} %), {sum(r.claims for r in rows)} claims.")
        if bare:
            print("Without a claim:", " ".join(bare))
