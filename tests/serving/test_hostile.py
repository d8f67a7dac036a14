"""What a server must bear: runaways, bombs, slow clients, tricks with headers, markup where none belongs."""

import contextlib
import socket
import threading
import time
from pathlib import Path

import httpx
import pytest

from .conftest import SECRETS, Server, no_leak, serving, wait_for_runaways, wait_until

QUICK = "ASK { ?s ?p ?o }"
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
BOMBS = {
    "nested calls": "SELECT (" + "ABS(" * 3000 + "1" + ")" * 3000 + " AS ?x) {}",
    "nested groups": "SELECT * " + "{" * 5000 + "}" * 5000,
    "chain": "SELECT * { ?s ?p ?o FILTER(" + " && ".join(["?o"] * 20000) + ") }",
    "path": "SELECT (COUNT(*) AS ?n) { ?a (!<x:a>|!^<x:b>)* ?b . ?b (!<x:c>|!^<x:d>)* ?c . ?c (!<x:e>)* ?d }",
    "cross product": CROSS,
    "star": "SELECT * { " + " ".join(f"?s ?p{i} ?o{i} ." for i in range(200)) + " }",
    "huge rows": "SELECT * { ?a ?b ?c . ?d ?e ?f }",
    "doubled string": 'SELECT (STRLEN(?z) AS ?n) { BIND("' + "x" * 1000 + '" AS ?a0) '
    + " ".join(f"BIND(CONCAT(?a{i}, ?a{i}) AS ?a{i + 1})" for i in range(30)) + " BIND(?a30 AS ?z) }",
    "group concat": 'SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d))) AS ?x) { ?a ?b ?c . ?d ?e ?f }',
    "sort": "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f",
}  # fmt: skip


@pytest.fixture
def server(short_server: Server) -> Server:
    return short_server


@pytest.fixture
def client(short_client: httpx.Client) -> httpx.Client:
    return short_client


def _lives(client: httpx.Client) -> None:
    response = client.get("sparql", params={"query": QUICK})
    assert response.json()["boolean"] is True


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_ended_and_the_server_lives(client: httpx.Client, name: str) -> None:
    kind = {"Content-Type": "application/sparql-query"}
    response = client.post("sparql", content=BOMBS[name], headers=kind)
    assert response.status_code in (400, 403, 503), response.text[:200]
    if response.status_code == 503:
        assert int(response.headers["retry-after"]) > 0
    no_leak(response)
    _lives(client)


@pytest.mark.parametrize("pattern", ["(a+)+$", "(.*)*x", "(a|aa)+$", "((((a{0,100}){0,100}){0,100}){0,100})"])
def test_a_regular_expression_does_not_explode(client: httpx.Client, pattern: str) -> None:
    query = f'SELECT * {{ BIND("{"a" * 5000}!" AS ?x) FILTER(REGEX(?x, "{pattern}")) }}'
    response = client.post("sparql", data={"query": query})
    assert response.status_code in (200, 400, 503)
    _lives(client)


def test_others_are_answered_while_four_runaways_run(server: Server, client: httpx.Client) -> None:
    done: list[int] = []

    def run_away() -> None:
        found = httpx.get(f"{server.url}sparql", params={"query": CROSS}, timeout=60, trust_env=False)
        done.append(found.status_code)

    threads = [threading.Thread(target=run_away) for _ in range(4)]
    for thread in threads:
        thread.start()
    wait_for_runaways(server)
    asked = 0
    while not done and asked < 12:
        for path in (f"sparql?query={QUICK}", "person/ezhov.html", "question/career?person=Yezhov"):
            assert client.get(path).status_code == 200
            asked += 1
    for thread in threads:
        thread.join()
    assert asked >= 3
    assert done == [503] * 4


def test_when_all_workers_are_taken_the_next_is_told_to_come_again(built: Path, tmp_path: Path) -> None:
    with serving(built, tmp_path / "log", "--workers", "1", "--timeout", "20") as one:
        threads = [
            threading.Thread(target=lambda: httpx.get(f"{one.url}sparql?query={CROSS}", timeout=60, trust_env=False))
        ]
        threads[0].start()
        wait_for_runaways(one)
        response = httpx.get(f"{one.url}sparql?query={QUICK}", timeout=60, trust_env=False)
        assert response.status_code == 503
        assert int(response.headers["retry-after"]) > 0
        # Pages have workers of their own.
        assert httpx.get(f"{one.url}person/ezhov.html", timeout=60, trust_env=False).status_code == 200
        threads[0].join()


def test_a_client_that_goes_takes_its_query_with_it(built: Path, tmp_path: Path) -> None:
    with serving(built, tmp_path / "log", "--workers", "1", "--timeout", "60") as one:
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(f"{one.url}sparql?query={CROSS}", timeout=httpx.Timeout(60, read=1), trust_env=False)
        # Well before the query's own limit.
        quick = f"{one.url}sparql?query={QUICK}"
        wait_until(lambda: httpx.get(quick, timeout=60, trust_env=False).status_code == 200, within=40)


def test_an_oversized_body_is_refused(client: httpx.Client) -> None:
    kind = {"Content-Type": "application/sparql-query"}
    assert client.post("sparql", content=b"#" * (2**20 + 1), headers=kind).status_code == 413

    def pieces():
        for _ in range(2**5 + 1):
            yield b"#" * 2**15

    assert client.post("sparql", content=pieces(), headers=kind).status_code == 413
    _lives(client)


