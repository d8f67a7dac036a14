"""What evidence costs: every stored question plain and cited, in Python, at the endpoint and on the command line.

    pip install oxigraph
    python benchmarks/evidence.py [--store FOLDER] [--factors 1 10 100] [--cap SECONDS] [--budget SECONDS]
                                  [--oxigraph PROGRAM]

Milliseconds of wall and of processor time, the least of up to three rounds (ways.py). The endpoint is that of
`narkom serve` with its isolation, asked by one client that keeps its connection, and beside it the bare `oxigraph`
server over the same snapshot, where that program is there. A factor is the data so many times over (generate.py); at
100 a process with the store takes 2 to 3 GB of memory. A question that takes the cap or longer is over it, and the
servers' own limits are the same. On the command line each question starts a process; `--budget` ends that part of a
factor after so many seconds, and the table says how many questions were asked. Prints Markdown; asserts nothing.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from multiprocessing import get_context
from pathlib import Path

from cold import import_time, start_up
from scaled import scaled
from servers import ours, oxigraph, program
from tables import HEAD, growth, rows, unanswered, worst
from ways import Asked, at_endpoint, in_python, on_command_line

from narkom.asking.questions import Question, load_all
from narkom.config import find_root, store_folder

PATIENCE = 1200.0
"""Seconds that a server may take to load the largest data."""
Results = dict[str, dict[int, dict[str, Asked]]]


def main() -> None:
    """Measure each factor by each way, and print a table of all and one of how it grows."""
    options = _options()
    store, questions = store_folder(options.store), load_all(find_root())
    print(
        f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, {len(questions)} questions, cap {options.cap:g} s\n"
    )
    print(f"`import narkom` {import_time('narkom'):.0f} ms in an interpreter that has started\n", flush=True)
    results: Results = {}
    for factor in options.factors:
        with scaled(store, factor) as folder:
            for way, asked in _factor(folder, questions, factor, options):
                results.setdefault(way, {})[factor] = asked
    print("## All\n\n" + HEAD)
    for way, factors in results.items():
        for factor, asked in factors.items():
            print(rows(f"{way}, × {factor}", asked))
    for way, factors in results.items():
        if len(factors) > 1:
            print(f"\n{growth(way, factors)}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path, help="folder of the built store")
    parser.add_argument("--factors", type=int, nargs="+", default=[1])
    parser.add_argument("--cap", type=float, default=60.0, help="seconds for one answer")
    parser.add_argument("--budget", type=float, default=3600.0, help="seconds for the command line at each factor")
    parser.add_argument("--oxigraph", default=program(), help="the oxigraph program")
    return parser.parse_args()


def _factor(
    folder: Path, questions: list[Question], factor: int, options: argparse.Namespace
) -> Iterator[tuple[str, dict[str, Asked]]]:
    """Yield what each way of asking took, and print it when it is there: a long run can be looked at on its way."""
    ways = {
        "in Python": lambda: _in_python(folder, questions, options.cap),
        "at the endpoint": lambda: ("", _at_endpoint(folder, questions, options)),
        "on the command line": lambda: (
            start_up(folder), on_command_line(folder, questions, options.cap, options.budget),
        ),
    }  # fmt: skip
    for way, measure in ways.items():
        print(f"## {way[0].upper()}{way[1:]}, × {factor}\n\nload average before {_load()}\n", flush=True)
        told, asked = measure()
        parts = (told, f"load average after {_load()}", f"{HEAD}\n{rows(way, asked)}", worst(asked), unanswered(asked))
        print("\n\n".join(part for part in parts if part) + "\n", flush=True)
        yield way, asked


def _in_python(folder: Path, questions: list[Question], cap: float) -> tuple[str, dict[str, Asked]]:
    # In a process of its own: the store's memory is free again when it ends.
    with ProcessPoolExecutor(1, get_context("fork")) as pool:
        return pool.submit(in_python, folder, questions, cap).result()


def _at_endpoint(folder: Path, questions: list[Question], options: argparse.Namespace) -> dict[str, Asked]:
    cap, other = options.cap, nullcontext()
    if shutil.which(options.oxigraph):
        other = oxigraph(options.oxigraph, folder, "--timeout-s", f"{cap:.0f}", patience=PATIENCE)
    with ours(folder, "--timeout", f"{cap:g}", patience=PATIENCE) as narkom, other as bare:
        return at_endpoint(narkom, bare, questions, cap)


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}"


if __name__ == "__main__":
    main()
