"""What lists can be narrowed down by, against queries of the store for every kind of list."""

from __future__ import annotations

from collections import Counter

import pyoxigraph as ox
import pytest

from narkom.portal import facets
from narkom.portal.figures.happenings import STANCES, Told
from narkom.portal.library import Library
from narkom.vocabulary import BASE, PREFIXES, local_name

HEAD = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
# Facets whose values are of several kinds, and stand in an address with these.
ADDRESSED = {"of", "accused", "to", "actor", "addressee", "holder"}
# For each kind of list what has which value of a facet; of what the accepted view vouches for, it says so.
ASKED = {
    ("person", "body"): "?thing nk:memberOf ?value",
    ("person", "tie"): "?r a nk:Relationship ; nk:kind ?value ; nk:holder|nk:towards ?thing, person:ezhov "
    "FILTER(?thing != person:ezhov)",
    ("body", "above"): "?thing nk:subordinateTo+ ?value",
    ("body", "kind"): "?thing nk:kind ?value",
    ("body", "territory"): "?thing nk:territory/nk:within* ?value",
    ("office", "body"): "?thing nk:postIn/nk:subordinateTo* ?value",
    ("place", "within"): "?thing nk:within+ ?value",
    (
        "place",
        "map",
    ): "?thing a nk:Place BIND(IF(EXISTS { ?thing crm:P168_place_is_defined_by ?c }, 'yes', 'no') AS ?value)",
    ("group", "of"): "?thing (nk:memberOf|nk:subordinateTo)+ ?value",
    ("group", "nation"): "?thing nk:ethnicity|nk:citizenship ?value",
    ("alleged", "accused"): "GRAPH ?g { ?value nk:allegedMemberOf|nk:allegedLeaderOf ?thing }",
    ("event", "person"): "?thing nk:actor|nk:person|nk:participant|nk:addressee|nk:target ?value "
    "FILTER(STRSTARTS(STR(?value), STR(person:)))",
    ("event", "place"): "?thing nk:place/nk:within* ?value",
    ("event", "dating"): "?thing nk:dating ?value",
    ("imputed", "offence"): "GRAPH ?g { ?thing nk:offence ?value }",
    ("imputed", "to"): "GRAPH ?g { ?thing nk:imputedTo ?value }",
    ("relation", "kind"): "?thing nk:kind ?value",
    ("attitude", "polarity"): "?thing nk:polarity ?value",
    ("attitude", "holder"): "?thing nk:holder ?value",
    ("statistic", "unit"): "?thing nk:unit ?value",
    ("document", "kind"): "?thing nk:kind ?value",
    ("document", "actor"): "?act nk:document ?thing ; nk:actor ?value",
    ("document", "addressee"): "?act nk:document ?thing ; nk:addressee ?value",
    ("concept", "above"): "?thing skos:broader+ ?value",
    ("ssc/claim", "stance"): "?thing nk:stance ?value",
    ("ssc/claim", "voice"): "?thing nk:accordingTo ?value",
    ("ssc/note", "stance"): "?claim nk:footnote ?thing ; nk:stance ?value",
    ("ssc/passage", "stance"): "?claim nk:passage ?thing ; nk:stance ?value",
    ("ssc/paragraph", "voice"): "?claim nk:passage/nk:partOf ?thing ; nk:accordingTo ?value",
    (
        "mapping",
        "file",
    ): "?thing sssom:object_id ?o BIND(REPLACE(REPLACE(STR(?o), '^https?://(www[.])?', ''), '/.*', '') AS ?value)",
    ("bound", "side"): "?thing rdf:predicate ?value",
}


def of(library: Library, kind: str):
    """Return the facets of a list by their names, and what has which value."""
    shown, having = facets.of_list(Told(library), kind, library.kinds[kind])
    return {facet.name: facet for facet in shown}, having


def asked(store: ox.Store, pattern: str) -> set[tuple[str, ox.Term]]:
    return {(thing.value, value) for thing, value in store.query(f"{HEAD}SELECT ?thing ?value {{ {pattern} }}")}


@pytest.mark.parametrize(("kind", "name"), ASKED, ids="-".join)
def test_values_and_counts_are_those_of_the_store(library: Library, store: ox.Store, kind: str, name: str) -> None:
    shown, having = of(library, kind)
    listed = {iri for iri in library.kinds[kind] if kind in ("alleged", "imputed") or not library.outside_only(iri)}
    found = {(iri, value) for iri in listed for value in having.get(iri, {}).get(name, ())}
    expected = {
        (iri, value.value if isinstance(value, ox.Literal) else in_address(value.value, name))
        for iri, value in asked(store, ASKED[kind, name])
        if iri in listed
    }
    assert found == expected
    assert len({value for _, value in expected}) > 1
    whole = Counter(value for its in having.values() for value in its.get(name, ()))
    assert {value.name: value.count for value in shown[name].values} == whole


