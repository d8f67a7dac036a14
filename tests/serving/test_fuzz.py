"""Bounded runs with whatever hypothesis thinks of: the server answers, leaks nothing, and is there for the next."""

import httpx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .conftest import no_leak

bounded = settings(
    max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
QUICK = "ASK { ?s ?p ?o }"


@bounded
@given(data=st.binary(max_size=300))
def test_any_bytes_as_a_query(client: httpx.Client, data: bytes) -> None:
    response = client.post("sparql", content=data, headers={"Content-Type": "application/sparql-query"})
    assert response.status_code in (200, 400, 403)
    no_leak(response)


_WORDS = (
    "SELECT ASK CONSTRUCT DESCRIBE * { } ( ) ?s ?p ?o . ; , WHERE FILTER OPTIONAL UNION MINUS GRAPH SERVICE FROM NAMED "
    "BIND AS VALUES LIMIT 3 ORDER BY GROUP HAVING COUNT(*) <x:y> 'a' ^ / + ! | a PREFIX x: BASE UNDEF EXISTS NOT IN"
)


@bounded
@given(words=st.lists(st.sampled_from(_WORDS.split()), max_size=30))
def test_any_words_as_a_query(client: httpx.Client, words: list[str]) -> None:
    response = client.post("sparql", data={"query": " ".join(words) + " LIMIT 5"})
    assert response.status_code in (200, 400, 403, 503)
    no_leak(response)


@bounded
@given(accept=st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=80))
def test_any_accept_header(client: httpx.Client, accept: str) -> None:
    assert client.get("person/iagoda", headers={"Accept": accept.strip()}).status_code in (303, 406)
    assert client.get("sparql", params={"query": QUICK}, headers={"Accept": accept.strip()}).status_code in (200, 406)


@bounded
@given(typed=st.text(max_size=60), name=st.sampled_from(["career", "arrested-in", "none"]))
def test_any_text_as_a_name(client: httpx.Client, typed: str, name: str) -> None:
    try:
        typed.encode()
    except UnicodeEncodeError:
        return
    assert client.get("search", params={"q": typed}).status_code == 200
    assert client.get(f"question/{name}", params={"person": typed, "from": typed}).status_code in (200, 400, 404)


@bounded
@given(path=st.binary(max_size=60))
def test_any_path(client: httpx.Client, path: bytes) -> None:
    quoted = "".join(f"%{byte:02x}" for byte in path)
    response = client.get(f"/x{quoted}")
    assert response.status_code in (404, 301)
    no_leak(response)
