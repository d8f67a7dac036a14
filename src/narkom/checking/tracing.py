"""Tracing: do the names, numbers and dates of a claim stand in its sentence, or near it? For a human to look at.

A reader's own copy of the text is needed. What a claim says may follow from the sentence without standing in it (a
pronoun, "the following day", a first name given elsewhere), so that what is listed is a place to look, no error.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from narkom.checking.mentions import Names, dates_in, numbers_in
from narkom.reading.dates import Bounds, DateError, bounds
from narkom.reading.sentences import Sentence, normalise
from narkom.reading.sources import Sources
from narkom.vocabulary import EDTF, PREFIXES, cited_name, key_of, local_name, shorten, term

_PASSAGE, _ACCORDING = term("nk:passage"), term("nk:accordingTo")
_FIGURES = {term(f"nk:{name}") for name in ("count", "lowerBound", "upperBound")}
_NAMED = tuple(PREFIXES[name] for name in ("person", "body", "place", "alleged"))
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")


@dataclass(frozen=True)
class Untraced:
    """What a claim says and its paragraph does not print: a thing by its name, a date or a number."""

    claim: str
    passage: str
    kind: str
    what: str

    def __str__(self) -> str:
        """Return it as one line."""
        return f"{shorten(self.claim)}: {self.kind} {self.what} is not printed in or near {cited_name(self.passage)}"


def trace(sources: Sources, sentences: list[Sentence], key: str) -> list[Untraced]:
    """Return what could not be found in a copy of the source `key`, in the order of the files.

    Looked at are the paragraph of a claim's passage and the sentence before it; and for dates the year that a date
    printed earlier in the paragraph gives; a day without a year is tried in each year that the copy prints.
    """
    surroundings = _surroundings(sentences)
    names = Names(sources.registers)
    years = sorted({int(year) for sentence in sentences for year in _YEAR.findall(sentence.text)})
    passages, voices = {}, {}
    for quad in sources.descriptions:
        if quad.predicate == _PASSAGE:
            passages[quad.subject.value] = quad.object.value
        elif quad.predicate == _ACCORDING:
            voices.setdefault(quad.subject.value, set()).add(quad.object)
    found = []
    for claim in sorted(sources.claims, key=sources.place_of):
        passage = passages.get(claim, "")
        text = surroundings.get(local_name(passage)) if key_of(passage) == key else None
        if text is not None:
            lost = _lost(sources, claim, voices.get(claim, set()), text, names, years)
            found += [Untraced(claim, passage, kind, what) for kind, what in lost]
    return found


def _surroundings(sentences: list[Sentence]) -> dict[str, str]:
    """Return for each passage the text of its paragraph and of the sentence before the paragraph."""
    paragraphs: dict[str, list[Sentence]] = {}
    for sentence in sentences:
        paragraphs.setdefault(sentence.paragraph, []).append(sentence)
    found, before = {}, ""
    for some in paragraphs.values():
        text = normalise(" ".join([before, *(sentence.text for sentence in some)]))
        found |= {sentence.local_name: text for sentence in some}
        before = some[-1].text
    return found


def _lost(
    sources: Sources, claim: str, voices: set, text: str, names: Names, years: list[int]
) -> Iterator[tuple[str, str]]:
    quads = sources.claims[claim]
    things = {part for quad in quads for part in (quad.subject, quad.object) if isinstance(part, NamedNode)} | voices
    for thing in sorted((one for one in things if one.value.startswith(_NAMED)), key=str):
        if not names.mentions(text, thing):
            yield "the name of", shorten(thing.value)
    printed = dates_in(text) + [span for year in years for span in dates_in(text, year)]
    numbers = numbers_in(text)
    near = {one + step for one in numbers for step in (-1, 0, 1)}
    for quad in quads:
        if not isinstance(quad.object, Literal):
            continue
        value = quad.object.value
        if quad.object.datatype == EDTF and not _traced(value, printed):
            yield "the date", value
        elif quad.predicate in _FIGURES and float(value) not in near:
            yield "the number", value


def _traced(value: str, printed: list[Bounds]) -> bool:
    """Return whether both ends of a date lie within dates that are printed."""
    try:
        span = bounds(value)
    except DateError:
        return False
    return any(one.earliest <= span.earliest <= one.latest for one in printed) and any(
        one.earliest <= span.latest <= one.latest for one in printed
    )
