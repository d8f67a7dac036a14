"""Each stored question, asked with its defaults, returns what the chapter says; each term has a question that uses it.

An answer under answers/ was compared with the sentences of the chapter, row by row. A question without one fails, so
that none is added unread; an answer without a question fails as well.
"""

import csv
import re
from pathlib import Path

import pytest

from narkom.asking.questions import KINDS, load_all, question_files, read_question
from narkom.config import find_root
from narkom.vocabulary import PREFIXES

ANSWERS = Path(__file__).parent / "answers"
FILES = question_files(find_root())
FIGURES = {
    "timeline": {"label", "start", "end"},
    "bars": {"label", "value"},
    "network": {"from", "to"},
}
CYRILLIC = re.compile(r"[А-Яа-яЁё]")


def name_of(path: Path) -> str:
    """Return the name under which a question is asked."""
    return path.stem


@pytest.fixture(params=FILES, ids=name_of)
def question(request):
    """Each stored question in turn."""
    return read_question(request.param)


def rows_of(result) -> list[list[str]]:
    """Return the head and the rows of an answer as plain values, an unbound cell empty."""
    head = [variable.value for variable in result.variables]
    return [head, *(["" if cell is None else cell.value for cell in row] for row in result)]


def test_the_answer_is_that_of_the_chapter(question, store):
    path = ANSWERS / f"{question.name}.csv"
    assert path.is_file(), f"{question.name} has no answer: check its rows against the chapter and write {path.name}"
    with path.open(encoding="utf-8", newline="") as file:
        expected = list(csv.reader(file))
    assert len(expected) > 1, "a question with its defaults has an answer"
    assert rows_of(store.query(question.text)) == expected


def test_the_order_of_rows_is_total(question):
    order = question.text.rpartition("ORDER BY")[2]
    head = re.search(r"SELECT\s+(?:DISTINCT\s+)?(.*?)\s*\bWHERE\b", question.text, re.DOTALL).group(1)
    columns = re.findall(r"\?(\w+)", re.sub(r"\(.*?\bAS\s+(\?\w+)\s*\)", r"\1", head, flags=re.DOTALL))
    assert set(re.findall(r"\?(\w+)", order)) >= set(columns), "rows that tie would come in any order"


def test_the_header_tells_what_a_reader_needs(question):
    assert question.summary.endswith("?") and not CYRILLIC.search(question.summary)
    assert question.summary_ru.endswith("?") and CYRILLIC.search(question.summary_ru)
    assert len(question.description) > 60
    assert question.tags and question.tags[0] == question.theme
    for parameter in question.parameters:
        assert parameter.kind in KINDS
        assert parameter.meaning and parameter.default


def test_the_figure_names_columns_of_the_answer(question):
    if not question.plot:
        return
    kind = question.plot["kind"]
    assert set(question.plot) - {"kind"} == FIGURES[kind]
    head = question.text[question.text.index("SELECT") : question.text.index("WHERE")]
    columns = set(re.findall(r"\?(\w+)", head))
    assert {question.plot[role] for role in FIGURES[kind]} <= columns


def test_the_question_runs_on_any_engine(question):
    """Every prefix is declared, with its usual meaning; nothing is asked of the network."""
    body = "\n".join(line for line in question.text.splitlines() if not line.startswith("#"))
    declared = dict(re.findall(r"(?m)^PREFIX (\w+): <(\S+)>$", body))
    used = set(re.findall(r"(?<![\w<:/?#\"])(\w+):(?=\w)", re.sub(r"(?m)^PREFIX.*$|\"[^\"]*\"", "", body)))
    assert used <= set(declared)
    assert all(PREFIXES.get(prefix, iri) == iri for prefix, iri in declared.items())
    assert not re.search(r"\b(SERVICE|FROM)\b", body)


def test_no_name_is_used_twice():
    names = [path.stem for path in FILES]
    assert len(names) == len(set(names))


def test_no_answer_is_left_without_its_question():
    assert {path.stem for path in ANSWERS.glob("*.csv")} <= {path.stem for path in FILES}


def test_every_term_is_asked_for_by_some_question():
    ontology = (find_root() / "ontology" / "narkom.ttl").read_text(encoding="utf-8")
    terms = set(re.findall(r"(?m)^nk:(\w+)$", ontology))
    asked = {name for question in load_all(find_root()) for name in _terms(question.text)}
    assert not sorted(terms - asked), "terms that no question uses"
    assert not sorted(asked - terms), "terms that the ontology does not have"


def _terms(text: str) -> set[str]:
    body = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    return set(re.findall(r"\bnk:(\w+)", body))


def test_a_value_replaces_every_clause_of_its_parameter():
    question = read_question(next(path for path in FILES if path.stem == "in-office-on"))
    assert question.text.count('VALUES ?day { "1937-05-21"') == 3
    text = question.with_values({"day": '"1938-01-01"^^xsd:date'})
    assert "1937-05-21" not in text
    assert text.count('VALUES ?day { "1938-01-01"^^xsd:date }') == 3