def in_address(iri: str, name: str) -> str:
    return iri.removeprefix(BASE) if name in ADDRESSED else local_name(iri).rpartition("#")[2]


@pytest.mark.parametrize("sort", ["Arrest", "Execution", "Trial"])
def test_everybody_whom_it_befell_is_under_the_facet(library: Library, store: ox.Store, sort: str) -> None:
    for kind in ("person", "group"):
        found = {iri for iri, its in of(library, kind)[1].items() if sort in its.get("fate", ())}
        told = asked(store, f"?e a nk:{sort} ; nk:person ?thing BIND(1 AS ?value)")
        assert found == {iri for iri, _ in told if iri in library.kinds[kind]}
        assert found


def test_what_is_not_vouched_for_has_the_values_that_its_claims_tell(library: Library, store: ox.Store) -> None:
    _, having = of(library, "event")
    outside = {iri for iri in library.kinds["event"] if library.outside_only(iri)}
    for name, pattern in (("place", "nk:place/nk:within*"), ("dating", "nk:dating")):
        assert not any(iri in outside for iri, _ in asked(store, f"?thing {pattern} ?value")), name
    told = asked(store, "GRAPH ?g { ?thing nk:place ?value }")
    direct = {(iri, local_name(value.value)) for iri, value in told if iri in outside}
    assert direct
    assert direct <= {(iri, value) for iri in outside for value in having[iri].get("place", ())}
    # How they are dated nothing says: no day is derived for what is not vouched for.
    assert not any("dating" in having[iri] for iri in outside)
    # And each of them is under a stance that the accepted view does not admit.
    assert {stance for iri in outside for stance in having[iri]["stance"]}.isdisjoint(library.accepted_stances)


def test_the_surest_stance_is_the_first_in_which_a_thing_is_told(library: Library, store: ox.Store) -> None:
    _, having = of(library, "event")
    surest: dict[str, str] = {}
    for iri, value in asked(store, "?claim nk:stance ?value GRAPH ?claim { ?thing a ?class }"):
        surest[iri] = min(surest.get(iri, STANCES[-1]), local_name(value.value), key=STANCES.index)
    assert {iri: its["stance"] for iri, its in having.items()} == {
        iri: [surest[iri]] for iri in library.kinds["event"] if iri in surest
    }


def test_the_number_of_claims_is_a_step_that_holds_it(library: Library) -> None:
    shown, having = of(library, "person")
    steps = [int(value.name) for value in shown["claims"].values]
    assert steps == sorted(steps)
    for iri in library.kinds["person"]:
        number = len(library.mentioning.get(iri, ()))
        assert having[iri]["claims"] == [str(max(step for step in steps if step <= number))]


def test_paragraphs_are_those_in_which_a_thing_is_spoken_of(library: Library) -> None:
    shown, having = of(library, "event")
    iri = BASE + "event/arrest-iagoda"
    places = {claim.note.passage.rpartition("/")[2].partition("s")[0] for claim in library.mentioning[iri]}
    assert having[iri]["paragraph"] == sorted(f"ssc-{place}" for place in places)
    order = [value.name for value in shown["paragraph"].values]
    assert order[:2] == ["ssc-p1", "ssc-p2"]
    assert order[-2:] == ["ssc-f1", "ssc-f2"]


def test_no_facet_has_one_value_alone_and_none_is_named_twice(library: Library) -> None:
    for kind in library.kinds:
        shown, _ = facets.of_list(Told(library), kind, library.kinds[kind])
        names = [facet.name for facet in shown]
        assert len(names) == len(set(names)), kind
        assert all(len(facet.values) > 1 for facet in shown), kind
        assert all([*facet.shown, *facet.folded] == facet.values for facet in shown), kind


def test_no_value_of_a_facet_stands_for_two_things(library: Library) -> None:
    """Where things of two kinds meet in a facet, a local name could be that of both."""
    told = Told(library)
    for kind, iris in library.kinds.items():
        for one in facets.FACETS.get(kind.rpartition("/")[2], ()):
            words = {pair for iri in iris for pair in one.trait(told, iri)}
            named = Counter(name for name, _ in words)
            assert [name for name, count in named.items() if count > 1] == [], (kind, one.name)
            assert not any(" " in name for name in named), (kind, one.name)


def test_words_are_in_the_language_of_the_page(library: Library) -> None:
    english, russian = (of(one, "event")[0] for one in (library, library.spoken("ru")))
    assert {value.name: value.label for value in russian["month"].values}["1937-03"] == "март 1937"
    for name, facet in english.items():
        assert {(value.name, value.count) for value in facet.values} == {
            (value.name, value.count) for value in russian[name].values
        }
