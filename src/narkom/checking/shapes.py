"""Shapes: SHACL over the accepted view and over all claims together, with pyshacl.

Both are looked at: what charges say must be well-formed too, and what the accepted view says must hold without them.
"""

from collections.abc import Iterable
from io import BytesIO

from pyoxigraph import Dataset, DefaultGraph, RdfFormat, Triple, serialize

from narkom.checking.findings import ERROR, WARNING, Finding
from narkom.reading.sources import Place, Sources
from narkom.vocabulary import PREFIXES

_SH = PREFIXES["sh"]


def check_shapes(sources: Sources, dataset: Dataset) -> list[Finding]:
    """Return a finding for each result of the shapes over the derived dataset; none where there are no shapes."""
    if not sources.shapes:
        return []
    shapes = _graph(quad.triple for quad in sources.shapes)
    accepted = {quad.triple for quad in dataset if isinstance(quad.graph_name, DefaultGraph)}
    everything = {quad.triple for quad in dataset}
    homes = _homes(dataset)
    found = {one for triples in (accepted, everything) for one in _validate(_graph(triples), shapes, sources, homes)}
    return sorted(found)


def _graph(triples: Iterable[Triple]):
    """Return triples as an rdflib graph."""
    import rdflib

    data = BytesIO(serialize(triples, format=RdfFormat.N_TRIPLES))
    return rdflib.Graph().parse(data, format="nt")


def _homes(dataset: Dataset) -> dict[str, list[str]]:
    """Return for each subject the claims in whose graphs it stands."""
    homes: dict[str, set[str]] = {}
    for quad in dataset:
        if not isinstance(quad.graph_name, DefaultGraph):
            homes.setdefault(quad.subject.value, set()).add(quad.graph_name.value)
    return {subject: sorted(claims) for subject, claims in homes.items()}


def _validate(graph, shapes, sources: Sources, homes: dict[str, list[str]]) -> list[Finding]:
    from pyshacl import validate

    _, report, _ = validate(graph, shacl_graph=shapes, advanced=True, do_owl_imports=False, inplace=True)
    results = report.objects(None, _uri("result"))
    return [_finding(report, result, sources, homes) for result in results]


def _uri(name: str):
    from rdflib import URIRef

    return URIRef(_SH + name)


def _finding(report, result, sources: Sources, homes: dict[str, list[str]]) -> Finding:
    values = {name: report.value(result, _uri(name)) for name in ("focusNode", "resultMessage", "resultSeverity")}
    path, value = report.value(result, _uri("resultPath")), report.value(result, _uri("value"))
    subject = str(values["focusNode"])
    claim = subject if subject.startswith(PREFIXES["claim"]) else next(iter(homes.get(subject, ())), "")
    place: Place = sources.place_of(subject, claim if claim and claim != subject else None)
    severity = ERROR if str(values["resultSeverity"]) == _SH + "Violation" else WARNING
    about = [str(part).rpartition("/")[2].rpartition("#")[2] for part in (path, value) if part is not None]
    message = f"{values['resultMessage']} ({' '.join(about)})" if about else str(values["resultMessage"])
    return Finding(place.file, place.line, claim, subject if subject != claim else "", "shape", message, "", severity)
