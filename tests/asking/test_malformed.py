"""Slips in a query are told as a person would say them, with their place."""

import pyoxigraph as ox
import pytest

from narkom.asking.malformed import explain
from narkom.asking.prefixes import with_prefixes

SLIPS = {
    "INSERT DATA { <a:b> <a:c> 1 }": "1:1: INSERT begins an update, and nothing can be changed here",
    "PREFIX x: <a:x>\nbase <a:> delete where { ?s ?p ?o }": "2:11: DELETE begins an update, and nothing can be",
    "WITH <a:b> DELETE { ?s ?p ?o } WHERE {}": "1:1: WITH begins an update, and nothing can be changed here",
    "SELECT ?x { ?x foo:p ?y }": "1:16: the prefix foo: is not declared. Declare it",
    "SELECT ?x { ?x skso:p ?y }": "1:16: the prefix skso: is not declared. Did you mean skos:",
    "SELECT ?x {\n ?x nk:person ?y": "1:11: this { is not closed: } is missing",
    "SELECT ?x {\n ?x nk:person ?y }\n}": "3:1: this } closes nothing",
    "SELECT ?x { ?x nk:person ?y FILTER(?y = 1 }": "1:43: ) is missing before this }",
    "SELECT ?x {\n ?x nk:person ?y\n ?x nk:date ?z }": "3:2: a dot or semicolon is missing before ?x",
    "SELECT ?x { ?x nk:person ?y ; nk:date ?d ?x nk:date ?z }": "1:42: a dot or semicolon is missing before ?x",
    "SELECT ?x { ?x nk:passage/nk:partOf ?y ?y nk:number 3 }": "1:40: a dot or semicolon is missing before ?y",
    "SELECT ?x ?y { ?x nk:person ?y } GROUP BY ?x": "1:11: ?y is neither grouped nor counted. Add ?y to GROUP BY",
    "SELECT ?x (COUNT(?y) AS ?n) { ?x nk:person ?y }": "1:8: ?x is neither grouped nor counted. Add GROUP BY ?x",
    "SELECT COUNT(?x) { ?x nk:person ?y }": "1:8: an aggregate needs a name and parentheses: (COUNT(…) AS ?name)",
    "SELECT ?x, ?y { ?x nk:person ?y }": "1:10: the variables of SELECT stand side by side, without commas",
    "SELEC ?x { ?x nk:person ?y }": "1:1: no SPARQL query begins with SELEC. Did you mean SELECT?",
    'SELECT ?x { ?x rdfs:label "abc }': "1:27: a text that begins here or further on is not closed",
    "SELECT ?x { ?x nk:person ?y }\nLIMIT ten": "2:7: no SPARQL: unexpected: ten",
    "": "1:1: no SPARQL: the query ends too early",
}


def explained(query: str) -> str:
    full = with_prefixes(query)
    with pytest.raises(SyntaxError) as error:
        ox.Store().query(full)
    return explain(query, error.value, len(full) - len(query))


@pytest.mark.parametrize("query", SLIPS)
def test_a_slip_is_told_with_its_place(query: str) -> None:
    assert explained(query).startswith(SLIPS[query])
    assert len(explained(query).splitlines()) == 1


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?l { ?c nk:accordingTo/skos:prefLabel ?l }",
        "SELECT ?l { ?c ^nk:statedIn|!(rdf:type|^rdfs:label) ?l }",
        'SELECT ?l { ?c nk:date "1937"^^edtf:EDTF ; nk:person ?l }',
        'SELECT ?l { ?c nk:earliest ?l FILTER(xsd:date(?l) < "1937-01-01"^^xsd:date) }',
        "SELECT (xsd:integer(?n) AS ?m) { VALUES ?n { person:ezhov } }",
        'SELECT ?l FROM view:accepted { ?c nk:person ?l } GROUP BY ?l HAVING(COUNT(?c) > xsd:integer("1"))',
        "CONSTRUCT { ?x rdfs:label ?y } { ?x skos:prefLabel ?y }",
    ],
)
def test_a_prefix_is_supplied_wherever_it_stands(query: str) -> None:
    assert ox.Store().query(with_prefixes(query)) is not None


@pytest.mark.parametrize("hidden", ['"nk:x"', "'''prov:y'''", "<nk:x>", "?x # crm:E1\n"])
def test_what_only_looks_like_a_prefix_is_none(hidden: str) -> None:
    query = f"SELECT * {{ ?s ?p {hidden} }}"
    assert with_prefixes(query) == query
