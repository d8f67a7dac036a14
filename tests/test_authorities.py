"""Every link to an authority file has a record of how it was checked, and every record has its link."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from narkom.config import find_root
from narkom.vocabulary import term

SSSOM = "https://w3id.org/sssom/"
FILE = find_root() / "data" / "register" / "authorities.ttl"
SPACES = {
    "https://sws.geonames.org/": 28,
    "http://www.wikidata.org/entity/Q": 124,
    "http://viaf.org/viaf/": 1,
    "https://d-nb.info/gnd/": 4,
    "https://isni.org/isni/": 4,
    "http://vocab.getty.edu/aat/": 61,
}
LINKS = {term("skos:exactMatch"), term("skos:closeMatch"), term("skos:broadMatch")}
NAMES = (term("skos:prefLabel"), term("rdfs:label"))


def slot(name: str) -> ox.NamedNode:
    return ox.NamedNode(SSSOM + name)


@pytest.fixture(scope="module")
def authorities() -> ox.Store:
    store = ox.Store()
    store.load(path=FILE, format=ox.RdfFormat.TURTLE)
    return store


def links(store: ox.Store) -> set[tuple]:
    return {(q.subject, q.predicate, q.object) for q in store if q.predicate in LINKS}


def records(store: ox.Store) -> list[dict]:
    found = []
    for quad in store.quads_for_pattern(None, term("rdf:type"), slot("Mapping")):
        values: dict = {}
        for own in store.quads_for_pattern(quad.subject, None, None):
            values.setdefault(own.predicate, []).append(own.object)
        found.append(values)
    return found


def test_links_and_records_agree(authorities: ox.Store) -> None:
    recorded = [(*r[slot("subject_id")], *r[slot("predicate_id")], *r[slot("object_id")]) for r in records(authorities)]
    assert len(recorded) == len(set(recorded))
    assert set(recorded) == links(authorities)


def test_no_link_without_source_day_and_certainty(authorities: ox.Store) -> None:
    for record in records(authorities):
        (source,) = record[term("rdfs:seeAlso")]
        (day,) = record[slot("mapping_date")]
        (sure,) = record[slot("confidence")]
        assert source.value.startswith("https://")
        assert day.datatype == term("xsd:date")
        assert "2026-11-22" <= day.value <= "2026-11-26"
        assert 0 < float(sure.value) <= 1
        assert record[term("rdfs:comment")] and record[slot("mapping_justification")]


def test_links_lead_from_the_registers_to_authorities(authorities: ox.Store, store: ox.Store) -> None:
    for subject, _, target in links(authorities):
        assert any(any(store.quads_for_pattern(subject, name, None, ox.DefaultGraph())) for name in NAMES), subject
        assert target.value.startswith(tuple(SPACES))


def test_each_authority_has_its_number_of_links(authorities: ox.Store) -> None:
    targets = [target.value for _, _, target in links(authorities)]
    assert {space: sum(one.startswith(space) for one in targets) for space in SPACES} == SPACES


def test_what_is_of_today_is_no_exact_match_of_a_town_or_state_of_1937(authorities: ox.Store) -> None:
    lasting = {"europe", "kremlin", "lenin-mausoleum", "moscow-volga-canal", "ussr"}
    exact = {s.value for s, p, _ in links(authorities) if p == term("skos:exactMatch") and "/place/" in s.value}
    assert {one.rsplit("/", 1)[1] for one in exact} == lasting


def test_coordinates_stand_on_the_towns_that_geonames_has(authorities: ox.Store) -> None:
    points = {q.subject for q in authorities if q.predicate == term("crm:P168_place_is_defined_by")}
    towns = [r for r in records(authorities) if r[term("rdfs:seeAlso")][0].value.endswith("cities500.json")]
    assert points == {record[slot("subject_id")][0] for record in towns}
    assert len(points) == 15


def test_nowhere_else_is_a_link() -> None:
    for path in sorted(Path(FILE.parent).glob("*.ttl")):
        if path != FILE:
            assert "exactMatch" not in path.read_text(encoding="utf-8"), path.name
