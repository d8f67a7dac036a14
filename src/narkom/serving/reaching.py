"""In a worker: the one way out, to the engine that `narkom serve --endpoint` names, and what goes over it.

A worker may open no descriptor. Here, and for the time of one request alone, it may: to reach the engine.
"""

from __future__ import annotations

import http.client
import re
import resource
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.error import HTTPError
from urllib.parse import urlencode

import pyoxigraph as ox

from narkom.asking import syntax
from narkom.asking.endpoint import Endpoint, EndpointError, credentials
from narkom.asking.prefixes import with_prefixes
from narkom.asking.remote import without_graph
from narkom.serving import sparql
from narkom.serving.sparql import Refusal, TooLarge
from narkom.vocabulary import BASE, is_claim

_ROWS, _TRIPLES = "application/sparql-results+json", "application/n-triples"
# Virtuoso says with these that it cut an answer short; the status is 200 all the same.
_CUT = ("X-SPARQL-MaxRows", "X-SQL-State")
SILENT = "The engine behind this endpoint does not answer."
"""What a client is told of an engine that cannot be reached."""
_BOOLEAN = (b'{"head":{},"boolean":false}', b'{"head":{},"boolean":true}')
_LATE = (408, 503, 504)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


@contextmanager
def _way_out() -> Iterator[None]:
    narrow, wide = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wide, wide))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (narrow, wide))


class Reached(Endpoint):
    """An endpoint that can be asked from within a worker."""

    def fetch(self, query: str) -> bytes:
        """As Endpoint.fetch."""
        with _way_out():
            return super().fetch(query)


class _Graphs:
    """The claims' graphs of an endpoint, as far as sparql.py asks a store for its graphs."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    def contains_named_graph(self, node: ox.NamedNode) -> bool:
        """Whether the endpoint holds a claim of that name; raises EndpointError."""
        if not is_claim(node.value):
            return False
        return any(True for _ in self._endpoint.select(f"SELECT ?s {{ GRAPH {node} {{ ?s ?p ?o }} }} LIMIT 1"))


def run(
    endpoint: Endpoint, query: str, accept: str | None, default_graphs: list[str], named_graphs: list[str], limit: int
) -> tuple[str, bytes]:
    """Pass a query on; return the media type and bytes of its result. Raises Refusal (400, 403, 406, 502, 503)."""
    graphs = _Graphs(endpoint)
    typed, query = query, with_prefixes(query)
    check(endpoint, query)
    try:
        kind = type(_parsed(typed, query))
        formats = sparql.GRAPHS if kind is ox.QueryTriples else sparql.ROWS
        media = sparql.chosen(accept, formats)
        fields = _fields(endpoint, query, sparql.dataset(graphs, default_graphs, named_graphs))
        data = _fetch(endpoint, fields, _TRIPLES if formats is sparql.GRAPHS else _ROWS, limit)
    except TooLarge:
        raise Refusal(403, sparql.too_large(limit)) from None
    except EndpointError:
        raise Refusal(502, SILENT) from None
    try:
        return media, sparql.serialized(_result(data, kind), formats, media, limit)
    except TooLarge:
        raise Refusal(403, sparql.too_large(limit)) from None
    except (SyntaxError, ValueError):
        raise Refusal(502, "The engine behind this endpoint gives no readable answer.") from None


def check(endpoint: Endpoint, query: str) -> None:
    """Refuse a query that leads elsewhere, or of which nobody could tell; raises Refusal (400, 403, 502)."""
    try:
        for text in dict.fromkeys((query, _unescaped(query))):
            _readable(text)
            sparql.refuse_remote(_Graphs(endpoint), text)
    except EndpointError:
        raise Refusal(502, SILENT) from None


def _result(data: bytes, kind: type):
    """Read the engine's answer; raises SyntaxError or ValueError for what is none of that kind."""
    if kind is ox.QueryTriples:
        return (quad.triple for quad in ox.parse(data, format=ox.RdfFormat.N_TRIPLES))
    result = ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)
    if kind is ox.QueryBoolean and isinstance(result, ox.QuerySolutions):
        # Virtuoso 7.2 answers ASK with a row that holds a number.
        truth = any(solution[0].value in ("1", "true") for solution in result)
        return ox.parse_query_results(_BOOLEAN[truth], format=ox.QueryResultsFormat.JSON)
    if not isinstance(result, kind):
        raise ValueError("another kind of result")
    return result


