"""Nanopublications: the checkers of the nanopub package confirm each trusty URI, and refuse a changed one."""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from nanopub import Nanopub
from nanopub.trustyuri.rdf.RdfModule import RdfModule
from nanopub.trustyuri.TrustyUriResource import TrustyUriResource
from nanopub.utils import MalformedNanopubError

from narkom.publishing.facts import Facts
from narkom.publishing.nanopubs import joint_reasons, nanopub, nanopub_of_day, nanopubs
from narkom.publishing.writing import write
from narkom.vocabulary import BASE, term

BASES = ("https://w3id.org/narkom/", "https://example.org/k/")


def some(facts: Facts) -> list[ox.NamedNode]:
    """Return one claim of each stance, and one with quotation marks and letters beyond ASCII in its gloss."""
    found = {facts.objects(claim, "nk:stance")[0]: claim for claim in facts.claims()}
    odd = [claim for claim in facts.claims() if re.search(r"[^ -!#-~]", facts.objects(claim, "nk:gloss")[0].value)]
    return [*found.values(), *odd[:3]]


def _file(facts: Facts, claim: ox.NamedNode, base: str, folder: Path) -> Path:
    code, quads = nanopub(facts, claim, base)
    path = folder / f"{code}.nq"
    path.write_bytes(write(quads, "nquads"))
    return path


def confirmed(path: Path) -> bool:
    """Ask the checker for files that are named by their code."""
    return RdfModule().has_correct_hash(TrustyUriResource(str(path), path.read_text(encoding="utf-8"), path.stem))


@pytest.mark.parametrize("base", BASES)
def test_the_checkers_confirm(facts: Facts, base: str, tmp_path: Path) -> None:
    for claim in some(facts):
        path = _file(facts, claim, base, tmp_path)
        found = Nanopub(rdf=path)
        assert found.is_valid
        assert found.has_valid_trusty
        assert confirmed(path)


def test_the_checkers_refuse_a_changed_one(facts: Facts, tmp_path: Path) -> None:
    path = _file(facts, facts.claims()[0], BASES[0], tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace("asserted", "rejected"), encoding="utf-8")
    assert not confirmed(path)
    with pytest.raises(MalformedNanopubError):
        _ = Nanopub(rdf=path).has_valid_trusty


def test_a_store_gives_the_same_ones(facts: Facts, store: ox.Store) -> None:
    """A store keeps 2273.0 as 2273; the name of a nanopublication must not depend on where it was made."""
    assert "2273.0" in "".join(str(triple) for graph in facts.graphs.values() for triple in graph)
    assert nanopubs(Facts(store)) == nanopubs(facts)


@pytest.mark.parametrize("text", ["a\\b", "two\nlines", 'a "word"', "Ежов", ""])
def test_odd_texts(text: str, tmp_path: Path) -> None:
    """The digest escapes backslashes and line breaks by rules of its own."""
    claim, event = term("ssc-claim:c"), term("event:e")
    quads = [
        ox.Quad(claim, term("rdf:type"), term("nk:Claim")),
        ox.Quad(claim, term("nk:gloss"), ox.Literal(text, language="en-GB")),
        ox.Quad(claim, term("nk:passage"), term("ssc-passage:p")),
        ox.Quad(event, term("nk:quotedTerm"), ox.Literal(text), claim),
        ox.Quad(event, term("nk:quotedTerm"), ox.Literal(text, language="en"), claim),
        ox.Quad(event, term("nk:quotedTerm"), ox.Literal(text, datatype=term("edtf:EDTF")), claim),
    ]
    found = Nanopub(rdf=_file(Facts(quads), claim, BASES[0], tmp_path))
    assert found.has_valid_trusty


def test_one_for_each_claim_and_joint_day_and_none_signed(facts: Facts) -> None:
    quads = nanopubs(facts)
    heads = {
        one.subject for one in quads if one.object == ox.NamedNode("http://www.nanopub.org/nschema#Nanopublication")
    }
    assert len(heads) == len(facts.claims()) + len(joint_reasons(facts))
    assert not any("hasSignature" in one.predicate.value for one in quads)


def test_a_charge_is_published_as_one(facts: Facts) -> None:
    claim = next(one for one in facts.claims() if term("stance:charged") in facts.objects(one, "nk:stance"))
    code, quads = nanopub(facts, claim)
    graphs = {quad.graph_name.value.rsplit("#", 1)[-1] for quad in quads if quad.object == term("stance:charged")}
    assert graphs == {"provenance"}
    assert {f"{BASE}np/" + code} == {q.graph_name.value.split("#")[0] for q in quads}


def _said_of(facts: Facts, claim: ox.NamedNode) -> set[tuple]:
    _, quads = nanopub(facts, claim)
    return {(one.predicate, one.object) for one in quads if one.graph_name.value.endswith("#provenance")}


@pytest.mark.parametrize(
    "curie",
    ["nk:accordingTo", "nk:relayedBy", "nk:statedIn", "nk:inferred", "nk:repeats", "nk:alternativeTo", "nk:doubt"],
)
def test_the_provenance_says_whose_word_it_is_and_how_it_came(facts: Facts, curie: str) -> None:
    claim = next(one for one in facts.claims() if facts.objects(one, curie))
    assert {(term(curie), value) for value in facts.objects(claim, curie)} <= _said_of(facts, claim)


def test_a_day_that_several_claims_yield_names_them(facts: Facts, tmp_path: Path) -> None:
    reason = joint_reasons(facts)[0]
    code, quads = nanopub_of_day(facts, reason)
    said = [quad.triple for quad in quads if quad.graph_name.value.endswith("#assertion")]
    assert said == [
        ox.Triple(*(facts.objects(reason, f"rdf:{name}")[0] for name in ("subject", "predicate", "object")))
    ]
    assert said[0].object in facts.objects(said[0].subject, f"nk:{said[0].predicate.value.rpartition('#')[2]}")
    derived = {quad.object for quad in quads if quad.predicate == term("prov:wasDerivedFrom")}
    assert derived == set(facts.objects(reason, "prov:wasDerivedFrom"))
    path = tmp_path / f"{code}.nq"
    path.write_bytes(write(quads, "nquads"))
    assert Nanopub(rdf=path).has_valid_trusty
    assert confirmed(path)
