"""A query that finds nothing says what was most likely meant; one that is sound says nothing."""

import pytest

from narkom.asking.free import checked
from narkom.asking.questions import load_all
from narkom.asking.silence import hints
from narkom.config import find_root

DAY = '"1937-03-29"'


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (f"SELECT ?e {{ ?e a nk:Arrest ; nk:date {DAY} }}", f"nk:date has {DAY}^^edtf:EDTF and not {DAY}."),
        (f"SELECT ?e {{ ?e nk:date {DAY}^^xsd:date }}", f"nk:date has {DAY}^^edtf:EDTF and not {DAY}^^xsd:date."),
        ("SELECT ?e { ?e nk:date ?d FILTER(?d >= '1937-03-01'^^xsd:date) }", "nk:earliest and nk:latest (xsd:date)."),
        ('SELECT ?e { ?e nk:date ?d FILTER("1937-03-01"^^xsd:date < ?d) }', "nk:earliest and nk:latest (xsd:date)."),
        (f"SELECT ?e {{ ?e nk:earliest ?d FILTER(?d = {DAY}) }}", "Write the datatype too."),
        ('SELECT ?p { ?p skos:prefLabel "Ezhov" }', 'skos:prefLabel has "Ezhov"@en and not "Ezhov".'),
        ('SELECT ?p { ?p skos:prefLabel ?l FILTER(?l = "Ezhov") }', "Write the language too, or compare STR(?name)."),
        ('SELECT ?c { ?c nk:accordingTo/skos:prefLabel "Ezhov" }', 'skos:prefLabel has "Ezhov"@en and not "Ezhov".'),
        ("PREFIX nk: <http://narkom.org/> SELECT ?p { ?p a nk:Arrest }", "nk: is bound to <http://narkom.org/>;"),
        ("SELECT ?woh { ?e nk:person ?who }", "?woh stands in SELECT alone. Did you mean ?who?"),
        ('SELECT ?e { ?e nk:person "Ezhov" }', "the values of nk:person are things such as person:"),
        ('SELECT ?s { ?s nk:count ?n FILTER("2273" = ?n) }', "Write it in this form."),
        (f"SELECT ?e {{ OPTIONAL {{ ?e a nk:Arrest }} {{ ?e nk:date {DAY} }} UNION {{ }} }}", "and not"),
    ],
)
def test_what_was_meant_is_said(store, query, said):
    found = hints(store, checked(store, query))
    assert any(said in hint for hint in found), found
    assert all(hint.endswith((".", "?")) and "\n" not in hint for hint in found)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?e { ?e nk:person person:ezhov, person:stalin }",
        'SELECT ?p { ?p skos:prefLabel "Ezhov"@en ; a nk:Place }',
        'SELECT ?e { ?e nk:earliest ?d FILTER(?d > "1990-01-01"^^xsd:date) }',
        "SELECT ?s { ?s nk:count ?n FILTER(?n > 1000000) }",
        "SELECT ?s ?m { ?s nk:count ?n } GROUP BY ?s (?n * 2 AS ?m)",
        "SELECT ?x { VALUES ?x { 1 } FILTER(?x = 2) }",
        "SELECT (COUNT(*) AS ?n) { ?s nk:count ?c FILTER(?c = 0.5) }",
        "SELECT * { GRAPH ?g { ?s nk:gloss ?o } }",
    ],
)
def test_what_is_sound_is_left_alone(store, query):
    assert hints(store, checked(store, query)) == []


@pytest.mark.parametrize("question", load_all(find_root()), ids=lambda one: one.name)
def test_no_stored_question_is_suspected(store, question):
    assert hints(store, question.text) == []
