"""The engine that a push writes to: one write by SPARQL Update or by the Graph Store Protocol, and how to clear it."""

from __future__ import annotations

import http.client
import urllib.request
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from pyoxigraph import DefaultGraph, NamedNode, Quad

from narkom.asking.endpoint import Endpoint, checked_address, credentials, failure
from narkom.vocabulary import is_claim_sparql

_TRIPLES = "text/turtle; charset=utf-8"
_UPDATE = "application/sparql-update; charset=utf-8"
_MOST_CLEARED = 5000


@dataclass(frozen=True)
class Target:
    """An engine: its endpoint for queries, the address that takes data, and the protocol (update or gsp) it takes."""

    endpoint: Endpoint
    url: str
    protocol: str

    def write(self, quads: Iterable[Quad]) -> None:
        """Add quads. Doing it twice changes nothing, so that a chunk can be sent again; raises EndpointError."""
        graphs: dict[str, list[str]] = defaultdict(list)
        for quad in quads:
            graphs[self._graph_of(quad)].append(f"{quad.triple} .")
        if self.protocol == "update":
            self._update("INSERT DATA {\n" + "\n".join(_block(graph, lines) for graph, lines in graphs.items()) + "\n}")
            return
        for graph, lines in graphs.items():
            self._graph_store("POST", graph, "\n".join(lines))

    def clear(self) -> None:
        """Empty the default graph and every claim's graph; raises EndpointError."""
        self._clear_graph(self.endpoint.default_graph or "")
        while graphs := self._claim_graphs():
            for graph in graphs:
                self._clear_graph(graph)

    def counts(self) -> tuple[int, int]:
        """Return the numbers of triples in the default graph and of quads in the claims' graphs."""
        default = self._count("?s ?p ?o")
        return default, self._count(f"GRAPH ?g {{ ?s ?p ?o }} FILTER({is_claim_sparql('?g')})")

    def _count(self, pattern: str) -> int:
        solutions = self.endpoint.select(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")
        return int(next(iter(solutions))[0].value)

    def _graph_of(self, quad: Quad) -> str:
        """The graph that a quad goes to, empty for the engine's own default graph."""
        if isinstance(quad.graph_name, DefaultGraph):
            return self.endpoint.default_graph or ""
        return quad.graph_name.value

    def _claim_graphs(self) -> list[str]:
        text = f"SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s ?p ?o }} FILTER({is_claim_sparql('?g')}) }} LIMIT {_MOST_CLEARED}"
        return [solution[0].value for solution in self.endpoint.select(text)]

    def _clear_graph(self, graph: str) -> None:
        if self.protocol == "update":
            self._update(f"CLEAR SILENT GRAPH <{graph}>" if graph else "CLEAR SILENT DEFAULT")
        else:
            self._graph_store("DELETE", graph)

    # -- requests ----------------------------------------------------------------------------------------------------

    def _update(self, text: str) -> None:
        self._send("POST", self.url, text, _UPDATE)

    def _graph_store(self, method: str, graph: str, text: str | None = None) -> None:
        place = urlencode({"graph": graph}) if graph else "default"
        self._send(method, f"{self.url}{'&' if '?' in self.url else '?'}{place}", text, _TRIPLES)

    def _send(self, method: str, url: str, text: str | None, kind: str) -> None:
        body = None if text is None else text.encode()
        headers = {"Accept": "*/*"} if text is None else {"Accept": "*/*", "Content-Type": kind}
        request = urllib.request.Request(url, body, headers, method=method)
        try:
            with _opener(self.url).open(request, timeout=self.endpoint.timeout) as response:
                response.read()
        except (OSError, http.client.HTTPException, ValueError) as error:
            # Nothing to delete is what a deletion wants.
            if method == "DELETE" and getattr(error, "code", None) == 404:
                return
            raise failure(self.url, error, self.endpoint.timeout) from error


def target_of(query: str, write: str | None, protocol: str, default_graph: str | None, timeout: int) -> Target:
    """Return the target that the options name; raises UsageError for an address that is none."""
    if default_graph is not None:
        NamedNode(checked_address(default_graph, "--default-graph"))
    return Target(Endpoint(query, default_graph, timeout), checked_address(write or query, "--to"), protocol)


def _block(graph: str, lines: list[str]) -> str:
    triples = "\n".join(lines)
    return f"GRAPH <{graph}> {{\n{triples}\n}}" if graph else triples


def _opener(url: str) -> urllib.request.OpenerDirector:
    """Return what sends requests: with the name and password of the environment, by Basic or Digest as asked for."""
    passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
    name, password = credentials()
    if name:
        passwords.add_password(None, url, name, password)
    return urllib.request.build_opener(
        urllib.request.HTTPBasicAuthHandler(passwords), urllib.request.HTTPDigestAuthHandler(passwords)
    )
