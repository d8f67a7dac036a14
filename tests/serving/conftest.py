"""A server of its own for these tests, with short limits, on a free port."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from narkom.building.build import OTHER_VIEWS
from narkom.building.dataset import derive
from narkom.building.snapshot import write_snapshot
from narkom.reading.sources import Sources

SECRETS = (b"Traceback", b"/site-packages", b"narkom/serving", b"uvicorn", b"starlette", b"Python/", b".py", b"/home/")


def no_leak(response: httpx.Response) -> None:
    """Assert that an answer tells nothing of the program or the machine."""
    assert "server" not in response.headers
    assert "x-powered-by" not in response.headers
    for secret in SECRETS:
        assert secret not in response.content


@dataclass
class Server:
    """A running server: its process, its address, and the file its log goes to."""

    process: subprocess.Popen
    url: str
    log: Path

    @property
    def port(self) -> int:
        return int(self.url.rstrip("/").rpartition(":")[2])

    def lines(self) -> list[dict]:
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]


@contextlib.contextmanager
def serving(store: Path, log: Path, *options: str) -> Iterator[Server]:
    """Start a server over a store, and end it."""
    command = [sys.executable, "-m", "narkom.cli", "serve", "--port", "0", "--store", str(store), *options]
    with log.open("w", encoding="utf-8") as out:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=out)
    try:
        yield Server(process, _ready(process, log), log)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()


def _ready(process: subprocess.Popen, log: Path) -> str:
    for _ in range(600):
        for line in log.read_text(encoding="utf-8").splitlines():
            with contextlib.suppress(ValueError):
                told = json.loads(line)
                if told["event"] == "ready":
                    return told["url"]
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise AssertionError(f"the server did not start: {log.read_text(encoding='utf-8')}")


@pytest.fixture(scope="session")
def built(dataset: ox.Dataset, sources: Sources, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a built store, with all views."""
    folder = tmp_path_factory.mktemp("served")
    write_snapshot(dataset, folder, {}, {view: derive(sources, view) for view in OTHER_VIEWS})
    return folder


@pytest.fixture(scope="session")
def server(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a server whose queries may take 3 seconds."""
    log = tmp_path_factory.mktemp("log") / "log"
    with serving(built, log, "--timeout", "3", "--memory", "256") as running:
        yield running


@pytest.fixture(scope="session")
def client(server: Server) -> Iterator[httpx.Client]:
    """Return a client of it that follows no redirect and uses no proxy."""
    with httpx.Client(base_url=server.url, timeout=30, trust_env=False) as found:
        yield found
