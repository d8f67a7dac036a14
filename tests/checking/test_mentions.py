"""What texts mention, and what claims say that their text does not."""

from datetime import date
from pathlib import Path

import pytest

from narkom.checking.glosses import check_glosses
from narkom.checking.mentions import Names, dates_in, numbers_in
from narkom.checking.tracing import trace
from narkom.reading.sentences import read_sentences
from narkom.reading.sources import load

DATES = {
    "on 29 March 1937.": [("1937-03-29", "1937-03-29")],
    "from 23 to 26 June 1937": [("1937-06-23", "1937-06-26")],
    "in March 1937 and on 2 April": [("1937-03-01", "1937-03-31")],
    "February–March 1937": [("1937-02-01", "1937-03-31")],
    "the spring of 1937": [("1937-03-01", "1937-05-31")],
    "in 1936–38": [("1936-01-01", "1938-12-31")],
    "the 1980s": [("1980-01-01", "1989-12-31")],
    "31 June 1937 is no day": [],
    "room 1937a, 12 men": [],
}
NUMBERS = {
    "33,947 or 33,460 people": {33947.0, 33460.0},
    "on 4 June 1937 they were 980": {980.0},
    "twenty-three of two hundred and five": {20.0, 3.0, 23.0, 2.0, 5.0, 205.0},
    "nine tenths": {9.0, 90.0},
    "three and a half": {3.0, 1.0, 50.0},
    "four thousand": {4.0, 4000.0},
}


@pytest.mark.parametrize("text", DATES)
def test_dates(text: str) -> None:
    spans = [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in DATES[text]]
    assert [(one.earliest, one.latest) for one in dates_in(text)] == spans


def test_a_day_without_a_year() -> None:
    [span] = dates_in("on 2 April", 1937)
    assert span.earliest == date(1937, 4, 2)


@pytest.mark.parametrize("text", NUMBERS)
def test_numbers(text: str) -> None:
    assert NUMBERS[text] <= numbers_in(text)


@pytest.mark.parametrize(
    ("gloss", "check"),
    [
        ("One was arrested on 29 March 1937.", None),
        ("One was arrested in 1937.", None),
        ("One was arrested on 29 March 1938.", "gloss-dates"),
        ("Two was arrested on 29 March 1937.", "gloss-names"),
        ("An arrest took place on 29 March 1937.", "gloss-names"),
    ],
)
def test_gloss_against_triples(small: Path, claims: Path, edit, gloss: str, check: str | None) -> None:
    people = small / "data" / "register" / "people.ttl"
    second = '\n\nperson:two a nk:Person ;\n    skos:prefLabel "Two"@en .\n'
    people.write_text(people.read_text(encoding="utf-8") + second, encoding="utf-8")
    edit(claims, 'One was arrested; a \\"#\\" and a { in a gloss.', gloss)
    assert [one.check for one in check_glosses(load(small))] == ([check] if check else [])


def test_a_date_vaguer_than_its_gloss(small: Path, claims: Path, edit) -> None:
    edit(claims, 'One was arrested; a \\"#\\" and a { in a gloss.', "One was arrested on 29 March 1937.")
    edit(claims, '"1937-03-29"', '"1937"')
    assert [one.check for one in check_glosses(load(small))] == ["gloss-dates"]
    edit(claims, '"1937"', '"1937~"')
    assert check_glosses(load(small)) == []


def test_things_are_named_by_their_longest_name(sources) -> None:
    names = Names(sources.registers)

    def named(text: str) -> set[str]:
        return {iri.rpartition("/")[2] for iri in names.things(text)}

    assert named("Deribas became Far Eastern NKVD chief.") == {"nkvd-chief-far-east"}
    assert named("The NKVD's men came to Kiev.") == {"nkvd", "kiev"}
    assert named("Nobody went anywhere.") == set()


@pytest.mark.parametrize(("place", "fits"), [("kiev", True), ("sochi", False)])
def test_gloss_against_places(small: Path, claims: Path, edit, place: str, fits: bool) -> None:
    register = small / "data" / "register" / "people.ttl"
    towns = "".join(
        f'\n\nplace:{one.lower()} a nk:Place ;\n    skos:prefLabel "{one}"@en .\n' for one in ("Kiev", "Sochi")
    )
    prefix = "@prefix place: <https://w3id.org/narkom/place/> .\n"
    register.write_text(prefix + register.read_text(encoding="utf-8") + towns, encoding="utf-8")
    claims.write_text(prefix + claims.read_text(encoding="utf-8"), encoding="utf-8")
    edit(claims, 'One was arrested; a \\"#\\" and a { in a gloss.', "One was arrested in Kiev.")
    edit(claims, "nk:person person:one", f"nk:place place:{place} ; nk:person person:one")
    assert [one.check for one in check_glosses(load(small))] == ([] if fits else ["gloss-names"])


def test_gloss_against_voice(small: Path, claims: Path, edit) -> None:
    edit(claims, 'One was arrested; a \\"#\\" and a { in a gloss.', "One was arrested, as told.")
    edit(claims, "nk:stance stance:asserted ;", "nk:stance stance:reported ;\n    nk:accordingTo person:one ;")
    assert check_glosses(load(small)) == []
    people = small / "data" / "register" / "people.ttl"
    second = '\n\nperson:two a nk:Person ;\n    skos:prefLabel "Two"@en .\n'
    people.write_text(people.read_text(encoding="utf-8") + second, encoding="utf-8")
    edit(claims, "nk:accordingTo person:one", "nk:accordingTo person:two")
    assert [one.check for one in check_glosses(load(small))] == ["gloss-names"]


def test_trace(small: Path, claims: Path, edit) -> None:
    copy = small / "sentences.tsv"
    sentences = read_sentences(copy)
    before = {str(one) for one in trace(load(small), sentences, "small")}
    edit(claims, '"1937-03-29"', '"1921-03-29"')
    after = {str(one) for one in trace(load(small), sentences, "small")}
    assert after - before == {"small-claim:p1s1a: the date 1921-03-29 is not printed in or near small/p1s1"}
