"""The search in the browser, run in Node.js: it hears names as the server does, and finds what the server finds."""

import csv
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from narkom.asking.likeness import romanised, skeleton
from narkom.portal import searching
from narkom.portal.assets import STATIC
from narkom.portal.library import Library

with (Path(__file__).parents[1] / "serving" / "spellings.tsv").open(encoding="utf-8") as _file:
    SPELLINGS = list(csv.DictReader(_file, delimiter="\t"))
_RUN = """
import { readFileSync } from "node:fs";
import { ClaimFinder, Finder } from "./search-core.js";
const read = (name) => JSON.parse(readFileSync(name, "utf8"));
const finder = new Finder(read("things.json"));
const claims = new ClaimFinder(read("claims.json"));
const { names, asked, said } = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify({
  heard: names.map((name) => finder.heard(name)),
  found: asked.map((typed) => finder.find(typed)),
  said: said.map((typed) => claims.find(typed)),
}));
"""


@pytest.fixture(scope="module")
def browser(library: Library, tmp_path_factory: pytest.TempPathFactory):
    """Return a function that runs the module of the pages over the index that is published."""
    if not shutil.which("node"):
        pytest.skip("node is not installed. On Debian: apt install nodejs")
    folder = tmp_path_factory.mktemp("search")
    (folder / "vendor" / "minisearch").mkdir(parents=True)
    for name in ("search-core.js", "vendor/minisearch/index.js"):
        shutil.copy(STATIC / name, folder / name)
    files = {"things.json": searching.things(library), "claims.json": searching.claims(library)}
    for name, value in {**files, "package.json": {"type": "module"}}.items():
        (folder / name).write_text(json.dumps(value), encoding="utf-8")
    (folder / "run.js").write_text(_RUN, encoding="utf-8")

    def run(names: list[str] = (), asked: list[str] = (), said: list[str] = ()) -> dict:
        typed = json.dumps({"names": list(names), "asked": list(asked), "said": list(said)})
        done = subprocess.run(["node", "run.js"], input=typed, capture_output=True, text=True, cwd=folder, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


def paths(found: list[dict]) -> list[str]:
    return [one["path"] for one in found]


def test_names_sound_alike_here_and_there(browser, library: Library) -> None:
    names = sorted({label for its in library.labels.values() for label in its.values()})
    names += [one["spelling"] for one in SPELLINGS]
    assert browser(names=names)["heard"] == [skeleton(name) for name in names]


def test_letters_are_romanised_one_by_one(library: Library) -> None:
    table = searching.things(library)["letters"]
    russian = [its["ru"].lower() for its in library.labels.values() if "ru" in its]
    assert len(russian) > 1000
    assert [name for name in russian if "".join(table.get(c, c) for c in name) != romanised(name)] == []


def test_ninety_spellings_find_their_person_first_as_on_the_server(browser, library: Library) -> None:
    found = browser(asked=[one["spelling"] for one in SPELLINGS])["found"]
    for one, things in zip(SPELLINGS, found, strict=True):
        assert paths(things)[:1] == [f"person/{one['person']}"], one
        assert library.names.find(one["spelling"]).things[0].endswith(f"/person/{one['person']}"), one


def test_each_label_finds_its_thing(browser) -> None:
    wanted = {
        "Mikhail Tukhachevskii": "person/tukhachevskii",
        "Государственный комитет обороны": None,
        "NKVD": "body/nkvd",
        "НКВД": "body/nkvd",
        "Moscow": "place/moscow",
        "Arrest of Iagoda": "event/arrest-iagoda",
        "Iagoda conspiracy": "alleged/iagoda-conspiracy",
    }
    for typed, things in zip(wanted, browser(asked=list(wanted))["found"], strict=True):
        assert (paths(things) or [None])[0] == wanted[typed], typed


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("Tukhachevky", "person/tukhachevskii"),
        ("Stallin", "person/stalin"),
        ("Yezhof", "person/ezhov"),
        ("tuhachev", "person/tukhachevskii"),
        ("Ягодa", "person/iagoda"),
        ("arest of iagoda", "event/arrest-iagoda"),
    ],
)
def test_slips_and_beginnings_are_forgiven(browser, typed: str, path: str) -> None:
    assert path in paths(browser(asked=[typed])["found"][0])[:3]


def test_what_the_authors_do_not_vouch_for_is_marked(browser) -> None:
    things = browser(asked=["Iagoda conspiracy", "Mikhail Tukhachevskii"])["found"]
    assert [its[0]["mark"] for its in things] == [1, 0]
    stances = {claim["stance"] for claim in browser(said=["mercury"])["said"][0]}
    assert "charged" in stances and stances <= {"asserted", "reported", "hedged", "charged", "testified", "rejected"}


def test_claims_are_found_by_all_their_words_and_none_is_cut_off(browser, library: Library) -> None:
    [said] = browser(said=["iagoda arrested"])["said"]
    assert "ssc/claim/p22s1c" in [claim["path"] for claim in said]
    [ezhov] = browser(said=["ezhov"])["said"]
    assert len(ezhov) >= sum("ezhov" in one.note.gloss.lower().split() for one in library.claims.values()) > 100


@pytest.mark.parametrize("typed", ["", "   ", ".*+?^${}()|[]\\", "😀", "\u202eabc\u0000", "<b>&", "a" * 5000])
def test_whatever_is_typed_is_survived(browser, typed: str) -> None:
    assert browser(asked=[typed], said=[typed])["found"] == [[]]
