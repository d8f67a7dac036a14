"""Exports: the same bytes every time, the same statements in every format, and readable by another library."""

from pathlib import Path

import pytest
import rdflib
from rdflib.compare import isomorphic

from narkom.building.build import build
from narkom.building.snapshot import read_snapshot
from narkom.errors import UsageError
from narkom.publishing.export import FORMATS, export

NAMES = {"turtle": "turtle", "trig": "trig", "nquads": "nquads", "jsonld": "json-ld", "rdfxml": "xml"}


@pytest.fixture
def nquads(small: Path, tmp_path: Path) -> bytes:
    build(small, tmp_path / "store")
    return read_snapshot(tmp_path / "store")[0]


@pytest.mark.parametrize("name", FORMATS)
def test_same_bytes(nquads: bytes, name: str) -> None:
    shuffled = b"".join(reversed(nquads.splitlines(keepends=True)))
    assert export(nquads, name) == export(shuffled, name)


@pytest.mark.parametrize("name", FORMATS)
def test_rdflib_reads_the_same_statements(nquads: bytes, name: str) -> None:
    expected = rdflib.Dataset()
    expected.parse(data=nquads.decode(), format="nquads")
    found = rdflib.Dataset()
    found.parse(data=export(nquads, name).decode(), format=NAMES[name])
    assert isomorphic(found.default_graph, expected.default_graph)
    whole = name in ("trig", "nquads")
    assert len({graph.identifier for graph in found.graphs() if len(graph)}) == (3 if whole else 1)


def test_accepted_view_of_a_format_with_graphs(nquads: bytes) -> None:
    assert b"1936" not in export(nquads, "nquads", "accepted")
    assert b"1936" in export(nquads, "nquads", "all")


def test_other_base(nquads: bytes) -> None:
    data = export(nquads, "turtle", base="https://example.org/k/")
    assert b"w3id.org/narkom" not in data
    assert b"https://example.org/k/person/" in data


@pytest.mark.parametrize(("name", "view"), [("pdf", None), ("turtle", "all"), ("trig", "strict")])
def test_wrong_usage(nquads: bytes, name: str, view: str | None) -> None:
    with pytest.raises(UsageError, match="Choose"):
        export(nquads, name, view)
