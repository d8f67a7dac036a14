"""The description of each thing in every format: the same statements, and no prefix that is not needed."""

import re

import pyoxigraph as ox
import pytest

from narkom.portal import rdf
from narkom.portal.library import Library
from narkom.vocabulary import BASE


@pytest.fixture(scope="module")
def things(library: Library) -> list[str]:
    """Some things of every kind, and the documents that define terms."""
    kinds = library.kinds.values()
    found = [iri for iris in kinds for iri in iris[:: max(1, len(iris) // 15)]]
    return [*found, *(BASE + name for name in library.documents)]


@pytest.mark.parametrize("suffix", ["ttl", "trig", "rdf"])
def test_every_format_says_the_same(library: Library, things: list[str], suffix: str) -> None:
    plain = "nq" if suffix == "trig" else "nt"
    assert len(things) > 300
    for iri in things:
        written, expected = (
            ox.parse(rdf.document(library, iri, one), format=rdf.FORMATS[one][1]) for one in (suffix, plain)
        )
        assert set(written) == set(expected), iri


@pytest.mark.parametrize("suffix", ["ttl", "trig"])
def test_each_prefix_is_used(library: Library, things: list[str], suffix: str) -> None:
    spare = {"ttl": set(), "trig": set()}
    for iri in things:
        text = rdf.document(library, iri, suffix).decode()
        body = re.sub(r'"(?:[^"\\]|\\.)*"|<[^>]*>', "", re.sub(r"(?m)^@prefix .*$", "", text))
        names = re.findall(r"(?m)^@prefix ([\w-]+):", text)
        assert names and text.startswith("@prefix")
        spare[suffix] |= {name for name in names if not re.search(rf"(?<![\w-]){name}:", body)}
    # Numbers are written bare, and their datatype is not named.
    assert spare[suffix] <= {"xsd"}
