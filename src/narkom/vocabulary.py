"""Names used all over the program: the base, the prefixes, and short helpers that make terms of them."""

from functools import cache

from pyoxigraph import NamedNode

BASE = "https://w3id.org/narkom/"
ONTOLOGY = BASE + "ontology#"

_OWN = (
    "alleged attitude body bound claim concept dating document event group mapping note office paragraph passage person"
    " place relation stance statistic view work"
)
PREFIXES: dict[str, str] = {
    "nk": ONTOLOGY,
    **{name: f"{BASE}{name}/" for name in _OWN.split()},
    "crm": "http://www.cidoc-crm.org/cidoc-crm/",
    "dcterms": "http://purl.org/dc/terms/",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sssom": "https://w3id.org/sssom/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@cache
def term(curie: str) -> NamedNode:
    """Return the IRI that a prefixed name such as ``nk:Claim`` stands for; KeyError for an unknown prefix."""
    prefix, local = curie.split(":", 1)
    return NamedNode(PREFIXES[prefix] + local)


def shorten(iri: str) -> str:
    """Return the prefixed name of an IRI, or the IRI in angle brackets where no prefix fits."""
    matches = [(len(space), name) for name, space in PREFIXES.items() if iri.startswith(space)]
    if not matches:
        return f"<{iri}>"
    length, name = max(matches)
    return f"{name}:{iri[length:]}"


RDF_TYPE = term("rdf:type")
EDTF = term("edtf:EDTF")
