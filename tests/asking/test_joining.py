"""Columns to join by: an IRI beside each label, a label beside each IRI, in the same rows."""

import csv
import io
import json

import pyoxigraph as ox
import pytest

from narkom.asking.citing import answer
from narkom.asking.joining import widened
from narkom.asking.knowledge import KnowledgeBase
from narkom.asking.prefixes import with_prefixes
from narkom.asking.questions import find_question, load_all
from narkom.config import find_root

IAGODA = ox.NamedNode("https://w3id.org/narkom/person/iagoda")
QUESTIONS = load_all(find_root())
# A gloss where a clause has no name of its own, and the authors of the chapter, who are no entry of a register.
NAMELESS = {("clause-by-clause", "point"), ("denied", "denied_by")}


def asked(store: ox.Store, pattern: str) -> tuple[list[str], list[tuple]]:
    query = with_prefixes(pattern)
    return widened(store, query, answer(store, query, cite=False))


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_every_label_that_a_question_shows_leads_to_its_thing(store: ox.Store, question) -> None:
    found = answer(store, question.text, cite=False)
    variables, rows = widened(store, question.text, found)
    assert [name for name in variables if name in found.variables] == found.variables
    assert [tuple(v for n, v in zip(variables, row, strict=True) if n in found.variables) for row in rows] == found.rows
    for name in set(variables) - set(found.variables):
        label, iri = variables.index(name.removesuffix("_iri")), variables.index(name)
        for row in rows:
            if row[iri] is not None:
                assert any(
                    list(store.quads_for_pattern(row[iri], ox.NamedNode(prop), row[label], ox.DefaultGraph()))
                    for prop in (
                        "http://www.w3.org/2004/02/skos/core#prefLabel",
                        "http://www.w3.org/2000/01/rdf-schema#label",
                    )
                )
            else:
                assert row[label] is None or (question.name, variables[label]) in NAMELESS


@pytest.mark.parametrize(
    "pattern",
    [
        "SELECT ?who { ?e a nk:Arrest ; nk:person ?p . ?p skos:prefLabel ?who }",
        "SELECT ?who { ?e a nk:Arrest ; nk:person/skos:prefLabel ?who }",
        "SELECT ?who { { ?e a nk:Arrest } UNION { ?e a nk:Trial } OPTIONAL { ?e nk:person/skos:prefLabel ?who } }",
        "SELECT ?who (COUNT(*) AS ?n) { ?e a nk:Arrest ; nk:person/skos:prefLabel ?who } GROUP BY ?who",
        "SELECT ?who { { SELECT DISTINCT ?who { ?e a nk:Arrest ; nk:person/(skos:prefLabel) ?who } } }",
        "SELECT * { ?e a nk:Arrest ; nk:person/skos:prefLabel ?who }",
    ],
)
def test_a_label_is_known_by_the_pattern_that_binds_it(store: ox.Store, pattern: str) -> None:
    variables, rows = asked(store, pattern)
    named = {
        row[variables.index("who_iri")]
        for row in rows
        if row[variables.index("who")] == ox.Literal("Iagoda", language="en")
    }
    assert named == {IAGODA}


@pytest.mark.parametrize(
    "pattern",
    [
        'SELECT (STR(?label) AS ?who) { person:iagoda skos:prefLabel ?label FILTER(LANG(?label) = "en") }',
        "SELECT ?who { ?claim nk:gloss ?who } LIMIT 1",
        'SELECT ?who { VALUES ?who { "Iagoda"@en } FILTER EXISTS { ?x skos:prefLabel ?who } }',
    ],
)
def test_a_text_that_no_pattern_binds_to_a_label_has_no_companion(store: ox.Store, pattern: str) -> None:
    assert asked(store, pattern)[0] == ["who"]


def test_an_iri_has_its_label_and_keeps_its_place(store: ox.Store) -> None:
    variables, rows = asked(store, "SELECT ?who ?day { ?e a nk:Arrest ; nk:person ?who ; nk:date ?day } ORDER BY ?day")
    assert variables == ["who", "who_label", "day"]
    assert {str(row[0]): row[1].value for row in rows}[str(IAGODA)] == "Iagoda"


def test_a_name_that_the_query_uses_itself_stands(store: ox.Store) -> None:
    variables, rows = asked(store, 'SELECT ?who ?who_label { VALUES (?who ?who_label) { (person:iagoda "x") } }')
    assert (variables, rows) == (["who", "who_label"], [(IAGODA, ox.Literal("x"))])


def test_two_things_of_one_name_are_not_told_apart_by_guess() -> None:
    store, label = ox.Store(), ox.Literal("Orlov", language="en")
    naming = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    store.extend(ox.Quad(ox.NamedNode(f"x:{n}"), naming, label) for n in "ab")
    assert asked(store, "SELECT DISTINCT ?who { ?x skos:prefLabel ?who }") == (["who", "who_iri"], [(label, None)])


def test_an_answer_without_rows_keeps_its_columns(store: ox.Store) -> None:
    assert asked(store, "SELECT ?who { ?x a nk:Work ; nk:person/skos:prefLabel ?who }") == (["who", "who_iri"], [])


def test_csv_and_json_and_dictionaries_have_the_same(store: ox.Store) -> None:
    kb = KnowledgeBase(store, "accepted", lambda name: find_question(find_root(), name))
    found = kb.ask("deaths")
    dictionaries = found.to_dicts()
    rows = list(csv.DictReader(io.StringIO(found.render("csv"))))
    document = json.loads(found.render("json"))
    assert len(rows) == len(dictionaries) == len(document["rows"]) > 10
    for row, one, other in zip(rows, dictionaries, document["rows"], strict=True):
        assert row["who_iri"] == one["who_iri"] == other["values"]["who_iri"]["value"]
        assert row["claims"].split() == one["claims"]
        assert row["notes"] == "; ".join(one["notes"])
