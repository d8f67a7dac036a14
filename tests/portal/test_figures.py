"""The figures tell what the store says: every mark is of a thing that there is, with its days and its claims, and
what the authors do not vouch for is apart.
"""

import json
import re

import pyoxigraph as ox
import pytest

from narkom.portal.data import published
from narkom.portal.figures import FIGURES
from narkom.portal.figures.atlas import atlas
from narkom.portal.figures.happenings import STANCES
from narkom.portal.figures.network import ACTORS, OUTSIDE, SORTS, network
from narkom.portal.figures.strip import months
from narkom.portal.figures.timeline import timeline
from narkom.portal.pages import Pages
from narkom.vocabulary import BASE, kind_of

PREFIXES = (
    "PREFIX nk: <https://w3id.org/narkom/ontology#> PREFIX person: <https://w3id.org/narkom/person/> "
    "PREFIX event: <https://w3id.org/narkom/event/> PREFIX stance: <https://w3id.org/narkom/stance/> "
    "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX prov: <http://www.w3.org/ns/prov#> "
    "PREFIX imputed: <https://w3id.org/narkom/imputed/> "
)
NOT_VOUCHED_FOR = {"testified", "charged", "rejected"}


def asked(store: ox.Store, query: str) -> set[tuple[str, ...]]:
    return {tuple(term.value for term in row) for row in store.query(PREFIXES + query)}


@pytest.fixture(scope="module")
def rows(library) -> dict[str, dict]:
    return {row["iri"]: row for row in timeline(library)["events"]}


@pytest.fixture(scope="module")
def ties(library) -> list[dict]:
    return network(library)["ties"]


@pytest.fixture(scope="module")
def places(library) -> dict[str, dict]:
    found = atlas(library)
    return {place["iri"]: place for place in (*found["places"], *found["elsewhere"])}


def test_the_timeline_has_every_event_with_its_days(library, store: ox.Store, rows) -> None:
    assert {BASE + iri for iri in rows} == {*library.kinds["event"], *library.kinds["imputed"]}
    accepted = [row for row in rows.values() if row["accepted"]]
    for name, property_ in (("first", "earliest"), ("last", "latest"), ("dating", "dating")):
        told = {(BASE + row["iri"], row[name]) for row in accepted if row[name]}
        days = asked(store, f"SELECT ?e ?d {{ ?e a nk:Event ; nk:{property_} ?d }}")
        assert told == {(event, day.rpartition("/")[2]) for event, day in days} and told
    assert rows["event/arrest-iagoda"] == {
        "iri": "event/arrest-iagoda", "en": "Arrest of Iagoda", "ru": "Арест Ягоды", "class": "Arrest",
        "first": "1937-03-29", "last": "1937-03-29", "dating": "told", "unsure": "", "stance": "asserted",
        "accepted": True, "claims": ["ssc/p22s1c", "ssc/p22s1j", "ssc/p22s3a"], "people": ["person/iagoda"],
    }  # fmt: skip


def test_what_is_not_vouched_for_is_no_accepted_row_and_takes_no_day_from_the_accepted_view(store, rows) -> None:
    accepted = {iri.removeprefix(BASE) for (iri,) in asked(store, "SELECT ?e { ?e a nk:Event }")}
    assert {iri for iri, row in rows.items() if row["accepted"]} == accepted
    others = [row for row in rows.values() if not row["accepted"]]
    assert {row["stance"] for row in others} == NOT_VOUCHED_FOR
    assert {row["stance"] for row in rows.values() if row["accepted"]} == set(STANCES) - NOT_VOUCHED_FOR
    told = asked(
        store,
        "SELECT ?e ?d { GRAPH ?g { ?e nk:earliest|nk:latest ?d } ?g nk:stance ?s "
        "FILTER(?s IN (stance:testified, stance:charged, stance:rejected)) }",
    )
    shown = {(BASE + row["iri"], day) for row in others for day in (row["first"], row["last"]) if day}
    assert shown and shown <= told


def test_each_row_names_the_claims_that_tell_of_it_and_their_stances(library, store: ox.Store, rows) -> None:
    found = timeline(library)["stances"]
    stances = {
        re.sub(r".*narkom/(\w+)/claim/", r"\1/", claim): stance.rpartition("/")[2]
        for claim, stance in asked(store, "SELECT ?c ?s { ?c nk:stance ?s }")
    }
    assert found.items() <= stances.items()
    for row in rows.values():
        assert row["claims"], row["iri"]
        its = {found[name] for name in row["claims"]}
        assert not its & NOT_VOUCHED_FOR if row["accepted"] else its <= NOT_VOUCHED_FOR, row["iri"]
        assert {found[name] for name in row.get("also", ())} <= NOT_VOUCHED_FOR
    assert set(rows["event/death-slutskii"]["also"]) >= {"ssc/p39s4d", "ssc/p40s1b"}


