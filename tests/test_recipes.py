"""The recipes of docs/recipes.md run as they stand and give the rows that stand beneath them."""

import re

import pyoxigraph as ox
import pytest

from narkom.asking.citing import answer
from narkom.asking.free import checked
from narkom.asking.silence import hints
from narkom.config import find_root

_RECIPE = re.compile(r"^## (.+?)$.*?^```sparql\n(.*?)^```\n\n^```csv\n(.*?)^```", re.M | re.S)
RECIPES = _RECIPE.findall((find_root() / "docs" / "recipes.md").read_text(encoding="utf-8"))


def test_every_recipe_is_found():
    text = (find_root() / "docs" / "recipes.md").read_text(encoding="utf-8")
    assert len(RECIPES) == text.count("\n## ") >= 8


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe[0])
def test_a_recipe(store, recipe):
    _, query, rows = recipe
    full = checked(store, query)
    found = answer(store, full)
    table = store.query(full).serialize(format=ox.QueryResultsFormat.CSV).decode()
    assert table.replace("\r\n", "\n").startswith(rows)
    assert hints(store, full) == []
    assert not [citation.gap for citation in found.citations if citation.gap]
