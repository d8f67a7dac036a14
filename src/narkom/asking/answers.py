"""A cited answer as programs and notebooks use it: rows as values of Python, evidence beside each, tables, figures."""

from __future__ import annotations

import datetime
import html
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from narkom.asking.asked import Asked
from narkom.asking.bibliography import FORMS, Line, bibliography, in_words
from narkom.asking.citing import Answer, Citation
from narkom.asking.columns import beside, row_evidence
from narkom.asking.joining import widened
from narkom.asking.notes import Note
from narkom.asking.render import FORMATS, Rendered, render
from narkom.building.views import claim_order
from narkom.errors import NarkomError, UsageError
from narkom.vocabulary import BASE, PREFIXES

if TYPE_CHECKING:
    import pandas

Value = str | int | Decimal | float | bool | datetime.date | None
_XSD = PREFIXES["xsd"]
_READ = {
    **dict.fromkeys(("integer", "int", "long", "nonNegativeInteger", "gYear"), int),
    **dict.fromkeys(("double", "float"), float),
    "decimal": Decimal,
    "boolean": lambda text: text in ("true", "1"),
    "date": datetime.date.fromisoformat,
}


@dataclass(frozen=True)
class CitedAnswer:
    """The answer to a question or a query, each row with the claims that it rests on.

    `answer` has the rows as RDF terms and a citation for each, `store` the names and notes to show them by, `text` is
    the query, `title` and `asked` what was asked with what values, `figure` how a stored question is drawn (empty for a
    free query), and `url` where the question is found.
    """

    answer: Answer
    store: ox.Store
    text: str
    title: str = ""
    asked: Sequence[Asked] = ()
    figure: dict = field(default_factory=dict)
    url: str = BASE

    @property
    def variables(self) -> list[str]:
        """Return the names of the columns."""
        return self.answer.variables

    @property
    def rows(self) -> list[tuple[Value, ...]]:
        """Return the rows as values of Python: IRIs and texts as str, numbers, days (date), and None for no value."""
        return [tuple(map(value_of, row)) for row in self.answer.rows]

    @property
    def citations(self) -> list[Citation]:
        """Return for each row the claims (IRIs) that suffice for it, or why they are not known; empty if not cited."""
        return self.answer.citations

    @property
    def notes(self) -> dict[str, Note]:
        """Return a note for each claim that is cited, by its IRI, in the order in which they are first cited."""
        return self.rendered.notes

    @cached_property
    def rendered(self) -> Rendered:
        """The answer with its notes read and numbered."""
        return Rendered(self.store, self.answer)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.answer.rows)

    def evidence(self, row: int) -> list[Note]:
        """Return the notes of a row, in the order of the sources; empty for what needs no claim or is not traced."""
        return [self.notes[claim] for claim in sorted(self.citations[row].claims, key=claim_order)]

    def to_dicts(self) -> list[dict[str, object]]:
        """Return a dictionary for each row: its values by column, and where it is cited its evidence beside them.

        A column of labels is followed by their IRIs (`office`, `office_iri`), one of IRIs by their labels
        (`who`, `who_label`). The evidence is `claims` (IRIs), `passages`, `footnotes`, `notes` (places in the source),
        `stances` and `voices`, lists all, and `gap`: why the claims are not known, else empty.
        """
        variables, rows = self._widened
        return [dict(zip(variables, map(value_of, row), strict=True)) | self._beside(at) for at, row in enumerate(rows)]

    @cached_property
    def _widened(self) -> tuple[list[str], list[tuple]]:
        return widened(self.store, self.text, self.answer)

    def _beside(self, row: int) -> dict[str, object]:
        names = self._evidence_columns
        return {name: row_evidence(name, self.citations[row], self.notes.__getitem__) for name in names}

    @cached_property
    def _evidence_columns(self) -> list[str]:
        return beside(self._widened[0]) if self.answer.cited else []

    def to_pandas(self) -> pandas.DataFrame:
        """Return a data frame of what `to_dicts` returns; raises NarkomError where pandas is not installed."""
        try:
            import pandas
        except ImportError as error:
            raise NarkomError("data frames need pandas. Install it: pip install 'narkom[notebook]'") from error
        return pandas.DataFrame(self.to_dicts(), columns=[*self._widened[0], *self._evidence_columns])

    def plot(self, path: str | Path) -> Path:
        """Draw the answer of a stored question to an .svg or .png file and return its path.

        Raises UsageError for what has no figure, PlotError where the extra `plot` is not installed.
        """
        from narkom.asking.plotting import plot

        plot(self.rendered, self.figure, self.title, Path(path))
        return Path(path)

    def render(self, form: str) -> str:
        """Return the answer as text (`table`, `csv`, `json`, `markdown`), or what to cite for it, as `bibliography`."""
        if form in FORMS:
            return self.bibliography(form)
        if form not in FORMATS:
            raise UsageError(f"{form[:80]}: choose one of {', '.join((*FORMATS, *FORMS))}")
        return render(self.store, self.answer, form, self.title, self.asked, self.text)

    def bibliography(self, form: str = "citation") -> str:
        """Return what to cite for this answer, the texts and the knowledge base: citation, bibtex, ris or csl-json.

        Raises UsageError for another form, and where the answer was asked for without its evidence.
        """
        if not self.answer.cited:
            raise UsageError("what to cite is known from the evidence: ask with it")
        return bibliography(self.store, self._cited, form, self.url, self._remark)

    def reference(self) -> list[Line]:
        """Return what to cite for this answer in words, line by line."""
        return in_words(self.store, self._cited, self.url, self._remark)

    @property
    def _cited(self) -> list[Note]:
        return [self.notes[claim] for claim in sorted(self.notes, key=claim_order)]

    @property
    def _remark(self) -> str:
        """What of the answer its citation leaves open."""
        gaps = sorted({citation.gap for citation in self.citations if citation.gap})
        return f"what some rows rest on {'; '.join(gaps)}" if gaps else ""

    def _repr_html_(self) -> str:
        """Return a table with note marks and the notes beneath, as notebooks show it."""
        heads = [*(name.replace("_", " ") for name in self.variables), *(["notes"] if self.citations else [])]
        lines = ["<table>", f"<caption>{html.escape(self.title)}</caption>" if self.title else "", _line("th", heads)]
        for at, row in enumerate(self.answer.rows):
            marks = [self.rendered.marks(at)] if self.citations else []
            lines.append(_line("td", [*map(self.rendered.cell, row), *marks]))
        lines.append("</table>")
        lines += [
            f"<p>[{number}] {html.escape(str(self.notes[claim]))}</p>"
            for claim, number in self.rendered.numbers.items()
        ]
        return "\n".join(filter(None, lines))


def value_of(term: ox.Term | ox.Triple | None) -> Value:
    """Return a term as a value of Python; a literal that is ill-typed, or of another datatype, as its text."""
    if not isinstance(term, ox.Literal):
        return None if term is None else term.value if isinstance(term, ox.NamedNode) else str(term)
    read = _READ.get(term.datatype.value.removeprefix(_XSD))
    try:
        return read(term.value) if read else term.value
    except (ValueError, ArithmeticError):
        return term.value


def _line(tag: str, cells: Sequence[str]) -> str:
    return "<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in cells) + "</tr>"
