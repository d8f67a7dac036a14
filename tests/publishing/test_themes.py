"""The files by theme: every statement of the accepted view in exactly one of them."""

import pyoxigraph as ox

from narkom.publishing.themes import REST, THEMES, split_themes
from narkom.vocabulary import RDF_TYPE, term


def test_each_statement_in_one_file(dataset: ox.Dataset) -> None:
    default = {quad for quad in dataset if isinstance(quad.graph_name, ox.DefaultGraph)}
    themes = split_themes(dataset)
    assert set().union(*themes.values()) == default
    assert sum(map(len, themes.values())) == len(default)


def test_every_theme_is_used_and_nothing_is_left_over(dataset: ox.Dataset) -> None:
    assert set(split_themes(dataset)) == set(THEMES)


def test_a_thing_stays_whole() -> None:
    execution = [ox.Quad(term("event:e"), RDF_TYPE, term(one)) for one in ("nk:Event", "nk:Death", "nk:Execution")]
    assert list(split_themes(execution)) == ["repression"]
    unknown = [ox.Quad(term("event:x"), term("rdfs:label"), ox.Literal("no type"))]
    assert list(split_themes(unknown)) == [REST]
