"""Free queries: mistakes are named, with their place."""

import pytest

from narkom.asking.free import QueryError, checked, with_prefixes


def test_known_prefixes_are_supplied_and_declared_ones_left_alone():
    assert with_prefixes("SELECT * { ?e a nk:Arrest }").startswith(
        "PREFIX nk: <https://w3id.org/narkom/ontology#> SELECT"
    )
    own = "PREFIX nk: <https://example.org/> SELECT * { ?e a nk:Arrest }"
    assert with_prefixes(own) == own


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT ?w {\n ?e a nk:Arrest ;\n FILTER( }", r"^q\.rq:3:"),
        ("SELECT ?w { ?e a nk:Arrest ; FILTER( }", r"^q\.rq:1:\d\d:"),
        ("SELECT ?w { ?e nk:persn ?w }", "nk:persn is no term of this dataset. Did you mean nk:person"),
        ("SELECT ?w { ?w nk:person person:yezhov }", "person:yezhov is no term of this dataset"),
        ("SELECT ?w { ?e <https://w3id.org/narkom/ontology#Arest> ?w }", "nk:Arest"),
        ("ASK { ?e a nk:Arrest }", "only SELECT"),
        ("DELETE WHERE { ?s ?p ?o }", "begins an update"),
        ("", "no SPARQL"),
    ],
)
def test_a_mistake_is_named(store, query, message):
    with pytest.raises(QueryError, match=message):
        checked(store, query, "q.rq")


def test_a_foreign_vocabulary_is_nobodys_mistake(store):
    assert checked(store, "SELECT * { ?e <https://example.org/p> ?w }")


def test_a_syntax_error_on_the_first_line_is_placed_as_in_the_query_that_was_typed(store):
    with pytest.raises(QueryError) as error:
        checked(store, "SELECT ?w { ?e a nk:Arrest } LIMIT ten", "q")
    assert str(error.value).startswith("q:1:36:")
