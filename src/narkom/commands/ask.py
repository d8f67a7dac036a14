"""`narkom ask`."""

import sys
from dataclasses import dataclass
from pathlib import Path

from narkom.asking.endpoint import Endpoint
from narkom.asking.questions import Question, find_question, load_all
from narkom.commands.opening import open_asked
from narkom.config import find_root
from narkom.errors import UsageError


@dataclass(frozen=True, slots=True)
class Wishes:
    """How an answer is wanted: the view, the format, whether cited, a file for its figure, and an engine elsewhere."""

    view: str = "accepted"
    form: str = "table"
    cite: bool = True
    plot: Path | None = None
    endpoint: Endpoint | None = None


def run(name: str | None, values: list[str], root: Path | None, store: Path | None, wishes: Wishes) -> int:
    """List the stored questions, or answer one of them; return the exit code."""
    place = find_root(root)
    if name is None:
        _list(load_all(place))
        return 0
    from narkom.asking.citing import answer
    from narkom.asking.names import resolve
    from narkom.asking.render import Rendered, render

    question = find_question(place, name)
    given = _given(question, values)
    opened = open_asked(store, place, wishes.view, wishes.endpoint)
    terms = {p.name: resolve(opened, p, given[p.name]) for p in question.parameters if p.name in given}
    found = answer(opened, question.with_values(terms), wishes.view, wishes.cite)
    chosen = ", ".join(f"{name} = {value}" for name, value in given.items())
    title = question.summary + (f" ({chosen})" if chosen else "")
    sys.stdout.write(render(opened, found, wishes.form, title))
    if wishes.plot:
        from narkom.asking.plotting import plot

        plot(Rendered(opened, found), question.plot, title, wishes.plot)
    return 0


def _given(question: Question, values: list[str]) -> dict[str, str]:
    """Read `name=value` arguments; raises UsageError that tells the question's parameters."""
    names = {parameter.name for parameter in question.parameters}
    found: dict[str, str] = {}
    for value in values:
        name, sign, text = value.partition("=")
        if not sign or name not in names or not text.strip():
            known = ", ".join(f"{p.name}=<{p.kind}>" for p in question.parameters) or "none"
            raise UsageError(f"{value}: {question.name} takes its parameters as name=value. It has: {known}")
        found[name] = text.strip()
    return found


def _list(questions: list[Question]) -> None:
    theme = None
    for question in questions:
        if question.theme != theme:
            theme = question.theme
            print(f"\n{theme}" if question is not questions[0] else theme)
        parameters = " ".join(f"[{p.name}=…]" for p in question.parameters)
        print(f"  {question.name} {parameters}".rstrip())
        print(f"      {question.summary}")
