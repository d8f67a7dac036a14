"""Shapes: SHACL over the accepted view and over all claims together.

Both are looked at: what charges say must be well-formed too, and what the accepted view says must hold without them.
pyshacl is the reference; the engine of this folder finds the same and is faster.
"""

from collections.abc import Iterable, Iterator, Set
from functools import lru_cache
from io import BytesIO
from itertools import chain

from pyoxigraph import Dataset, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from narkom.checking.engine import Result, validate
from narkom.checking.findings import ERROR, INFO, WARNING, Finding
from narkom.checking.graph import GraphIndex
from narkom.checking.shapegraph import Shape, ShapesError, read_shapes
from narkom.reading.sources import Place, Sources
from narkom.vocabulary import BASE, PREFIXES, RDF_TYPE, is_claim, shorten, term

_SH = PREFIXES["sh"]
_SHAPE = BASE + "shape/"
_SEVERITY = {"Violation": ERROR, "Warning": WARNING, "Info": INFO}


def check_shapes(
    sources: Sources, dataset: Dataset, reference: bool = False, only: Set[str] | None = None
) -> list[Finding]:
    """Return a finding for each result of the shapes over the derived dataset; none where there are no shapes.

    `reference` has pyshacl decide. `only` names the things to look at, which is faster (not by pyshacl). Raises
    ShapesError where a shape is ill or the fast engine does not know what it says.
    """
    if not sources.shapes:
        return []
    shapes = [quad.triple for quad in sources.shapes]
    beyond = _beyond_the_view(dataset)
    if reference:
        within, overall = _by_pyshacl(_view(dataset), shapes), _by_pyshacl(chain(_view(dataset), beyond), shapes)
    else:
        known = _known(tuple(shapes), tuple(sources.shape_places.items()))
        nodes = None if only is None else {NamedNode(iri) for iri in only}
        overall = validate(_index(chain(_view(dataset), beyond), nodes), known, nodes)
        fewer = {triple.subject for triple in beyond}
        fewer = fewer if nodes is None else fewer & nodes
        # Where the view says the same of a thing as all claims do, the view lacks nothing that is not found already.
        within = validate(_index(_view(dataset), fewer), known, fewer)
    return sorted({_finding(result, sources, dataset) for result in overall | _of_the_view(within)})


def _view(dataset: Dataset) -> Iterator[Triple]:
    return (quad.triple for quad in dataset.quads_for_graph_name(DefaultGraph()))


def _beyond_the_view(dataset: Dataset) -> set[Triple]:
    """Return what only claims say that the view does not admit."""
    claimed = (quad.triple for quad in dataset if not isinstance(quad.graph_name, DefaultGraph))
    return {one for one in claimed if Quad(one.subject, one.predicate, one.object) not in dataset}


@lru_cache(maxsize=2)
def _known(triples: tuple[Triple, ...], places: tuple[tuple[str, Place], ...]) -> list[Shape]:
    """Return the shapes, read once: mutation tests and fixtures ask for the same ones hundreds of times."""
    known = dict(places)
    return read_shapes(triples, lambda iri: f"{known[iri].file}:{known[iri].line}" if iri in known else "shapes")


def _index(triples: Iterable[Triple], nodes: Set | None) -> GraphIndex:
    """Return an index of what is said of the nodes, and of the types of everything; of all where no nodes are named."""
    if nodes is None:
        return GraphIndex(triples)
    types = (RDF_TYPE, term("rdfs:subClassOf"))
    return GraphIndex(one for one in triples if one.subject in nodes or one.predicate in types)


def _of_the_view(results: set[Result]) -> set[Result]:
    """Return what the accepted view itself lacks.

    Faults of single values show in all claims together as well; there alone the type of an imputed deed is known.
    """
    return {one for one in results if one.value is None or one.value == one.focus}


def _home_of(dataset: Dataset, result: Result, registered: bool) -> str:
    """Return the claim that says what a result is about; else the one that types it or speaks of it.

    Empty where none does, and for a property of a register's entry that no claim gives.
    """
    found = [] if isinstance(result.focus, Literal) else dataset.quads_for_subject(result.focus)
    quads = [quad for quad in found if not isinstance(quad.graph_name, DefaultGraph)]
    said = [quad for quad in quads if quad.predicate == result.path and quad.object == result.value]
    typed = [quad for quad in quads if quad.predicate == RDF_TYPE]
    homes = said if registered and result.path is not None else said or typed or quads
    return min((quad.graph_name.value for quad in homes), default="")


def _by_pyshacl(triples: Iterable[Triple], shapes: Iterable[Triple]) -> set[Result]:
    from pyshacl import validate as reference

    data, rules = _rdflib_graph(triples), _rdflib_graph(shapes)
    try:
        _, report, _ = reference(data, shacl_graph=rules, advanced=True, do_owl_imports=False, inplace=True)
        return set(_results(report.serialize(format="nt", encoding="utf-8")))
    except Exception as error:
        # What an ill shape makes pyshacl raise, or return in place of a report, is of many classes.
        text = " ".join(str(error).split())[:200]
        raise ShapesError(
            f"shapes: pyshacl cannot use them: {text}. Check without --reference for the place"
        ) from error


def _rdflib_graph(triples: Iterable[Triple]):
    import rdflib

    data = BytesIO(serialize(triples, format=RdfFormat.N_TRIPLES))
    return rdflib.Graph().parse(data, format="nt")


def _results(report: bytes) -> Iterator[Result]:
    """Yield the results of a validation report."""
    graph = GraphIndex(quad.triple for quad in parse(report, format=RdfFormat.N_TRIPLES))

    def one(node, local: str):
        return next(iter(graph.values(node, NamedNode(_SH + local))), None)

    for result in graph.objects_of(NamedNode(_SH + "result")):
        message, severity = one(result, "resultMessage"), one(result, "resultSeverity")
        yield Result(
            one(result, "sourceShape"),
            one(result, "focusNode"),
            one(result, "resultPath"),
            one(result, "value"),
            message.value if message else "",
            severity.value.removeprefix(_SH),
        )


def _finding(result: Result, sources: Sources, dataset: Dataset) -> Finding:
    node = result.focus
    subject = node.value if isinstance(node, NamedNode) else str(node)
    described = is_claim(subject)
    claim = subject if described else _home_of(dataset, result, subject in sources.subjects)
    place: Place = sources.place_of(subject, None if described or not claim else claim)
    about = [shorten(result.path.value)] if isinstance(result.path, NamedNode) else []
    about += [_show(result.value)] if result.value is not None and result.value != node else []
    message = f"{result.message.rstrip('.')} ({' '.join(about)})" if about else result.message
    name = result.shape.value.removeprefix(_SHAPE) if isinstance(result.shape, NamedNode) else "shape"
    severity = _SEVERITY.get(result.severity, WARNING)
    return Finding(place.file, place.line, claim, "" if subject == claim else subject, name, message, "", severity)


def _show(value) -> str:
    if isinstance(value, Literal):
        text = value.value if len(value.value) <= 60 else value.value[:59] + "…"
        return f'"{text}"'
    return shorten(value.value) if isinstance(value, NamedNode) else str(value)
