"""Exports, byte-identical from run to run: the quads are sorted before pyoxigraph writes them."""

from pyoxigraph import Dataset, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from narkom.errors import UsageError
from narkom.vocabulary import BASE, PREFIXES

FORMATS = {
    "turtle": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "nquads": RdfFormat.N_QUADS,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}
_WITH_GRAPHS = {"trig", "nquads"}


def export(nquads: bytes, name: str, view: str | None = None, base: str = BASE) -> bytes:
    """Return the snapshot's N-Quads in another format.

    `name` is one of FORMATS. `view` is "accepted" (the default graph alone) or "all" (every claim's graph beside it);
    without it, the formats that know named graphs get all. `base` replaces the base of every IRI of the project.
    Raises UsageError for a format that does not exist or cannot carry the view.
    """
    if name not in FORMATS:
        raise UsageError(f"--format {name}: no such format. Choose one of {', '.join(FORMATS)}")
    chosen = view or ("all" if name in _WITH_GRAPHS else "accepted")
    if chosen not in ("accepted", "all"):
        raise UsageError(f"--view {chosen}: no such view. Choose accepted or all")
    if chosen == "all" and name not in _WITH_GRAPHS:
        raise UsageError(f"--view all: {name} carries one graph only. Choose --format trig or nquads")
    quads = [quad for quad in parse(input=nquads, format=RdfFormat.N_QUADS) if chosen == "all" or _is_default(quad)]
    if base != BASE:
        quads = [_rebase_quad(quad, base) for quad in quads]
    return _write(Dataset(quads), name, base)


def _is_default(quad: Quad) -> bool:
    return isinstance(quad.graph_name, DefaultGraph)


def _write(dataset: Dataset, name: str, base: str) -> bytes:
    lines = sorted(serialize(dataset, format=RdfFormat.N_QUADS).splitlines(keepends=True))
    if name == "nquads":
        return b"".join(lines)
    quads = sorted(parse(input=b"".join(lines), format=RdfFormat.N_QUADS), key=_order)
    prefixes = {prefix: _rebase(space, base) for prefix, space in PREFIXES.items()}
    if name in _WITH_GRAPHS:
        return serialize(quads, format=FORMATS[name], prefixes=prefixes)
    triples: list[Triple] = [quad.triple for quad in quads]
    return serialize(triples, format=FORMATS[name], prefixes=prefixes)


def _order(quad: Quad) -> tuple[str, str, str, str]:
    """Sort by graph, subject, predicate and object, the default graph first."""
    graph = "" if _is_default(quad) else str(quad.graph_name)
    return graph, str(quad.subject), str(quad.predicate), str(quad.object)


def _rebase(iri: str, base: str) -> str:
    return base + iri.removeprefix(BASE) if iri.startswith(BASE) else iri


def _rebase_quad(quad: Quad, base: str) -> Quad:
    return Quad(*(_rebase_part(part, base) for part in (quad.subject, quad.predicate, quad.object, quad.graph_name)))


def _rebase_part(part, base: str):
    if isinstance(part, NamedNode):
        return NamedNode(_rebase(part.value, base))
    if isinstance(part, Literal) and part.datatype.value.startswith(BASE):
        return Literal(part.value, datatype=NamedNode(_rebase(part.datatype.value, base)))
    return part