def test_days_that_rest_on_a_guess_are_marked(store: ox.Store, rows) -> None:
    told = asked(
        store,
        "SELECT DISTINCT ?e { ?b rdf:subject ?e ; prov:wasDerivedFrom ?c . ?e a nk:Event . ?c nk:stance ?s "
        "FILTER(?s IN (stance:reported, stance:hedged)) }",
    )
    assert {(BASE + iri,) for iri, row in rows.items() if row["unsure"]} == told
    assert (rows["event/death-slutskii"]["stance"], rows["event/death-slutskii"]["unsure"]) == ("asserted", "hedged")


def test_what_lasted_is_told_from_a_day_that_is_not_known(rows) -> None:
    # 21 to 26 June: it went on. A month in which something fell on some day is no such span.
    assert rows["event/plenum-1937-06"]["through"] == ["1937-06-23", "1937-06-29"]
    spans = {iri: row["through"] for iri, row in rows.items() if "through" in row}
    for iri, (began, ended) in spans.items():
        assert rows[iri]["first"] <= began < ended <= rows[iri]["last"], iri
    assert not any(rows[iri]["class"] in ("Arrest", "Speech", "Correspondence") for iri in spans if "group" not in iri
                   and len(rows[iri]["people"]) == 1)  # fmt: skip


def test_an_office_that_is_only_attested_has_the_time_of_that_and_no_bounds(store: ox.Store, rows) -> None:
    told = asked(
        store, "SELECT ?e ?a ?b { GRAPH ?g { ?e nk:attestedEarliest ?a ; nk:attestedLatest ?b } ?e a nk:Event }"
    )
    shown = {(BASE + row["iri"], *span) for row in rows.values() if row["accepted"] for span in row.get("attested", ())}
    assert shown == told and shown
    assert any("attested" in row and not row["first"] and not row["last"] for row in rows.values())


def test_the_network_has_the_ties_of_the_accepted_view(library, store: ox.Store, ties) -> None:
    def ends(sort: str) -> set[tuple[str, ...]]:
        its = [tie for tie in ties if tie["accepted"] and tie["sort"] == sort]
        return {tuple(BASE + tie[name] for name in ("from", "to", "what")) for tie in its}

    def told(pattern: str) -> set[tuple[str, ...]]:
        found = asked(store, f"SELECT DISTINCT ?a ?b ?e {{ {pattern} FILTER(?a != ?b) }}")
        return {row for row in found if {kind_of(row[0]), kind_of(row[1])} <= set(ACTORS)}

    for sort, pattern in {
        "tie": "?e a nk:Relationship ; nk:holder ?a ; nk:towards ?b",
        "wrote": "?e a nk:Correspondence ; nk:actor ?a ; nk:addressee ?b",
        "arrested": "?e a nk:Arrest ; nk:actor ?a ; nk:person|nk:target ?b",
        "accused": "{ ?e a nk:Accusation ; nk:target|nk:person ?b } UNION { ?e a nk:Testimony ; nk:target ?b } "
        "?e nk:actor ?a",
        "appointed": "?e a nk:Appointment ; nk:actor ?a ; nk:person ?b",
        "ordered": "{ ?e a nk:Order } UNION { ?e a nk:Request } ?e nk:actor ?a ; nk:addressee ?b",
    }.items():
        assert ends(sort) == told(pattern) and ends(sort), sort
    assert {tie["sort"] for tie in ties if tie["accepted"]} == set(SORTS)
    nodes = network(library)["nodes"]
    assert {end for tie in ties for end in (tie["from"], tie["to"])} == set(nodes)
    assert any(node["kind"] == "alleged" for node in nodes.values())


def test_no_charge_is_an_accepted_tie_and_each_tie_has_its_claims(library, store: ox.Store, ties) -> None:
    stances = network(library)["stances"]
    names = [tuple(tie[name] for name in ("from", "to", "sort", "what")) for tie in ties]
    assert len(names) == len(set(names))
    for tie in ties:
        assert tie["claims"], tie
        its = {stances[name] for name in tie["claims"]}
        assert tie["stance"] in its
        if tie["accepted"]:
            assert not its & NOT_VOUCHED_FOR and tie["sort"] not in OUTSIDE
            assert not {kind_of(BASE + tie[end]) for end in ("from", "to")} & {"alleged", "imputed"}
        else:
            assert tie["stance"] in NOT_VOUCHED_FOR
    # Who is said to have done it, and who to have had it done, are never taken for each other.
    for sort, doer in (("imputed", "imputedTo"), ("instigated", "instigator")):
        ends = {(BASE + tie["from"], BASE + tie["what"]) for tie in ties if tie["sort"] == sort}
        assert ends and ends <= asked(store, f"SELECT ?a ?i {{ GRAPH ?g {{ ?i nk:{doer} ?a }} }}"), sort
    # What Frinovskii said of the killing is shown as what he said.
    killing = [tie for tie in ties if tie["from"] == "person/alekhin" and tie["to"] == "person/slutskii"]
    assert killing and all(not tie["accepted"] and tie["stance"] == "testified" for tie in killing)


