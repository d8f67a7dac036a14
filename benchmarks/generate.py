"""The knowledge base n times over, for measuring what larger ones cost: sorted as N-Quads should be, by `sort`.

    narkom export --format nquads --output narkom.nq
    python benchmarks/generate.py narkom.nq 260 - | LC_ALL=C sort -u > large.nq

Each copy has people, groups, happenings and claims of its own: they are renamed, in every line in which they stand.
Registers of places, offices and concepts, the sources' passages and notes, and the ontology are shared. A copied claim
is called after a paragraph of its copy, p22s1c in copy 3 is p3022s1c, so that it is a claim's name still.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

from narkom.vocabulary import BASE

_OWN = re.compile(
    rb"<" + re.escape(BASE).encode() + rb"(person|group|event|relation|attitude|statistic|imputed)/([^>]*)>"
)
# The reasons of a day are called after the thing and the day.
_BOUND = re.compile(rb"<(" + re.escape(BASE).encode() + rb"bound/[^>]*)(-\d{4}-\d\d-\d\d)>")
_CLAIM = re.compile(rb"<(" + re.escape(BASE).encode() + rb"[a-z0-9]+/claim/[pf])(\d+)(s[^>]*)>")
_PARAGRAPHS = 1000


def copies(lines: list[bytes], count: int) -> Iterator[bytes]:
    """Yield the lines of `count` copies, the first of them unchanged; what all of them share comes once."""
    yield from lines
    own = [line for line in lines if any(pattern.search(line) for pattern in (_OWN, _BOUND, _CLAIM))]
    for number in range(1, count):
        for line in own:
            yield _renamed(line, number)


def _renamed(line: bytes, number: int) -> bytes:
    line = _OWN.sub(rb"<" + BASE.encode() + rb"\1/\2-copy-%d>" % number, line)
    line = _BOUND.sub(rb"<\1-copy-%d\2>" % number, line)
    return _CLAIM.sub(lambda m: b"<%b%d%b>" % (m[1], number * _PARAGRAPHS + int(m[2]), m[3]), line)


def main() -> None:
    """Write the copies of an N-Quads file to another, or to standard output."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("snapshot", type=Path, help="N-Quads file of the built knowledge base (narkom.nq)")
    parser.add_argument("factor", type=int, help="how many times over")
    parser.add_argument("target", help="file to write, or - for standard output")
    given = parser.parse_args()
    lines = given.snapshot.read_bytes().splitlines(keepends=True)
    with nullcontext(sys.stdout.buffer) if given.target == "-" else Path(given.target).open("wb") as out:
        out.writelines(copies(lines, given.factor))


if __name__ == "__main__":
    main()
