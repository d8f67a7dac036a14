"""The SPARQL 1.1 Service Description of the endpoint."""

from __future__ import annotations

import pyoxigraph as ox

from narkom.portal.negotiation import choose
from narkom.serving.sparql import GRAPHS
from narkom.vocabulary import BASE, PREFIXES, RDF_TYPE

_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"
_FORMATS = "http://www.w3.org/ns/formats/"
_OFFERED = ["text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"]
_RESULTS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV", "Turtle", "N-Triples",
    "RDF_XML", "JSON-LD", "TriG", "N-Quads", "N3",
)  # fmt: skip

_EVIDENCE = (
    "With evidence=true, or the header Narkom-Evidence: true, each row of a SELECT has the claims, notes and stances "
    "that it rests on; default-graph-uri names the view that is asked, one of those of sd:availableGraphs."
)


def description(accept: str | None, told: dict) -> tuple[str, bytes] | None:
    """Return the media type and bytes of the description; text/html says that a person asks, None that nothing fits."""
    media = choose(accept, [*_OFFERED, "text/html"])
    if media is None or media == "text/html":
        return None if media is None else (media, b"")
    return media, ox.serialize(_triples(told), format=GRAPHS[media], prefixes={"sd": _SD, "void": _VOID})


def _triples(told: dict) -> list[ox.Triple]:
    service, dataset = ox.NamedNode(told["url"] + "sparql"), ox.NamedNode(told["url"] + "sparql#dataset")
    graph = ox.NamedNode(BASE + "view/accepted")
    number = ox.Literal(str(told["accepted"]), datatype=ox.NamedNode(PREFIXES["xsd"] + "integer"))
    return [
        ox.Triple(service, RDF_TYPE, _sd("Service")),
        ox.Triple(service, _sd("endpoint"), service),
        ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL10Query")),
        ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query")),
        *[ox.Triple(service, _sd("resultFormat"), ox.NamedNode(_FORMATS + name)) for name in _RESULTS],
        ox.Triple(service, _sd("defaultDataset"), dataset),
        ox.Triple(dataset, RDF_TYPE, _sd("Dataset")),
        ox.Triple(dataset, _sd("defaultGraph"), graph),
        ox.Triple(graph, RDF_TYPE, _sd("Graph")),
        ox.Triple(graph, ox.NamedNode(_VOID + "triples"), number),
        ox.Triple(service, ox.NamedNode(PREFIXES["rdfs"] + "comment"), ox.Literal(_EVIDENCE, language="en")),
        *_other_views(service, told),
    ]


def _other_views(service: ox.NamedNode, told: dict) -> list[ox.Triple]:
    """The views that can be asked in place of the default one, each by its own name as the default graph."""
    graphs = ox.NamedNode(service.value + "#views")
    found = [ox.Triple(service, _sd("availableGraphs"), graphs), ox.Triple(graphs, RDF_TYPE, _sd("GraphCollection"))]
    for view in told["views"]:
        one, name = ox.NamedNode(f"{service.value}#{view}"), ox.NamedNode(f"{BASE}view/{view}")
        found += [
            ox.Triple(graphs, _sd("namedGraph"), one),
            ox.Triple(one, RDF_TYPE, _sd("NamedGraph")),
            ox.Triple(one, _sd("name"), name),
        ]
    return found


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + name)
