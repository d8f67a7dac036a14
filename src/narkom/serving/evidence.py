"""In a worker: a query's result with the evidence for it, in the formats that every client of SPARQL reads.

- SELECT: further variables, `?_claims ?_notes ?_stances` or others (asking/columns.py), in all formats of rows.
- ASK: the claims on which a yes rests, as links in the head of the result (SPARQL 1.1 Query Results JSON, 3.1.2, and
  XML, 2.3.1); a no rests on nothing. CSV and TSV know no ASK.
- CONSTRUCT and DESCRIBE: each triple in the graphs of the claims that say it, so that the result is had in formats that
  know graphs; what no claim says by itself, registers and what is derived, stands in the default graph.
"""

from __future__ import annotations

import json
from xml.sax.saxutils import quoteattr

import pyoxigraph as ox

from narkom.asking import syntax
from narkom.asking.citing import Answer, Citation, answer
from narkom.asking.columns import with_columns
from narkom.asking.evidence import Evidence
from narkom.asking.prefixes import with_prefixes
from narkom.asking.render import json_term
from narkom.errors import UsageError
from narkom.serving import sparql
from narkom.serving.sparql import Refusal
from narkom.vocabulary import BASE, PREFIXES

_QUADS = {media: one for media, one in sparql.GRAPHS.items() if one.supports_datasets}
_ASKED = ("application/sparql-results+json", "application/json", "application/sparql-results+xml", "application/xml")


def run(evidence: Evidence, query: str, accept: str | None, columns: tuple[str, ...], limit: int) -> tuple[str, bytes]:
    """Return the media type and bytes of a query's result with its evidence, from the store of `evidence`.

    Raises Refusal (400, 403, 406).
    """
    full = f"BASE <{BASE}> {with_prefixes(query)}"
    if isinstance(evidence.store, ox.Store):
        sparql.refuse_remote(evidence.store, full)
    with sparql.refusing(query, full, limit):
        kind = type(ox.Store().query(full))
        if kind is ox.QuerySolutions:
            media = sparql.chosen(accept, sparql.ROWS)
            return media, _rows(evidence, full, columns, media, limit)
        if not isinstance(evidence.store, ox.Store):
            raise Refusal(400, "An engine elsewhere is asked for the evidence of SELECT alone.")
        if kind is ox.QueryBoolean:
            media = sparql.chosen(accept, dict.fromkeys(_ASKED))
            return media, _boolean(evidence, full, media)
        media = sparql.chosen(accept, _QUADS)
        return media, _quads(evidence, full, media, limit)


def _rows(evidence: Evidence, query: str, columns: tuple[str, ...], media: str, limit: int) -> bytes:
    found = answer(evidence.store, query, evidence.view, evidence=evidence)
    try:
        variables, rows = with_columns(evidence.notes, found, columns)
    except UsageError as error:
        raise Refusal(400, f"{error}.") from None
    bindings = [
        {name: json_term(value) for name, value in zip(variables, row, strict=True) if value is not None}
        for row in rows
    ]
    text = json.dumps({"head": {"vars": variables}, "results": {"bindings": bindings}}).encode()
    result = ox.parse_query_results(text, format=ox.QueryResultsFormat.JSON)
    return sparql.serialized(result, sparql.ROWS, media, limit)


def _boolean(evidence: Evidence, query: str, media: str) -> bytes:
    truth = bool(evidence.store.query(query))
    claims = _first(evidence, query).claims if truth else ()
    if media.endswith("json"):
        return json.dumps({"head": {"link": list(claims)}, "boolean": truth}).encode()
    links = "".join(f"<link href={quoteattr(claim)}/>" for claim in claims)
    return (
        '<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#">'
        f"<head>{links}</head><boolean>{str(truth).lower()}</boolean></sparql>"
    ).encode()


def _first(evidence: Evidence, query: str) -> Citation:
    """The claims on which the first solution of an ASK rests; raises Refusal (400) where these cannot be told."""
    tokens = [token for token in syntax.tokenize(query) if token.kind != "space"]
    ask = next(token for token in tokens if token.kind == "word" and token.text.upper() == "ASK")
    found: Answer = answer(
        evidence.store, f"{query[: ask.start]}SELECT *{query[ask.end :]} LIMIT 1", evidence.view, evidence=evidence
    )
    citation = found.citations[0]
    if citation.gap:
        raise Refusal(400, f"What the answer rests on {citation.gap}. Ask without evidence.")
    return citation


def _quads(evidence: Evidence, query: str, media: str, limit: int) -> bytes:
    out = sparql.Bounded(limit)
    quads = (quad for triple in _triples(evidence, query) for quad in _said(evidence, triple))
    ox.serialize(quads, out, format=_QUADS[media], prefixes=PREFIXES)
    return out.value()


def _triples(evidence: Evidence, query: str) -> list[ox.Triple]:
    return list(dict.fromkeys(evidence.store.query(query)))


def _said(evidence: Evidence, triple: ox.Triple) -> list[ox.Quad]:
    """The triple in the graph of each claim of the view that says it, else in the default graph if it is there.

    What only claims outside the view say, which GRAPH reaches, stands in the graphs of these. Raises Refusal (400) for
    a triple that nothing says: the template made it.
    """
    parts = (triple.subject, triple.predicate, triple.object)
    graphs: list = [ox.NamedNode(claim) for claim in evidence.holding(*parts)]
    if not graphs:
        graphs = sorted({quad.graph_name for quad in evidence.store.quads_for_pattern(*parts, None)}, key=str)
        graphs = [ox.DefaultGraph()] if ox.DefaultGraph() in graphs else graphs
    if not graphs:
        raise Refusal(400, "The query makes triples that stand nowhere in the data. Ask for these without evidence.")
    return [ox.Quad(*parts, graph) for graph in graphs]
