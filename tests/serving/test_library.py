"""How things are called and ordered on pages."""

import re

import pyoxigraph as ox
import pytest

from narkom.portal.assets import STATIC
from narkom.portal.dates import calendar
from narkom.portal.library import Library
from narkom.portal.naming import place_in_list, surname_first
from narkom.portal.statements import words
from narkom.vocabulary import BASE

STYLE = STATIC / "style.css"


@pytest.fixture(scope="module")
def library(store: ox.Store) -> Library:
    return Library(store, [])


def test_no_field_is_named_by_an_address(library: Library) -> None:
    for predicate in {quad.predicate.value for quad in library.store}:
        assert re.fullmatch(r"[^/#:<>]+", library.label(predicate)), predicate
    assert library.label("http://www.w3.org/ns/prov#wasAttributedTo") == "was attributed to"
    assert library.label("https://w3id.org/sssom/object_label") == "object label"


def test_a_match_is_named_by_what_is_matched(library: Library) -> None:
    match = f"{BASE}mapping/abduction-aat"
    assert library.label(match) == "abduction – abduction (vocab.getty.edu)"
    assert library.spoken("ru").label(match) == "похищение – abduction (vocab.getty.edu)"
    names = [library.label(iri) for iri in library.kinds["mapping"]]
    assert len(names) == len(set(names))
    assert "nk:Arrest – arrest (wikidata.org)" in names
    assert "arrest – arrest (wikidata.org)" in names


def test_people_stand_by_surname_and_the_unnamed_at_the_end(library: Library) -> None:
    names = [library.label(iri) for iri in library.kinds["person"]]
    surnames = [key[1] for key in map(surname_first, names) if not key[0]]
    assert surnames == sorted(surnames)
    assert [name[0].isupper() for name in names] == sorted((name[0].isupper() for name in names), reverse=True)


def test_things_of_any_kinds_can_stand_in_one_list(library: Library) -> None:
    ends = [iri for iris in library.kinds.values() for iri in (iris[0], iris[-1])]
    assert len(sorted(ends, key=library.listed)) > 30


@pytest.mark.parametrize(
    ("label", "under"),
    [
        ("A. A. Slutskii", "slutskii"),
        ("Ezhov", "ezhov"),
        ("N. G. Nikolaev-Zhurid", "nikolaev-zhurid"),
        ("Bukharin's widow", "bukharin's"),
        ("Sergo Ordzhonikidze", "ordzhonikidze"),
        ("the minor Rightist whose testimony reached Stalin", ""),
        ("", ""),
    ],
)
def test_a_surname(label: str, under: str) -> None:
    assert surname_first(label)[1] == under


def test_names_stand_as_in_a_dictionary() -> None:
    given = ["Ёжиков", "«Ртутное дело»", "еда", "яма", "Ежов", "рубль"]
    keys = {label: place_in_list(f"{BASE}event/{number}", label) for number, label in enumerate(given)}
    assert sorted(given, key=keys.get) == ["еда", "Ёжиков", "Ежов", "«Ртутное дело»", "рубль", "яма"]


def test_the_style_breaks_words_in_addresses_and_code_alone() -> None:
    """In a table `anywhere` lets a column shrink to one letter: "par/agr/ap/h"."""
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", STYLE.read_text(encoding="utf-8")):
        if re.search(r"anywhere|break-all|hyphens", body):
            assert set(re.split(r",\s*", selectors.strip())) <= {".iri", "code"}, selectors


def test_what_is_foreign_is_a_prefixed_name(library: Library) -> None:
    assert words(library, ox.NamedNode("http://www.cidoc-crm.org/cidoc-crm/E7_Activity")) == "crm:E7_Activity"
    assert words(library, ox.NamedNode("http://www.wikidata.org/entity/Q1")) == "http://www.wikidata.org/entity/Q1"
    assert words(library, ox.NamedNode(f"{BASE}person/ezhov")) == "Ezhov"


@pytest.mark.parametrize(
    ("earliest", "latest", "told"),
    [
        ("1937-03-29", "1937-03-29", "29 March 1937"),
        ("1937-02-23", "1937-03-05", "between 23 February and 5 March 1937"),
        ("1936-12-04", "1937-02-28", "between 4 December 1936 and 28 February 1937"),
        ("1937-02-23", "", "not before 23 February 1937"),
        ("", "1937-03-05", "not after 5 March 1937"),
    ],
)
def test_two_bounds_in_words(earliest: str, latest: str, told: str) -> None:
    assert calendar("en").span(earliest, latest) == told


def test_everything_that_happened_is_called_by_its_name(library: Library) -> None:
    for kind in ("event", "relation", "attitude", "statistic", "imputed"):
        for iri in library.kinds[kind]:
            assert {"en", "ru"} <= set(library.labels[iri]), iri


def test_a_day_with_reasons_has_a_name(library: Library) -> None:
    for iri in library.kinds["bound"][::100]:
        assert re.search(r": not (before|after) \d{1,2} [A-Z][a-z]+ \d{4}$", library.label(iri)), iri
