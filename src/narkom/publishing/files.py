"""The files of a publication: which there are, their media types, which are compressed, and what each holds."""

import gzip

from narkom.publishing.themes import REST
from narkom.publishing.writing import SUFFIXES

CHECKSUMS, LISTING = "SHA256SUMS", "index.html"
DUMPS = "dump/"
MEDIA = {
    "html": "text/html",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "nq": "application/n-quads",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "trig": "application/trig",
    "ttl": "text/turtle",
}
_ONE_GRAPH = ("turtle", "ntriples", "jsonld", "rdfxml")
# Name, format, view and profile of each export. The accepted view is one graph: its TriG and N-Quads would be its
# Turtle and N-Triples under a second name.
EXPORTS: tuple[tuple[str, str, str | None, str | None], ...] = (
    *((f"narkom-accepted.{SUFFIXES[name]}", name, "accepted", None) for name in _ONE_GRAPH),
    *((f"narkom-all.{SUFFIXES[name]}", name, "all", None) for name in ("trig", "nquads", "jsonld")),
    *((f"narkom-crm.{SUFFIXES[name]}", name, None, "crm") for name in _ONE_GRAPH),
    *((f"narkom-prov.{SUFFIXES[name]}", name, None, "prov") for name in _ONE_GRAPH),
    *((f"narkom-nanopubs.{SUFFIXES[name]}", name, None, "nanopub") for name in ("trig", "jsonld")),
)
# What stands as it is: the accepted view, and what identifiers lead to (docs/w3id), whose clients take no archive. The
# other exports, and themes of more than 100 kB, are published compressed alone.
_PLAIN = ("narkom-accepted.", "narkom-all.jsonld", "narkom-crm.ttl", "narkom-prov.ttl", "narkom-nanopubs.trig")
_LARGE = (
    "authorities", "careers", "claims", "meetings-and-speech", "people", "reasons-of-dates", "sources", "vocabulary",
)  # fmt: skip
_LARGE_THEMES = tuple(f"themes/{name}.ttl" for name in _LARGE)
PACKED = ".gz"
# The descriptions that are RDF, and the formats each is written in.
DESCRIPTIONS = ("catalogue", "questions", "void")
DESCRIBED_IN = ("turtle", "rdfxml", "jsonld")
_HELD = {
    "narkom-accepted": "The accepted view: what the authors stand behind, with registers, sources and ontology",
    "narkom-all": "The accepted view and every claim in a named graph of its own, charges and rejected accounts too",
    "narkom-crm": "The accepted view in the terms of CIDOC-CRM alone",
    "narkom-prov": "Where each claim comes from, in the terms of PROV-O alone",
    "narkom-nanopubs": "A nanopublication of each claim, the stance in its provenance",
    "catalogue": "The DCAT description of these files",
    "questions": "The stored questions as SPARQL queries with their titles",
    "void": "The VoID description: counts, vocabularies and links of the dataset",
    "ontology": "The ontology's documentation",
    "codemeta": "The description of the software",
    CHECKSUMS: "The SHA-256 digests of all files",
}


def published(name: str) -> str:
    """Return the name under which an export or the file of a theme is published."""
    packed = not name.startswith(_PLAIN) if name.startswith("narkom-") else name in _LARGE_THEMES
    return name + PACKED if packed else name


def packed(data: bytes) -> bytes:
    """Return data compressed by gzip, without the time, which would make two runs differ."""
    return gzip.compress(data, mtime=0)


def media_type(name: str) -> str:
    """Return the media type of a file by its suffix; of a compressed one, that of what is compressed."""
    name = name.removesuffix(PACKED)
    return MEDIA.get(name.rsplit(".", 1)[-1], "text/plain" if name == CHECKSUMS else "application/octet-stream")


def held(name: str) -> str:
    """Return what a file holds, in English; KeyError for a name that no publication has."""
    stem = name.partition(".")[0]
    folder, _, theme = stem.rpartition("/")
    if not folder:
        return _HELD[stem]
    return f"The accepted view's statements on {'what has no theme' if theme == REST else theme.replace('-', ' ')}"
