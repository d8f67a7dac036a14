"""What the page of a stored question shows, in the language of the page: columns, cells, and what it was asked with.

The questions read labels in English. A cell that is the label of a thing becomes that thing's label in the language; a
phrase that the query itself writes is looked up in the catalogue, under the context `cell`; a gloss stays English.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from narkom.asking.asked import Asked
from narkom.asking.notes import label_of
from narkom.asking.questions import REGISTERED, Question, without_header
from narkom.asking.render import Rendered
from narkom.building.views import claim_order
from narkom.errors import Phrase, Unfit
from narkom.portal.kinds import NAMES_OF_ONE
from narkom.portal.languages import ENGLISH
from narkom.portal.library import Library
from narkom.vocabulary import BASE, ONTOLOGY, PREFIXES, kind_of
from narkom.words import Kinds

_DAY = re.compile(r"\d{4}(-\d\d){0,2}$")
# A text that a query writes, and not the language that it asks a label for.
_QUOTED = re.compile(r'(?<!\) = )"([a-z][^"\n]+)"')
# How a source numbers the captions of its photographs, beside its paragraphs.
_CAPTION = re.compile(r"caption (\d+)$")
_OUTSIDE = ("testified", "charged", "rejected")


@dataclass(frozen=True, slots=True)
class Cell:
    """A value as it is shown: its words, its IRI where it has a page, whether it is a date, and whether it is English
    on a page of another language."""

    text: str
    iri: str
    date: bool
    english: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A row with the numbers of its notes, the reason where they are not known, and its stances where it is no fact."""

    cells: list[Cell]
    numbers: list[int]
    gap: str
    outside: list[str]


class Wording:
    """Says answers in the language of a library."""

    def __init__(self, library: Library) -> None:
        """Take the library."""
        self._library = library
        self._say = library.words.pgettext
        # A class is called like the concept that answers name, and in another language not always alike.
        self._terms: dict[str, set[str]] = defaultdict(set)
        self._things: dict[str, set[str]] = defaultdict(set)
        for iri, its in library.labels.items():
            if ENGLISH in its:
                called = self._terms if iri.startswith(ONTOLOGY) else self._things
                called[its[ENGLISH]].add(its.get(library.language, its[ENGLISH]))

    def head(self, question: Question, variable: str) -> str:
        """Return the head of a column: what its name means in this question, else what it means in any."""
        return self._in(question, "column", variable.replace("_", " "))

    def of_query(self, question: Question) -> dict[str, str]:
        """Return the phrases that a question's query can write into a cell, each with what is shown for it."""
        said = {phrase: self._in(question, "cell", phrase) for phrase in _QUOTED.findall(without_header(question.text))}
        return {phrase: shown for phrase, shown in said.items() if shown != phrase}

    def parameter(self, name: str) -> str:
        """Return what a parameter is called."""
        return self._say("parameter", name.replace("_", " "))

    def told(self, asked: Sequence[Asked]) -> str:
        """Return what a question was asked with, in one line."""
        all_of_them = self._library.words.gettext("all")
        values = [self._value(one) if one.term else all_of_them for one in asked]
        return ", ".join(f"{self.parameter(one.name)} = {value}" for one, value in zip(asked, values, strict=True))

    def unfit(self, error: Unfit) -> str:
        """Return why a question cannot be asked with a value, in one line."""
        return " ".join(map(self._phrase, error.phrases))

    def _phrase(self, phrase: Phrase) -> str:
        if self._library.language == ENGLISH:
            return str(phrase)
        values = {name: self._kinds(its) if isinstance(its, Kinds) else its for name, its in phrase.values.items()}
        if "name" in values:
            values["name"] = self.parameter(values["name"])
        return self._library.words.gettext(phrase.text).format(**values)

    def _kinds(self, its: Kinds) -> str:
        say = self._library.words.gettext
        *others, last = [say(NAMES_OF_ONE.get(kind, kind)) for kind in its.kinds]
        return say("{0} or {1}").format(", ".join(others), last) if others else last

    def value(self, one: Asked) -> str:
        """Return the value of a parameter as it is typed: something registered by its label, a stance by its name."""
        return one.text if one.term.startswith(f"<{PREFIXES['stance']}") else self._value(one)

    def _value(self, one: Asked) -> str:
        iri = one.term[1:-1] if one.term.startswith("<") else ""
        return self._library.label(iri) if iri and kind_of(iri) in REGISTERED else one.text

    def rows(self, question: Question, shown: Rendered) -> list[Row]:
        """Return the rows of an answer."""
        return [self._row(question, shown, at) for at in range(len(shown))]

    def _row(self, question: Question, shown: Rendered, at: int) -> Row:
        citation = shown.answer.citations[at]
        claims = sorted(citation.claims, key=claim_order)
        stances = {shown.notes[claim].stance for claim in claims}
        cells = [self._cell(question, shown, value) for value in shown.answer.rows[at]]
        outside = [stance for stance in _OUTSIDE if stance in stances]
        return Row(cells, [shown.numbers[claim] for claim in claims], citation.gap, outside)

    def _cell(self, question: Question, shown: Rendered, value: ox.Term | None) -> Cell:
        text = shown.cell(value)
        if isinstance(value, ox.NamedNode):
            said = label_of(shown.store, value, self._library.language)
            return Cell(said, value.value if value.value.startswith(BASE) else "", False, False)
        if isinstance(value, ox.Literal) and value.language == ENGLISH:
            said = self._label(text)
            return Cell(said, "", False, said == text and self._library.language != ENGLISH)
        if isinstance(value, ox.Literal) and f'"{text}"' in question.text:
            return Cell(self._in(question, "cell", text), "", False, False)
        caption = _CAPTION.match(text)
        said = self._library.place(f"f{caption[1]}") if caption else text
        return Cell(said, "", bool(_DAY.match(text)), False)

    def _in(self, question: Question, context: str, phrase: str) -> str:
        """A phrase as this question means it, else as any does."""
        own = self._say(f"{context} of {question.name}", phrase)
        return own if own != phrase else self._say(context, phrase)

    def _label(self, english: str) -> str:
        """What the things of this English label are called, if all of them are called the same."""
        called = self._things.get(english) or self._terms.get(english, ())
        return next(iter(called)) if len(called) == 1 else english
