"""The DCAT 3 catalogue: the dataset, each file of it with size and checksum, and the endpoint."""

import hashlib
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from narkom.publishing.facts import Facts, coin
from narkom.publishing.provenance import CONTRIBUTORS, CONTRIBUTORS_NAME
from narkom.vocabulary import RDF_TYPE, term

DCAT, SPDX = "http://www.w3.org/ns/dcat#", "http://spdx.org/rdf/terms#"
_FOAF = "http://xmlns.com/foaf/0.1/"
_CATALOGUE, _DATASET, _SERVICE = coin("catalogue"), coin("catalogue#dataset"), coin("catalogue#sparql")
_ONTOLOGY = coin("ontology")
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
_PROFILES = {
    "-crm.": "http://www.cidoc-crm.org/cidoc-crm/",
    "-prov.": "http://www.w3.org/ns/prov#",
    "nanopubs.": "http://www.nanopub.org/nschema#",
}


def dcat_catalogue(facts: Facts, files: dict[str, bytes], where: str, endpoint: str | None = None) -> list[Triple]:
    """Return the catalogue, sorted.

    `files` are the distributions by name, to be found under the address `where`; `endpoint` is that of the
    SPARQL service. Title, description, licence and version come from the ontology's header.
    """
    found = {*_head(facts), *(_service(endpoint, facts) if endpoint else ())}
    for name, content in files.items():
        found |= set(_distribution(name, content, where, facts))
    return sorted(found, key=str)


def _dcat(subject: NamedNode, name: str, value) -> Triple:
    return Triple(subject, NamedNode(DCAT + name), value)


def _a(subject: NamedNode, name: str) -> Triple:
    return Triple(subject, RDF_TYPE, NamedNode(name))


def _head(facts: Facts) -> Iterator[Triple]:
    yield _a(_CATALOGUE, DCAT + "Catalog")
    yield Triple(_CATALOGUE, term("dcterms:title"), Literal("Narkom: data and services", language="en"))
    yield _dcat(_CATALOGUE, "dataset", _DATASET)
    yield _a(_DATASET, DCAT + "Dataset")
    yield Triple(_DATASET, term("dcterms:title"), Literal("Narkom: claims with their sources", language="en"))
    for curie in ("dcterms:description", "dcterms:license", "dcterms:issued"):
        yield from (Triple(_DATASET, term(curie), value) for value in facts.objects(_ONTOLOGY, curie))
    yield from (_dcat(_DATASET, "version", value) for value in facts.objects(_ONTOLOGY, "owl:versionInfo"))
    yield from (Triple(_DATASET, term("dcterms:source"), work) for work in facts.instances("nk:Work"))
    for topic in ("NKVD", "Great Terror", "linked data"):
        yield _dcat(_DATASET, "keyword", Literal(topic, language="en"))
    for subject in (_CATALOGUE, _DATASET):
        yield Triple(subject, term("dcterms:publisher"), CONTRIBUTORS)
    yield _a(CONTRIBUTORS, _FOAF + "Agent")
    yield Triple(CONTRIBUTORS, NamedNode(_FOAF + "name"), Literal(CONTRIBUTORS_NAME))


def _service(endpoint: str, facts: Facts) -> Iterator[Triple]:
    yield _dcat(_CATALOGUE, "service", _SERVICE)
    yield _a(_SERVICE, DCAT + "DataService")
    yield Triple(_SERVICE, term("dcterms:title"), Literal("SPARQL endpoint", language="en"))
    yield Triple(_SERVICE, term("dcterms:conformsTo"), NamedNode("http://www.w3.org/TR/sparql11-protocol/"))
    yield _dcat(_SERVICE, "endpointURL", NamedNode(endpoint))
    yield _dcat(_SERVICE, "servesDataset", _DATASET)
    yield from (Triple(_SERVICE, term("dcterms:license"), one) for one in facts.objects(_ONTOLOGY, "dcterms:license"))


def _distribution(name: str, content: bytes, where: str, facts: Facts) -> Iterator[Triple]:
    iri, checksum = coin(f"catalogue#{name.replace('/', '-')}"), coin(f"catalogue#{name.replace('/', '-')}-sha256")
    yield _dcat(_DATASET, "distribution", iri)
    yield _a(iri, DCAT + "Distribution")
    yield Triple(iri, term("dcterms:title"), Literal(name))
    for prop in ("accessURL", "downloadURL"):
        yield _dcat(iri, prop, NamedNode(where + name))
    media = MEDIA.get(name.rsplit(".", 1)[-1], "application/octet-stream")
    yield _dcat(iri, "mediaType", NamedNode(f"https://www.iana.org/assignments/media-types/{media}"))
    size = Literal(str(len(content)), datatype=term("xsd:nonNegativeInteger"))
    yield _dcat(iri, "byteSize", size)
    for part, profile in _PROFILES.items():
        if part in name:
            yield Triple(iri, term("dcterms:conformsTo"), NamedNode(profile))
    yield from (Triple(iri, term("dcterms:license"), one) for one in facts.objects(_ONTOLOGY, "dcterms:license"))
    yield Triple(iri, NamedNode(SPDX + "checksum"), checksum)
    yield _a(checksum, SPDX + "Checksum")
    yield Triple(checksum, NamedNode(SPDX + "algorithm"), NamedNode(SPDX + "checksumAlgorithm_sha256"))
    digest = Literal(hashlib.sha256(content).hexdigest(), datatype=term("xsd:hexBinary"))
    yield Triple(checksum, NamedNode(SPDX + "checksumValue"), digest)
