"""An endpoint that fails in each way that a server can: one line, exit code 2, and never a wrong answer."""

import json
import os
import socket
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from narkom.asking.endpoint import Endpoint, EndpointError
from narkom.asking.remote import RemoteStore, with_equality, without_graph
from narkom.errors import UsageError

JSON = "application/sparql-results+json"
ONE_ROW = json.dumps({"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "literal", "value": "1"}}]}})


@pytest.fixture
def serve():
    """Return a function that starts a server with one way to answer and gives its address."""
    running = []

    def start(status: int = 200, kind: str = JSON, body: str = ONE_ROW, headers: dict | None = None, wait: float = 0):
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                time.sleep(wait)
                self.send_response(status)
                for name, value in {"Content-Type": kind, **(headers or {})}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *arguments: object) -> None:
                """Say nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = False
        running.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}/sparql"

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


def test_an_answer(serve) -> None:
    assert [solution["x"].value for solution in Endpoint(serve()).select("SELECT ?x { }")] == ["1"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT DISTINCT ?x ?y { }", ["b", "a", "c"]),
        ("PREFIX distinct: <urn:x:> SELECT  distinct # all\n ?x { }", ["b", "a", "c"]),
        ("SELECT ?x ?y { }", ["b", "a", "b", "c"]),
        ("SELECT ?x ?y { { SELECT DISTINCT ?x { } } }", ["b", "a", "b", "c"]),
    ],
)
def test_distinct_rows_are_distinct(serve, query: str, expected: list[str]) -> None:
    """Virtuoso repeats rows of a SELECT DISTINCT where a variable is unbound."""
    rows = [{"x": {"type": "literal", "value": value, "xml:lang": "en"}} for value in "bab"]
    rows += [{"y": {"type": "literal", "value": "1"}, "x": {"type": "literal", "value": "c"}}]
    body = json.dumps({"head": {"vars": ["x", "y"]}, "results": {"bindings": rows}})
    store = RemoteStore(Endpoint(serve(body=body)))
    assert [solution["x"].value for solution in store.query(query)] == expected


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ({"status": 400, "body": "parse error\nat 1:7\x1b[31m"}, "HTTP status 400: parse error at 1:7 [31m"),
        ({"status": 401, "body": ""}, "HTTP status 401"),
        ({"status": 404, "body": "no"}, "HTTP status 404: no"),
        ({"status": 500, "body": "x" * 900}, "HTTP status 500: xxx"),
        ({"status": 503, "body": "later"}, "HTTP status 503: later"),
        ({"kind": "text/html", "body": "<html>"}, "answers with text/html, not with"),
        ({"body": ONE_ROW[:-9]}, "the answer is malformed"),
        ({"body": "{}"}, "the answer is malformed"),
        ({"body": '{"head": {}, "boolean": true}'}, "no rows where rows were asked for"),
        ({"headers": {"Content-Length": "9999"}, "body": ONE_ROW[:-20]}, "the answer is malformed"),
        ({"headers": {"X-SPARQL-MaxRows": "10000"}}, "cuts its answers short (X-SPARQL-MaxRows: 10000)"),
    ],
    ids=["400", "401", "404", "500", "503", "html", "cut", "empty", "boolean", "short", "max-rows"],
)
def test_a_failure_is_one_line(serve, answer: dict, message: str) -> None:
    url = serve(**answer)
    with pytest.raises(EndpointError) as raised:
        Endpoint(url).select("SELECT ?x { }")
    assert raised.value.lines[0].startswith(f"{url}: ") and message in raised.value.lines[0]
    assert (
        "\n" not in raised.value.lines[0] and "\x1b" not in raised.value.lines[0] and len(raised.value.lines[0]) < 400
    )


def test_too_slow(serve) -> None:
    with pytest.raises(EndpointError, match="no answer within 1 seconds"):
        Endpoint(serve(wait=2), timeout=1).select("SELECT ?x { }")


def test_nobody_there() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{probe.getsockname()[1]}/sparql"
    with pytest.raises(EndpointError, match="cannot be reached: Connection refused"):
        Endpoint(url).select("SELECT ?x { }")


@pytest.mark.parametrize(
    "url", ["", "localhost:7878", "ftp://x/y", "file:///etc/passwd", "http://", "http://x:y/", "http://a b"]
)
def test_an_address_that_is_none(url: str) -> None:
    with pytest.raises(UsageError, match="an address is wanted"):
        Endpoint(url)


@pytest.mark.parametrize("verb", [["ask", "career"], ["query", "-"], ["push"]])
def test_exit_code(serve, tmp_path, verb: list[str]) -> None:
    url = serve(status=503, body="busy")
    environment = {**os.environ, "NARKOM_STORE": str(tmp_path)}
    file = tmp_path / "one.nq"
    file.write_text("<http://x/a> <http://x/b> <http://x/c> .\n", encoding="utf-8")
    more = ["--file", str(file)] if verb == ["push"] else []
    command = [sys.executable, "-m", "narkom.cli", *verb, "--endpoint", url, *more]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, input="SELECT * {}", check=False)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{url}: HTTP status 503: busy\n")


def test_default_graph_needs_an_endpoint() -> None:
    command = [sys.executable, "-m", "narkom.cli", "ask", "career", "--default-graph", "http://x/g"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2 and "give --endpoint too" in done.stderr


def test_named_graphs_are_confined_to_claims() -> None:
    query = 'SELECT * { GRAPH ?c { ?s ?p "}" } OPTIONAL { GRAPH $d { ?x ?y ?z } } GRAPH <http://x/g> { ?a ?b ?c } }'
    confined = without_graph(query, "http://x/view")
    only = 'FILTER(STRSTARTS(STR({0}), "https://w3id.org/narkom/") && CONTAINS(STR({0}), "/claim/"))'
    assert confined == (
        f'SELECT * {{ GRAPH ?c {{ ?s ?p "}}" }} {only.format("?c")} OPTIONAL {{ GRAPH $d {{ ?x ?y ?z }} '
        f"{only.format('$d')} }} GRAPH <http://x/g> {{ ?a ?b ?c }} }}"
    )
    assert without_graph(query, None) == query
    assert without_graph("SELECT \x00", "http://x/view") == "SELECT \x00"


def test_equality_for_sameterm() -> None:
    query = 'SELECT * { ?s ?p ?o FILTER(SAMETERM(?o, "1"^^<http://x/d>)) FILTER(sameTerm(?s, ?p)) }'
    assert with_equality(query) == 'SELECT * { ?s ?p ?o FILTER((?o = "1"^^<http://x/d>)) FILTER((?s = ?p)) }'
