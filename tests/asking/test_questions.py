"""Each stored question returns what the chapter says; each term has a question that uses it.

An answer under answers/ was compared with the sentences of the chapter, row by row. A question without one fails, so
that none is added unread; an answer without a question fails as well. Questions are asked with their defaults; those
that ask of everything, with the values of CHECKED, and their whole answer is held to the sum of its parts.
"""

import csv
import re
from pathlib import Path

import pytest

from narkom.asking.plotting import FIELDS
from narkom.asking.questions import ALL, KINDS, QuestionError, find_question, load_all, question_files, read_question
from narkom.config import find_root
from narkom.vocabulary import PREFIXES

ANSWERS = Path(__file__).parent / "answers"
FILES = question_files(find_root())
DAY = '"{}"^^<http://www.w3.org/2001/XMLSchema#date>'
CHECKED = {
    "arrested-in": {"from": DAY.format("1937-03-01"), "to": DAY.format("1937-04-30")},
    "contradictions": {"paragraph": "40"},
    "corroborations": {"paragraph": "6"},
    "doubts": {"paragraph": "40"},
    "footnotes": {"first": "60", "last": "75"},
    "inferred": {"paragraph": "50"},
    "passage-record": {"paragraph": "22"},
    "quoted-terms": {"paragraph": "59"},
    "repeated": {"paragraph": "26"},
    "testified": {"paragraph": "28"},
    "testimony-alone": {"paragraph": "38"},
    "without-footnote": {"paragraph": "24"},
}
CYRILLIC = re.compile(r"[А-Яа-яЁё]")
LATIN = re.compile(r"[A-Za-z][A-Za-z-]*")


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
    assert rows_of(store.query(question.with_values(CHECKED.get(question.name, {})))) == expected


@pytest.mark.parametrize("name", ["without-footnote", "passage-record"])
def test_a_caption_is_not_taken_for_a_paragraph(store, name):
    question = find_question(find_root(), name)
    whole = {row[0] for row in rows_of(store.query(question.text))[1:]}
    first = rows_of(store.query(question.with_values({"paragraph": "1"})))[1:]
    assert {"caption 1", "caption 2"} <= whole
    assert {row[0] for row in first} <= {"1"}


def test_what_asks_of_everything_is_the_sum_of_its_parts(question, store):
    parts = {parameter.name for parameter in question.parameters if parameter.default == ALL}
    assert parts == set(CHECKED.get(question.name, {}))
    if not parts:
        return
    whole = rows_of(store.query(question.text))
    if parts == {"paragraph"}:
        split = [{"paragraph": str(number)} for number in range(1, 62)]
    elif parts == {"first", "last"}:
        split = [{"first": str(number), "last": str(number)} for number in range(1, 113)]
    else:
        days = [DAY.format(f"{year}-{end}") for year in range(1936, 1940) for end in ("01-01", "12-31")]
        split = [{"from": first, "to": last} for first, last in zip(days[::2], days[1::2], strict=True)]
    answers = [rows_of(store.query(question.with_values(values)))[1:] for values in split]
    # Captions are no numbered paragraphs: they are in the whole alone. What lies in two years is told of both.
    numbered = sorted(tuple(row) for row in whole[1:] if not row[0].startswith("caption"))
    assert numbered == sorted({tuple(row) for rows in answers for row in rows})
    assert len(whole[1:]) > len(rows_of(store.query(question.with_values(CHECKED[question.name])))) - 1


def test_the_order_of_rows_is_total(question):
    order = question.text.rpartition("ORDER BY")[2]
    head = re.search(r"SELECT\s+(?:DISTINCT\s+)?(.*?)\s*\bWHERE\b", question.text, re.DOTALL).group(1)
    columns = re.findall(r"\?(\w+)", re.sub(r"\(.*?\bAS\s+(\?\w+)\s*\)", r"\1", head, flags=re.DOTALL))
    assert set(re.findall(r"\?(\w+)", order)) >= set(columns), "rows that tie would come in any order"


def test_the_header_tells_what_a_reader_needs(question):
    assert question.summary.endswith("?") and not CYRILLIC.search(question.summary)
    assert question.summary_ru.endswith("?") and CYRILLIC.search(question.summary_ru)
    assert len(question.description) > 60 and not CYRILLIC.search(question.description)
    assert len(question.description_ru) > 60 and CYRILLIC.search(question.description_ru)
    assert set(LATIN.findall(question.description_ru)) <= {"EDTF", *map(name_of, FILES)}, "names of questions alone"
    assert question.tags and question.tags[0] == question.theme
    for parameter in question.parameters:
        assert set(parameter.kinds) <= set(KINDS)
        assert parameter.meaning and not CYRILLIC.search(parameter.meaning) and parameter.default
        assert CYRILLIC.search(parameter.meaning_ru) and not LATIN.search(parameter.meaning_ru)


@pytest.mark.parametrize("field", ["summary", "summary_ru", "description", "description_ru", "meaning", "meaning_ru"])
def test_a_header_without_one_of_its_texts_is_refused(tmp_path, field):
    text = find_question(find_root(), "career").text
    start = re.search(rf"(?m)^#\+ +{field}:", text).start()
    end = re.compile(r"(?m)^#\+ {1,5}\w+:|^PREFIX").search(text, start + 3).start()
    path = tmp_path / "career.rq"
    path.write_text(text[:start] + text[end:], encoding="utf-8")
    with pytest.raises(QuestionError, match=rf"lacks {field}\b"):
        read_question(path)


def test_the_figure_names_columns_of_the_answer(question):
    if not question.plot:
        return
    needed, more = FIELDS[question.plot["kind"]]
    assert set(needed) <= set(question.plot) - {"kind"} <= {*needed, *more}
    head = question.text[question.text.index("SELECT") : question.text.index("WHERE")]
    columns = set(re.findall(r"\?(\w+)", head))
    named = {field: value for field, value in question.plot.items() if field in (*needed, *more) and value is not True}
    assert set(named.values()) <= columns


def test_the_question_runs_on_any_engine(question):
    """Every prefix is declared, with its usual meaning; nothing is asked of the network."""
    body = "\n".join(line for line in question.text.splitlines() if not line.startswith("#"))
    declared = dict(re.findall(r"(?m)^PREFIX ([\w-]+): <(\S+)>$", body))
    used = set(re.findall(r"(?<![\w<:/?#\"-])([\w-]+):(?=\w)", re.sub(r"(?m)^PREFIX.*$|\"[^\"]*\"", "", body)))
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
    clauses = question.text.count('VALUES ?day { "1937-05-21"')
    assert clauses > 1
    text = question.with_values({"day": '"1938-01-01"^^xsd:date'})
    assert "1937-05-21" not in text
    assert text.count('VALUES ?day { "1938-01-01"^^xsd:date }') == clauses
