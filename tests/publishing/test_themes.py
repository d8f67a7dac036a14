"""The files by theme: every statement of the accepted view in exactly one of them."""

import pyoxigraph as ox

from narkom.publishing.themes import NAMES, REST, THEMES, split_themes
from narkom.vocabulary import RDF_TYPE, term


def test_each_statement_in_one_file(dataset: ox.Dataset) -> None:
    default = {quad for quad in dataset if isinstance(quad.graph_name, ox.DefaultGraph)}
    themes = split_themes(dataset)
    assert set().union(*themes.values()) == default
    assert sum(map(len, themes.values())) == len(default)


def test_every_theme_is_used_and_nothing_is_left_over(dataset: ox.Dataset) -> None:
    assert set(split_themes(dataset)) == {*THEMES, NAMES}


def test_what_is_only_named_is_told_by_no_accepted_claim(dataset: ox.Dataset) -> None:
    named = {quad.subject for quad in split_themes(dataset)[NAMES]}
    told = {quad.subject for quad in dataset if not isinstance(quad.graph_name, ox.DefaultGraph)}
    assert named <= told
    default = [quad for quad in dataset if isinstance(quad.graph_name, ox.DefaultGraph)]
    assert not [quad for quad in default if quad.subject in named and quad.predicate == RDF_TYPE]


def test_a_thing_stays_whole() -> None:
    execution = [ox.Quad(term("event:e"), RDF_TYPE, term(one)) for one in ("nk:Event", "nk:Death", "nk:Execution")]
    assert list(split_themes(execution)) == ["repression"]
    unknown = [ox.Quad(term("event:x"), term("rdfs:label"), ox.Literal("no type"))]
    assert list(split_themes(unknown)) == [REST]
    named = [ox.Quad(term("event:y"), term("skos:prefLabel"), ox.Literal("A name", language="en"))]
    assert list(split_themes(named)) == [NAMES]
