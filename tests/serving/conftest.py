"""Servers of their own for these tests, on free ports: one with time for everything, one with short limits."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
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


def wait_until(condition: Callable[[], object], within: float = 60) -> None:
    """Return as soon as a condition holds; fail when it does not within so many seconds, which only bound the wait."""
    limit = time.monotonic() + within
    while not condition():
        assert time.monotonic() < limit, f"not so within {within} s"
        time.sleep(0.05)


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


def descendants(pid: int) -> list[int]:
    """Return all descendants, where /proc tells them."""
    if not Path("/proc/self/task").exists():
        pytest.skip("this system does not tell a process's children")
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    found = [int(child) for child in text.split()]
    return found + [below for child in found for below in descendants(child)]


def wait_for_runaways(server: Server, number: int = 1) -> None:
    """Return when so many workers have been at a query for so long that the server has let all others go first."""

    def demoted() -> int:
        count = 0
        for pid in descendants(server.process.pid):
            with contextlib.suppress(ProcessLookupError):
                count += os.getpriority(os.PRIO_PROCESS, pid) > os.getpriority(os.PRIO_PROCESS, server.process.pid)
        return count

    wait_until(lambda: demoted() >= number)


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
            process.wait(60)
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()


def _ready(process: subprocess.Popen, log: Path) -> str:
    limit = time.monotonic() + 120
    while time.monotonic() < limit:
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
    """Return a server that turns nobody away for want of time, however busy the machine is."""
    log = tmp_path_factory.mktemp("log") / "log"
    with serving(built, log, "--timeout", "60") as running:
        # Queries are answered at once, pages when all that they need has been read.
        wait_until(lambda: httpx.get(running.url + "person/ezhov.html", timeout=60, trust_env=False).is_success, 120)
        yield running


@pytest.fixture(scope="session")
def short_server(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a server whose queries may take 3 seconds, for the tests of its limits."""
    log = tmp_path_factory.mktemp("short") / "log"
    with serving(built, log, "--timeout", "3", "--memory", "256") as running:
        yield running


@pytest.fixture(scope="session")
def short_client(short_server: Server) -> Iterator[httpx.Client]:
    """Return a client of the server with short limits."""
    with httpx.Client(base_url=short_server.url, timeout=60, trust_env=False) as found:
        yield found


@pytest.fixture(scope="session")
def client(server: Server) -> Iterator[httpx.Client]:
    """Return a client of the server that follows no redirect and uses no proxy."""
    with httpx.Client(base_url=server.url, timeout=60, trust_env=False) as found:
        yield found
