"""The server over an engine elsewhere: the same answers, the same refusals, and one line where it cannot start."""

import importlib.util
import os
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from narkom.building.snapshot import read_snapshot

from .conftest import Server, no_leak, serving

_SPEC = importlib.util.spec_from_file_location("engine_servers", Path(__file__).parents[1] / "engines" / "servers.py")
servers = sys.modules.get("engine_servers") or importlib.util.module_from_spec(_SPEC)
if "engine_servers" not in sys.modules:
    sys.modules["engine_servers"] = servers
    _SPEC.loader.exec_module(servers)
oxigraph = servers.oxigraph
pytestmark = pytest.mark.skipif(
    servers.oxigraph_program() is None and os.environ.get("NARKOM_REQUIRE_ENGINES") != "1",
    reason="the oxigraph server is not installed: pip install oxigraph",
)

IAGODA = "SELECT ?p ?o { <https://w3id.org/narkom/person/iagoda> ?p ?o } ORDER BY ?p ?o"
CLAIM = "https://w3id.org/narkom/ssc/claim/p22s1c"
ACCEPTED = "https://w3id.org/narkom/view/accepted"
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture(scope="module")
def engine(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Server]:
    """Return an engine that holds the knowledge base."""
    with oxigraph(tmp_path_factory.mktemp("engine")) as found:
        kind = {"Content-Type": "application/n-quads"}
        request = urllib.request.Request(found.graph_store, read_snapshot(built)[0], kind, method="POST")
        urllib.request.urlopen(request, timeout=60).close()
        yield found


