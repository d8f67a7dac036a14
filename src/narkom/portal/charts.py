"""What the script that draws an answer's chart is given, as JSON in the page: the kind, the columns, and its words."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from narkom.asking.plotting import FIELDS
from narkom.asking.questions import Question
from narkom.portal import schema_org
from narkom.portal.languages import Words, words
from narkom.portal.library import Library


def for_chart(library: Library, question: Question, variables: Sequence[str]) -> Markup | None:
    """Return what the chart of an answer with these columns is drawn by; None for a question without a figure.

    The rows are those of the table on the page, so each field that names a column says its place there.
    """
    if not question.plot:
        return None
    needed, more = FIELDS[question.plot["kind"]]
    names = {field: question.plot[field] for field in (*needed, *more) if isinstance(question.plot.get(field), str)}
    return schema_org.script({
        "kind": question.plot["kind"],
        "columns": {field: variables.index(name) for field, name in names.items()},
        "directed": bool(question.plot.get("directed")),
        "symmetric": bool(question.plot.get("symmetric")),
        "words": _words(words(library.language)),
    })  # fmt: skip


def _words(own: Words) -> dict[str, str | dict[str, str]]:
    """What the script says, by its own names for it."""
    _ = own.gettext
    return {
        "label": _("Chart of this answer. The same facts stand in the table below."),
        "below": _("The same facts stand in the table below; a click on a mark leads to its row."),
        "whole": _("Show all of it at once"),
        "left": {
            "timeline": _("Not drawn, since they have no day: {0} of the rows."),
            "bars": _("Not drawn, since they have no number: {0} of the rows."),
            "network": _("Not drawn, since they name one side alone: {0} of the rows."),
        },
        "outside": _("hatched or dashed: testified, charged or rejected, not vouched for by the authors"),
        "bare": _("Without the evidence of the rows, what is charged or testified is not set apart here."),
        "day": _("on this day"),
        "span": _("within that time, or throughout it"),
        "from": _("not before that day"),
        "to": _("not after that day"),
        "notBefore": _("not before"),
        "notAfter": _("not after"),
        "within": _("hollow: at some time within these months or days"),
        "atLeast": _("with an arrow: at least so many"),
        "bounded": _("dashed: up to so many, and no more"),
        "gaps": _("Where there is no bar, the answer has no row."),
        "arrow": _("An arrow leads from “{0}” to “{1}”."),
        "broadest": _("The broadest line: {0} ({1})."),
        "rows": _("rows"),
    }
