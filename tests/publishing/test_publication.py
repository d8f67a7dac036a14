"""The descriptions and the publication as a whole: counted, checksummed, without a clock, under any base."""

import gzip
import hashlib
import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from narkom.asking.questions import load_all
from narkom.building.build import build
from narkom.building.snapshot import read_snapshot
from narkom.config import find_root
from narkom.errors import UsageError
from narkom.publishing.catalogue import dcat_catalogue
from narkom.publishing.executable import executables
from narkom.publishing.facts import Facts
from narkom.publishing.files import CHECKSUMS
from narkom.publishing.publication import Site, publication
from narkom.publishing.void import DATASET, VOID, void_description
from narkom.vocabulary import PREFIXES, RDF_TYPE, term

BASE = "https://example.org/k/"


@pytest.fixture(scope="module")
def questions():
    return load_all(find_root())


@pytest.fixture
def nquads(small: Path, tmp_path: Path) -> bytes:
    """Return the small project, its ontology with the header that the documentation needs."""
    header = '<https://w3id.org/narkom/ontology> a owl:Ontology ; <http://purl.org/dc/terms/title> "A title"@en .\n'
    with (small / "ontology" / "narkom.ttl").open("a", encoding="utf-8") as file:
        file.write(header)
    build(small, tmp_path / "store")
    return read_snapshot(tmp_path / "store")[0]


def values(triples: list[ox.Triple], subject: ox.NamedNode, name: str) -> list[str]:
    return [one.object.value for one in triples if one.subject == subject and one.predicate.value == name]


def test_void_counts_what_is_there(dataset: ox.Dataset, store: ox.Store) -> None:
    found = void_description(dataset)
    for name, query in {
        "triples": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        "distinctSubjects": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
        "distinctObjects": "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }",
        "properties": "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
        "classes": "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }",
    }.items():
        assert values(found, DATASET, VOID + name) == [next(iter(store.query(query)))[0].value], name


def test_void_partitions_add_up(dataset: ox.Dataset) -> None:
    found = void_description(dataset)
    parts = values(found, DATASET, VOID + "propertyPartition")
    triples = sum(int(values(found, ox.NamedNode(part), VOID + "triples")[0]) for part in parts)
    assert triples == int(values(found, DATASET, VOID + "triples")[0])
    arrests = next(one.subject for one in found if one.object == term("nk:Arrest"))
    expected = sum(one.predicate == RDF_TYPE and one.object == term("nk:Arrest") for one in dataset
                   if isinstance(one.graph_name, ox.DefaultGraph))  # fmt: skip
    assert values(found, arrests, VOID + "entities") == [str(expected)]


def test_void_examples_and_linksets(dataset: ox.Dataset) -> None:
    link = ox.Quad(term("person:ezhov"), term("skos:exactMatch"), ox.NamedNode("http://example.org/id/1"))
    found = void_description([*dataset, link], "https://example.org/sparql")
    subjects = {quad.subject.value for quad in dataset}
    examples = values(found, DATASET, VOID + "exampleResource")
    assert examples
    assert set(examples) <= subjects
    linksets = [one.subject for one in found if one.object.value == VOID + "Linkset"]
    matches = [one for one in linksets if values(found, one, VOID + "linkPredicate") == [term("skos:exactMatch").value]]
    added = [one for one in matches if "example-org" in str(values(found, one, VOID + "objectsTarget")[0])]
    assert [values(found, one, VOID + "triples") for one in added] == [["1"]]
    assert values(found, DATASET, VOID + "sparqlEndpoint") == ["https://example.org/sparql"]


def test_each_view_is_a_dataset_of_the_endpoint_by_its_name(dataset) -> None:
    found = set(void_description(dataset, "https://example.org/sparql"))
    name = ox.NamedNode("http://www.w3.org/ns/sparql-service-description#name")
    named = {triple.object.value.rpartition("/")[2]: triple.subject for triple in found if triple.predicate == name}
    assert set(named) == {"accepted", "strict", "wide", "all"}
    for part in named.values():
        assert (
            ox.Triple(part, ox.NamedNode(f"{VOID}sparqlEndpoint"), ox.NamedNode("https://example.org/sparql")) in found
        )
        assert {t.predicate for t in found if t.subject == part} >= {term("dcterms:title"), term("dcterms:description")}
    assert not any(triple.predicate == name for triple in void_description(dataset))


