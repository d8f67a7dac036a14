"""The site as files: whole, with no link that leads nowhere."""

import re
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest


@pytest.fixture(scope="module")
def site(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "site"
    _freeze(built, folder, 0)
    return folder


def _freeze(built: Path, folder: Path, code: int) -> str:
    command = [sys.executable, "-m", "narkom.cli", "serve", "--freeze", str(folder), "--store", str(built)]
    found = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert found.returncode == code, found.stderr
    return found.stderr


def test_no_link_of_the_site_leads_nowhere(site: Path) -> None:
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert {"index.html", "404.html", "person/iagoda.html", "person/iagoda.ttl", "person/index.html"} <= files
    assert len(files) > 9000
    broken = set()
    for path in site.rglob("*.html"):
        if path.name == "404.html":
            continue
        for link in re.findall(r'(?:href|action|src)="([^"#?]+)', path.read_text(encoding="utf-8")):
            if not link.startswith(("http", "data:")) and not (path.parent / link).is_file():
                broken.add((path.name, link))
    assert not broken


def test_the_descriptions_of_the_site_are_sound(site: Path) -> None:
    for name in ("person/ezhov", "ssc/claim/p22s1g", "ontology", "ssc/note/36"):
        assert list(ox.parse(path=str(site / f"{name}.ttl"), format=ox.RdfFormat.TURTLE))
        assert list(ox.parse(path=str(site / f"{name}.jsonld"), format=ox.RdfFormat.JSON_LD))


def test_two_runs_write_the_same_pages(site: Path, built: Path, tmp_path: Path) -> None:
    _freeze(built, tmp_path / "again", 0)
    for name in ("index.html", "person/ezhov.html", "ontology.html", "question/career.html", "person/ezhov.jsonld"):
        assert (site / name).read_bytes() == (tmp_path / "again" / name).read_bytes()


def test_a_folder_that_holds_something_is_left_alone(built: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert len(_freeze(built, tmp_path, 2).splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
