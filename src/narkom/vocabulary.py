"""Names used all over the program: the base, the prefixes, and short helpers that make terms of them.

Registers, events and the ontology are common to all sources: `person:` is one namespace. What a source numbers bears
the source's key: the claims of the source `ssc` are ``…/ssc/claim/…``. Files bind `claim:` to the source that they
belong to; where several sources may meet (queries, exports, what is printed), the prefix is that of one source,
``ssc-claim:``. It says by itself what it stands for, so that nothing here need know which sources there are, and no
name changes its meaning when another source is added.
"""

import re
from collections.abc import Iterable
from functools import cache

from pyoxigraph import NamedNode

BASE = "https://w3id.org/narkom/"
ONTOLOGY = BASE + "ontology#"

NUMBERED = ("claim", "note", "paragraph", "passage")
_OWN = (
    "alleged attitude body bound concept dating document event group imputed mapping office person place relation"
    " stance statistic view work"
)
PREFIXES: dict[str, str] = {
    "nk": ONTOLOGY,
    **{name: f"{BASE}{name}/" for name in _OWN.split()},
    "crm": "http://www.cidoc-crm.org/cidoc-crm/",
    "dcterms": "http://purl.org/dc/terms/",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "geosparql": "http://www.opengis.net/ont/geosparql#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sssom": "https://w3id.org/sssom/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


# What else stands directly behind the base, here and on the site: no source can have such a key.
TAKEN = {
    *_OWN.split(), *NUMBERED, "activity", "appellation", "catalogue", "contributors", "dump", "np", "ontology",
    "question", "questions", "reconcile", "register", "rule", "search", "shape", "sparql", "static", "timespan", "void",
}  # fmt: skip
_KEY, _KIND = "[a-z][a-z0-9]*", "|".join(NUMBERED)
_OF_SOURCE = re.compile(rf"{re.escape(BASE)}({_KEY})/({_KIND})/")
_SOURCE_PREFIX = re.compile(rf"({_KEY})-({_KIND})")


def is_key(name: str) -> bool:
    """Return whether a source can have this key: lower-case ASCII letters and digits, and not taken otherwise."""
    return re.fullmatch(_KEY, name) is not None and name not in TAKEN


def source_space(key: str, kind: str) -> str:
    """Return the namespace of a source's claims, notes, paragraphs or passages."""
    return f"{BASE}{key}/{kind}/"


def key_of(iri: str) -> str:
    """Return the key of the source that numbers a thing; empty for whatever is common to all sources."""
    found = _OF_SOURCE.match(iri)
    return found[1] if found else ""


def kind_of(iri: str) -> str:
    """Return the kind of a thing by its name, such as ``person`` or ``claim``; empty for what has none."""
    found = _OF_SOURCE.match(iri)
    if found:
        return found[2]
    kind, slash, _ = iri.removeprefix(BASE).partition("/") if iri.startswith(BASE) else ("", "", "")
    return kind if slash else ""


def folder_of(iri: str) -> str:
    """Return where a thing's page lies, such as ``person`` or ``ssc/claim``; empty for what has no kind."""
    key, kind = key_of(iri), kind_of(iri)
    return f"{key}/{kind}" if key else kind


def is_claim(iri: str) -> bool:
    """Return whether an IRI is a claim's, of whichever source."""
    return kind_of(iri) == "claim"


def is_claim_sparql(variable: str) -> str:
    """Return the same as a condition of SPARQL, in functions that every engine does quickly."""
    return f'STRSTARTS(STR({variable}), "{BASE}") && CONTAINS(STR({variable}), "/claim/")'


def local_name(iri: str) -> str:
    """Return what stands behind the kind of a thing: ``p22s1c`` of a claim's IRI."""
    found = _OF_SOURCE.match(iri)
    return iri[found.end() :] if found else iri.removeprefix(BASE).split("/", 1)[-1]


def cited_name(iri: str) -> str:
    """Return the short name by which a claim or passage is cited, its source before it: ``ssc/p22s1c``."""
    return f"{key_of(iri)}/{local_name(iri)}"


def space_of(prefix: str) -> str | None:
    """Return the namespace that a prefix stands for, also one of a source such as ``ssc-claim``; None if unknown."""
    found = _SOURCE_PREFIX.fullmatch(prefix)
    return source_space(found[1], found[2]) if found else PREFIXES.get(prefix)


def prefixes_for(iris: Iterable[str]) -> dict[str, str]:
    """Return all prefixes, with those of the sources by whose keys some of the names begin."""
    keys = sorted({key_of(iri) for iri in iris} - {""})
    return PREFIXES | {f"{key}-{kind}": source_space(key, kind) for key in keys for kind in NUMBERED}


@cache
def term(curie: str) -> NamedNode:
    """Return the IRI that a prefixed name such as ``nk:Claim`` stands for; KeyError for an unknown prefix."""
    prefix, local = curie.split(":", 1)
    space = space_of(prefix)
    if space is None:
        raise KeyError(prefix)
    return NamedNode(space + local)


def shorten(iri: str) -> str:
    """Return the prefixed name of an IRI, or the IRI in angle brackets where no prefix fits."""
    found = _OF_SOURCE.match(iri)
    if found:
        return f"{found[1]}-{found[2]}:{iri[found.end() :]}"
    matches = [(len(space), name) for name, space in PREFIXES.items() if iri.startswith(space)]
    if not matches:
        return f"<{iri}>"
    length, name = max(matches)
    return f"{name}:{iri[length:]}"


RDF_TYPE = term("rdf:type")
EDTF = term("edtf:EDTF")