def test_catalogue_has_size_and_checksum_of_each_file(facts: Facts) -> None:
    content = "Ежов".encode()
    found = dcat_catalogue(facts, {"themes/a.ttl": content}, "https://example.org/dump/", "https://example.org/sparql")
    by_name = {one.predicate.value.rsplit("#", 1)[-1]: one.object.value for one in found}
    assert by_name["byteSize"] == str(len(content))
    assert by_name["checksumValue"] == hashlib.sha256(content).hexdigest()
    assert by_name["downloadURL"] == "https://example.org/dump/themes/a.ttl"
    assert by_name["mediaType"].endswith("/text/turtle")
    assert by_name["endpointURL"] == "https://example.org/sparql"


def test_questions_as_data_run(questions, store: ox.Store) -> None:
    found = executables(questions, "https://example.org/sparql")
    queries = [one.object.value for one in found if one.predicate == term("sh:select")]
    assert len(queries) == len(questions) > 0
    for query in queries[:5]:
        assert not re.search(r"^#\+", query, re.MULTILINE)
        assert store.query(query).variables


def test_questions_as_data_are_told_in_both_languages(questions) -> None:
    found = executables(questions)
    for name in ("rdfs:comment", "dcterms:description"):
        told = {(one.subject, one.object.language): one.object.value for one in found if one.predicate == term(name)}
        assert len(told) == 2 * len(questions) and {language for _, language in told} == {"en", "ru"}
    assert {told[key] for key in told if key[1] == "ru"} == {one.description_ru for one in questions}


def test_the_context_of_json_ld_types_every_term_of_one_kind(files) -> None:
    context = json.loads(files["narkom-all.jsonld"])["@context"]
    things = "relayedBy statedIn repeats alternativeTo clauseOf after before during startOf endOf expressedIn imputedTo"
    for (
        name
    ) in f"{things} offence polarity extent manner result standing ethnicity citizenship dating memberOf".split():
        assert context[f"nk:{name}"] == {"@type": "@id"}, name
    for name in ("earliest", "latest", "attestedEarliest", "attestedLatest"):
        assert context[f"nk:{name}"] == {"@type": "xsd:date"}, name
    assert context["prov:wasDerivedFrom"] == {"@type": "@id"}
    assert {"bound", "dating", "imputed", "rdf", "ssc-claim"} <= set(context)


def test_labels_are_sound_skos(dataset: ox.Dataset) -> None:
    """One preferred label in a language, no other label the same, and each concept in a scheme."""
    default = [quad for quad in dataset if isinstance(quad.graph_name, ox.DefaultGraph)]
    preferred = [(quad.subject, quad.object) for quad in default if quad.predicate == term("skos:prefLabel")]
    assert len({(subject, label.language) for subject, label in preferred}) == len(preferred)
    others = {(quad.subject, quad.object) for quad in default if quad.predicate == term("skos:altLabel")}
    assert not others & set(preferred)
    typed = [quad for quad in default if quad.predicate == RDF_TYPE]
    concepts = {quad.subject for quad in typed if quad.object == term("skos:Concept")}
    schemes = {quad.subject for quad in typed if quad.object == term("skos:ConceptScheme")}
    assert schemes
    within = [quad for quad in default if quad.predicate == term("skos:inScheme")]
    assert concepts <= {quad.subject for quad in within}
    assert {quad.object for quad in within} <= schemes


def test_publication(nquads: bytes, questions) -> None:
    files = publication(nquads, questions, Site(BASE))
    sums = dict(reversed(line.split("  ")) for line in files[CHECKSUMS].decode().splitlines())
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in files.items() if name != CHECKSUMS}
    assert {"void.ttl", "catalogue.ttl", "codemeta.json", "ontology.html", "questions.ttl"} <= set(files)
    for name, data in files.items():
        assert b"w3id.org/narkom" not in (gzip.decompress(data) if name.endswith(".gz") else data), name
        if name.endswith(".ttl"):
            assert list(ox.parse(data, format=ox.RdfFormat.TURTLE)), name
    described = json.loads(files["codemeta.json"])
    assert described["name"] == "narkom"
    assert files == publication(nquads, questions, Site(BASE))


def test_the_documentation_shows_every_term(nquads: bytes, questions) -> None:
    page = publication(nquads, questions)["ontology.html"].decode()
    terms = {one.subject.value for one in ox.parse(nquads, format=ox.RdfFormat.N_QUADS)
             if one.subject.value.startswith(PREFIXES["nk"])}  # fmt: skip
    assert terms
    assert all(f"<code>{one}</code>" in page for one in terms)


def test_unusable_base() -> None:
    with pytest.raises(UsageError, match="slash"):
        Site("example")
