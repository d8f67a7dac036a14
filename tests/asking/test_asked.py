"""Whoever reads an answer can see what was asked: every parameter with its value, typed or default."""

import csv
import io
import json

import pytest

from narkom.asking.asked import asked_with, given, titled
from narkom.asking.citing import answer
from narkom.asking.names import resolve
from narkom.asking.questions import load_all
from narkom.asking.render import render
from narkom.config import find_root
from narkom.errors import UsageError

QUESTIONS = {question.name: question for question in load_all(find_root())}
WITH_PARAMETERS = sorted(name for name, question in QUESTIONS.items() if question.parameters)


@pytest.mark.parametrize("name", WITH_PARAMETERS)
def test_every_default_is_told_in_every_format(store, name):
    question = QUESTIONS[name]
    asked = asked_with(store, question, {})
    assert [one.name for one in asked] == [parameter.name for parameter in question.parameters]
    assert all(one.text and "http" not in one.text and '"' not in one.text for one in asked)
    found = answer(store, question.text, cite=False)
    texts = {
        form: render(store, found, form, titled(question, asked), asked)
        for form in ("table", "csv", "json", "markdown")
    }
    rows = list(csv.DictReader(io.StringIO(texts["csv"])))
    told = json.loads(texts["json"])["parameters"]
    for one in asked:
        assert f"{one.name} = " in " ".join(texts["table"].split())
        assert f"{one.name} = " in texts["markdown"].replace("\\", "")
        assert {row[f"asked_{one.name}"] for row in rows} == {one.text}
        assert told[one.name]["text"] == one.text


def test_a_default_can_be_typed_as_it_is_told(store):
    for name in WITH_PARAMETERS:
        question = QUESTIONS[name]
        for parameter, one in zip(question.parameters, asked_with(store, question, {}), strict=True):
            term = resolve(store, parameter, one.text)
            assert asked_with(store, question, {parameter.name: term})[question.parameters.index(parameter)] == one


def test_what_was_typed_is_told_as_it_was_understood(store):
    question = QUESTIONS["career"]
    term = resolve(store, question.parameters[0], "Jeschow")
    assert titled(question, asked_with(store, question, {"person": term})).endswith("(person = Ezhov)")


@pytest.mark.parametrize(
    "typed",
    [[("nobody", "x")], [("person", " ")], [("person", "Ezhov"), ("person", "Ezhov")], [("", "x")]],
)
def test_what_is_no_value_is_refused(typed):
    with pytest.raises(UsageError, match="career has these: person=<person>"):
        given(QUESTIONS["career"], typed)
