"""The catalogue: the dataset, each file of it with size and checksum, and the endpoint.

DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/) as the European portals want it: DCAT-AP 3.0.1
(https://semiceu.github.io/DCAT-AP/releases/3.0.1/), with its controlled vocabularies of file types, languages, themes,
access rights and availability. What stands outside, such as a licence or a media type, is given its class, because
DCAT-AP's shapes ask for it in the same file.
"""

import hashlib
from collections.abc import Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Triple

from narkom.publishing.facts import Facts, coin
from narkom.publishing.files import PACKED, held, media_type
from narkom.publishing.provenance import CONTRIBUTORS, CONTRIBUTORS_NAME
from narkom.reading.dates import bounds
from narkom.vocabulary import BASE, RDF_TYPE, term

DCAT, SPDX = "http://www.w3.org/ns/dcat#", "http://spdx.org/rdf/terms#"
_FOAF, _VCARD = "http://xmlns.com/foaf/0.1/", "http://www.w3.org/2006/vcard/ns#"
_AVAILABILITY = NamedNode("http://data.europa.eu/r5r/availability")
_EU = "http://publications.europa.eu/resource/authority/"
_STABLE = NamedNode(f"{_EU}planned-availability/STABLE")
_CATALOGUE, _DATASET, _SERVICE = coin("catalogue"), coin("catalogue#dataset"), coin("catalogue#sparql")
_CONTACT, _PERIOD, _ONTOLOGY = coin("catalogue#contact"), coin("catalogue#period"), coin("ontology")
_TITLES = {
    _CATALOGUE: ("Narkom: data and services", "«Нарком»: данные и службы"),
    _DATASET: ("Narkom: claims with their sources", "«Нарком»: утверждения с источниками"),
    _SERVICE: ("SPARQL endpoint", "Точка доступа SPARQL"),
}
_DESCRIPTIONS = {
    _CATALOGUE: (
        "The files and the query service of Narkom, a knowledge base of scholarly texts on the NKVD.",
        "Файлы и служба запросов «Наркома» — базы знаний по научным работам об НКВД.",
    ),
    _DATASET: (
        "What scholarly texts say of the NKVD: people, offices, arrests, trials, meetings and figures. Each claim "
        "stands apart, with its sentence, its footnote, the authors' stance and whose word it is, so that what was "
        "charged is never told as what happened.",
        "Что говорят научные работы об НКВД: люди, должности, аресты, процессы, заседания и числа. Каждое "
        "утверждение стоит отдельно, с предложением, сноской, отношением авторов и тем, чьи это слова: "
        "обвинение не выдаётся за событие.",
    ),
    _SERVICE: (
        "Answers SPARQL 1.1 queries over the dataset; the default graph is the accepted view.",
        "Отвечает на запросы SPARQL 1.1; граф по умолчанию — то, за что ручаются авторы.",
    ),
}
# Concepts of the EU Publications Office, with labels so that a reader of this file alone can name them.
_THEMES = {
    "EDUC": ("Education, culture and sport", "Образование, культура и спорт"),
    "JUST": ("Justice, legal system and public safety", "Правосудие, правовая система и общественная безопасность"),
}
_FILE_TYPES = {
    "jsonld": "JSON_LD", "nq": "RDF_N_QUADS", "nt": "RDF_N_TRIPLES", "rdf": "RDF_XML", "trig": "RDF_TRIG",
    "ttl": "RDF_TURTLE",
}  # fmt: skip
_PROFILES = {
    "-crm.": "http://www.cidoc-crm.org/cidoc-crm/",
    "-prov.": "http://www.w3.org/ns/prov#",
    "nanopubs.": "http://www.nanopub.org/nschema#",
}


def dcat_catalogue(
    facts: Facts, files: Mapping[str, bytes | None], where: str, endpoint: str | None = None
) -> list[Triple]:
    """Return the catalogue, sorted.

    `files` are the distributions by name, to be found under the address `where`; one whose content is None is made
    when it is asked for, and gets neither size nor checksum. `endpoint` is the address of the SPARQL service. Licence,
    date and version come from the ontology's header.
    """
    found = {*_head(facts), *_dataset(facts), *_vocabularies(), *(_service(endpoint, facts) if endpoint else ())}
    for name, content in files.items():
        found |= set(_distribution(name, content, where, facts))
    return sorted(found, key=str)


def _dcat(subject: NamedNode, name: str, value) -> Triple:
    return Triple(subject, NamedNode(DCAT + name), value)


def _a(subject: NamedNode, name: str) -> Triple:
    return Triple(subject, RDF_TYPE, NamedNode(name))


