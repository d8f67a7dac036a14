"""The two servers that the benchmarks ask: `narkom serve` and the bare `oxigraph` server over the same snapshot."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from narkom.building.snapshot import read_snapshot

START = 30.0
"""Seconds that a server may take to start, unless more are given."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: what it is called, its port, the path of its endpoint, and its process."""

    name: str
    port: int
    path: str
    process: subprocess.Popen


def program() -> str:
    """Return the oxigraph of the environment that runs this, else the one on PATH."""
    beside = str(Path(sys.executable).parent)
    return shutil.which("oxigraph", path=beside) or shutil.which("oxigraph") or "oxigraph"


@contextmanager
def ours(store: Path, *options: str, patience: float = START) -> Iterator[Server]:
    """Start `narkom serve` on a free port, with further options of that command."""
    command = [sys.executable, "-m", "narkom.cli", "serve", "--port", "0", "--store", str(store), *options]
    with tempfile.NamedTemporaryFile("w+") as log:
        begun = time.perf_counter()
        process = subprocess.Popen(command, stderr=log)
        try:
            while '"ready"' not in (text := Path(log.name).read_text(encoding="utf-8")):
                _still_starting(process, begun, patience)
            print(f"narkom serve: ready after {time.perf_counter() - begun:.2f} s")
            port = int(json.loads(text.splitlines()[0])["url"].rstrip("/").rpartition(":")[2])
            yield Server("narkom", port, "/sparql", process)
        finally:
            process.terminate()
            process.wait()


@contextmanager
def oxigraph(program: str, store: Path, *options: str, patience: float = START) -> Iterator[Server]:
    """Load the snapshot into a folder of oxigraph's own and serve it read-only on a free port, with further options."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "narkom.nq"
        data.write_bytes(read_snapshot(store)[0])
        place = Path(folder) / "store"
        subprocess.run(
            [program, "load", "--location", str(place), "--file", str(data)], check=True, capture_output=True
        )
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        begun = time.perf_counter()
        command = [program, "serve-read-only", "--location", str(place), "--bind", f"127.0.0.1:{port}", *options]
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        try:
            while not _listens(port):
                _still_starting(process, begun, patience)
            print(f"oxigraph: ready after {time.perf_counter() - begun:.2f} s")
            yield Server("oxigraph", port, "/query", process)
        finally:
            process.terminate()
            process.wait()


def _still_starting(process: subprocess.Popen, begun: float, patience: float) -> None:
    if process.poll() is not None or time.perf_counter() - begun > patience:
        raise SystemExit("a server did not start")
    time.sleep(0.01)


def _listens(port: int) -> bool:
    with socket.socket() as sock:
        return sock.connect_ex(("127.0.0.1", port)) == 0


def memory(pid: int) -> float:
    """Return the megabytes of a process and its descendants; what they share counts once."""
    total = 0
    for one in [pid, *_descendants(pid)]:
        for line in Path(f"/proc/{one}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total / 1024


def processor(pid: int) -> float:
    """Return the milliseconds of processor time of a process and its descendants so far, those that ended included."""
    while True:
        # The time of one that ends goes over to its parent: read amid that, it would be missed.
        pids = [pid, *_descendants(pid)]
        total = sum(_own(one) for one in pids)
        if [pid, *_descendants(pid)] == pids:
            return total


def _own(pid: int) -> float:
    """The milliseconds of one process, told in nanoseconds, and of its children that ended, told in ticks."""
    try:
        told = [path.read_text(encoding="ascii") for path in Path(f"/proc/{pid}/task").glob("*/schedstat")]
        ended = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[13:15]
    except OSError:
        return 0.0
    ticks = sum(int(one) for one in ended) * 1000 / os.sysconf("SC_CLK_TCK")
    return ticks + sum(int(line.split()[0]) for line in told) / 1e6


def _descendants(pid: int) -> list[int]:
    try:
        children = [int(c) for c in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]
    except OSError:
        return []
    return [one for child in children for one in (child, *_descendants(child))]
