"""What checking costs as the data grows: time and peak memory of `narkom check` over n copies of the data.

    python benchmarks/check.py 1 10
    python benchmarks/check.py --reference 1 10

Each copy has people, groups, happenings, claims and passages of its own; offices, bodies, concepts and footnotes are
shared. Run by hand, on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from narkom.config import find_root

_OWN = re.compile(r"\b(person|group|event|relation|attitude|statistic):([a-z0-9-]+)")
_PLACED = re.compile(r"\b(claim|passage|paragraph):([pf])(\d+)")
_TEXT = re.compile(r'(nk:gloss|skos:prefLabel|skos:altLabel|nk:spelling) "')


def renamed(text: str, number: int) -> str:
    """Return the text of a file as that of a copy."""
    text = _OWN.sub(rf"\1:\2-copy-{number}", text)
    text = _PLACED.sub(lambda match: f"{match[1]}:{match[2]}{number * 1000 + int(match[3])}", text)
    return _TEXT.sub(rf'\1 "Copy {number}: ', text)


def make(root: Path, copies: int) -> None:
    """Write a project of so many copies."""
    place = find_root()
    for folder in ("ontology", "shapes", "data"):
        shutil.copytree(place / folder, root / folder)
    files = [*(root / "data/claims").glob("*.trig"), *(root / f"data/register/{n}.ttl" for n in ("people", "groups"))]
    for path in files:
        text = path.read_text(encoding="utf-8")
        for number in range(1, copies):
            path.with_stem(f"{path.stem}-copy-{number}").write_text(renamed(text, number), encoding="utf-8")
    source = (root / "data/source/chapter.ttl").read_text(encoding="utf-8")
    head, *blocks = source.split("\n\n")
    own = [block for block in blocks if block.startswith(("paragraph:", "passage:"))]
    for number in range(1, copies):
        text = head + "\n\n" + "\n\n".join(renamed(block, number) for block in own) + "\n"
        (root / f"data/source/chapter-copy-{number}.ttl").write_text(text, encoding="utf-8")


def measure(root: Path, options: list[str]) -> tuple[float, float, float, str]:
    """Return wall time, processor time, peak memory in MB, and the last line of the report."""
    before, used = time.perf_counter(), _processor()
    command = [sys.executable, "-m", "narkom.cli", "check", "--root", str(root), *options]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    lines = (run.stdout or run.stderr).strip().splitlines()
    return time.perf_counter() - before, _processor() - used, peak, lines[-1] if lines else "nothing was printed"


def _processor() -> float:
    found = resource.getrusage(resource.RUSAGE_CHILDREN)
    return found.ru_utime + found.ru_stime


def main() -> None:
    """Print a row for each number of copies."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("copies", type=int, nargs="*", default=[1, 10])
    parser.add_argument("--reference", action="store_true", help="let pyshacl decide on the shapes")
    parser.add_argument("--owl", action="store_true", help="reason too")
    given = parser.parse_args()
    options = (["--reference"] if given.reference else []) + ([] if given.owl else ["--no-owl"])
    for copies in given.copies:
        with tempfile.TemporaryDirectory() as folder:
            make(Path(folder), copies)
            seconds, used, peak, last = measure(Path(folder), options)
        print(f"{copies:4} times: {seconds:7.1f} s, processor {used:7.1f} s, {peak:6.0f} MB. {last}", flush=True)


if __name__ == "__main__":
    main()
