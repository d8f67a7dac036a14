"""What the script of an answer's chart is given: the places of its columns, and words in the language of the page."""

import json

import pytest

from narkom.asking.questions import load_all
from narkom.config import find_root
from narkom.portal.charts import for_chart
from narkom.portal.portal import Portal

QUESTIONS = load_all(find_root())
DRAWN = [question for question in QUESTIONS if question.plot]


@pytest.fixture(scope="module")
def portal(library) -> Portal:
    return Portal(library, live=True)


@pytest.mark.parametrize("question", DRAWN, ids=lambda one: one.name)
def test_each_field_of_a_chart_is_a_column_of_the_answer(library, store, question) -> None:
    variables = [variable.value for variable in store.query(question.text).variables]
    given = json.loads(for_chart(library, question, variables))
    named = {field: name for field, name in question.plot.items() if isinstance(name, str) and field != "kind"}
    assert {field: variables[at] for field, at in given["columns"].items()} == named
    assert given["kind"] == question.plot["kind"]
    assert [given[flag] for flag in ("directed", "symmetric")] == [
        question.plot.get(flag, False) for flag in ("directed", "symmetric")
    ]


def test_only_a_question_with_a_figure_loads_what_draws_it(portal: Portal) -> None:
    assert len(DRAWN) > 50 and len(DRAWN) < len(QUESTIONS)
    for question in QUESTIONS:
        page = portal.get(f"/question/{question.name}").body.decode()
        parts = [part in page for part in ('id="plot"', "static/chart.js", "static/chart.css")]
        assert parts == [bool(question.plot)] * 3, question.name


def test_an_answer_that_is_refused_has_no_chart(portal: Portal) -> None:
    assert 'id="plot"' not in portal.get("/question/career", "person=Napoleon").body.decode()


def test_the_words_of_a_chart_are_in_the_language_of_the_page(library) -> None:
    question = next(one for one in DRAWN if one.name == "career")
    variables = list(filter(None, (question.plot[field] for field in ("label", "detail", "start", "end"))))
    english, russian = (
        json.loads(for_chart(spoken, question, variables))["words"] for spoken in (library, library.spoken("ru"))
    )
    assert english.keys() == russian.keys()
    assert all(english[name] != russian[name] for name in english)
