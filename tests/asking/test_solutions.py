"""Rows with evidence are the rows of the query: the same, as often, and in the order that it asks for."""

import pyoxigraph as ox
import pytest

from narkom.asking.citing import answer
from narkom.asking.evidence import Evidence

_PREFIXES = (
    "PREFIX nk: <https://w3id.org/narkom/ontology#> "
    "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
    "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
)
# Each of them orders its rows in full, so that there is one right answer.
_ORDERED = [
    # A row for each solution, equal ones too.
    "SELECT ?person { ?event a nk:Arrest ; nk:person ?person } ORDER BY ?person",
    "SELECT DISTINCT ?person { ?event a nk:Arrest ; nk:person ?person } ORDER BY ?person",
    # In the order of what is not shown, so that equal rows are apart.
    "SELECT ?person { ?event a nk:Tenure ; nk:person ?person } ORDER BY DESC(?event)",
    # Everything, in the order in which the engine names it.
    "SELECT * { ?event a nk:Arrest ; nk:person ?person } ORDER BY ?event ?person",
    # What is computed, also from what was, and ordered by it.
    "SELECT (STRLEN(STR(?person)) AS ?long) (?long * 2 AS ?double) ?event { ?event a nk:Arrest ; nk:person ?person } "
    "ORDER BY DESC(?double) ?event",
    # What is left open, and what cannot be computed.
    "SELECT ?event (xsd:integer(STR(?event)) AS ?no) ?day { ?event a nk:Arrest OPTIONAL { ?event nk:latest ?day } } "
    "ORDER BY ?event ?day",
    # Values after the modifiers, and a pattern that is a sub-SELECT alone.
    "SELECT ?event ?class { ?event a ?class } ORDER BY ?event ?class VALUES ?class { nk:Arrest nk:Dismissal }",
    "SELECT ?one { { SELECT DISTINCT (?person AS ?one) { ?e a nk:Arrest ; nk:person ?person } } } ORDER BY ?one",
    # Cut off, and gathered: these run by themselves.
    "SELECT ?event { ?event a nk:Arrest } ORDER BY ?event LIMIT 5",
    "SELECT ?event { ?event a nk:Arrest } ORDER BY ?event LIMIT 5 OFFSET 3",
    "SELECT ?person (COUNT(?event) AS ?n) { ?event a nk:Tenure ; nk:person ?person } GROUP BY ?person "
    "ORDER BY DESC(?n) ?person",
    # Nothing.
    "SELECT ?event { ?event a nk:Nothing } ORDER BY ?event",
]


@pytest.fixture(scope="module")
def evidence(store):
    return Evidence(store)


@pytest.mark.parametrize("query", _ORDERED)
def test_rows_with_evidence_are_those_of_the_query(store, evidence, query):
    plain = answer(store, _PREFIXES + query, cite=False)
    cited = answer(store, _PREFIXES + query, evidence=evidence)
    assert (cited.variables, cited.rows) == (plain.variables, plain.rows)
    assert len(cited.citations) == len(plain.rows)
    assert plain.rows or "Nothing" in query


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?x { ?x a nk:Arrest ",
        "SELECT ?x { ?x a nk:Arrest } ORDER",
        "SELECT (?y AS ?x) { ?x a nk:Arrest ; nk:person ?y }",
        "SELECT ?x { ?x a nk:Arrest } LIMIT many",
    ],
)
def test_what_is_malformed_is_so_with_evidence_too(store, evidence, query):
    for cite in (False, True):
        with pytest.raises(SyntaxError):
            answer(store, _PREFIXES + query, cite=cite, evidence=evidence)


def test_too_many_solutions_leave_the_rows_as_they_are(store, evidence, monkeypatch):
    monkeypatch.setattr("narkom.asking.solutions.MOST_SOLUTIONS", 10)
    query = _PREFIXES + "SELECT ?event { ?event a nk:Arrest } ORDER BY ?event"
    cited = answer(store, query, evidence=evidence)
    assert cited.rows == answer(store, query, cite=False).rows
    assert len(cited.rows) > 10
    assert {one.gap for one in cited.citations} == {"cannot be traced: more than 10 solutions"}


def test_what_a_trial_adds_to_the_registers_goes_with_it(store):
    trials = Evidence(store).trials
    registers = set(trials.store)
    claims = frozenset(graph.value for graph in store.named_graphs() if "/claim/p1s" in graph.value)
    trials.hold(claims)
    trials.derive([ox.Triple(ox.NamedNode("x:a"), ox.NamedNode("x:b"), ox.NamedNode("x:c"))])
    assert len(set(trials.store)) > len(registers) + len(claims)
    # With a claim less all stays that the others say too, and nothing that was derived.
    fewer = claims - {min(claims)}
    trials.hold(fewer)
    held = set(trials.store)
    trials.hold(frozenset())
    assert set(trials.store) == registers
    trials.hold(fewer)
    assert set(trials.store) == held
    assert not any(quad.subject == ox.NamedNode("x:a") for quad in held)