def _of_class(subject: NamedNode, curie: str, value: NamedNode, kind: str) -> Iterator[Triple]:
    """Yield a link to a thing of another vocabulary, and the class of that thing."""
    yield Triple(subject, term(curie), value)
    yield Triple(value, RDF_TYPE, term(kind))


def _words(subject: NamedNode) -> Iterator[Triple]:
    for curie, words in (("dcterms:title", _TITLES), ("dcterms:description", _DESCRIPTIONS)):
        for text, language in zip(words[subject], ("en", "ru"), strict=True):
            yield Triple(subject, term(curie), Literal(text, language=language))


def _release(facts: Facts, subject: NamedNode) -> Iterator[Triple]:
    """Yield licence and date of the release, as the ontology's header has them."""
    for licence in facts.objects(_ONTOLOGY, "dcterms:license"):
        yield from _of_class(subject, "dcterms:license", licence, "dcterms:LicenseDocument")
    yield from (Triple(subject, term("dcterms:issued"), one) for one in facts.objects(_ONTOLOGY, "dcterms:issued"))


def _head(facts: Facts) -> Iterator[Triple]:
    yield _a(_CATALOGUE, DCAT + "Catalog")
    yield from _words(_CATALOGUE)
    yield _dcat(_CATALOGUE, "dataset", _DATASET)
    yield from _release(facts, _CATALOGUE)
    yield Triple(_CATALOGUE, NamedNode(_FOAF + "homepage"), NamedNode(BASE))
    yield _a(NamedNode(BASE), _FOAF + "Document")
    yield _dcat(_CATALOGUE, "themeTaxonomy", NamedNode(_EU + "data-theme"))
    for subject in (_CATALOGUE, _DATASET):
        yield Triple(subject, term("dcterms:publisher"), CONTRIBUTORS)
        for language in ("ENG", "RUS"):
            language_iri = NamedNode(f"{_EU}language/{language}")
            yield from _of_class(subject, "dcterms:language", language_iri, "dcterms:LinguisticSystem")
    yield _a(CONTRIBUTORS, _FOAF + "Agent")
    yield Triple(CONTRIBUTORS, NamedNode(_FOAF + "name"), Literal(CONTRIBUTORS_NAME))


def _dataset(facts: Facts) -> Iterator[Triple]:
    yield _a(_DATASET, DCAT + "Dataset")
    yield from _words(_DATASET)
    yield from _release(facts, _DATASET)
    yield from (_dcat(_DATASET, "version", value) for value in facts.objects(_ONTOLOGY, "owl:versionInfo"))
    # Not dcterms:source, which DCAT-AP keeps for datasets: a book is none.
    yield from (Triple(_DATASET, term("prov:wasDerivedFrom"), work) for work in facts.instances("nk:Work"))
    yield Triple(_DATASET, term("dcterms:identifier"), Literal(_DATASET.value))
    yield _dcat(_DATASET, "landingPage", NamedNode(BASE))
    yield from (_dcat(_DATASET, "theme", NamedNode(f"{_EU}data-theme/{code}")) for code in _THEMES)
    for topic, language in (("NKVD", "en"), ("Great Terror", "en"), ("linked data", "en"), ("НКВД", "ru")):
        yield _dcat(_DATASET, "keyword", Literal(topic, language=language))
    yield from _access(_DATASET)
    yield from _of_class(_DATASET, "dcterms:conformsTo", _ONTOLOGY, "dcterms:Standard")
    yield _dcat(_DATASET, "contactPoint", _CONTACT)
    yield from (_a(_CONTACT, _VCARD + kind) for kind in ("Kind", "Organization"))
    yield Triple(_CONTACT, NamedNode(_VCARD + "fn"), Literal(CONTRIBUTORS_NAME))
    yield Triple(_CONTACT, NamedNode(_VCARD + "hasURL"), NamedNode(BASE))
    yield from _time(facts)


def _time(facts: Facts) -> Iterator[Triple]:
    """Yield the years of which the sources tell, as their own descriptions have them; nothing where none has any."""
    told = (time for work in facts.instances("nk:Work") for time in facts.objects(work, "schema:temporalCoverage"))
    spans = [bounds(time.value) for time in told]
    if not spans:
        return
    first, last = min(span.earliest for span in spans), max(span.latest for span in spans)
    yield Triple(_DATASET, term("dcterms:temporal"), _PERIOD)
    yield Triple(_PERIOD, RDF_TYPE, term("dcterms:PeriodOfTime"))
    for name, day in (("startDate", first), ("endDate", last)):
        yield _dcat(_PERIOD, name, Literal(f"{day.year:04}", datatype=term("xsd:gYear")))


