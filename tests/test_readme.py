"""The README and the docs tell today's truth: what they show as a command's output is what the command prints."""

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from narkom.asking.questions import question_files
from narkom.building.build import build
from narkom.cli import app
from narkom.config import find_root

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
STANCES = ("asserted", "reported", "testified", "charged", "hedged", "rejected")
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)


def shown() -> list:
    """Every `$ narkom ask …` of a page that is followed by its output."""
    found = []
    for page in PAGES:
        for block in BLOCK.findall(page.read_text(encoding="utf-8")):
            for command, output in re.findall(r"^\$ (narkom ask [^\n]+)\n((?:(?!\$ ).*\n)+)", block, re.MULTILINE):
                found.append(pytest.param(command, output, id=f"{page.name}: {command}"))
    return found


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("store")
    build(find_root(), folder)
    return folder


def test_the_readme_shows_output():
    assert any("README.md" in parameter.id for parameter in shown())


@pytest.mark.parametrize(("command", "output"), shown())
def test_what_is_shown_is_what_is_printed(built, command, output, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    run = CliRunner().invoke(app, [*shlex.split(command)[1:], "--store", str(built)])
    assert run.exit_code == 0
    assert run.stdout.strip("\n") == output.strip("\n")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page):
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_the_figures_of_the_readme_are_those_of_the_data(sources, store):
    text = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    stances = [q.object.value.rpartition("/")[2] for q in sources.descriptions if q.predicate.value.endswith("#stance")]
    counts = {
        "claims on the": len(sources.claims),
        **{stance: stances.count(stance) for stance in STANCES},
        "people,": count(store, "nk:Person"),
        "offices,": count(store, "nk:Office"),
        "bodies,": count(store, "nk:Body"),
        "groups of people": count(store, "nk:PersonGroup"),
        "alleged bodies": count(store, "nk:AllegedBody"),
        "places in": count(store, "nk:Place"),
        "events,": count(store, "nk:Event"),
        "statistics,": count(store, "nk:Statistic"),
        "imputed acts": count(store, "nk:ImputedAct"),
        "stored questions": len(question_files(find_root())),
    }
    shown = {name: re.search(rf"(\d[\d,]*) {re.escape(name)}", text) for name in counts}
    assert {name: int(found.group(1).replace(",", "")) for name, found in shown.items() if found} == counts


def count(store, name: str) -> int:
    query = f"PREFIX nk: <https://w3id.org/narkom/ontology#> SELECT (COUNT(DISTINCT ?x) AS ?n) {{ ?x a {name} }}"
    return int(next(iter(store.query(query)))["n"].value)
