"""What evidence costs: every stored question plain and cited, in Python, at the endpoint and on the command line.

    pip install oxigraph
    python benchmarks/evidence.py [--store FOLDER] [--factors 1 10 100] [--oxigraph PROGRAM]

Each figure is a median of several runs, in milliseconds of wall time, after a first one that is not counted unless it
takes over a second, when it is the only one. The endpoint is asked by one client that keeps its connection, and so is
the bare `oxigraph` server over the same snapshot, in turns. A factor is the data so many times over (generate.py), in
Python alone. Prints Markdown; asserts nothing.
"""

from __future__ import annotations

import argparse
import http.client
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox
from generate import copies
from serve import Server, ours, oxigraph

from narkom.asking.citing import answer
from narkom.asking.evidence import Evidence
from narkom.asking.questions import Question, load_all
from narkom.building.snapshot import read_snapshot
from narkom.config import find_root, store_folder

REPEATS, ONCE = 3, 1000
ON_THE_COMMAND_LINE = ("career", "charges", "fates", "arrested-in", "figures-for")
Times = dict[str, tuple[float, float]]


def main() -> None:
    """Measure and print a table for each way of asking, and the slowest questions of each."""
    options = _options()
    store, questions = store_folder(options.store), load_all(find_root())
    heads = ("asked", "plain, median", "cited, median", "within 3 × + 5 ms", "within 5 × + 10 ms", "plain, all, s")
    print(f"| {' | '.join(heads)} | cited, all, s | oxigraph |")
    print("|---|" + 7 * "---:|")
    slowest = []
    for factor in options.factors:
        title = f"in Python, × {factor}"
        slowest.append((title, _tell(title, _in_python(store, questions, factor))))
    with ours(store) as narkom, oxigraph(options.oxigraph, store) as other:
        times, bare = _over_http(narkom, other, questions)
    slowest.append(("at the endpoint", _tell("at the endpoint", times, f"{statistics.median(bare):.1f}")))
    _tell("on the command line, cold", _commands(store, questions))
    for title, worst in slowest:
        print(f"\nSlowest {title}: " + ", ".join(f"{name} ({p:.1f} / {c:.1f})" for name, (p, c) in worst))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path, help="folder of the built store")
    parser.add_argument("--factors", type=int, nargs="+", default=[1])
    parser.add_argument("--oxigraph", default=str(Path(sys.executable).parent / "oxigraph"))
    return parser.parse_args()


def _tell(title: str, times: Times, bare: str = "") -> list[tuple[str, tuple[float, float]]]:
    """Print a row with the sums over all questions, and return the five that miss the aim by most."""
    plain, cited = (statistics.median(one[at] for one in times.values()) for at in (0, 1))
    near = sum(c <= 3 * p + 5 for p, c in times.values())
    far = sum(c <= 5 * p + 10 for p, c in times.values())
    shares = f"{near} of {len(times)} | {far} of {len(times)}"
    sums = " | ".join(f"{sum(one[at] for one in times.values()) / 1000:,.2f}" for at in (0, 1))
    print(f"| {title} | {plain:,.1f} | {cited:,.1f} | {shares} | {sums} | {bare} |", flush=True)
    return sorted(times.items(), key=lambda one: one[1][1] - 5 * one[1][0], reverse=True)[:5]


def _in_python(folder: Path, questions: list[Question], factor: int) -> Times:
    lines = read_snapshot(folder)[0].splitlines(keepends=True)
    store = ox.Store()
    store.bulk_load(b"".join(copies(lines, factor)), ox.RdfFormat.N_QUADS)
    evidence = Evidence(store)
    return {
        question.name: (
            _median(lambda q=question: answer(store, q.text, cite=False)),
            _median(lambda q=question: answer(store, q.text, evidence=evidence)),
        )
        for question in questions
    }


def _over_http(narkom: Server, other: Server, questions: list[Question]) -> tuple[Times, list[float]]:
    clients = {s.name: http.client.HTTPConnection("127.0.0.1", s.port, timeout=120) for s in (narkom, other)}

    def ask(server: Server, query: str, **fields: str) -> None:
        client = clients[server.name]
        client.request("GET", f"{server.path}?{urlencode({'query': query, **fields})}")
        reply = client.getresponse()
        data = reply.read()
        assert reply.status == 200, data

    times, bare = {}, []
    for question in questions:
        plain = _median(lambda q=question.text: ask(narkom, q))
        bare.append(_median(lambda q=question.text: ask(other, q)))
        times[question.name] = plain, _median(lambda q=question.text: ask(narkom, q, evidence="true"))
    return times, bare


def _commands(folder: Path, questions: list[Question]) -> Times:
    def run(name: str, *options: str) -> None:
        command = [sys.executable, "-m", "narkom.cli", "ask", name, "--store", str(folder), *options]
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)

    names = [question.name for question in questions if question.name in ON_THE_COMMAND_LINE]
    return {name: (_median(lambda n=name: run(n, "--no-cite")), _median(lambda n=name: run(n))) for name in names}


def _median(call: Callable[[], object]) -> float:
    first = _milliseconds(call)
    return first if first > ONCE else statistics.median(_milliseconds(call) for _ in range(REPEATS))


def _milliseconds(call: Callable[[], object]) -> float:
    begun = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - begun)


if __name__ == "__main__":
    main()
