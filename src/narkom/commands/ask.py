"""`narkom ask`."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from narkom.asking.questions import Question, find_question, load_all
from narkom.commands.opening import open_asked
from narkom.config import find_root
from narkom.errors import UsageError

if TYPE_CHECKING:
    # What speaks HTTP is read only where an engine elsewhere is asked.
    from narkom.asking.endpoint import Endpoint


@dataclass(frozen=True, slots=True)
class Wishes:
    """How an answer is wanted: view, format, whether cited, a file for its figure, an engine elsewhere, its limit."""

    view: str = "accepted"
    form: str = "table"
    cite: bool = True
    plot: Path | None = None
    endpoint: Endpoint | None = None
    seconds: int = 60


def run(name: str | None, values: list[str], root: Path | None, store: Path | None, wishes: Wishes) -> int:
    """List the stored questions, or answer one of them; return the exit code."""
    place = find_root(root)
    if name is None:
        _list(load_all(place))
        return 0
    from narkom.asking.asked import given
    from narkom.commands.limited import limited

    question = find_question(place, name)
    typed = given(question, _pairs(question, values))
    if wishes.endpoint:
        # Each request has its own limit there.
        sys.stdout.write(_answered(question, typed, place, store, wishes))
    else:
        sys.stdout.write(limited(lambda: _answered(question, typed, place, store, wishes), wishes.seconds))
    return 0


def _answered(question: Question, typed: dict[str, str], place: Path, store: Path | None, wishes: Wishes) -> str:
    """Return the answer as text, and draw it where that is wished."""
    found = open_asked(store, place, wishes.view, wishes.endpoint).answered(question, typed, wishes.cite)
    if wishes.plot:
        found.plot(wishes.plot)
    return found.render(wishes.form)


def _pairs(question: Question, values: list[str]) -> list[tuple[str, str]]:
    """Split `name=value` arguments; raises UsageError for one without the sign."""
    for value in values:
        if "=" not in value:
            raise UsageError(f"{value}: {question.name} takes its parameters as name=value")
    return [(name, text) for name, _, text in (value.partition("=") for value in values)]


def _list(questions: list[Question]) -> None:
    theme = None
    for question in questions:
        if question.theme != theme:
            theme = question.theme
            print(f"\n{theme}" if question is not questions[0] else theme)
        parameters = " ".join(f"[{p.name}=…]" for p in question.parameters)
        print(f"  {question.name} {parameters}".rstrip())
        print(f"      {question.summary}")
