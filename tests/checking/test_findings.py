"""Each check finds its own fault, at its place, and finds nothing in sound data."""

import re
from pathlib import Path

import pytest

from narkom.building.dataset import derive
from narkom.checking.coverage import compare, coverage
from narkom.checking.reasoning import check_reasoning
from narkom.checking.report import full_check, quick_check
from narkom.checking.shapes import check_shapes
from narkom.reading.sentences import read_sentences
from narkom.reading.sources import load

FAULTS = {
    "date-form": ('"1937-03-29"', '"1937-02-31"', "data/small/claims/p01.trig:12", "does not exist"),
    "date-form open": ('"1937-03-29"', '"1937/.."', "data/small/claims/p01.trig:12", "open"),
    "date-form reversed": ('"1937-03-29"', '"1937/1936"', "data/small/claims/p01.trig:12", "ends before it begins"),
    "date-type": ('"1937-03-29"^^edtf:EDTF', '"1937-03-29"', "data/small/claims/p01.trig:12", "no EDTF literal"),
    "date-order": (
        'nk:date "1937-03-29"^^edtf:EDTF',
        'nk:begin "1938"^^edtf:EDTF ; nk:end "1937"^^edtf:EDTF',
        "data/small/claims/p01.trig:12",
        "before nk:begin",
    ),
    "unknown-term": (
        "nk:person person:one",
        "nk:persons person:one",
        "data/small/claims/p01.trig:12",
        "mean nk:person?",
    ),
    "unknown-term class": ("a nk:Arrest", "a nk:Arest", "data/small/claims/p01.trig:12", "mean nk:Arrest?"),
    "foreign-term": (
        "nk:person person:one ;",
        '<http://www.w3.org/2000/01/rdf-schema#label> "One"@en ; nk:person person:one ;',
        "data/small/claims/p01.trig:12",
        "claims do not use rdfs:label",
    ),
    "dangling": (
        "person person:one",
        "person person:two",
        "data/small/claims/p01.trig:12",
        "nothing is known of person:two",
    ),
    "untyped": ("event:arrest-one a nk:Arrest ;", "event:other", "data/small/claims/p01.trig:12", "what kind"),
    "passage": ("    nk:passage passage:p1s1 ;\n", "", "data/small/claims/p01.trig:16", "no passage"),
    "claim-name": (
        "passage passage:p1s2",
        "passage passage:f1s1",
        "data/small/claims/p01.trig:28",
        "name says small-passage:p1s2",
    ),
    "stance": ("    nk:stance stance:asserted ;\n", "", "data/small/claims/p01.trig:16", "no stance"),
    "stance of another kind": (
        "stance:asserted",
        "person:one",
        "data/small/claims/p01.trig:16",
        "person:one for a stance",
    ),
    "dangling stance": (
        "stance:asserted",
        "stance:certain",
        "data/small/claims/p01.trig:16",
        "known of stance:certain",
    ),
    "stance twice": ("stance:asserted", "stance:asserted, stance:charged", "data/small/claims/p01.trig:16", "several"),
    "gloss": (
        "nk:stance stance:charged ;",
        "nk:stance stance:charged .\nclaim:x",
        "data/small/claims/p01.trig:28",
        "gloss",
    ),
    "footnote missing": ("    nk:footnote note:1 ;\n", "", "data/small/claims/p01.trig:16", "rests on small-note:1"),
    "footnote needless": (
        "passage passage:p1s2 ;",
        "passage passage:p1s2 ; nk:footnote note:1 ;",
        "data/small/claims/p01.trig:28",
        "no footnote governs",
    ),
    "footnote": ("footnote note:1", "footnote note:9", "data/small/claims/p01.trig:16", "small-note:9 does not govern"),
    "claim-link": ("contradicts claim:p1s1a", "contradicts person:one", "data/small/claims/p01.trig:28", "is no claim"),
    "claim-type": ("claim:p1s1a a nk:Claim ;", "claim:p1s1a", "data/small/claims/p01.trig:16", "no type"),
    "undescribed": ("claim:p1s1a {", "claim:p1s1b {", "data/small/claims/p01.trig:11", "no description"),
    "no-graph": ("claim:p1s1a {", "claim:p1s1b {", "data/small/claims/p01.trig:16", "no graph"),
    "empty-graph": ("claim:p1s1a {", "claim:p1s1a { } claim:p1s1b {", "data/small/claims/p01.trig:11", "is empty"),
    "outside": ("# p1s2", "event:arrest-one nk:person person:one .", "data/small/claims/p01.trig:22", "outside"),
}


