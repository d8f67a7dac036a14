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
from narkom.reading.parsing import read_text
from narkom.reading.sentences import read_sentences
from narkom.reading.sources import load, source_keys
from narkom.vocabulary import key_of


def run(root: Path | None, source: Path | None, key: str | None, description: bool, full: bool, output: str) -> int:
    """Print the description of a copy, or compare it and report the coverage; return the exit code."""
    place = find_root(root)
    if description:
        if source is None:
            raise UsageError("--describe needs a copy of the source. Name it with --source FILE")
        its = _key(source_keys(place), key)
        file = f"data/{its}/source.ttl"
        print(describe(read_sentences(source), read_text(place / file, file), its), end="")
        return 0
    sources = load(place)
    tell(f"covering {place}")
    its = _key(sources.keys, key) if source or key else ""
    sentences = read_sentences(source) if source else []
    faults = compare(sources, sentences, its) if source else []
    rows = [row for row in coverage(sources) if not its or row.passage.startswith(f"{its}/")]
    for fault in faults:
        print(fault, file=sys.stderr)
    _print(rows, output)
    if source and output == "text":
        if not faults:
            print(f"All {len(rows)} passages agree with {source}.")
        claims = sum(key_of(claim) == its for claim in sources.claims)
        _print_traces(trace(sources, sentences, its), claims)
    return 1 if faults or (full and any(not row.claims for row in rows)) else 0


def _key(keys: list[str], wanted: str | None) -> str:
    """Return the source that is meant: the one that is named, else the only one; raises UsageError."""
    if wanted is None and len(keys) == 1:
        return keys[0]
    if wanted not in keys:
        given = "several sources" if wanted is None else f"--key {wanted}: no such source"
        raise UsageError(f"{given}. Name one of {', '.join(keys)} with --key")
    return wanted


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
