"""Starts the engines that the tests and the benchmark talk to, on loopback and free ports, and stops them again."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

START_SECONDS = 60
PASSWORD = "dba"  # Virtuoso's own, on a server that only this machine reaches and that goes with the test.

_VIRTUOSO_INI = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
ErrorLogLevel = 4
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql_port}
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
MaxCheckpointRemap = 2000
CheckpointInterval = 0
DirsAllowed = {folder}
SchedulerInterval = 10
[HTTPServer]
ServerPort = 127.0.0.1:{http_port}
ServerThreads = 10
[SPARQL]
ResultSetMaxRows = 1000000
MaxQueryCostEstimationTime = 0
MaxQueryExecutionTime = 600
"""


@dataclass(frozen=True)
class Server:
    """A running engine: its addresses, its process, and what a client must know of it."""

    name: str
    query: str
    update: str
    graph_store: str
    process: subprocess.Popen
    default_graph: str | None = None
    user: str | None = None
    password: str | None = None


def oxigraph_program() -> str | None:
    """Return the oxigraph server of the running environment or of the path, None where there is none."""
    beside = Path(sys.executable).with_name("oxigraph")
    return str(beside) if beside.exists() else shutil.which("oxigraph")


def virtuoso_program() -> str | None:
    """Return the Virtuoso 7 server of the path, None where there is none."""
    return shutil.which("virtuoso-t")


@contextmanager
def oxigraph(folder: Path, on_disk: bool = False) -> Iterator[Server]:
    """Run an oxigraph server, in memory or under `folder`; it is gone afterwards."""
    port = _free_port()
    place = ["--location", str(folder / "oxigraph")] if on_disk else []
    command = [oxigraph_program(), "serve", *place, "--bind", f"127.0.0.1:{port}"]
    base = f"http://127.0.0.1:{port}"
    with _running(command, folder, f"{base}/query?query=ASK%20%7B%7D") as process:
        yield Server("oxigraph", f"{base}/query", f"{base}/update", f"{base}/store", process)


@contextmanager
def virtuoso(folder: Path, buffers: int = 20_000) -> Iterator[Server]:
    """Run a Virtuoso server whose files lie under `folder`; `buffers` are pages of 8 kB."""
    http_port, sql_port = _free_port(), _free_port()
    ini = folder / "virtuoso.ini"
    ini.write_text(
        _VIRTUOSO_INI.format(
            folder=folder, http_port=http_port, sql_port=sql_port, buffers=buffers, dirty=buffers * 3 // 4
        )
    )
    command = [virtuoso_program(), "+foreground", "+configfile", str(ini)]
    base = f"http://127.0.0.1:{http_port}"
    with _running(command, folder, f"{base}/sparql?query=ASK%20%7B%7D") as process:
        yield Server(
            "virtuoso",
            f"{base}/sparql",
            f"{base}/sparql-auth",
            f"{base}/sparql-graph-crud-auth",
            process,
            default_graph="https://w3id.org/narkom/view/accepted",
            user="dba",
            password=PASSWORD,
        )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def _running(command: list[str], folder: Path, probe: str) -> Iterator[subprocess.Popen]:
    """Run a server until the block ends, from the moment at which it answers `probe`."""
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
    try:
        _await(process, probe, folder / "server.log")
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _await(process: subprocess.Popen, probe: str, log: Path) -> None:
    limit = time.monotonic() + START_SECONDS
    while time.monotonic() < limit and process.poll() is None:
        try:
            with urllib.request.urlopen(probe, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"{process.args[0]} does not start: {log.read_text(errors='replace')[-2000:]}")
