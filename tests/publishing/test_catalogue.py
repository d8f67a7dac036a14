"""The catalogue: what DCAT-AP 3 demands, with the dataset's own words, and no file under two names."""

import hashlib
import re
from collections import defaultdict
from pathlib import Path

import pyshacl
import pytest
import rdflib
from rdflib import DCAT, DCTERMS, RDF, SH

from narkom.publishing.catalogue import dcat_catalogue
from narkom.publishing.facts import Facts, quads_of
from narkom.publishing.files import held, media_type
from narkom.publishing.writing import write
from narkom.vocabulary import BASE

SHAPES = Path(__file__).parents[1] / "reference" / "dcat-ap-3.0.1-shacl.ttl"
REDIRECTS = Path(__file__).parents[2] / "docs" / "w3id" / ".htaccess"
TYPES = "https://www.iana.org/assignments/media-types/"
DATASET, CATALOGUE = rdflib.URIRef(f"{BASE}catalogue#dataset"), rdflib.URIRef(f"{BASE}catalogue")


@pytest.fixture(scope="module")
def catalogue(files: dict[str, bytes]) -> rdflib.Graph:
    return rdflib.Graph().parse(data=files["catalogue.ttl"], format="turtle")


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(SHAPES)


def breaches(graph: rdflib.Graph, shapes: rdflib.Graph) -> list[tuple[str, str]]:
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes)
    return sorted(
        (str(report.value(one, SH.focusNode)), str(report.value(one, SH.resultPath)))
        for one in report.subjects(RDF.type, SH.ValidationResult)
    )


def test_it_conforms_to_dcat_ap(catalogue: rdflib.Graph, shapes: rdflib.Graph) -> None:
    assert breaches(catalogue, shapes) == []


@pytest.mark.parametrize(
    ("subject", "name"),
    [(CATALOGUE, DCTERMS.description), (CATALOGUE, DCTERMS.publisher), (DATASET, DCTERMS.title)],
)
def test_a_lack_is_found(catalogue: rdflib.Graph, shapes: rdflib.Graph, subject, name) -> None:
    broken = rdflib.Graph() + catalogue
    broken.remove((subject, name, None))
    assert (str(subject), str(name)) in breaches(broken, shapes)


def test_dataset_and_catalogue_have_what_portals_show(catalogue: rdflib.Graph) -> None:
    """Mandatory and recommended properties of DCAT-AP 3 that the shapes for violations do not ask for."""
    for name in (DCTERMS.issued, DCTERMS.license, DCTERMS.language, DCTERMS.publisher):
        assert catalogue.value(CATALOGUE, name, any=True), name
    for name in (
        DCAT.contactPoint, DCAT.theme, DCAT.keyword, DCAT.landingPage, rdflib.URIRef(f"{DCAT}version"),
        DCTERMS.accessRights, DCTERMS.identifier, DCTERMS.language, DCTERMS.license,
        DCTERMS.publisher, DCTERMS.temporal,
    ):  # fmt: skip
        assert catalogue.value(DATASET, name, any=True), name
    themes = {str(one) for one in catalogue.objects(DATASET, DCAT.theme)}
    assert all(one.startswith("http://publications.europa.eu/resource/authority/data-theme/") for one in themes)


def test_the_dataset_is_described_in_words_of_its_own(catalogue: rdflib.Graph, facts: Facts) -> None:
    ontology = {one.value for one in facts.objects(next(iter(facts.instances("owl:Ontology"))), "dcterms:description")}
    ontology |= {v.value for one in facts.instances("owl:Ontology") for v in facts.objects(one, "dcterms:description")}
    for subject in (DATASET, CATALOGUE, rdflib.URIRef(f"{BASE}catalogue#sparql")):
        words = {one.language: str(one) for one in catalogue.objects(subject, DCTERMS.description)}
        assert set(words) == {"en", "ru"}
        assert not set(words.values()) & ontology


def test_each_distribution_is_told_in_full(catalogue: rdflib.Graph, files: dict[str, bytes]) -> None:
    found = {str(catalogue.value(one, DCTERMS.title)): one for one in catalogue.subjects(RDF.type, DCAT.Distribution)}
    assert set(found) == {name for name in files if name.startswith(("narkom-", "themes/"))}
    for name, one in found.items():
        assert str(catalogue.value(one, DCAT.downloadURL)) == f"{BASE}dump/{name}"
        assert int(catalogue.value(one, DCAT.byteSize)) == len(files[name])
        checksum = catalogue.value(one, rdflib.URIRef("http://spdx.org/rdf/terms#checksum"))
        value = catalogue.value(checksum, rdflib.URIRef("http://spdx.org/rdf/terms#checksumValue"))
        # rdflib reads a hexBinary as bytes.
        assert value.toPython().hex() == hashlib.sha256(files[name]).hexdigest()
        assert str(catalogue.value(one, DCAT.mediaType)).endswith(media_type(name))
        packed = catalogue.value(one, rdflib.URIRef(f"{DCAT}compressFormat"))
        assert str(packed) == (f"{TYPES}application/gzip" if name.endswith(".gz") else "None"), name
        assert str(catalogue.value(one, DCTERMS.format)).startswith("http://publications.europa.eu/resource/authority/")
        assert str(catalogue.value(one, DCTERMS.description)) == f"{held(name)}."


def test_a_file_made_when_asked_for_has_no_size(facts: Facts, shapes: rdflib.Graph) -> None:
    triples = dcat_catalogue(facts, {"narkom-accepted.ttl": None}, f"{BASE}dump/", f"{BASE}sparql")
    graph = rdflib.Graph().parse(data=write(quads_of(triples), "turtle"), format="turtle")
    assert not list(graph.objects(None, DCAT.byteSize))
    assert breaches(graph, shapes) == []


def test_what_is_large_is_compressed_but_for_what_identifiers_lead_to(files, contents) -> None:
    led = set(re.findall(r"/dump/(narkom-[a-z]+)\.(ttl|trig|jsonld|rdf) ", REDIRECTS.read_text(encoding="utf-8")))
    assert {("narkom-accepted", "rdf"), ("narkom-all", "jsonld"), ("narkom-crm", "ttl")} < led
    plain = {f"{stem}.{suffix}" for stem, suffix in led} | {name for name in files if "-accepted." in name}
    for name, data in contents.items():
        if name.startswith(("narkom-", "themes/")):
            assert (f"{name}.gz" in files) == (len(data) > 100_000 and name not in plain), (name, len(data))
            assert (name in files) != (f"{name}.gz" in files)
            shown = f'href="{name}.gz">' if f"{name}.gz" in files else f'href="{name}">'
            assert shown in files["index.html"].decode()


def test_a_compressed_file_names_no_time(files: dict[str, bytes]) -> None:
    heads = {data[:8] for name, data in files.items() if name.endswith(".gz")}
    assert heads == {b"\x1f\x8b\x08\x00\x00\x00\x00\x00"}


def test_no_two_published_files_are_the_same(files: dict[str, bytes]) -> None:
    by_content = defaultdict(list)
    for name, data in files.items():
        by_content[data].append(name)
    assert [names for names in by_content.values() if len(names) > 1] == []
