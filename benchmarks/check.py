"""What checking costs as the data grows: time and peak memory of `narkom check` over n copies of the data.

    python benchmarks/check.py 1 10
    python benchmarks/check.py --reference 1 10

Each copy has people, groups, offices, happenings, claims and passages of its own, named so that it is nearly as sound
as the first: n copies have some n times the findings. Bodies, places, concepts and footnotes are shared. Run by hand,
on a machine that does nothing else.
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

_OWN = re.compile(r"\b(person|group|office|relation|attitude|statistic):([a-z0-9-]+)|\b(event:[a-z]+)([a-z0-9-]*)")
_PLACED = re.compile(r"\b(claim|passage|paragraph):([pf])(\d+)")
_LABEL = re.compile(r'((?:skos:(?:pref|alt|hidden)Label|nk:spelling) ")([^"]+)')
_GLOSS = re.compile(r'(nk:gloss ")((?:[^"\\]|\\.)+)')
_WORD = re.compile(r"[A-Za-z]+(?:'(?!s\b)[a-z]+)*|[А-Яа-яЁё]+")


def names_of(root: Path) -> re.Pattern:
    """Return what finds in a gloss the names of people, in full or by the surname, and of offices."""
    found = set()
    for register in ("people", "offices"):
        text = (root / f"data/register/{register}.ttl").read_text(encoding="utf-8")
        found |= {label[2] for label in _LABEL.finditer(text)}
        if register == "people":
            found |= {label.split()[-1] for label in found if label.istitle() or "." in label}
    longest = sorted(found, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)(?i:{'|'.join(map(re.escape, longest))})(?!\w)")


def renamed(text: str, number: int, names: re.Pattern) -> str:
    """Return the text of a file as that of a copy: each word of a name ends in the letters of the copy's number.

    The first word of an event's name is its kind, and stays.
    """
    latin = "x" + "".join(chr(ord("a") + int(digit)) for digit in str(number))
    cyrillic = "х" + "".join(chr(ord("а") + int(digit)) for digit in str(number))

    def words(name: str) -> str:
        return _WORD.sub(lambda word: word[0] + (latin if word[0].isascii() else cyrillic), name)

    text = _OWN.sub(lambda name: f"{name[1]}:{words(name[2])}" if name[1] else name[3] + words(name[4]), text)
    text = _PLACED.sub(lambda match: f"{match[1]}:{match[2]}{number * 1000 + int(match[3])}", text)
    text = _LABEL.sub(lambda label: label[1] + words(label[2]), text)
    return _GLOSS.sub(
        lambda gloss: f"{gloss[1]}Copy {latin}: " + names.sub(lambda name: words(name[0]), gloss[2]), text
    )


def make(root: Path, copies: int) -> None:
    """Write a project of so many copies."""
    place = find_root()
    for folder in ("ontology", "shapes", "data"):
        shutil.copytree(place / folder, root / folder)
    names = names_of(root)
    files = [*(root / "data").glob("*/claims/*.trig")]
    files += [root / f"data/register/{register}.ttl" for register in ("people", "groups", "offices")]
    for path in files:
        text = path.read_text(encoding="utf-8")
        for number in range(1, copies):
            path.with_stem(f"{path.stem}-copy-{number}").write_text(renamed(text, number, names), encoding="utf-8")
    for path in (root / "data").glob("*/source.ttl"):
        blocks = path.read_text(encoding="utf-8").strip("\n").split("\n\n")
        own = [block for block in blocks if block.startswith(("paragraph:", "passage:"))]
        blocks += [renamed(block, number, names) for number in range(1, copies) for block in own]
        path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")


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
