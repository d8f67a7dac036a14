"""In a worker: run a query over the store and serialise what it returns in the form the client likes best."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urljoin

import pyoxigraph as ox

from narkom.asking import syntax
from narkom.asking.malformed import explain
from narkom.asking.prefixes import with_prefixes
from narkom.portal.negotiation import choose
from narkom.vocabulary import BASE, PREFIXES

ROWS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "application/xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/trig": ox.RdfFormat.TRIG,
    "application/n-quads": ox.RdfFormat.N_QUADS,
    "text/n3": ox.RdfFormat.N3,
}
ACCEPTED = PREFIXES["view"] + "accepted"
"""The name by which a client asks for the default graph."""
# What is no Char of XML 1.0 (https://www.w3.org/TR/xml/#charsets), as it is in UTF-8 or as a reference.
_NOT_XML = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]"
    rb"|&#(?:x0*(?:[0-8bcef]|1[0-9a-f]|fff[ef])|0*(?:[0-8]|1[124-9]|2\d|3[01]|6553[45]));",
    re.IGNORECASE,
)


class Refusal(Exception):
    """A query that is not answered: an HTTP status, and a sentence for the client."""

    def __init__(self, status: int, message: str) -> None:
        """Take what the client is told."""
        super().__init__(message)
        self.status = status
        self.message = message


class TooLarge(Exception):
    """A result that is larger than one may be."""


class Bounded:
    """Bytes that are written in pieces, up to a limit."""

    def __init__(self, limit: int) -> None:
        """Take the number of bytes that are still written."""
        self._limit = limit
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        """Keep a piece; raises TooLarge beyond the limit."""
        self._limit -= len(piece)
        if self._limit < 0:
            raise TooLarge
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Do nothing: there is nothing behind this."""

    def value(self) -> bytes:
        """Return all that was written."""
        return b"".join(self._pieces)


def run(
    store: ox.Store, query: str, accept: str | None, default_graphs: list[str], named_graphs: list[str], limit: int
) -> tuple[str, bytes]:
    """Return the media type and bytes of a query's result; raises Refusal (400, 403, 406)."""
    full = with_prefixes(query)
    refuse_remote(store, full)
    graphs = dataset(store, default_graphs, named_graphs)
    with refusing(query, full, limit):
        result = store.query(full, base_iri=BASE, **graphs)
        formats = formats_of(result)
        media = chosen(accept, formats)
        return media, serialized(result, formats, media, limit)


@contextmanager
def refusing(typed: str, full: str, limit: int) -> Iterator[None]:
    """Turn what a store raises over a query into a Refusal; `full` is the query as typed with its prefixes."""
    try:
        yield
    except SyntaxError as error:
        raise Refusal(400, malformed(typed, full, error)) from None
    except TooLarge:
        raise Refusal(403, too_large(limit)) from None
    except (ValueError, OSError):
        raise Refusal(400, "The query cannot be evaluated.") from None


def malformed(typed: str, full: str, error: SyntaxError) -> str:
    """Return what the client is told of a query that the engine cannot read; `full` is it with its prefixes."""
    return f"The query is malformed at {explain(typed, error, len(full) - len(typed))}"


def too_large(limit: int) -> str:
    """Return what the client is told of a result beyond the limit."""
    return f"The result is larger than {limit:,} bytes. Ask for less, or use LIMIT."


def formats_of(result) -> dict:
    """Return the formats that a result can be had in: those of rows, or those of graphs."""
    return GRAPHS if isinstance(result, ox.QueryTriples) else ROWS


def chosen(accept: str | None, formats: dict) -> str:
    """Return the media type that the client likes best; raises Refusal (406)."""
    media = choose(accept, list(formats))
    if media is None:
        raise Refusal(406, f"This result can be had as {', '.join(formats)}.")
    return media


def serialized(result, formats: dict, media: str, limit: int) -> bytes:
    """Return a result in one of its formats; raises TooLarge, and Refusal (406) for what XML cannot hold."""
    out = Bounded(limit)
    if formats is GRAPHS:
        ox.serialize(result, out, format=formats[media], prefixes=PREFIXES)
    else:
        result.serialize(out, format=formats[media])
    data = out.value()
    if media.endswith("xml") and _NOT_XML.search(data):
        others = ", ".join(name for name in formats if not name.endswith("xml"))
        raise Refusal(406, f"The result holds a character that XML cannot hold. It can be had as {others}.")
    return data


def refuse_remote(store: ox.Store, query: str) -> None:
    """Refuse SERVICE, LOAD and graphs that are not of this store, in words; the worker could reach nothing anyway."""
    lowered = query.lower()
    if not any(word in lowered for word in ("service", "from")):
        return
    try:
        tokens = syntax.tokenize(query)
    except syntax.Uncitable:
        return
    words = [token.text.upper() if token.kind == "word" else "" for token in tokens]
    if "SERVICE" in words:
        raise Refusal(403, "SERVICE is not available: this endpoint asks no other.")
    prefixes = _declared(tokens)
    for at, word in enumerate(words):
        if word == "FROM":
            named = words[at + 1 : at + 2] == ["NAMED"]
            graph = tokens[at + 1 + named : at + 2 + named]
            if graph:
                name = _expanded(graph[0], prefixes)
                if name.startswith(PREFIXES["view"]):
                    raise Refusal(400, f"A view is named beside the query, not in FROM: default-graph-uri={name}")
                _graph(store, name)


def _declared(tokens: list[syntax.Token]) -> dict[str, str]:
    return {
        tokens[at + 1].text[:-1]: tokens[at + 2].text[1:-1]
        for at, token in enumerate(tokens[:-2])
        if token.kind == "word" and token.text.upper() == "PREFIX"
    }


def _expanded(token: syntax.Token, prefixes: dict[str, str]) -> str:
    if token.kind == "iri":
        return urljoin(BASE, token.text[1:-1])
    prefix, _, local = token.text.partition(":")
    return prefixes.get(prefix, "") + local


def dataset(store: ox.Store, default_graphs: list[str], named_graphs: list[str]) -> dict:
    """The dataset that the protocol names. With any graph named, what is not named is not in it."""
    if not default_graphs and not named_graphs:
        return {}
    return {
        "default_graph": [_graph(store, iri) for iri in dict.fromkeys(default_graphs)],
        "named_graphs": [_graph(store, iri) for iri in dict.fromkeys(named_graphs) if iri != ACCEPTED],
    }


def _graph(store: ox.Store, iri: str) -> ox.NamedNode | ox.DefaultGraph:
    """The graph of that name; the accepted view's name stands for the default graph. Raises Refusal (400).

    A graph that nobody has is empty, as the specification's tests, Jena and Virtuoso have it. One of our own names is
    not: whoever mistypes a claim must not take the empty answer for the sources' silence. An engine elsewhere is not
    asked for a foreign graph, which it might go and fetch.
    """
    if iri == ACCEPTED:
        return ox.DefaultGraph()
    try:
        node = ox.NamedNode(iri)
    except ValueError:
        raise Refusal(400, "A graph is named by an absolute IRI.") from None
    foreign = isinstance(store, ox.Store) and not iri.startswith(BASE)
    if not foreign and not store.contains_named_graph(node):
        raise Refusal(400, "The query names a graph that this store does not have; none is fetched.")
    return node
