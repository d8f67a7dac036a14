"""Time and memory of building, checking and asking, beside rdflib's own engine in the same run.

    python benchmarks/run.py [--factors 1 10 100] [--questions NAME …] [--no-rdflib] [--rdflib-limit SECONDS]

Prints Markdown. Each figure is a median of several runs in milliseconds of wall time; memory is the peak resident set
of a process of its own. A factor of ten is the data set ten times over, people, events and claims renamed
(generate.py). Nothing here is asserted by a test: machines differ, and a shared one is noisy.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cold import LOADING

from narkom.asking.citing import answer
from narkom.asking.evidence import Evidence
from narkom.asking.questions import Question, load_all
from narkom.config import find_root, store_folder

HERE = Path(__file__).resolve().parent
NARKOM = [sys.executable, "-m", "narkom.cli"]
REPEATS = 5


def main() -> None:
    """Run the parts that the arguments ask for and print their tables."""
    options = _options()
    root = find_root()
    questions = [q for q in load_all(root) if not options.questions or q.name in options.questions]
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, {len(questions)} stored questions\n")
    _commands(questions)
    for factor in options.factors:
        _questions(questions, factor, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--factors", type=int, nargs="+", default=[1])
    parser.add_argument("--questions", nargs="*")
    parser.add_argument("--no-rdflib", action="store_true")
    parser.add_argument("--rdflib-limit", type=float, default=30.0, help="seconds for one question")
    return parser.parse_args()


# -- whole commands, cold --------------------------------------------------------------------------------------------


def _commands(questions: list[Question]) -> None:
    """Build, check and ask as a user does: a new process each time."""
    print("| command, from a cold start | wall, ms | peak memory, MB |\n| --- | ---: | ---: |")
    with tempfile.TemporaryDirectory() as folder:
        store = ["--store", folder]
        _row("narkom build", [*NARKOM, "build", *store], 3)
        _row("narkom check (SHACL, rules, OWL, dates, references)", [*NARKOM, "check"], 2)
        bare = _row("the interpreter and the store alone", [sys.executable, "-c", LOADING, folder], REPEATS)
        asked = [
            _row(f"narkom ask {question.name}", [*NARKOM, "ask", question.name, *store], REPEATS)
            for question in questions[:3]
        ]
    print(f"\nAn answer takes {statistics.median(asked) / bare:.2f} times what the interpreter and the store take.\n")


def _row(title: str, command: list[str], repeats: int) -> float:
    """Print a command's median wall time and peak memory, and return the former in milliseconds."""
    runs = [_spawn(command) for _ in range(repeats)]
    wall, memory = statistics.median(r[0] for r in runs), max(r[1] for r in runs)
    print(f"| {title} | {wall:,.0f} | {memory:,.0f} |", flush=True)
    return wall


def _spawn(command: list[str]) -> tuple[float, float]:
    """Run a command; return its wall time in ms and its peak memory in MB."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise SystemExit(f"failed: {' '.join(command)}")
    # Linux counts kilobytes, macOS bytes.
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    return 1000 * (time.perf_counter() - begin), usage.ru_maxrss / unit


# -- questions, warm -------------------------------------------------------------------------------------------------


def _questions(questions: list[Question], factor: int, options: argparse.Namespace) -> None:
    """Each question in a warm process: plain, cited, and on rdflib's engine over the same default graph."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data.nq"
        _generate(factor, data)
        store = _load(data)
        peers = {} if options.no_rdflib else _rdflib(data, questions, options.rdflib_limit)
        print(f"Data × {factor}: {len(store):,} quads\n")
        print("| question | rows | plain, ms | cited, ms | rdflib, ms |\n| --- | ---: | ---: | ---: | ---: |")
        evidence = Evidence(store)
        plain_all = cited_all = 0.0
        for question in questions:
            rows = len(answer(store, question.text, cite=False).rows)
            plain = _median(lambda q=question: answer(store, q.text, cite=False))
            cited = _median(lambda q=question: answer(store, q.text, evidence=evidence), 3)
            plain_all, cited_all = plain_all + plain, cited_all + cited
            peer = peers.get(question.name, "–")
            print(f"| {question.name} | {rows} | {plain:.1f} | {cited:.1f} | {peer} |", flush=True)
        print(f"| **all** | | {plain_all:.0f} | {cited_all:.0f} | {peers.get('', '–')} |\n")


def _generate(factor: int, target: Path) -> None:
    snapshot = store_folder() / "snapshots"
    current = snapshot / (store_folder() / "current").read_text().strip() / "narkom.nq"
    subprocess.run([sys.executable, HERE / "generate.py", current, str(factor), target], check=True)


def _load(data: Path):
    import pyoxigraph as ox

    store = ox.Store()
    store.bulk_load(path=data, format=ox.RdfFormat.N_QUADS)
    return store


def _median(call, repeats: int = REPEATS) -> float:
    call()
    times = []
    for _ in range(repeats):
        begin = time.perf_counter()
        call()
        times.append(1000 * (time.perf_counter() - begin))
    return statistics.median(times)


# -- the peer --------------------------------------------------------------------------------------------------------


def _rdflib(data: Path, questions: list[Question], limit: float) -> dict[str, str]:
    """Times of rdflib's engine, each question in a process that is stopped at the limit."""
    found = {}
    for question in questions:
        command = [sys.executable, HERE / "peer_rdflib.py", data, question.path]
        try:
            run = subprocess.run(command, capture_output=True, text=True, timeout=limit + 30, check=True)
            figures = json.loads(run.stdout)
            found[question.name] = f"{figures['ms']:,.0f}" if figures["ms"] < 1000 * limit else f"> {1000 * limit:,.0f}"
        except subprocess.TimeoutExpired:
            found[question.name] = f"> {1000 * limit:,.0f}"
        except subprocess.CalledProcessError:
            found[question.name] = "fails"
    return found


if __name__ == "__main__":
    main()
