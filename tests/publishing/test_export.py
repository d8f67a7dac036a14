"""Exports: the same bytes every time, the same statements in every format, and readable by another library."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib
from rdflib.compare import isomorphic

from narkom.building.build import build
from narkom.building.snapshot import read_snapshot
from narkom.errors import UsageError
from narkom.publishing.export import PROFILES, export
from narkom.publishing.writing import FORMATS

NAMES = {**{name: name for name in FORMATS}, "ntriples": "nt", "jsonld": "json-ld", "rdfxml": "xml"}


@pytest.fixture
def nquads(small: Path, tmp_path: Path) -> bytes:
    build(small, tmp_path / "store")
    return read_snapshot(tmp_path / "store")[0]


@pytest.mark.parametrize("name", FORMATS)
def test_same_bytes(nquads: bytes, name: str) -> None:
    shuffled = b"".join(reversed(nquads.splitlines(keepends=True)))
    assert export(nquads, name) == export(shuffled, name)


@pytest.mark.parametrize("profile", PROFILES)
def test_same_bytes_of_a_profile(nquads: bytes, profile: str) -> None:
    shuffled = b"".join(reversed(nquads.splitlines(keepends=True)))
    assert export(nquads, "trig", profile=profile) == export(shuffled, "trig", profile=profile)


def test_same_bytes_in_another_process(nquads: bytes, tmp_path: Path) -> None:
    """Neither the order of sets nor the names that a process gives may reach the files."""
    (tmp_path / "in.nq").write_bytes(nquads)
    code = (
        "import sys, pathlib, hashlib; from narkom.publishing.publication import distributions;"
        "made = distributions(pathlib.Path(sys.argv[1]).read_bytes());"
        "print(*[hashlib.sha256(made[name]).hexdigest() for name in made])"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / "in.nq")],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


CASES = [(name, None) for name in FORMATS] + [("jsonld", "all")]


@pytest.mark.parametrize(("name", "view"), CASES)
def test_rdflib_reads_the_same_statements(nquads: bytes, name: str, view: str | None) -> None:
    expected = rdflib.Dataset()
    expected.parse(data=nquads.decode(), format="nquads")
    found = rdflib.Dataset()
    found.parse(data=export(nquads, name, view).decode(), format=NAMES[name])
    assert isomorphic(found.default_graph, expected.default_graph)
    whole = view == "all" or name in ("trig", "nquads")
    assert len({graph.identifier for graph in found.graphs() if len(graph)}) == (3 if whole else 1)


def test_accepted_view_of_a_format_with_graphs(nquads: bytes) -> None:
    assert b"1936" not in export(nquads, "nquads", "accepted")
    assert b"1936" in export(nquads, "nquads", "all")


@pytest.mark.parametrize("profile", [None, *PROFILES])
def test_other_base(nquads: bytes, profile: str | None) -> None:
    data = export(nquads, "trig", base="https://example.org/k/", profile=profile)
    assert b"w3id.org/narkom" not in data
    assert b"https://example.org/k/person/" in data


@pytest.mark.parametrize("base", ["", "example.org/", "https://example.org", "https://exa mple.org/", "ftp://x.org/"])
def test_unusable_base(nquads: bytes, base: str) -> None:
    with pytest.raises(UsageError, match="slash"):
        export(nquads, "turtle", base=base)


@pytest.mark.parametrize(
    ("name", "view", "profile"),
    [
        ("pdf", None, None),
        ("turtle", "all", None),
        ("rdfxml", "all", None),
        ("trig", "strict", None),
        ("turtle", None, "marc"),
        ("turtle", None, "nanopub"),
        ("trig", "all", "crm"),
    ],
)
def test_wrong_usage(nquads: bytes, name: str, view: str | None, profile: str | None) -> None:
    with pytest.raises(UsageError, match="Choose"):
        export(nquads, name, view, profile=profile)
