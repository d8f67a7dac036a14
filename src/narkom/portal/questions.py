"""A page for each stored question: a form for its parameters, and the answer with the notes behind each row."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable
from itertools import groupby
from urllib.parse import urlencode

from narkom.asking.asked import asked_with, given
from narkom.asking.bibliography import MEDIA
from narkom.asking.endpoint import EndpointError
from narkom.asking.names import not_among
from narkom.asking.questions import REGISTERED, Question, without_header
from narkom.errors import NarkomError, Unfit
from narkom.portal.answered import Answers
from narkom.portal.charts import for_chart
from narkom.portal.definitions import Text
from narkom.portal.editor import for_form
from narkom.portal.languages import ENGLISH, gettext_noop
from narkom.portal.library import Library
from narkom.portal.prepared import can_be
from narkom.portal.reply import Reply, text
from narkom.portal.wording import Wording
from narkom.vocabulary import PREFIXES

_FORMATS = {
    "csv": "text/csv", "json": "application/json", "markdown": "text/markdown", "spreadsheet": "text/csv", **MEDIA,
}  # fmt: skip
# What the answer with the usual values has an address of its own as.
FILES = ("csv", "json")
_MOST_SUGGESTED = 1000
_LONGEST = 300
_CSV = {"spreadsheet": "csv"}


class QuestionPages:
    """The pages of the stored questions."""

    def __init__(self, library: Library, page: Callable[..., Reply], answers: Answers) -> None:
        """Take the library, what makes a page of a template, and what answers the questions."""
        self.views = answers.views
        self._answers = answers
        self._library = library
        self._wording = Wording(library)
        self._page = page
        questions = sorted(library.questions.values(), key=lambda q: (q.theme, q.name))
        self.themes = [(theme, list(its)) for theme, its in groupby(questions, key=lambda q: q.theme)]

    def page(self, name: str, fields: list[tuple[str, str]]) -> Reply:
        """Return a question's page: with the defaults, or with the values that were typed."""
        question = self._library.questions.get(name)
        if question is None:
            heading, message = gettext_noop("No such question"), gettext_noop("The list of questions has them all.")
            return self._page("error.html", 1, 404, here=None, heading=heading, message=message)
        try:
            typed, form, view = self._read(question, fields)
        except NarkomError as error:
            if any(name == "format" and value in _FORMATS for name, value in fields):
                return _told(error)
            return self._refused(question, {}, self.views[0], self._why(error))
        try:
            found = self._answers.of(question, typed, view)
        except EndpointError:
            why = gettext_noop("The engine behind this site does not answer.")
            return self._refused(question, typed, view, self._said_here(why), 502)
        except NarkomError as error:
            return _told(error) if form else self._refused(question, typed, view, self._why(error))
        except (SyntaxError, ValueError, OSError):
            why = gettext_noop("The question cannot be answered with these values.")
            return self._refused(question, typed, view, self._said_here(why))
        if form:
            return _download(question, found.render(_CSV.get(form, form)), form)
        shown = found.rendered
        return self._show(
            question, typed, view, query=without_header(found.text), rows=self._wording.rows(question, shown),
            columns={name: self._wording.head(question, name) for name in found.variables},
            notes=[self._library.claims[claim].note for claim in shown.notes], told=self._wording.told(found.asked),
            cite=found.reference(),
            plot=for_chart(self._library, question, found.variables),
        )  # fmt: skip

    def file(self, name: str, suffix: str) -> Reply | None:
        """Return the answer with the usual values as a file, None for another suffix than those of FILES."""
        question = self._library.questions.get(name)
        if question is None or suffix not in FILES:
            return None
        found = self._answers.of(question, {}, self.views[0])
        text = found.render(suffix)
        return _download(question, _for_machines(text) if suffix == "json" else text, suffix)

    def _read(self, question: Question, fields: list[tuple[str, str]]) -> tuple[dict[str, str], str, str]:
        """Return the typed values, the format (empty: the page) and the view; raises Unfit for what is none."""
        own = {"view": (self.views[0], self.views), "format": ("", tuple(_FORMATS))}
        chosen = {name: default for name, (default, _) in own.items()}
        for name, (_, allowed) in own.items():
            values = [value for key, value in fields if key == name]
            if len(values) > 1 or not set(values) <= set(allowed):
                raise not_among(name, values[-1][:80], allowed)
            chosen[name] = values[0] if values else chosen[name]
        typed = given(question, ((name, value[:_LONGEST]) for name, value in fields if name not in own))
        return typed, chosen["format"], chosen["view"]

    def _refused(self, question: Question, typed: dict[str, str], view: str, why: list[Text], status=400) -> Reply:
        """The page that says why there is no answer."""
        return self._show(question, typed, view, status=status, errors=why, query=without_header(question.text))

    def _why(self, error: NarkomError) -> list[Text]:
        """What asking found wrong: in the words of the page where it can be said in these, else in English."""
        if isinstance(error, Unfit):
            return [Text(self._wording.unfit(error), self._library.language)]
        return [Text(line, ENGLISH) for line in error.lines]

    def _said_here(self, phrase: str) -> list[Text]:
        return [Text(self._library.words.gettext(phrase), self._library.language)]

    def _show(self, question: Question, typed: dict[str, str], view: str, **values) -> Reply:
        defaults = {one.name: self._wording.value(one) for one in asked_with(self._library.store, question, {})}
        chosen = typed if view == self.views[0] else {**typed, "view": view}
        link = urlencode(chosen) + "&" if chosen else ""
        answers = f"data/answers/{question.name}.json.gz" if can_be(self._library, question) else ""
        values = {"errors": (), "status": 200, "plot": None, **values}
        return self._page(
            "question.html", 1, q=question, values={**defaults, **typed}, suggested=self._suggested(question),
            parameter_name=self._wording.parameter, link=link, answers=answers,
            given=for_form(self._library, question, answers, self._said(question, values.get("columns", {}))),
            accepted_stances=self._library.accepted_stances, views=self.views, view=view, **values,
        )  # fmt: skip

    def _said(self, question: Question, columns: dict[str, str]) -> dict[str, dict[str, str]]:
        """What the page calls the columns, parameters and phrases of a question, by their names in it."""
        parameters = {one.name: self._wording.parameter(one.name) for one in question.parameters}
        return {"columns": columns, "parameters": parameters, "cells": self._wording.of_query(question)}

    def _suggested(self, question: Question) -> dict[str, list[tuple[str, str]]]:
        """What to choose from, as typed and in words, where a parameter is something registered or an event."""
        found = {}
        for parameter in question.parameters:
            iris = [iri for kind in parameter.kinds for iri in self._library.kinds.get(kind, ())]
            if set(parameter.kinds) <= {*REGISTERED, "event"} and 0 < len(iris) <= _MOST_SUGGESTED:
                found[parameter.name] = [self._option(iri) for iri in iris]
        return found

    def _option(self, iri: str) -> tuple[str, str]:
        label = self._library.label(iri)
        return (iri.rpartition("/")[2], label) if iri.startswith(PREFIXES["event"]) else (label, "")


def _for_machines(text: str) -> str:
    """Return JSON without the spaces and lines that somebody would read it by, which are a third of it."""
    return json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":"))


def _download(question: Question, text: str, form: str) -> Reply:
    """Return an answer in its format; a file for spreadsheets begins with a mark, or Excel misreads its letters."""
    headers = {"Content-Type": f"{_FORMATS[form]}; charset=utf-8"}
    if form != "spreadsheet":
        return Reply(200, headers, text.encode())
    headers["Content-Disposition"] = f'attachment; filename="{question.name}.csv"'
    return Reply(200, headers, codecs.BOM_UTF8 + text.encode())


def _told(error: NarkomError) -> Reply:
    """Tell what is wrong in text: a program reads no page."""
    return text("\n".join(error.lines) + "\n", 400)