@pytest.fixture(scope="module")
def distant(engine: servers.Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a server over the engine, without any store of its own."""
    folder = tmp_path_factory.mktemp("distant")
    with serving(folder / "none", folder / "log", "--endpoint", engine.query, "--timeout", "60") as running:
        yield running


@pytest.fixture(scope="module")
def far(distant: Server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=distant.url, timeout=90, trust_env=False) as found:
        yield found


@pytest.mark.parametrize(
    ("query", "accept"),
    [
        (IAGODA, "application/sparql-results+json"),
        (IAGODA, "application/sparql-results+xml"),
        (IAGODA, "text/csv"),
        (IAGODA, "text/tab-separated-values"),
        ("ASK { ?s a <#Claim> }", "application/sparql-results+json"),
        (f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH <{CLAIM}> {{ ?s ?p ?o }} }}", "application/n-triples"),
        ("DESCRIBE <https://w3id.org/narkom/person/iagoda>", "application/n-triples"),
        (f"SELECT * FROM <{CLAIM}> {{ ?s ?p ?o }} ORDER BY ?s ?p ?o", "text/csv"),
    ],
)
def test_an_answer_is_that_of_the_store(client: httpx.Client, far: httpx.Client, query: str, accept: str) -> None:
    found = [one.get("sparql", params={"query": query}, headers={"Accept": accept}) for one in (client, far)]
    assert [one.status_code for one in found] == [200, 200]
    assert found[0].headers["content-type"] == found[1].headers["content-type"]
    assert sorted(found[0].content.split(b"\n")) == sorted(found[1].content.split(b"\n"))


@pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json", "application/rdf+xml", "application/trig"])
def test_graphs_are_had_in_every_format(far: httpx.Client, accept: str) -> None:
    query = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o } LIMIT 3"
    found = far.post("sparql", data={"query": query}, headers={"Accept": accept})
    assert (found.status_code, found.headers["content-type"].partition(";")[0]) == (200, accept)


def test_a_dataset_is_passed_on(client: httpx.Client, far: httpx.Client) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    for asked in ({"default-graph-uri": CLAIM}, {"default-graph-uri": ACCEPTED}, {"named-graph-uri": CLAIM}):
        found = [one.get("sparql", params={"query": count, **asked}).json() for one in (client, far)]
        assert found[0] == found[1], asked


@pytest.mark.parametrize(
    ("query", "asked", "status"),
    [
        ("DELETE WHERE { ?s ?p ?o }", {}, 400),
        ("INSERT DATA { <x:a> <x:b> <x:c> }", {}, 400),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", {}, 403),
        ("SELECT * { \\u0053ERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", {}, 400),
        ('SELECT * { ?s ?p "\\u0022 SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } } #" }', {}, 403),
        ("SELECT * FROM <http://127.0.0.1:1/> { ?s ?p ?o }", {}, 400),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", {}, 400),
        ("SELECT * { ?s ?p ?o }", {"default-graph-uri": "http://127.0.0.1:1/"}, 400),
        ("SELECT * { GRAPH ?g { ?s ?p ?o } }", {"default-graph-uri": ACCEPTED}, 400),
        ("SELECT * {", {}, 400),
    ],
)
def test_what_is_refused_never_leaves(far: httpx.Client, query: str, asked: dict, status: int) -> None:
    found = far.get("sparql", params={"query": query, **asked})
    assert found.status_code == status
    no_leak(found)


def test_an_update_is_refused(far: httpx.Client) -> None:
    assert far.post("sparql", data={"update": "CLEAR ALL"}).status_code == 403
    assert far.get("sparql", params={"query": "ASK { ?s ?p ?o }"}).json()["boolean"] is True


@pytest.mark.parametrize(
    "path",
    [
        "person/iagoda.html", "person/iagoda.ttl", "ssc/claim/p22s1c.trig", "question/career?person=Yezhov&format=csv",
        "question/deputies?format=json", "search?q=Jeschow", "person/",
        "dump/void.ttl", "dump/narkom-accepted.ttl", "dump/narkom-nanopubs.trig", "dump/catalogue.ttl",
    ],
)  # fmt: skip
def test_a_page_is_that_of_the_store(client: httpx.Client, far: httpx.Client, path: str) -> None:
    found = [one.get(path) for one in (client, far)]
    assert [one.status_code for one in found] == [200, 200]
    assert found[0].content == found[1].content


def test_the_evidence_is_that_of_the_store(client: httpx.Client, far: httpx.Client) -> None:
    asked = {"query": f"{IAGODA} LIMIT 7", "evidence": "true"}
    found = [one.get("sparql", params=asked, headers={"Accept": "text/csv"}) for one in (client, far)]
    assert [one.status_code for one in found] == [200, 200]
    assert sorted(found[0].text.splitlines()) == sorted(found[1].text.splitlines())
    assert far.get("sparql", params={"query": "ASK { ?s ?p ?o }", "evidence": "true"}).status_code == 400
    elsewhere = "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"
    assert far.get("sparql", params={"query": elsewhere, "evidence": "true"}).status_code == 403


def test_the_service_description_counts_the_endpoint(client: httpx.Client, far: httpx.Client) -> None:
    found = [one.get("sparql", headers={"Accept": "application/n-triples"}).text for one in (client, far)]
    numbers = [next(line.split('"')[1] for line in text.splitlines() if "void#triples" in line) for text in found]
    assert numbers[0] == numbers[1]


def test_a_runaway_is_ended_and_others_are_answered(engine: servers.Server, tmp_path: Path) -> None:
    done: list[int] = []

    def run_away(url: str) -> None:
        found = httpx.get(f"{url}sparql", params={"query": CROSS}, timeout=60, trust_env=False)
        done.append(found.status_code)

    with serving(tmp_path / "none", tmp_path / "log", "--endpoint", engine.query, "--timeout", "10") as hurried:
        thread = threading.Thread(target=run_away, args=(hurried.url,))
        thread.start()
        query = {"query": "ASK { ?s ?p ?o }"}
        assert httpx.get(f"{hurried.url}sparql", params=query, timeout=60, trust_env=False).status_code == 200
        assert not done
        thread.join()
    assert done == [503]


def _refuses(endpoint: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "narkom.cli", "serve", "--port", "0", "--endpoint", endpoint]
    found = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=tmp_path)
    assert (found.returncode, len(found.stderr.splitlines())) == (2, 1), found.stderr
    assert "Traceback" not in found.stderr


def test_what_is_no_endpoint_is_one_line(distant: Server, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    for endpoint in (f"http://127.0.0.1:{port}/query", f"{distant.url}questions", "ftp://127.0.0.1/", "nothing"):
        _refuses(endpoint, tmp_path)


def test_an_engine_without_the_knowledge_base_is_one_line(tmp_path: Path) -> None:
    with oxigraph(tmp_path) as empty:
        _refuses(empty.query, tmp_path)


def test_an_engine_that_has_gone_is_told_of(built: Path, tmp_path: Path) -> None:
    with oxigraph(tmp_path) as short:
        kind = {"Content-Type": "application/n-quads"}
        request = urllib.request.Request(short.graph_store, read_snapshot(built)[0], kind, method="POST")
        urllib.request.urlopen(request, timeout=60).close()
        with serving(tmp_path / "none", tmp_path / "log", "--endpoint", short.query, "--timeout", "60") as one:
            assert httpx.get(f"{one.url}person/iagoda.html", timeout=90, trust_env=False).status_code == 200
            short.process.terminate()
            short.process.wait()
            for path in ("sparql?query=ASK{?s ?p ?o}", "question/career?person=Yezhov"):
                found = httpx.get(f"{one.url}{path}", timeout=90, trust_env=False)
                assert found.status_code == 502
                assert "127.0.0.1" not in found.text
                no_leak(found)
            assert httpx.get(f"{one.url}person/iagoda.html", timeout=90, trust_env=False).status_code == 200
