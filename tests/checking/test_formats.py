"""Findings in every form: each carries file, line, claim, check, message and severity, and keeps to its standard."""

import json
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
from typer.testing import CliRunner

from narkom.checking.findings import ERROR, INFO, WARNING, Finding
from narkom.checking.formats import FORMATS
from narkom.cli import app

SCHEMA = Path(__file__).parent / "vendor" / "sarif-schema-2.1.0.json"
CLAIM, EVENT = "https://w3id.org/narkom/ssc/claim/p22s1c", "https://w3id.org/narkom/event/arrest-iagoda"
FOUND = [
    Finding(
        "data/ssc/claims/p22.trig", 41, CLAIM, EVENT, "arrest-person", 'Nobody is arrested: "so"', "Name one", ERROR
    ),
    Finding("data/ssc/claims/p22.trig", 50, CLAIM, "", "two-holders", "100% at once,\nit seems", "Look", WARNING),
    Finding("data", 0, "", "", "entry-used", "Nothing uses it", "", INFO),
]


def report(name: str, found: list[Finding] = FOUND, root: Path = Path()) -> str:
    return FORMATS[name](found, 7, root)


def test_text() -> None:
    lines = report("text").splitlines()
    assert lines[0] == (
        "data/ssc/claims/p22.trig:41: error: ssc-claim:p22s1c, event:arrest-iagoda: "
        'Nobody is arrested: "so". Name one. [arrest-person]'
    )
    assert lines[-1] == "Checked 7 claims in .: 1 error, 1 warning, 1 note."


def test_github_escapes_what_would_end_the_command() -> None:
    first, second, third = report("github").splitlines()
    assert first.startswith(
        "::error file=data/ssc/claims/p22.trig,line=41,title=narkom arrest-person::ssc-claim:p22s1c, event:"
    )
    assert second.endswith("::ssc-claim:p22s1c: 100%25 at once,%0Ait seems. Look.")
    assert third.startswith("::notice file=data,line=1,")


def test_junit_can_be_read_whatever_a_finding_quotes() -> None:
    odd = Finding("data/ssc/claims/p22.trig", 41, CLAIM, EVENT, "x", 'gloss "\x01\x0b\ufffe\uffff"', "Mend \x1f", ERROR)
    assert "\ufffd" in "".join(ElementTree.fromstring(report("junit", [odd])).itertext())


@pytest.mark.parametrize("found", [FOUND, []], ids=["findings", "none"])
def test_sarif_keeps_to_its_schema(found: list[Finding]) -> None:
    log = json.loads(report("sarif", found))
    jsonschema.validate(log, json.loads(SCHEMA.read_text(encoding="utf-8")))
    results = log["runs"][0]["results"]
    assert [one["level"] for one in results] == ["error", "warning", "note"][: len(found)]
    if found:
        place = results[0]["locations"][0]
        assert place["physicalLocation"]["artifactLocation"]["uri"] == "data/ssc/claims/p22.trig"
        assert place["physicalLocation"]["region"] == {"startLine": 41}
        assert place["logicalLocations"][0] == {"fullyQualifiedName": "ssc-claim:p22s1c"}
        rules = log["runs"][0]["tool"]["driver"]["rules"]
        assert [rules[one["ruleIndex"]]["id"] for one in results] == [one["ruleId"] for one in results]


def test_junit_fails_the_files_with_errors() -> None:
    suite = ElementTree.fromstring(report("junit"))
    assert (suite.get("tests"), suite.get("failures")) == ("3", "1")
    [failure] = suite.iter("failure")
    assert failure.text and "arrest-person" in failure.text
    assert "two-holders" in suite.findall("testcase")[1].findtext("system-out", "")


def test_json() -> None:
    assert [one["severity"] for one in json.loads(report("json"))] == [ERROR, WARNING, INFO]


@pytest.mark.parametrize("name", FORMATS)
def test_command(small: Path, claims: Path, edit, name: str) -> None:
    edit(claims, "    nk:passage passage:p1s1 ;\n", "")
    found = CliRunner().invoke(app, ["check", "--root", str(small), "--no-owl", "--format", name])
    assert found.exit_code == 1, found.output
    assert "p01.trig" in found.output and "no passage" in found.output


def test_only_what_changed(small: Path, claims: Path, edit) -> None:
    edit(claims, "    nk:passage passage:p1s1 ;\n", "")
    runner = CliRunner()
    people = small / "data" / "register" / "people.ttl"
    other = runner.invoke(app, ["check", str(people), "--root", str(small)])
    assert (other.exit_code, "no passage" in other.output) == (1, False), "an error elsewhere is counted, not shown"
    found = runner.invoke(app, ["check", str(claims), "--root", str(small)])
    assert (found.exit_code, "no passage" in found.output) == (1, True)


def test_a_file_of_somewhere_else(small: Path) -> None:
    found = CliRunner().invoke(app, ["check", "README.md", "--root", str(small)])
    assert found.exit_code != 0
    assert "no file of ontology/" in str(found.exception)


def test_reference_engine(small: Path, claims: Path, edit) -> None:
    edit(claims, '        nk:person person:one ;\n        nk:date "1937', '        nk:date "1937')
    fast, slow = (
        CliRunner().invoke(app, ["check", "--root", str(small), "--no-owl", *more]) for more in ([], ["--reference"])
    )
    assert fast.output == slow.output
    assert "no one arrested" in fast.output
