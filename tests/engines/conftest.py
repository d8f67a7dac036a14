"""Engines on loopback for the tests here, filled once a run by `narkom push`.

A test is skipped, with the reason, where an engine is not installed; with NARKOM_REQUIRE_ENGINES=1 it fails.
"""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest

from narkom.building.build import build
from narkom.config import find_root

_HERE = Path(__file__).parent
_SPEC = importlib.util.spec_from_file_location("engine_servers", _HERE / "servers.py")
servers = importlib.util.module_from_spec(_SPEC)
sys.modules["engine_servers"] = servers
_SPEC.loader.exec_module(servers)

Narkom = Callable[..., subprocess.CompletedProcess]


def _need(program: str | None, name: str, how: str) -> None:
    if program:
        return
    if os.environ.get("NARKOM_REQUIRE_ENGINES") == "1":
        pytest.fail(f"{name} is not installed. {how}")
    pytest.skip(f"{name} is not installed. {how}")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the built knowledge base."""
    folder = tmp_path_factory.mktemp("built")
    build(find_root(), folder, lambda step: None)
    return folder


@pytest.fixture(params=["oxigraph", "virtuoso"], scope="session")
def starting(request, tmp_path_factory: pytest.TempPathFactory) -> Callable:
    """Return for each engine in turn a function that starts one, empty."""
    if request.param == "oxigraph":
        _need(servers.oxigraph_program(), "the oxigraph server", "Set up the environment with make")
        start = servers.oxigraph
    else:
        _need(servers.virtuoso_program(), "Virtuoso 7", "On Debian: apt install virtuoso-opensource-7-bin")
        start = servers.virtuoso
    return lambda: start(tmp_path_factory.mktemp(request.param))


@pytest.fixture(scope="session")
def server(starting: Callable) -> Iterator:
    """Yield each engine in turn, empty."""
    with starting() as running:
        yield running


@pytest.fixture(scope="session")
def narkom() -> Narkom:
    """Return a function that runs the command against a server, or against none."""

    def run(*arguments: object, server=None, store: Path | None = None) -> subprocess.CompletedProcess:
        environment = {**os.environ, "NARKOM_STORE": str(store or "/nonexistent")}
        if server is not None and server.user:
            environment |= {"NARKOM_USER": server.user, "NARKOM_PASSWORD": server.password}
        command = [sys.executable, "-m", "narkom.cli", *map(str, arguments)]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    return run


@pytest.fixture(scope="session")
def asking() -> Callable[[object], list[str]]:
    """Return a function that gives the options by which an engine is asked."""
    return lambda server: [
        "--endpoint",
        server.query,
        *(["--default-graph", server.default_graph] if server.default_graph else []),
    ]


@pytest.fixture(scope="session")
def pushing(asking) -> Callable[..., list[str]]:
    """Return a function that gives the options by which data goes to an engine."""

    def options(server, protocol: str = "update") -> list[str]:
        to = server.update if protocol == "update" else server.graph_store
        # Virtuoso keeps no xsd:duration (see docs/engines.md).
        text = [f"--as-text={one}" for one in ("xsd:duration", "geosparql:wktLiteral") if server.name == "virtuoso"]
        return [*asking(server), "--to", to, "--protocol", protocol, *text]

    return options


@pytest.fixture(scope="session")
def filled(server, built: Path, narkom: Narkom, pushing):
    """Return each engine, holding the knowledge base."""
    return _fill(server, built, narkom, pushing)


@pytest.fixture(scope="session")
def filled_anew(starting: Callable, built: Path, narkom: Narkom, pushing) -> Iterator[Callable]:
    """Return a function that gives a second engine, holding the same, started when it is first asked for.

    Virtuoso 7.2.5 plans by samples that it takes of what it has loaded, and may lose in one loading of several what it
    finds in the others.
    """
    with ExitStack() as stack:
        yield cache(lambda: _fill(stack.enter_context(starting()), built, narkom, pushing))


def _fill(server, built: Path, narkom: Narkom, pushing):
    done = narkom("push", *pushing(server), "--replace", server=server, store=built)
    assert done.returncode == 0, done.stderr
    return server
