"""What was prepared for a site without a server, looked up as its pages do, against what this program answers."""

import gzip
import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pyoxigraph as ox
import pytest

from narkom.asking.at_once import AtOnce
from narkom.asking.citing import answer
from narkom.asking.evidence import Evidence
from narkom.asking.questions import ALL, Parameter, Question, load_all
from narkom.config import find_root
from narkom.portal.admitted import admitted
from narkom.portal.library import Library
from narkom.portal.prepared import can_be, prepared
from narkom.portal.stretches import DAYS, PERIODS, is_stretched
from narkom.vocabulary import BASE, PREFIXES

from .watching import Watched, watching

QUESTIONS = {question.name: question for question in load_all(find_root())}
SEVERAL = {"action-chain", "both-services", "meeting-chain", "message-chain", "rightists-to-stalin"}
DRAWN = 20
# The script of the pages, asked for the answers of a prepared file to some terms.
_LOOKED_UP = """async ([name, all]) => {
  const [{ prepared }, { unpacked }] =
    await Promise.all(["answers", "packed"].map((file) => import(new URL(`../static/${file}.js`, location.href))));
  const file = await (await unpacked(new URL(`../data/answers/${name}.json.gz`, location.href))).json();
  const read = ({ values, claims, gap }) => [file.variables.map((one) => values[one]?.value ?? null), claims, gap];
  return all.map((terms) => prepared(file, terms, "BASE").rows.map(read));
}""".replace("BASE", BASE)


@pytest.fixture
def page(browser, host: str) -> Iterator[Watched]:
    with watching(browser, host) as found:
        yield found
        assert found.wrongs == []


@pytest.fixture(scope="module")
def evidence(store: ox.Store) -> Evidence:
    return Evidence(store, "accepted")


@pytest.fixture(scope="module")
def days(store: ox.Store) -> list[date]:
    """Return the days that the data names, without those of editions and of the data itself."""
    found = store.query(f"SELECT DISTINCT ?day {{ ?s ?p ?day FILTER(DATATYPE(?day) = <{PREFIXES['xsd']}date>) }}")
    named = sorted(date.fromisoformat(row["day"].value) for row in found)
    return [day for day in named if day.year < 1960]


class Drawing:
    """Draws values for the parameters of a question: such as have an answer, such as have none, and the edges."""

    def __init__(self, library: Library, question: Question, days: list[date]) -> None:
        self.random = random.Random(question.name)
        self.question = question
        self.days = days
        listed = {one.name: admitted(library, one) for one in question.parameters if not is_stretched(one)}
        self.listed = listed
        self.having = AtOnce(question, listed).answered(library.store) if listed else [()]

    def draw(self) -> dict[str, str]:
        """Return a term for each parameter, nothing where all are meant."""
        any_pair = self.random.random() < 0.25
        key = [self.random.choice(terms) for terms in self.listed.values()]
        drawn = dict(zip(self.listed, key if any_pair else self.random.choice(self.having), strict=True))
        stretched = [one for one in self.question.parameters if is_stretched(one)]
        values = [self._drawn(one) for one in stretched]
        # Now and then the first is after the last.
        if self.random.random() < 0.8 and None not in values:
            values.sort()
        return drawn | {one.name: _term(value) for one, value in zip(stretched, values, strict=True)}

    def _drawn(self, parameter: Parameter) -> date | int | None:
        if parameter.default == ALL and self.random.random() < 0.15:
            return None
        if parameter.kinds == ("integer",):
            return self.random.randint(0, 125)
        if self.random.random() < 0.05:
            return self.random.choice([date.min, date.max])
        # A bound, the day before and after; a month further, which the order of events allows; any.
        far = self.random.choice([0, 0, -1, 1, 30, 31, 32, -31, self.random.randint(-300, 300)])
        return self.random.choice(self.days) + timedelta(far)


def _term(value: date | int | None) -> str:
    if value is None:
        return ""
    return f'"{value}"^^<{PREFIXES["xsd"]}date>' if isinstance(value, date) else str(value)


def test_the_questions_here_are_all_that_take_more_than_a_listed_value(library: Library) -> None:
    one = {name for name, its in QUESTIONS.items() if len(its.parameters) == 1 and admitted(library, its.parameters[0])}
    more = {name for name, its in QUESTIONS.items() if its.parameters and can_be(library, its)} - one
    assert more == {*SEVERAL, *PERIODS, *DAYS}


@pytest.mark.parametrize("name", sorted([*SEVERAL, *PERIODS, *DAYS]))
def test_for_any_values_rows_and_evidence_are_those_of_this_program(
    page: Watched, host: str, library: Library, evidence: Evidence, days: list[date], name: str
) -> None:
    question = QUESTIONS[name]
    drawing = Drawing(library, question, days)
    drawn = [drawing.draw() for _ in range(DRAWN)]
    page.open(f"{host}question/{name}.html")
    found = page.page.evaluate(_LOOKED_UP, [name, drawn])
    empty = 0
    for terms, rows in zip(drawn, found, strict=True):
        query = question.with_values({one: term or ALL for one, term in terms.items()})
        expected = answer(library.store, query, evidence=evidence)
        assert [row for row, _, _ in rows] == [[_value(cell) for cell in row] for row in expected.rows], terms
        for (row, claims, gap), citation in zip(rows, expected.citations, strict=True):
            assert {BASE + claim for claim in claims} == set(citation.claims), (terms, row)
            assert gap == citation.gap
        empty += not rows
    # Somebody is known to have been in office on any day, since a tenure may have no known end.
    assert (empty > 0 or name in DAYS) and empty < DRAWN


def _value(cell: ox.NamedNode | ox.Literal | None) -> str | None:
    return cell and cell.value


@pytest.mark.parametrize("name", ["rightists-to-stalin", "arrested-in", "footnotes", "in-office-during"])
def test_the_site_has_what_is_prepared(published: Path, library: Library, evidence: Evidence, name: str) -> None:
    file = json.loads(gzip.decompress((published / "data" / "answers" / f"{name}.json.gz").read_bytes()))
    assert file == json.loads(json.dumps(prepared(library, QUESTIONS[name], evidence)))
