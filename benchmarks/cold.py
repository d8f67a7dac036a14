"""What a process takes before it asks anything."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

LOADING = (
    "import sys; from narkom.building.snapshot import open_store; open_store(__import__('pathlib').Path(sys.argv[1]))"
)
"""A program that opens the store in the folder that it is given."""
REPEATS = 9


def import_time(module: str) -> float:
    """Return the median of what importing a module takes in a new interpreter, in milliseconds."""
    clock = f"import time; at = time.perf_counter(); import {module}; print(1000 * (time.perf_counter() - at))"
    runs = [subprocess.run([sys.executable, "-c", clock], capture_output=True, check=True) for _ in range(REPEATS)]
    return statistics.median(float(run.stdout) for run in runs)


def start_up(folder: Path) -> str:
    """Return in words what a bare interpreter, the command and the store take, each process begun anew."""
    bare = _spawn(["-c", "pass"])
    command = _spawn(["-m", "narkom.cli", "--version"])
    loading = _spawn(["-c", LOADING, str(folder)])
    return (
        f"start-up: interpreter {bare:,.0f} ms, `narkom --version` {command:,.0f}, interpreter and store {loading:,.0f}"
    )


def _spawn(arguments: list[str]) -> float:
    """The median of some runs; of one that takes over a second there is one."""
    times: list[float] = []
    while len(times) < REPEATS and sum(times) < 1000:
        begun = time.perf_counter()
        subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)
        times.append(1000 * (time.perf_counter() - begun))
    return statistics.median(times)