def _access(subject: NamedNode) -> Iterator[Triple]:
    public = NamedNode(f"{_EU}access-right/PUBLIC")
    yield from _of_class(subject, "dcterms:accessRights", public, "dcterms:RightsStatement")


def _vocabularies() -> Iterator[Triple]:
    """Yield the names of the themes and their scheme, as the EU Publications Office has them."""
    scheme = NamedNode(_EU + "data-theme")
    yield Triple(scheme, RDF_TYPE, term("skos:ConceptScheme"))
    yield Triple(scheme, term("dcterms:title"), Literal("Data theme", language="en"))
    for code, names in _THEMES.items():
        theme = NamedNode(f"{_EU}data-theme/{code}")
        yield Triple(theme, term("skos:inScheme"), scheme)
        yield from _concept(theme, *names)
    yield from _concept(_STABLE, "stable", "постоянно")


def _concept(concept: NamedNode, english: str, russian: str) -> Iterator[Triple]:
    yield Triple(concept, RDF_TYPE, term("skos:Concept"))
    for label, language in ((english, "en"), (russian, "ru")):
        yield Triple(concept, term("skos:prefLabel"), Literal(label, language=language))


def _service(endpoint: str, facts: Facts) -> Iterator[Triple]:
    yield _dcat(_CATALOGUE, "service", _SERVICE)
    yield _a(_SERVICE, DCAT + "DataService")
    yield from _words(_SERVICE)
    protocol = NamedNode("http://www.w3.org/TR/sparql11-protocol/")
    yield from _of_class(_SERVICE, "dcterms:conformsTo", protocol, "dcterms:Standard")
    yield _dcat(_SERVICE, "endpointURL", NamedNode(endpoint))
    yield _a(NamedNode(endpoint), term("rdfs:Resource").value)
    yield _dcat(_SERVICE, "endpointDescription", NamedNode(endpoint))
    yield _dcat(_SERVICE, "servesDataset", _DATASET)
    yield from _release(facts, _SERVICE)
    yield from _access(_SERVICE)
    yield Triple(_SERVICE, term("dcterms:publisher"), CONTRIBUTORS)
    yield _dcat(_SERVICE, "contactPoint", _CONTACT)


def _distribution(name: str, content: bytes | None, where: str, facts: Facts) -> Iterator[Triple]:
    iri, address = coin(f"catalogue#{name.replace('/', '-')}"), NamedNode(where + name)
    yield _dcat(_DATASET, "distribution", iri)
    yield _a(iri, DCAT + "Distribution")
    yield Triple(iri, term("dcterms:title"), Literal(name))
    yield Triple(iri, term("dcterms:description"), Literal(f"{held(name)}.", language="en"))
    yield _a(address, term("rdfs:Resource").value)
    for prop in ("accessURL", "downloadURL"):
        yield _dcat(iri, prop, address)
    yield from _of_media_type(iri, "mediaType", media_type(name))
    if name.endswith(PACKED):
        yield from _of_media_type(iri, "compressFormat", "application/gzip")
    file_type = NamedNode(f"{_EU}file-type/{_FILE_TYPES[name.removesuffix(PACKED).rpartition('.')[2]]}")
    yield from _of_class(iri, "dcterms:format", file_type, "dcterms:MediaTypeOrExtent")
    for part, profile in _PROFILES.items():
        if part in name:
            yield from _of_class(iri, "dcterms:conformsTo", NamedNode(profile), "dcterms:Standard")
    yield from _release(facts, iri)
    yield Triple(iri, _AVAILABILITY, _STABLE)
    if content is not None:
        yield from _checked(iri, content)


def _of_media_type(iri: NamedNode, name: str, media: str) -> Iterator[Triple]:
    value = NamedNode(f"https://www.iana.org/assignments/media-types/{media}")
    yield _dcat(iri, name, value)
    yield Triple(value, RDF_TYPE, term("dcterms:MediaType"))


def _checked(iri: NamedNode, content: bytes) -> Iterator[Triple]:
    """Yield size and SHA-256 of a file."""
    yield _dcat(iri, "byteSize", Literal(str(len(content)), datatype=term("xsd:nonNegativeInteger")))
    checksum, algorithm = NamedNode(f"{iri.value}-sha256"), NamedNode(SPDX + "checksumAlgorithm_sha256")
    yield Triple(iri, NamedNode(SPDX + "checksum"), checksum)
    yield _a(checksum, SPDX + "Checksum")
    yield Triple(checksum, NamedNode(SPDX + "algorithm"), algorithm)
    yield _a(algorithm, SPDX + "ChecksumAlgorithm")
    digest = Literal(hashlib.sha256(content).hexdigest(), datatype=term("xsd:hexBinary"))
    yield Triple(checksum, NamedNode(SPDX + "checksumValue"), digest)