def _unescaped(query: str) -> str:
    """The query as an engine reads it that resolves escapes first: SERVICE can be written with one."""
    return _ESCAPE.sub(lambda match: _sign(int(match[1] or match[2], 16)), query)


def _sign(number: int) -> str:
    return chr(number) if number < 0x110000 else "\ufffd"


def _readable(query: str) -> None:
    """Refuse what cannot be taken apart: nobody could tell where it leads."""
    try:
        syntax.tokenize(query)
    except syntax.Uncitable:
        raise Refusal(400, "The query is malformed.") from None


def _parsed(typed: str, query: str):
    """What kind of result a query has, learnt on an empty store; no update passes. Raises Refusal (400)."""
    try:
        return ox.Store().query(query, base_iri=BASE)
    except SyntaxError as error:
        raise Refusal(400, sparql.malformed(typed, query, error)) from None
    except (ValueError, OSError):
        raise Refusal(400, "The query cannot be evaluated.") from None


def _fields(endpoint: Endpoint, query: str, dataset: dict) -> list[tuple[str, str]]:
    """The fields of the protocol, the graph of the view by the name that it has at the engine."""
    own = endpoint.default_graph
    default, named = dataset.get("default_graph", []), dataset.get("named_graphs", [])
    if ox.DefaultGraph() in default and not own:
        if len(default) > 1 or named or "graph" in query.lower():
            raise Refusal(400, "The engine behind this endpoint has no name for the accepted view: ask it alone.")
        default = []
    graphs = [own if graph == ox.DefaultGraph() else graph.value for graph in default]
    if not dataset and own:
        query, graphs = without_graph(query, own), [own]
    return [
        ("query", f"BASE <{BASE}>\n{query}"),
        *(("default-graph-uri", graph) for graph in graphs),
        *(("named-graph-uri", graph.value) for graph in named),
    ]


def _fetch(endpoint: Endpoint, fields: list[tuple[str, str]], accept: str, limit: int) -> bytes:
    """Return the engine's answer; raises Refusal (400, 502, 503) and TooLarge. The engine's own words stay here."""
    request = urllib.request.Request(endpoint.url, urlencode(fields).encode(), {"Accept": accept})
    try:
        with _way_out(), _opener(endpoint.url).open(request, timeout=endpoint.timeout) as response:
            data = response.read(limit + 1)
            kind, cut = response.headers.get_content_type(), any(response.headers.get(name) for name in _CUT)
    except HTTPError as error:
        error.close()
        if error.code == 400:
            raise Refusal(400, "The query cannot be evaluated.") from None
        if error.code in _LATE:
            raise Refusal(503, "The engine behind this endpoint ended the query or is busy. Try again.") from None
        raise Refusal(502, "The engine behind this endpoint refuses.") from None
    except TimeoutError:
        raise Refusal(503, "The engine behind this endpoint took too long.") from None
    except (OSError, http.client.HTTPException):
        raise Refusal(502, SILENT) from None
    if len(data) > limit:
        raise TooLarge
    if kind != accept or cut:
        raise Refusal(502, "The engine behind this endpoint gives no complete answer.")
    return data


def _opener(url: str) -> urllib.request.OpenerDirector:
    """What asks the engine, with name and password from the environment where it wants them."""
    name, password = credentials()
    if not name:
        return urllib.request.build_opener()
    known = urllib.request.HTTPPasswordMgrWithDefaultRealm()
    known.add_password(None, url, name, password)
    return urllib.request.build_opener(
        urllib.request.HTTPBasicAuthHandler(known), urllib.request.HTTPDigestAuthHandler(known)
    )
