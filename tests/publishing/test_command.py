"""`narkom export` and `narkom publish` from outside: files, exit codes, and one line for each mistake."""

import gzip
import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture
def narkom(small: Path, tmp_path: Path):
    """Return a function that runs the command on the small project, which has been built."""
    title = '<https://w3id.org/narkom/ontology> a owl:Ontology ; <http://purl.org/dc/terms/title> "A title"@en .\n'
    with (small / "ontology" / "narkom.ttl").open("a", encoding="utf-8") as file:
        file.write(title)
    environment = {**os.environ, "NARKOM_ROOT": str(small), "NARKOM_STORE": str(tmp_path / "store")}

    def run(*arguments: str | Path) -> subprocess.CompletedProcess:
        command = [sys.executable, "-m", "narkom.cli", *map(str, arguments)]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert run("build").returncode == 0
    return run


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_profiles(narkom) -> None:
    assert "crm:E5_Event" in narkom("export", "--profile", "crm").stdout
    assert "prov:wasDerivedFrom" in narkom("export", "--profile", "prov").stdout
    assert "np:Nanopublication" in narkom("export", "--profile", "nanopub").stdout


def test_publish_twice(narkom, tmp_path: Path) -> None:
    done = narkom("publish", tmp_path / "one", "--base", "https://example.org/k/")
    assert (done.returncode, done.stderr) == (0, "")
    assert narkom("publish", tmp_path / "two", "--base", "https://example.org/k/").returncode == 0
    files = contents(tmp_path / "one")
    assert files == contents(tmp_path / "two")
    plain = {name: gzip.decompress(data) if name.endswith(".gz") else data for name, data in files.items()}
    assert not [name for name, data in plain.items() if b"https://w3id.org/narkom/" in data]
    dump = tmp_path / "one" / "dump"
    checked = subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=dump, check=False)
    assert checked.returncode == 0


def test_a_site_is_replaced_and_what_is_none_is_left_alone(narkom, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "mine.txt").write_text("mine")
    done = narkom("publish", tmp_path / "mine")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1) and "Name a new folder" in done.stderr
    assert contents(tmp_path / "mine") == {"mine.txt": b"mine"}
    assert narkom("publish", tmp_path / "site").returncode == 0
    (tmp_path / "site" / "stale.html").write_text("old")
    assert narkom("publish", tmp_path / "site").returncode == 0
    assert "stale.html" not in contents(tmp_path / "site")


def test_folders(narkom, tmp_path: Path) -> None:
    done = narkom("export", "--themes", tmp_path / "themes", "--describe", tmp_path / "described")
    assert (done.returncode, done.stdout) == (0, "")
    assert "repression.ttl" in contents(tmp_path / "themes")
    assert {
        *(f"{name}.{suffix}" for name in ("catalogue", "questions", "void") for suffix in ("ttl", "rdf", "jsonld")),
        "codemeta.json",
        "ontology.html",
    } == set(contents(tmp_path / "described"))


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (("export", "--profile", "marc"), "Choose one of crm, prov, nanopub"),
        (("export", "--profile", "nanopub", "--format", "turtle"), "Choose --format trig"),
        (("export", "--profile", "crm", "--view", "all"), "either --view or --profile"),
        (("export", "--themes", "x", "--format", "trig"), "Leave out --format"),
        (("export", "--base", "example"), "ends in a slash"),
        (("publish", "x", "--base", "example"), "ends in a slash"),
        (("publish", "/proc/nowhere"), "cannot be written"),
    ],
)
def test_mistakes(narkom, arguments: tuple[str, ...], part: str) -> None:
    done = narkom(*arguments)
    assert done.returncode == 2
    assert part in done.stderr
    assert len(done.stderr.splitlines()) == 1
