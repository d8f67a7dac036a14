"""What lists and pages say first of people, against queries of its own and against the chapter."""

import pyoxigraph as ox

from narkom.portal import lives
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


def test_what_was_only_charged_is_no_part_of_a_life(library, store: ox.Store) -> None:
    accepted = {row[0] for row in asked(store, "SELECT ?e { ?e nk:person ?p }")}
    people = library.kinds["person"]
    assert {one.event for iri in people for one in lives.befell(library, iri)} <= accepted
    assert {one.tenure for iri in people for one in lives.held(library, iri)} <= accepted


def test_the_first_page_asks_what_there_is(library) -> None:
    assert set(MOST_ASKED) <= set(library.questions)
    assert {f"{BASE}stance/{stance}" for stance in STANCES} == set(library.kinds["stance"])
