"""The reader of queries, held against rdflib's parser, which is the grammar's second opinion."""

import pyoxigraph as ox
import pytest
from rdflib.plugins.sparql import prepareQuery

from narkom.asking.questions import load_all
from narkom.asking.syntax import Bgp, Group, Select, Triple, Uncitable, parse_select, tokenize, variables_in
from narkom.config import find_root

PREFIX = "PREFIX : <https://example.org/> "


def triples(node) -> list[Triple]:
    if isinstance(node, Bgp):
        return node.triples
    found = []
    for name in ("parts", "groups"):
        for part in getattr(node, name, ()):
            found += triples(part)
    for name in ("group", "where"):
        if isinstance(getattr(node, name, None), Group):
            found += triples(getattr(node, name))
    return found


def peers_triples(node) -> int:
    """The number of triple patterns in rdflib's algebra, MINUS and FILTER left out as they are here."""
    if node.name == "BGP":
        return len(node.triples)
    if node.name == "Minus":
        return peers_triples(node.p1)
    return sum(peers_triples(node[key]) for key in ("p", "p1", "p2") if key in node and hasattr(node[key], "name"))


@pytest.mark.parametrize("question", load_all(find_root()), ids=lambda q: q.name)
def test_the_reader_finds_the_triple_patterns_and_variables_that_rdflib_finds(question):
    select = parse_select(question.text)
    peer = prepareQuery(question.text)
    assert set(select.variables or variables_in(select.where)) == {str(v) for v in peer.algebra.PV}
    assert sum(1 for _ in triples(Select.where.__get__(select))) >= peers_triples(peer.algebra) - 3 * len(
        select.aggregates
    )


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("?a :p ?b ; :q ?c , ?d .", 3),
        ("?a :p [ :q ?c ; :r ?d ] .", 3),
        ("[ :p ?x ] :q ?y", 2),
        ("[ :p ?x ]", 1),
        ("?a :p (1 2.5 -3e2 true) .", 9),
        ("_:x :p _:x . _:x :q 'it''s'@en-GB", None),
        ("_:x :p _:x . _:x :q 'it\\'s'@en-GB", 2),
        ("?a :p/:q*|^:r+ ?b", 1),
        ("?a !(:p|^:q)? ?b", 1),
        ('?a :p """a " quoted "" text"""^^:type', 1),
        ("?a :p ?b . # a comment with } and ?x\n ?b a :C", 2),
        ("?a :p\\,q ?b", 1),
    ],
)
def test_triple_patterns_are_read(pattern, expected):
    if expected is None:
        with pytest.raises(Uncitable):
            parse_select(f"{PREFIX} SELECT * {{ {pattern} }}")
        return
    select = parse_select(f"{PREFIX} SELECT * {{ {pattern} }}")
    assert len(triples(select.where)) == expected
    assert ox.Store().query(f"{PREFIX} SELECT * {{ {pattern} }}") is not None


def test_escapes_in_strings_are_undone():
    select = parse_select(PREFIX + r'SELECT * { ?a :p "a\tb\u00e9\U0001F600\"" }')
    assert triples(select.where)[0].object == ox.Literal('a\tbé\U0001f600"')


def test_a_comparison_is_no_iri():
    assert [t.text for t in tokenize("?a < ?b && ?c > 3")] == ["?a", "<", "?b", "&&", "?c", ">", "3"]


@pytest.mark.parametrize("query", ["ASK { ?s ?p ?o }", "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }"])
def test_what_is_no_traceable_select_is_named(query):
    with pytest.raises(Uncitable):
        parse_select(query)


def test_aggregates_are_found_with_their_arguments():
    select = parse_select(
        PREFIX + "SELECT (COUNT(*) AS ?n) (GROUP_CONCAT(DISTINCT STR(?a); SEPARATOR=', ') AS ?s) { ?a :p ?b } "
        "GROUP BY ?b HAVING (MAX(?a) > 3)"
    )
    assert [(a.function, a.distinct, a.argument) for a in select.aggregates] == [
        ("COUNT", False, "*"),
        ("GROUP_CONCAT", True, "STR(?a)"),
        ("MAX", False, "?a"),
    ]
