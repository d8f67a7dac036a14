"""Findings in the forms that people and their tools look at: text, GitHub annotations, SARIF, JUnit and JSON."""

import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from xml.etree import ElementTree

import narkom
from narkom.checking.findings import ERROR, INFO, WARNING, Finding
from narkom.checking.rules import load_rules
from narkom.vocabulary import shorten

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
# What is no Char of XML 1.0 (https://www.w3.org/TR/xml/#charsets).
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SARIF_LEVEL = {ERROR: "error", WARNING: "warning", INFO: "note"}
_GITHUB_LEVEL = {ERROR: "error", WARNING: "warning", INFO: "notice"}


def as_text(found: list[Finding], claims: int, root: Path) -> str:
    """Return one line a finding, and the sum with the project that was looked at."""
    counts = {severity: sum(one.severity == severity for one in found) for severity in (ERROR, WARNING, INFO)}
    sums = [_count(counts[ERROR], "error"), _count(counts[WARNING], "warning")]
    sums += [_count(counts[INFO], "note")] if counts[INFO] else []
    return "".join(f"{one}\n" for one in found) + f"Checked {_count(claims, 'claim')} in {root}: {', '.join(sums)}.\n"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" + ("" if number == 1 else "s")


def as_github(found: list[Finding], claims: int, root: Path) -> str:
    """Return workflow commands that GitHub shows beside the lines of a change."""
    return "".join(_annotation(one) for one in found)


def _annotation(one: Finding) -> str:
    properties = {"file": one.file, "line": str(max(one.line, 1)), "title": f"narkom {one.check}"}
    head = ",".join(f"{key}={_escaped(value, ',:')}" for key, value in properties.items())
    return f"::{_GITHUB_LEVEL[one.severity]} {head}::{_escaped(one.sentences)}\n"


def _escaped(text: str, more: str = "") -> str:
    for sign in "%\r\n" + more:
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


def as_sarif(found: list[Finding], claims: int, root: Path) -> str:
    """Return the findings as SARIF 2.1.0, for code scanning and editors."""
    checks = sorted({one.check for one in found})
    driver = {
        "name": "narkom",
        "version": narkom.__version__,
        "informationUri": "https://w3id.org/narkom/",
        "rules": [{"id": check, "shortDescription": {"text": _summary(check, root)}} for check in checks],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"ROOT": {"description": {"text": "The folder that holds ontology/ and data/."}}},
        "results": [_sarif_result(one, checks.index(one.check)) for one in found],
    }
    log = {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _summary(check: str, root: Path) -> str:
    known = {rule.name: rule.summary for rule in load_rules(root)}
    return known.get(check) or check.replace("-", " ").capitalize() + "."


def _sarif_result(one: Finding, index: int) -> dict:
    place: dict = {"artifactLocation": {"uri": one.file, "uriBaseId": "ROOT"}}
    if one.line:
        place["region"] = {"startLine": one.line}
    location: dict = {"physicalLocation": place}
    names = [shorten(iri) for iri in dict.fromkeys((one.claim, one.subject)) if iri]
    if names:
        location["logicalLocations"] = [{"fullyQualifiedName": name} for name in names]
    return {
        "ruleId": one.check,
        "ruleIndex": index,
        "level": _SARIF_LEVEL[one.severity],
        "message": {"text": one.sentences},
        "locations": [location],
        "partialFingerprints": {"narkom/v1": "/".join((one.check, one.claim, one.subject, one.message))},
    }


def as_junit(found: list[Finding], claims: int, root: Path) -> str:
    """Return a JUnit report: a test case for each file with findings, and one that stands for the rest."""
    by_file: dict[str, list[Finding]] = {}
    for one in found:
        by_file.setdefault(one.file, []).append(one)
    errors = {file: [one for one in some if one.severity == ERROR] for file, some in by_file.items()}
    failures = sum(bool(some) for some in errors.values())
    suite = ElementTree.Element("testsuite", name="narkom check", tests=str(len(by_file) + 1), failures=str(failures))
    ElementTree.SubElement(suite, "testcase", classname="narkom", name=f"{claims} claims read")
    for file, some in by_file.items():
        case = ElementTree.SubElement(suite, "testcase", classname="narkom", name=file, file=file)
        if errors[file]:
            failure = ElementTree.SubElement(case, "failure", message=_count(len(errors[file]), "error"), type=ERROR)
            failure.text = "\n".join(str(one) for one in errors[file])
        others = [str(one) for one in some if one.severity != ERROR]
        if others:
            ElementTree.SubElement(case, "system-out").text = "\n".join(others)
    ElementTree.indent(suite)
    text = _NOT_XML.sub("\ufffd", ElementTree.tostring(suite, encoding="unicode"))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def as_json(found: Iterable[Finding], claims: int, root: Path) -> str:
    """Return a list of findings as plain data."""
    return json.dumps([one.as_dict() for one in found], indent=2, ensure_ascii=False) + "\n"


FORMATS: dict[str, Callable[[list[Finding], int, Path], str]] = {
    "text": as_text,
    "github": as_github,
    "sarif": as_sarif,
    "junit": as_junit,
    "json": as_json,
}
