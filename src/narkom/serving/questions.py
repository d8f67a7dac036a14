"""A page for each stored question: a form for its parameters, and the answer with the notes behind each row."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

import pyoxigraph as ox

from narkom.asking.citing import answer
from narkom.asking.endpoint import EndpointError
from narkom.asking.names import resolve
from narkom.asking.questions import Parameter, Question
from narkom.asking.render import Rendered, render
from narkom.building.views import claim_order
from narkom.errors import NarkomError
from narkom.serving.library import Library
from narkom.serving.reply import Reply
from narkom.vocabulary import BASE, PREFIXES

_FORMATS = {"csv": "text/csv", "json": "application/json", "markdown": "text/markdown"}
_DAY = re.compile(r"\d{4}(-\d\d){0,2}$")
_MOST_SUGGESTED = 300


@dataclass(frozen=True, slots=True)
class Cell:
    """A value as it is shown: its words, its IRI where it has a page, and whether it is a date."""

    text: str
    iri: str
    date: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A row with the numbers of its notes, the reason where they are not known, and the stance where it is no fact."""

    cells: list[Cell]
    numbers: list[int]
    gap: str
    outside: str


class QuestionPages:
    """The pages of the stored questions."""

    def __init__(
        self, library: Library, page: Callable[..., Reply], views: tuple[str, ...], opened: Callable[[str], ox.Store]
    ) -> None:
        """Take the library, what makes a page of a template, the views, and what opens a store to ask under one."""
        self._views = views
        self._opened = opened
        self._library = library
        self._page = page
        questions = sorted(library.questions.values(), key=lambda q: (q.theme, q.name))
        self.themes = [(theme, list(its)) for theme, its in groupby(questions, key=lambda q: q.theme)]

    def page(self, name: str, typed: dict[str, str]) -> Reply:
        """Return a question's page: with the defaults, or with the values that were typed."""
        question = self._library.questions.get(name)
        if question is None:
            return self._page(
                "error.html", 1, 404, heading="No such question", message="The list of questions has them all."
            )
        given = {p.name: typed[p.name].strip()[:300] for p in question.parameters if typed.get(p.name, "").strip()}
        form = typed.get("format", "")
        view = typed.get("view", "") if typed.get("view") in self._views else self._views[0]
        try:
            terms = {
                p.name: resolve(self._library.store, p, given[p.name]) for p in question.parameters if p.name in given
            }
            query = question.with_values(terms)
            asked = self._opened(view)
            found = answer(asked, query, view)
        except EndpointError:
            return self._refused(question, given, view, ["The engine behind this site does not answer."], 502)
        except NarkomError as error:
            return self._refused(question, given, view, error.lines)
        except (SyntaxError, ValueError, OSError):
            return self._refused(question, given, view, ["The question cannot be answered with these values."])
        # What is shown beside the rows, names and notes, needs no engine elsewhere: the library has them.
        shown_from = asked if isinstance(asked, ox.Store) else self._library.store
        if form in _FORMATS:
            rendered = render(shown_from, found, form, question.summary)
            return Reply(200, {"Content-Type": f"{_FORMATS[form]}; charset=utf-8"}, rendered.encode())
        shown = Rendered(shown_from, found)
        return self._show(
            question, given, view, query=without_header(query), rows=[_row(shown, i) for i in range(len(shown))],
            variables=found.variables, notes=list(shown.notes.values()),
        )  # fmt: skip

    def _refused(
        self, question: Question, given: dict[str, str], view: str, lines: list[str], status: int = 400
    ) -> Reply:
        return self._show(question, given, view, status=status, errors=lines, query=without_header(question.text))

    def _show(self, question: Question, given: dict[str, str], view: str, **values) -> Reply:
        shown = {p.name: given.get(p.name) or self._default(p) for p in question.parameters}
        chosen = given if view == self._views[0] else {**given, "view": view}
        link = urlencode(chosen) + "&" if chosen else ""
        values = {"errors": [], "status": 200, **values}
        return self._page(
            "question.html", 1, q=question, values=shown, suggested=self._suggested(question), link=link,
            accepted_stances=self._library.accepted_stances, views=self._views, view=view, **values,
        )  # fmt: skip

    def _default(self, parameter: Parameter) -> str:
        """A parameter's default as a person would type it."""
        text = parameter.default
        match = re.match(r'"(.*)"(?:\^\^\S+|@\S+)?$', text)
        if match:
            return match[1]
        space = PREFIXES.get(parameter.kind, "")
        iri = text.strip("<>").replace(f"{parameter.kind}:", space, 1) if space else text
        return self._library.label(iri) if iri in self._library.labels else iri.removeprefix(space)

    def _suggested(self, question: Question) -> dict[str, list[str]]:
        """Names to choose from, where a parameter is something registered and the names are not too many."""
        found = {}
        for parameter in question.parameters:
            iris = self._library.kinds.get(parameter.kind, ())
            if parameter.kind not in ("event", "claim", "passage", "note") and 0 < len(iris) <= _MOST_SUGGESTED:
                found[parameter.name] = [self._library.label(iri) for iri in iris]
        return found


def _row(shown: Rendered, at: int) -> Row:
    citation = shown.answer.citations[at]
    claims = sorted(citation.claims, key=claim_order)
    stances = {shown.notes[claim].stance for claim in claims}
    outside = ", ".join(stance for stance in ("charged", "rejected") if stance in stances)
    cells = [_cell(shown, value) for value in shown.answer.rows[at]]
    return Row(
        cells, [shown.numbers[claim] for claim in claims], citation.gap or ("" if claims else "register"), outside
    )


def _cell(shown: Rendered, value: ox.Term | None) -> Cell:
    own = isinstance(value, ox.NamedNode) and value.value.startswith(BASE)
    text = shown.cell(value)
    return Cell(text, value.value if own else "", bool(_DAY.match(text)))


def without_header(query: str) -> str:
    """Return a stored question without the lines of its header."""
    return "\n".join(line for line in query.splitlines() if not line.startswith("#+")).strip()