def test_the_map_has_the_towns_with_coordinates_and_lists_the_others(library, store: ox.Store, places) -> None:
    on_it = {iri: place for iri, place in places.items() if place["at"]}
    assert len(on_it) == 15 and on_it["place/sochi"]["at"] == pytest.approx([39.73, 43.6], abs=0.05)
    placed = asked(store, "SELECT ?e ?p { ?e a nk:Event ; nk:place|nk:origin|nk:destination ?p }")
    events = [(event, place) for place in places.values() for event in place["events"]]
    shown = {(BASE + event["iri"], BASE + place["iri"]) for event, place in events if event["accepted"]}
    assert shown == placed and placed
    assert all(event["accepted"] == (event["stance"] not in NOT_VOUCHED_FOR) for event, _ in events)
    [to_kiev] = on_it["place/kiev"]["events"]
    assert (to_kiev["stance"], to_kiev["accepted"], to_kiev["roles"]) == ("rejected", False, ["destination"])
    assert places["place/kremlin"]["within"] == "place/moscow"
    assert [body["iri"] for body in on_it["place/voronezh"]["bodies"]] == ["body/nkvd-voronezh"]


def test_an_event_is_not_shown_at_a_place_where_only_a_charge_puts_it(places) -> None:
    [there] = places["place/ezhov-apartment"]["events"]
    assert (there["iri"], there["accepted"], there["stance"]) == ("event/mercury-application", False, "charged")
    here = {event["iri"]: event["accepted"] for event in places["place/ezhov-office"]["events"]}
    assert here["event/mercury-application"] is True


def test_journeys_go_from_where_to_where_it_is_told(library) -> None:
    journeys = {one["iri"]: one["stations"] for one in atlas(library)["journeys"]}
    assert journeys["event/journey-ezhov-moscow-1936"] == [
        ["place/sochi", "origin"],
        ["place/moscow", "destination"],
    ]
    # Whence Iagoda came is not told.
    assert journeys["event/journey-iagoda-sochi-1936"] == [["place/sochi", "destination"]]


def test_the_strip_counts_what_surely_lies_in_a_month(library, store: ox.Store) -> None:
    counts = dict(months(library))
    june = asked(
        store,
        "SELECT DISTINCT ?e { ?e a nk:Event ; nk:earliest ?a ; nk:latest ?b "
        "FILTER(STRSTARTS(STR(?a), '1937-06') && STRSTARTS(STR(?b), '1937-06')) }",
    )
    assert counts["1937-06"] == len(june) > 40
    span = [month for month, _ in months(library, "1936-09", "1938-04")]
    assert (span[0], span[-1], len(span)) == ("1936-09", "1938-04", 20) and set(span) <= set(counts)


@pytest.fixture(scope="module", params=["en", "ru"])
def pages(library, request) -> Pages:
    return Pages(library, False, None, request.param)


@pytest.mark.parametrize("name", FIGURES)
def test_the_page_of_a_figure_is_published_and_names_all_that_the_figure_shows(library, pages: Pages, name) -> None:
    assert f"{name}.html" in pages.single
    reply = pages.get(f"/{name}.html")
    text = reply.body.decode()
    links = set(re.findall(r'href="([^"]+)\.html"', text))
    shown = json.loads(published(library, {})[f"/data/{name}.json"]().body)
    marks = {
        "timeline": lambda: {row["iri"] for row in shown["events"]},
        "network": lambda: {tie[end] for tie in shown["ties"] for end in ("from", "to", "what")},
        "map": lambda: {
            iri for place in (*shown["places"], *shown["elsewhere"])
            for iri in (place["iri"], *(event["iri"] for event in place["events"]))
        },
    }[name]()  # fmt: skip
    assert reply.status == 200 and marks and marks <= links
    assert not re.search(r"<[^>]+\sstyle=|<style|<script(?![^>]+src=)", text)
    assert len(reply.body) < 450_000
