"""Imputed acts in data that is not sound yet: the checks report it, so building a view must not stop them."""

from dataclasses import replace

import pyoxigraph as ox
import pytest

from narkom.building.dataset import derive
from narkom.vocabulary import term


@pytest.mark.parametrize("name", ["nk:stance", "nk:gloss"])
@pytest.mark.parametrize("instead", [None, ox.Literal("charged"), ox.NamedNode("https://example.org/charged")])
@pytest.mark.parametrize("view", ["strict", "accepted", "all"])
def test_claims_without_a_sound_stance_or_gloss_stop_nothing(sources, name, instead, view):
    found = [quad for quad in sources.descriptions if quad.predicate != term(name)]
    assert len(found) < len(sources.descriptions)
    if instead is not None:
        found += [ox.Quad(q.subject, q.predicate, instead) for q in sources.descriptions if q.predicate == term(name)]
    assert len(derive(replace(sources, descriptions=found), view))
