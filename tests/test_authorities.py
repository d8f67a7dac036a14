"""Every link to an authority file has a record of how it was checked, and every record has its link."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from narkom.config import find_root
from narkom.vocabulary import term

SSSOM = "https://w3id.org/sssom/"
FILE = find_root() / "data" / "register" / "authorities.ttl"
SPACES = ("https://sws.geonames.org/", "http://www.wikidata.org/entity/Q")
LINKS = {term("skos:exactMatch"), term("skos:closeMatch")}


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
        assert day == ox.Literal("2026-11-22", datatype=term("xsd:date"))
        assert 0 < float(sure.value) <= 1
        assert record[term("rdfs:comment")] and record[slot("mapping_justification")]


def test_links_lead_from_the_registers_to_authorities(authorities: ox.Store, store: ox.Store) -> None:
    for subject, _, target in links(authorities):
        assert any(store.quads_for_pattern(subject, term("skos:prefLabel"), None, ox.DefaultGraph())), subject
        assert target.value.startswith(SPACES)


def test_nowhere_else_is_a_link() -> None:
    for path in sorted(Path(FILE.parent).glob("*.ttl")):
        if path != FILE:
            assert "exactMatch" not in path.read_text(encoding="utf-8"), path.name
