"""The provenance profile: terms of PROV-O alone, two attributions apart, every claim with its passage."""

from collections import defaultdict

import pyoxigraph as ox
import pytest
from rdflib import PROV, URIRef

from narkom.publishing.facts import Facts
from narkom.publishing.provenance import CONTRIBUTORS, prov_of_claim, prov_profile
from narkom.publishing.voices import order_of_relays
from narkom.vocabulary import RDF_TYPE, prefixes_for, source_space, term


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
    used = {one.object for one in found if one.predicate == term("prov:used")}
    words = {one.subject: one.object for one in found if one.predicate == term("prov:wasAttributedTo")}
    assert {words[one] for one in used if one in words} == set(facts.objects(charged, "nk:accordingTo")) != set()


def _told(triples: str) -> Facts:
    spaces = prefixes_for([source_space("ssc", "claim")]).items()
    prefixes = "".join(f"@prefix {name}: <{space}> .\n" for name, space in spaces)
    return Facts(ox.parse(prefixes + triples, format=ox.RdfFormat.TRIG))


CHAIN = """
ssc-claim:p1s1a a nk:Claim ; nk:stance stance:charged ; nk:accordingTo person:a ; nk:statedIn event:testimony ;
    nk:relayedBy person:b, person:c, person:d .
ssc-claim:p1s1b a nk:Claim ; nk:stance stance:reported ; nk:accordingTo person:c ; nk:relayedBy person:d .
ssc-claim:p1s1c a nk:Claim ; nk:stance stance:reported ; nk:accordingTo person:c .
ssc-claim:p1s1a { imputed:i a nk:ImputedAct . }
ssc-claim:p1s1b { event:testimony a nk:Testimony . }
"""
SHOWN = "ssc-claim:p1s1c { event:showing a nk:Meeting ; nk:actor person:b ; nk:about event:testimony . }"


def test_what_was_handed_on_is_a_chain_of_attributions() -> None:
    """a said it in a testimony; c tells that b showed the testimony; d has from c that there was one."""
    found = set(prov_of_claim(_told(CHAIN + SHOWN), term("ssc-claim:p1s1a")))
    space = source_space("ssc", "retelling") + "p1s1a-"
    b, c, d = (ox.NamedNode(space + name) for name in "bcd")
    word = ox.NamedNode(source_space("ssc", "word") + "p1s1a")
    derived = {(one.subject, one.object) for one in found if one.predicate == term("prov:wasDerivedFrom")}
    assert derived == {(b, word), (c, b), (d, c)}
    for retelling, name in ((word, "a"), (b, "b"), (c, "c"), (d, "d")):
        assert ox.Triple(retelling, term("prov:wasAttributedTo"), term(f"person:{name}")) in found
    assert ox.Triple(word, term("prov:wasGeneratedBy"), term("event:testimony")) in found
    assert {one.object for one in found if one.predicate == term("prov:used")} == {d}


def test_where_no_act_tells_the_order_each_relay_had_it_from_the_voice() -> None:
    facts = _told(CHAIN)
    assert order_of_relays(facts, term("ssc-claim:p1s1a")) == {
        term("person:b"): set(), term("person:c"): set(), term("person:d"): {term("person:c")},
    }  # fmt: skip
    found = prov_of_claim(facts, term("ssc-claim:p1s1a"))
    used = {one.object.value.rpartition("-")[2] for one in found if one.predicate == term("prov:used")}
    assert used == {"b", "d"}


def test_every_relay_and_voice_is_in_the_profile(profile: set[ox.Triple], facts: Facts) -> None:
    relayed = [claim for claim in facts.claims() if facts.objects(claim, "nk:relayedBy")]
    assert relayed
    said = {(one.subject, one.object) for one in profile if one.predicate == term("prov:wasAttributedTo")}
    for claim in relayed:
        for relay in facts.objects(claim, "nk:relayedBy"):
            retelling = claim.value.replace("/claim/", "/retelling/") + f"-{relay.value.rpartition('/')[2]}"
            assert (ox.NamedNode(retelling), relay) in said


def test_a_document_is_no_agent() -> None:
    facts = _told("""document:d a nk:Document .
        ssc-claim:p1s1a a nk:Claim ; nk:stance stance:reported ; nk:accordingTo document:d .""")
    found = prov_of_claim(facts, term("ssc-claim:p1s1a"))
    links = {one.predicate for one in found if one.object == term("document:d")}
    assert links == {term("prov:wasDerivedFrom")}
