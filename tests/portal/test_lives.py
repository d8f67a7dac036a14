"""What lists and pages say first of people, against queries of its own and against the chapter."""

import pyoxigraph as ox
import pytest

from narkom.portal import facets, lives
from narkom.portal.pages import MOST_ASKED, STANCES
from narkom.vocabulary import BASE

PREFIXES = "PREFIX nk: <https://w3id.org/narkom/ontology#> PREFIX person: <https://w3id.org/narkom/person/> "
PERSON = BASE + "person/"


def asked(store: ox.Store, query: str) -> set[tuple[str, ...]]:
    return {tuple(term.value for term in row) for row in store.query(PREFIXES + query)}


def test_a_life_has_the_days_of_the_chapter(library) -> None:
    befell = {one.sort: (one.first, one.last) for one in lives.befell(library, PERSON + "iagoda")}
    assert befell["Dismissal"] == ("1936-09-26", "1936-09-26")
    assert befell["Arrest"] == ("1937-03-29", "1937-03-29")
    days = [one.first or one.last or "9999" for one in lives.befell(library, PERSON + "iagoda")]
    assert days == sorted(days) and len(days) > 3
    held = {one.office.rpartition("/")[2]: one.first for one in lives.held(library, PERSON + "ezhov")}
    assert held["nkvd-commissar"] == "1936-09-26"


@pytest.mark.parametrize("sort", ["Arrest", "Execution", "Trial"])
def test_everybody_whom_it_befell_is_under_the_facet(library, store: ox.Store, sort: str) -> None:
    _, having = facets.of_list(library, "person", library.kinds["person"], library.label)
    found = {(iri,) for iri, its in having.items() if sort in its.get("fate", ())}
    assert found == {
        row
        for row in asked(store, f"SELECT DISTINCT ?p {{ ?e a nk:{sort} ; nk:person ?p }}")
        if row[0].startswith(PERSON)
    }
    assert found


def test_counts_are_those_of_the_things(library) -> None:
    for kind in ("person", "event", "office"):
        shown, having = facets.of_list(library, kind, library.kinds[kind], library.label)
        assert shown
        for facet in shown:
            for value in facet.values:
                assert value.count == sum(value.name in its.get(facet.name, ()) for its in having.values()) > 0


def test_ties_to_ezhov_are_those_of_the_relationships(library, store: ox.Store) -> None:
    _, having = facets.of_list(library, "person", library.kinds["person"], library.label)
    found = {(iri, kind) for iri, its in having.items() for kind in its.get("tie", ())}
    rows = asked(
        store,
        "SELECT ?p ?k { ?r a nk:Relationship ; nk:kind ?k ; nk:holder|nk:towards ?p, person:ezhov "
        "FILTER(?p != person:ezhov) }",
    )
    assert found == {(one, kind.rpartition("/")[2]) for one, kind in rows if one.startswith(PERSON)}


def test_what_was_only_charged_is_no_part_of_a_life(library, store: ox.Store) -> None:
    accepted = {row[0] for row in asked(store, "SELECT ?e { ?e nk:person ?p }")}
    people = library.kinds["person"]
    assert {one.event for iri in people for one in lives.befell(library, iri)} <= accepted
    assert {one.tenure for iri in people for one in lives.held(library, iri)} <= accepted


def test_the_paragraphs_of_a_thing_are_those_of_its_accepted_claims(library) -> None:
    iri = BASE + "event/arrest-iagoda"
    assert "ssc/p22" in lives.paragraphs(library, iri)


def test_the_first_page_asks_what_there_is(library) -> None:
    assert set(MOST_ASKED) <= set(library.questions)
    assert {f"{BASE}stance/{stance}" for stance in STANCES} == set(library.kinds["stance"])