def test_a_giant_literal_is_only_data(client: httpx.Client) -> None:
    query = 'SELECT (STRLEN("' + "x" * 900_000 + '") AS ?n) {}'
    response = client.post("sparql", content=query, headers={"Content-Type": "application/sparql-query"})
    assert response.json()["results"]["bindings"][0]["n"]["value"] == "900000"


def _raw(port: int, data: bytes, wait: float = 60) -> bytes:
    """Send bytes and return what comes back until the server hangs up, which it may do at any moment."""
    found = b""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=wait) as sock:
        sock.sendall(data)
        sock.shutdown(socket.SHUT_WR)
        while piece := sock.recv(65536):
            found += piece
    return found


@pytest.mark.parametrize(
    "data",
    [
        b"\x00\x01\x02\x03\r\n\r\n",
        b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"".join(b"X-%d: y\r\n" % i for i in range(20000)) + b"\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: x\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 50\r\n\r\nASK{}",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999999\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET /sparql?query=\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /person/%00%ff HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"GET /person/ia\x00goda HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET http://elsewhere.example/person/iagoda HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX-A: b\r\n c: d\r\nConnection: close\r\n\r\n",
        b"CONNECT elsewhere.example:443 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"GET /sparql HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\n\r\n",
    ],
)
def test_what_is_hardly_http_does_no_harm(server: Server, client: httpx.Client, data: bytes) -> None:
    found = _raw(server.port, data)
    assert b"HTTP/1.1 5" not in found
    for secret in SECRETS:
        assert secret not in found
    _lives(client)


@pytest.mark.parametrize("hosts", [b"", b"Host: a\r\nHost: b\r\n"])
def test_one_host_is_wanted(server: Server, hosts: bytes) -> None:
    assert _raw(server.port, b"GET /robots.txt HTTP/1.1\r\n" + hosts + b"\r\n").startswith(b"HTTP/1.1 400 ")


def test_a_head_that_does_not_end_is_cut(server: Server, client: httpx.Client) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as sock, contextlib.suppress(OSError):
        sock.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
        for number in range(200):
            sock.sendall(b"X-%d: " % number + b"y" * 8000 + b"\r\n")
            time.sleep(0.005)
        raise AssertionError("the server goes on reading")
    _lives(client)


def test_requests_in_one_packet_are_answered_in_turn(server: Server) -> None:
    one = b"GET /sparql?query=ASK%20%7B%7D HTTP/1.1\r\nHost: x\r\n\r\n"
    head = b"HEAD /robots.txt HTTP/1.1\r\nHost: x\r\n\r\n"
    last = b"GET /robots.txt HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    found = b""
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as sock:
        sock.sendall(one + one + head + last)
        while piece := sock.recv(65536):
            found += piece
    assert found.count(b"HTTP/1.1 200 ") == 4
    assert found.count(b'"boolean":true') == 2
    assert found.count(b"User-agent") == 1


@pytest.mark.parametrize(
    "path",
    [
        "static/../app.py", "static/..%2fapp.py", "static/%2e%2e/%2e%2e/cli.py", "static//etc/passwd", "static/",
        "person/../../etc/passwd", "person/..%2f..%2fetc%2fpasswd.html", "question/..%2f..%2fcareer", "etc/passwd",
        "person/iagoda.py", "person/iagoda.html.html", "person/IAGODA", "person/%D0%AF", "%2e%2e%2f",
        "ssc/claim/p22s1c;x=1",
    ],
)  # fmt: skip
def test_only_what_is_there_is_found(client: httpx.Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    no_leak(response)


def test_the_host_header_is_not_believed(client: httpx.Client) -> None:
    asked = {
        "Host": "evil.example",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "https",
        "Forwarded": "host=evil.example",
    }
    for path in ("person/iagoda", "person", "sparql", "sparql/", "sparql.html/", "questions"):
        response = client.get(path, headers=asked)
        assert "evil.example" not in str(response.headers) + response.text


@pytest.mark.parametrize(
    "path",
    [
        "search?q={}", "question/career?person={}", "question/arrested-in?from={}", "{}", "person/{}", "question/{}",
        "question/career?{}=x",
    ],
)  # fmt: skip
def test_markup_is_shown_not_obeyed(client: httpx.Client, path: str) -> None:
    markup = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    response = client.get(path.format(httpx.QueryParams({"x": markup}).get("x").replace("#", "")))
    assert b"<script>alert" not in response.content
    assert b"<img src=x" not in response.content
    no_leak(response)


def test_injection_through_a_parameter_is_a_value(client: httpx.Client) -> None:
    for typed in ("> } SELECT * { ?s ?p ?o", "person:ezhov } VALUES ?x { 1", 'x" } #', "<http://x>"):
        response = client.get("question/career", params={"person": typed})
        assert response.status_code == 400
        no_leak(response)


def test_a_slow_client_is_let_go(server: Server, client: httpx.Client) -> None:
    """Twelve connections that never finish their heads are closed after ten seconds; meanwhile others are answered."""
    socks = [socket.create_connection(("127.0.0.1", server.port), timeout=60) for _ in range(12)]
    try:
        for number, sock in enumerate(socks):
            sock.sendall([b"GET / HTTP/1.1\r\nX-Slow: ", b"", b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: "
                          b"application/sparql-query\r\nContent-Length: 100\r\n\r\nASK"][number % 3])  # fmt: skip
        _lives(client)
        for sock in socks:
            while sock.recv(4096):
                pass
    finally:
        for sock in socks:
            sock.close()