def test_sound_data_has_no_finding(small: Path) -> None:
    sources = load(small)
    assert quick_check(sources) == []
    assert check_shapes(sources, derive(sources)) == []
    assert check_reasoning(sources, derive(sources)) == []


@pytest.mark.parametrize("name", FAULTS)
def test_fault(small: Path, claims: Path, edit, name: str) -> None:
    old, new, place, part = FAULTS[name]
    edit(claims, old, new)
    found = [one for one in quick_check(load(small)) if one.check == name.split()[0] and part in str(one)]
    assert [f"{one.file}:{one.line}" for one in found] == [place]
    assert found[0].mend
    assert "\n" not in str(found[0])
    assert re.search(r"\w\S*[.?] \[[a-z-]+\]$", str(found[0])) and not re.search(r"[?!.][?!.] ", str(found[0]))


@pytest.mark.parametrize("name", ['""@en', '" "@en', "person:one", "12"])
def test_a_name_that_is_none_stops_no_check(small: Path, name: str) -> None:
    people = small / "data" / "register" / "people.ttl"
    text = people.read_text(encoding="utf-8")
    people.write_text(text.replace("a nk:Person ;", f"a nk:Person ;\n    skos:altLabel {name} ;", 1), encoding="utf-8")
    sources = load(small)
    assert isinstance(full_check(sources, derive(sources), owl=False), list)


def test_an_event_in_a_register(small: Path) -> None:
    people = small / "data" / "register" / "people.ttl"
    event = "<https://w3id.org/narkom/event/arrest-two> a nk:Arrest ; nk:person person:one ."
    people.write_text(people.read_text(encoding="utf-8") + event + "\n", encoding="utf-8")
    assert "outside" in {one.check for one in quick_check(load(small))}


def test_what_a_claim_says_in_a_register_too(small: Path, claims: Path, edit) -> None:
    people = small / "data" / "register" / "people.ttl"
    edit(people, '"One"@en .', '"One"@en ; skos:altLabel "First"@en .')
    assert quick_check(load(small)) == []
    edit(
        claims,
        "claim:p1s1a {",
        'claim:p1s1a {\n    person:one <http://www.w3.org/2004/02/skos/core#altLabel> "First"@en .',
    )
    [one] = [one for one in quick_check(load(small)) if one.check == "said-twice"]
    assert (one.file, one.line) == ("data/register/people.ttl", 5)
    assert "skos:altLabel First" in str(one)


def test_a_claim_in_the_file_of_another_paragraph(small: Path, claims: Path) -> None:
    claims.rename(claims.with_name("p02.trig"))
    assert {one.check for one in quick_check(load(small))} == {"claim-file"}


def test_a_stray_term_in_a_register(small: Path) -> None:
    people = small / "data" / "register" / "people.ttl"
    text = people.read_text(encoding="utf-8")
    people.write_text(text.replace("skos:prefLabel", "skos:preflabel", 1), encoding="utf-8")
    found = [one for one in quick_check(load(small)) if one.check == "foreign-term"]
    assert [one.file for one in found] == ["data/register/people.ttl"]


def test_shape(small: Path, claims: Path, edit) -> None:
    edit(claims, '        nk:person person:one ;\n        nk:date "1937', '        nk:date "1937')
    sources = load(small)
    [found] = check_shapes(sources, derive(sources))
    assert (found.line, found.check) == (12, "shape")
    assert "no one arrested" in str(found)


def test_reasoning_names_the_contradiction(small: Path, claims: Path, edit) -> None:
    edit(claims, "nk:person person:one ;", "nk:person event:arrest-one ;")
    sources = load(small)
    found = check_reasoning(sources, derive(sources))
    assert {one.check for one in found} == {"owl"}
    assert "exclude each other" in str(found[0])


def test_reasoning_sees_charges_too(small: Path, claims: Path, edit) -> None:
    edit(claims, 'person:one ;\n        nk:date "1936"', 'event:arrest-one ;\n        nk:date "1936"')
    sources = load(small)
    assert check_reasoning(sources, derive(sources))


def test_coverage_and_digests(small: Path) -> None:
    sources = load(small)
    assert [(row.passage, row.claims) for row in coverage(sources)] == [
        ("small/p1s1", 1),
        ("small/p1s2", 1),
        ("small/f1s1", 0),
    ]
    copy = small / "sentences.tsv"
    assert compare(sources, read_sentences(copy), "small") == []
    copy.write_text(copy.read_text(encoding="utf-8").replace("spring", "autumn"), encoding="utf-8")
    assert compare(sources, read_sentences(copy), "small") == [
        "small/p1s1: the digest differs: 34 characters described, 34 in your copy"
    ]
