"""Contradictions that HermiT finds in seeded data, explained by the claims that make them."""

import shutil
from pathlib import Path

import pytest

from narkom.building.dataset import derive
from narkom.checking import reasoning
from narkom.checking.explaining import narrow
from narkom.checking.reasoning import check_reasoning
from narkom.config import find_root
from narkom.reading.sources import load
from narkom.vocabulary import NUMBERED, PREFIXES, source_space

HERE = Path(__file__).parents[1]
NAMES = ("alleged", "body", "concept", "document", "event", "office", "person", "place", "stance")
SPACES = {name: PREFIXES[name] for name in NAMES} | {kind: source_space("ssc", kind) for kind in NUMBERED}
HEAD = "".join(f"@prefix {name}: <{space}> .\n" for name, space in SPACES.items())
HEAD += "@prefix nk: <https://w3id.org/narkom/ontology#> .\n"
FIRST = """
claim:p1s1a {{ {first} }}
claim:p1s1a a nk:Claim ; nk:passage passage:p1s1 ; nk:stance stance:asserted ; {more} nk:gloss "First."@en .
claim:p1s2a {{ {second} }}
claim:p1s2a a nk:Claim ; nk:passage passage:p1s2 ; nk:stance stance:charged ; nk:gloss "Second."@en .
"""
ARREST = "event:x a nk:Arrest ; nk:person person:one ."
# What the two claims say, what else the first is described by, and what the explanation has to hold.
SEEDED = {
    "two kinds of event": (
        ARREST,
        "event:x a nk:Tenure .",
        "",
        ["nk:Arrest", "nk:Tenure", "ssc-claim:p1s1a and ssc-claim:p1s2a"],
    ),
    "killed and executed": (
        "event:x a nk:Killing .",
        "event:x a nk:Execution .",
        "",
        ["nk:Execution", "nk:Killing", "ssc-claim:p1s1a and ssc-claim:p1s2a"],
    ),
    "a range": (
        ARREST,
        "event:y a nk:Meeting ; nk:place person:one .",
        "",
        ["nk:Place", "person:one", "ssc-claim:p1s2a"],
    ),
    "an alleged body that acts": (
        ARREST,
        "event:y a nk:Formation ; nk:body alleged:centre .",
        "",
        ["nk:AllegedBody", "alleged:centre", "ssc-claim:p1s2a"],
    ),
    "two stances": (ARREST, ARREST, "nk:stance stance:charged ;", ["ssc-claim:p1s1a", "nk:stance has one value"]),
    "two passages": (ARREST, ARREST, "nk:passage passage:p1s2 ;", ["ssc-claim:p1s1a", "nk:passage has one value"]),
    "contradicts itself": (ARREST, ARREST, "nk:contradicts claim:p1s1a ;", ["ssc-claim:p1s1a", "leads back"]),
    "contradicts and corroborates": (
        ARREST,
        ARREST,
        "nk:contradicts claim:p1s2a ; nk:corroborates claim:p1s2a ;",
        ["ssc-claim:p1s1a", "nk:corroborates", "exclude each other"],
    ),
    "a cause of its cause": (
        "event:x a nk:Arrest ; nk:consequenceOf event:y .",
        "event:y a nk:Arrest ; nk:consequenceOf event:x .",
        "",
        ["goes both ways", "ssc-claim:p1s1a and ssc-claim:p1s2a"],
    ),
    "one's own predecessor": (
        "event:x a nk:Appointment ; nk:person person:one .",
        "event:x a nk:Appointment ; nk:predecessor person:one .",
        "",
        ["nk:predecessor", "nk:person", "ssc-claim:p1s1a and ssc-claim:p1s2a"],
    ),
    "an imputed deed that is an event": (
        "event:x a nk:Arrest ; nk:person person:one .",
        "event:x a nk:ImputedAct ; nk:imputedTo person:one .",
        "",
        ["nk:ImputedAct", "ssc-claim:p1s1a and ssc-claim:p1s2a"],
    ),
}


@pytest.fixture
def project(tmp_path: Path):
    """Return a function that makes a project of the real ontology, a few entries and the two claims."""

    def make(first: str, second: str, more: str = ""):
        shutil.copytree(find_root() / "ontology", tmp_path / "ontology")
        for folder in ("register", "ssc/claims"):
            (tmp_path / "data" / folder).mkdir(parents=True)
        (tmp_path / "data" / "ssc" / "source.ttl").touch()
        shutil.copy(HERE / "shapes" / "base.trig", tmp_path / "data" / "register" / "base.trig")
        text = HEAD + FIRST.format(first=first, second=second, more=more)
        (tmp_path / "data" / "ssc" / "claims" / "p01.trig").write_text(text, encoding="utf-8")
        return load(tmp_path)

    return make


def test_sound(project) -> None:
    sources = project(ARREST, ARREST, "nk:contradicts claim:p1s2a ;")
    assert check_reasoning(sources, derive(sources)) == []


@pytest.mark.parametrize("name", SEEDED)
def test_seeded(project, name: str) -> None:
    first, second, more, parts = SEEDED[name]
    sources = project(first, second, more)
    found = [str(one) for one in check_reasoning(sources, derive(sources))]
    assert any(all(part in one for part in parts) for one in found), found
    assert all("p01.trig:" in one or "base.trig:" in one for one in found)


def test_a_reason_of_no_known_pattern_is_narrowed_down(project, monkeypatch) -> None:
    monkeypatch.setattr(reasoning, "explain", lambda sources, dataset: [])
    sources = project(ARREST, "event:x a nk:Tenure .")
    [found] = check_reasoning(sources, derive(sources))
    assert "a contradiction in ssc-claim:p1s1a, ssc-claim:p1s2a" in str(found)


def test_narrowing() -> None:
    claims = [f"c{number:03}" for number in range(200)]
    asked: list[int] = []

    def inconsistent(some: list[str]) -> bool:
        asked.append(len(some))
        return {"c007", "c150", "c199"} <= set(some)

    assert narrow(claims, inconsistent) == ["c007", "c150", "c199"]
    assert len(asked) < 40
