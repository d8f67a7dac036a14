"""Every export of the knowledge base is read by four independent programs as the same statements."""

import shutil
import subprocess
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from narkom.publishing.crm import crm_profile
from narkom.publishing.facts import Facts, quads_of
from narkom.publishing.files import EXPORTS
from narkom.publishing.nanopubs import nanopubs
from narkom.publishing.provenance import prov_profile
from narkom.publishing.writing import write

# Each reader with the formats that it knows, under the name it gives them.
RAPPER = {"turtle": "turtle", "trig": "trig", "nquads": "nquads", "ntriples": "ntriples", "rdfxml": "rdfxml"}
SERDI = {"turtle": "turtle", "trig": "trig", "nquads": "nquads", "ntriples": "ntriples"}
FORMATS = {
    "turtle": ox.RdfFormat.TURTLE, "trig": ox.RdfFormat.TRIG, "nquads": ox.RdfFormat.N_QUADS,
    "ntriples": ox.RdfFormat.N_TRIPLES, "rdfxml": ox.RdfFormat.RDF_XML, "jsonld": ox.RdfFormat.JSON_LD,
}  # fmt: skip


def each(known: dict) -> pytest.MarkDecorator:
    """Run a test for each export in a format that a reader knows."""
    cases = [one for one in EXPORTS if one[1] in known]
    return pytest.mark.parametrize(("file", "name", "view", "profile"), cases, ids=[one[0] for one in cases])


@pytest.fixture(scope="session")
def statements(dataset: ox.Dataset, facts: Facts) -> dict[tuple[str | None, str | None], set[ox.Quad]]:
    """Return what belongs into the files, by view and profile."""
    return {
        ("accepted", None): {quad for quad in dataset if isinstance(quad.graph_name, ox.DefaultGraph)},
        ("all", None): set(dataset),
        (None, "crm"): set(quads_of(crm_profile(facts))),
        (None, "prov"): set(quads_of(prov_profile(facts))),
        (None, "nanopub"): set(nanopubs(facts)),
    }


@pytest.fixture(scope="session")
def exported(statements, tmp_path_factory: pytest.TempPathFactory):
    """Return a function that gives the file of an export and the statements that belong into it."""
    folder = tmp_path_factory.mktemp("exports")

    def make(file: str, name: str, view: str | None, profile: str | None) -> tuple[Path, set[ox.Quad]]:
        path = folder / file
        if not path.exists():
            path.write_bytes(write(statements[view, profile], name))
        return path, statements[view, profile]

    return make


def _program(name: str) -> str:
    found = shutil.which(name)
    if not found:
        pytest.skip(f"{name} is not installed (Debian: raptor2-utils, serdi)")
    return found


def _read_by(command: list[str]) -> set[ox.Quad]:
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr[-500:]
    return set(ox.parse(done.stdout, format=ox.RdfFormat.N_QUADS))


@each(FORMATS)
def test_pyoxigraph(exported, file: str, name: str, view: str | None, profile: str | None) -> None:
    path, expected = exported(file, name, view, profile)
    assert set(ox.parse(path=path, format=FORMATS[name])) == expected


@each(RAPPER)
def test_rapper(exported, file: str, name: str, view: str | None, profile: str | None) -> None:
    path, expected = exported(file, name, view, profile)
    output = "nquads" if name in ("trig", "nquads") else "ntriples"
    assert _read_by([_program("rapper"), "-q", "-i", RAPPER[name], "-o", output, str(path)]) == expected


@each(SERDI)
def test_serdi(exported, file: str, name: str, view: str | None, profile: str | None) -> None:
    path, expected = exported(file, name, view, profile)
    assert _read_by([_program("serdi"), "-i", SERDI[name], "-o", "nquads", str(path)]) == expected


def test_rdflib(exported) -> None:
    """The slow one reads one file of the whole; every format of the small project is in test_export."""
    path, expected = exported("narkom-all.trig", "trig", "all", None)
    found = rdflib.Dataset()
    found.parse(path, format="trig")
    assert sum(1 for _ in found.quads()) == len(expected)


@pytest.mark.parametrize(("program", "options"), [("rapper", ["-q", "-i", "turtle"]), ("serdi", ["-i", "turtle"])])
def test_a_broken_file_is_refused(tmp_path: Path, program: str, options: list[str]) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text("<http://example.org/a> <http://example.org/b> ", encoding="utf-8")
    done = subprocess.run([_program(program), *options, str(path)], capture_output=True, check=False)
    assert done.returncode != 0
