"""The figures tell what the store says: every mark is of a thing that there is, with its days, and none of a charge."""

import pyoxigraph as ox
import pytest

from narkom.portal.figures.atlas import atlas
from narkom.portal.figures.network import ACTORS, SORTS, network
from narkom.portal.figures.strip import months
from narkom.portal.figures.timeline import timeline
from narkom.portal.figures.told import TOLD
from narkom.vocabulary import BASE, kind_of

PREFIXES = "PREFIX nk: <https://w3id.org/narkom/ontology#> PREFIX person: <https://w3id.org/narkom/person/> "


def asked(store: ox.Store, query: str) -> set[tuple[str, ...]]:
    return {tuple(term.value for term in row) for row in store.query(PREFIXES + query)}


def test_the_timeline_has_every_event_with_its_days(library, store: ox.Store) -> None:
    rows = timeline(library)["events"]
    assert {BASE + row[0] for row in rows} == set(library.kinds["event"])
    for place, name in ((4, "earliest"), (5, "latest")):
        told = {(BASE + row[0], row[place]) for row in rows if row[place]}
        assert told == asked(store, f"SELECT ?e ?d {{ ?e a nk:Event ; nk:{name} ?d }}")
    days = [row[4] or "9999" for row in rows]
    assert days == sorted(days)
    arrest = next(row for row in rows if row[0] == "event/arrest-iagoda")
    assert arrest[3:] == ["Arrest", "1937-03-29", "1937-03-29", "told", ["person/iagoda"], 0]


def test_what_only_charges_tell_of_is_marked(library) -> None:
    rows = timeline(library)["events"]
    marked = {BASE + row[0] for row in rows if row[8]}
    assert marked == {iri for iri in library.kinds["event"] if library.outside_only(iri)} and marked
    assert not any(row[4] or row[5] for row in rows if row[8])


def test_the_network_has_the_ties_of_the_accepted_view(library, store: ox.Store) -> None:
    found = network(library)
    ties = {(BASE + one, BASE + other, BASE + what) for one, other, sort, what, *_ in found["ties"] if sort == "tie"}
    told = asked(store, "SELECT DISTINCT ?a ?b ?r { ?r a nk:Relationship ; nk:holder ?a ; nk:towards ?b }")
    assert ties == {row for row in told if {kind_of(row[0]), kind_of(row[1])} <= set(ACTORS)} and ties
    wrote = {(BASE + one, BASE + what) for one, _, sort, what, *_ in found["ties"] if sort == "wrote"}
    letters = asked(store, "SELECT ?a ?e { ?e a nk:Correspondence ; nk:actor ?a ; nk:addressee ?b }")
    assert wrote == letters and letters
    assert {tie[2] for tie in found["ties"]} == set(SORTS)
    assert {end for tie in found["ties"] for end in tie[:2]} == set(found["nodes"])


def test_an_accusation_is_a_tie_of_its_own_sort_and_says_nothing_of_the_deed(library) -> None:
    accused = [tie for tie in network(library)["ties"] if tie[2] == "accused"]
    assert accused and all(tie[3].startswith("event/") for tie in accused)
    assert not any(tie[3].startswith("imputed/") for tie in network(library)["ties"])


def test_the_map_has_the_towns_with_coordinates_and_lists_the_others(library, store: ox.Store) -> None:
    found = atlas(library)
    on_it = {row[0].rpartition("/")[2]: row for row in found["places"]}
    assert len(on_it) == 15 and on_it["sochi"][3:5] == pytest.approx([39.73, 43.6], abs=0.05)
    placed = asked(store, "SELECT ?e ?p { ?e a nk:Event ; nk:place|nk:origin|nk:destination ?p }")
    rows = [*found["places"], *found["elsewhere"]]
    shown = {(BASE + event[0], BASE + row[0]) for row in rows for event in row[5]}
    assert shown == placed and placed
    assert found["journeys"] and all(len(journey[3]) > 1 for journey in found["journeys"])


def test_the_strip_counts_what_surely_lies_in_a_month(library, store: ox.Store) -> None:
    counts = dict(months(library))
    june = asked(
        store,
        "SELECT DISTINCT ?e { ?e a nk:Event ; nk:earliest ?a ; nk:latest ?b "
        "FILTER(STRSTARTS(STR(?a), '1937-06') && STRSTARTS(STR(?b), '1937-06')) }",
    )
    assert counts["1937-06"] == len(june) > 40


def test_the_words_beside_a_figure_leave_nothing_out(library) -> None:
    timeline_ = TOLD["timeline"](library)
    listed = [iri for _, its in timeline_["by_month"] for iri in its] + timeline_["undated"]
    assert sorted(listed) == sorted(library.kinds["event"])
    assert sum(map(len, TOLD["network"](library)["by_sort"].values())) == len(network(library)["ties"])
