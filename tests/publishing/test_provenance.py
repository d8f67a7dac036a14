"""The provenance profile: terms of PROV-O alone, two attributions apart, every claim with its passage."""

from collections import defaultdict

import pyoxigraph as ox
import pytest
from rdflib import PROV, URIRef

from narkom.publishing.facts import Facts
from narkom.publishing.provenance import CONTRIBUTORS, prov_of_claim, prov_profile
from narkom.vocabulary import RDF_TYPE, term


@pytest.fixture(scope="module")
def profile(facts: Facts) -> set[ox.Triple]:
    return set(prov_profile(facts))


def unknown(triples: set[ox.Triple]) -> set[str]:
    """Return the terms that PROV-O does not have, labels and types aside."""
    used = {one.predicate for one in triples} | {one.object for one in triples if one.predicate == RDF_TYPE}
    used -= {RDF_TYPE, term("rdfs:label")}
    return {one.value for one in used if URIRef(one.value) not in PROV}


def test_only_terms_of_prov(profile: set[ox.Triple]) -> None:
    assert unknown(profile) == set()
    assert unknown({ox.Triple(term("ssc-claim:a"), term("prov:wasStolenFrom"), term("ssc-claim:b"))})


def test_every_claim_has_two_attributions(profile: set[ox.Triple], facts: Facts) -> None:
    attributed = defaultdict(set)
    for one in profile:
        if one.predicate == term("prov:wasAttributedTo"):
            attributed[one.subject].add(one.object)
    for claim in facts.claims():
        record = ox.NamedNode(claim.value.replace("/claim/", "/record/"))
        assert attributed[record] == {CONTRIBUTORS}
        assert attributed[claim] == {term("person:jansen"), term("person:petrov")}
        assert ox.Triple(record, term("prov:specializationOf"), claim) in profile


def test_every_claim_comes_from_its_passage_and_rests_on_its_footnote(profile: set[ox.Triple], facts: Facts) -> None:
    for claim in facts.claims():
        act = ox.NamedNode(claim.value.replace("/claim/", "/assertion/"))
        for passage in facts.objects(claim, "nk:passage"):
            assert ox.Triple(claim, term("prov:wasDerivedFrom"), passage) in profile
        for note in facts.objects(claim, "nk:footnote"):
            assert ox.Triple(act, term("prov:used"), note) in profile


def test_passages_belong_to_the_work(profile: set[ox.Triple], facts: Facts) -> None:
    members = {one.object for one in profile if one.predicate == term("prov:hadMember")}
    assert set(facts.instances("nk:Passage")) | set(facts.instances("nk:Footnote")) <= members


def test_a_charge_shows_its_stance_and_speaker(facts: Facts) -> None:
    charged = next(one for one in facts.claims() if term("stance:charged") in facts.objects(one, "nk:stance"))
    found = prov_of_claim(facts, charged)
    assert term("stance:charged") in {one.object for one in found if one.predicate == term("prov:hadRole")}
    speakers = {one.object for one in found if one.predicate == term("prov:wasInfluencedBy")}
    assert speakers == set(facts.objects(charged, "nk:accordingTo")) != set()
