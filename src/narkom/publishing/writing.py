"""Quads in the formats of the web, sorted first, so that the same quads are the same bytes."""

from collections.abc import Iterable

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Triple, serialize

from narkom.publishing.jsonld import jsonld_text
from narkom.vocabulary import BASE, NUMBERED, PREFIXES, RDF_TYPE, key_of, source_space

FORMATS = {
    "turtle": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "nquads": RdfFormat.N_QUADS,
    "ntriples": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}
SUFFIXES = {"turtle": "ttl", "trig": "trig", "nquads": "nq", "ntriples": "nt", "jsonld": "jsonld", "rdfxml": "rdf"}
WITH_GRAPHS = ("trig", "nquads", "jsonld")

_MORE_PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "np": "http://www.nanopub.org/nschema#",
    "spdx": "http://spdx.org/rdf/terms#",
    "void": "http://rdfs.org/ns/void#",
    **{name: f"{BASE}{name}/" for name in ("appellation", "timespan")},
}
_OF_CLAIMS = ("assertion", "association", "record")


def write(quads: Iterable[Quad], name: str, base: str = BASE) -> bytes:
    """Return quads in one of FORMATS, sorted; those without graphs must be given the default graph only."""
    ordered = sorted(set(quads), key=_order)
    prefixes = own_prefixes(ordered, base)
    if name in ("nquads", "ntriples"):
        return b"".join(sorted(serialize(ordered, format=RdfFormat.N_QUADS).splitlines(keepends=True)))
    if name == "jsonld":
        return jsonld_text(ordered, prefixes)
    used = used_prefixes(prefixes, ordered)
    if name in WITH_GRAPHS:
        return serialize(ordered, format=FORMATS[name], prefixes=used)
    return serialize([quad.triple for quad in ordered], format=FORMATS[name], prefixes=used)


def own_prefixes(quads: Iterable[Quad], base: str = BASE) -> dict[str, str]:
    """Return the prefixes of the exports, those of the project and of the sources in the quads under the given base."""
    names = {part.value for quad in quads for part in (quad.subject, quad.object) if isinstance(part, NamedNode)}
    keys = sorted({key_of(BASE + name.removeprefix(base)) for name in names if name.startswith(base)} - {""})
    of_sources = {f"{key}-{kind}": source_space(key, kind) for key in keys for kind in (*NUMBERED, *_OF_CLAIMS)}
    spaces = {**PREFIXES, **_MORE_PREFIXES, **of_sources}
    return {
        name: base + space.removeprefix(BASE) if space.startswith(BASE) else space for name, space in spaces.items()
    }


def used_prefixes(prefixes: dict[str, str], statements: Iterable[Quad | Triple]) -> dict[str, str]:
    """Return the prefixes that a file of these triples or quads needs, so that a small file has a small head."""
    # Turtle has a word of its own for rdf:type, "a".
    parts = {part for one in statements for part in one if part not in (RDF_TYPE, DefaultGraph())}
    text = "\n".join(map(str, parts))
    return {name: space for name, space in prefixes.items() if f"<{space}" in text}


def _order(quad: Quad) -> tuple[str, str, str, str]:
    """Sort by graph, subject, predicate and object, the default graph first."""
    graph = "" if isinstance(quad.graph_name, DefaultGraph) else str(quad.graph_name)
    return graph, str(quad.subject), str(quad.predicate), str(quad.object)
