"""A question asked with many values at once: each has the answer that it has by itself, with the same evidence."""

import pyoxigraph as ox
import pytest

from narkom.asking.at_once import AtOnce
from narkom.asking.citing import answer
from narkom.asking.evidence import Evidence
from narkom.asking.questions import load_all
from narkom.config import find_root
from narkom.vocabulary import BASE, PREFIXES

QUESTIONS = {question.name: question for question in load_all(find_root())}


def iris(kind: str, *names: str) -> list[str]:
    return [f"<{BASE}{kind}/{name}>" for name in names]


def day(text: str) -> str:
    return f'"{text}"^^<{PREFIXES["xsd"]}date>'


@pytest.fixture(scope="module")
def evidence(store: ox.Store) -> Evidence:
    return Evidence(store, "accepted")


@pytest.mark.parametrize(
    ("name", "listed", "given"),
    [
        ("career", {"person": iris("person", "iagoda", "ezhov", "tukhachevskii", "stalin")}, {}),
        (
            "both-services",
            {"body": iris("body", "nkvd", "ogpu", "comintern"), "other_body": iris("body", "razvedupr", "nkvd")},
            {},
        ),
        ("passage-record", {"paragraph": ["3", "12", "9999"]}, {}),
        (
            "in-office-during",
            {"body": iris("body", "nkvd", "razvedupr")},
            {"from": day("1937-01-01"), "to": day("1937-06-30")},
        ),
    ],
)
def test_each_value_has_its_own_answer_and_evidence(evidence: Evidence, name: str, listed: dict, given: dict) -> None:
    asking = AtOnce(QUESTIONS[name], listed)
    assert asking.can_be
    found = asking.ask(evidence, given)
    assert len(found) > 1
    for key, its in found.items():
        query = QUESTIONS[name].with_values(dict(zip(listed, key, strict=True)) | given)
        assert its == answer(evidence.store, query, evidence=evidence), key
    if not given:
        assert set(asking.answered(evidence.store)) == set(found)


def test_rows_can_be_looked_for_alone(evidence: Evidence) -> None:
    asking = AtOnce(QUESTIONS["in-period"])
    given = {"from": day("1937-05-01"), "to": day("1937-06-30")}
    ((key, whole),) = asking.ask(evidence, given).items()
    ((_, few),) = asking.ask(evidence, given, whole.rows[3:6]).items()
    assert key == () and len(whole.rows) > 9
    assert (few.rows, few.citations) == (whole.rows[3:6], whole.citations[3:6])


def test_what_an_expression_is_stands_beside_each_row(store: ox.Store) -> None:
    asking = AtOnce(QUESTIONS["arrested-in"])
    found = list(asking.beside(store, {}, ["?latest", "1/0"]))
    assert len(found) > 9
    assert all(more == (row[asking.variables.index("latest")], None) for _, row, more in found)


@pytest.mark.parametrize("name", ["order-of-steps", "foreign-powers"])
def test_what_gathers_or_hides_its_parameter_is_not_asked_so(name: str) -> None:
    assert not AtOnce(QUESTIONS[name], {one.name: [] for one in QUESTIONS[name].parameters}).can_be
