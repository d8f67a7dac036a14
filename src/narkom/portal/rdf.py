"""The description of one thing as RDF. Charges never leave their named graphs: Turtle holds what is accepted alone."""

from __future__ import annotations

import pyoxigraph as ox

from narkom.portal.library import DEFAULT, Library
from narkom.publishing.writing import used_prefixes
from narkom.vocabulary import BASE, prefixes_for

FORMATS = {
    "ttl": ("text/turtle", ox.RdfFormat.TURTLE),
    "jsonld": ("application/ld+json", ox.RdfFormat.JSON_LD),
    "nt": ("application/n-triples", ox.RdfFormat.N_TRIPLES),
    "rdf": ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    "trig": ("application/trig", ox.RdfFormat.TRIG),
    "nq": ("application/n-quads", ox.RdfFormat.N_QUADS),
}
_WITH_GRAPHS = ("jsonld", "trig", "nq")


def document(library: Library, iri: str, suffix: str) -> bytes:
    """Return the triples about a thing and those that point to it, in the format of a suffix in FORMATS.

    Formats that know graphs also hold the claims: a claim's own content, or the claims that speak of the thing.
    """
    quads = [ox.Triple(q.subject, q.predicate, q.object) for q in _about(library, iri)]
    if suffix in _WITH_GRAPHS:
        quads = [ox.Quad(*triple, DEFAULT) for triple in quads] + _graphs(library, iri)
    names = (part.value for one in quads for part in (one.subject, one.object) if isinstance(part, ox.NamedNode))
    prefixes = used_prefixes(prefixes_for(names), quads) if suffix != "jsonld" else None
    return ox.serialize(quads, format=FORMATS[suffix][1], prefixes=prefixes)


def _about(library: Library, iri: str) -> list[ox.Quad]:
    """The accepted view's triples with the thing as subject or object; for a document, all that it defines."""
    node = ox.NamedNode(iri)
    if iri.removeprefix(BASE) in library.documents:
        inside = (iri + "#", iri + "/")
        return sorted((q for q in library.quads(None, None, None) if _within(q.subject.value, iri, inside)), key=str)
    return sorted({*library.quads(node, None, None), *library.quads(None, None, node)}, key=str)


def _within(subject: str, iri: str, inside: tuple[str, ...]) -> bool:
    return subject == iri or subject.startswith(inside)


def _graphs(library: Library, iri: str) -> list[ox.Quad]:
    """The named graphs that belong to the thing: the claim's own, else those of the claims that speak of it."""
    claims = [iri] if iri in library.claims else [claim.iri for claim in library.mentioning.get(iri, ())]
    found = []
    for claim in claims:
        node = ox.NamedNode(claim)
        found += sorted(library.store.quads_for_pattern(None, None, None, node), key=str)
        if claim != iri:
            found += [q for q in library.quads(node, None, None) if q.object != ox.NamedNode(iri)]
    return found
