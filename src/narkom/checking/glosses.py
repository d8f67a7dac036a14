"""Glosses: the line in words and the triples of a claim speak of the same people, voices, dates and numbers.

A slip in one of the two shows when they are held against each other: a wrong person, a date of another year, a figure
with a nought too many. These are hints for a human and therefore warnings.
"""

from collections.abc import Iterator, Set
from datetime import timedelta

from pyoxigraph import Literal, NamedNode, Quad

from narkom.checking.findings import WARNING, Finding
from narkom.checking.mentions import NAMED, Names, dates_in, kind_of, numbers_in
from narkom.reading.dates import Bounds, DateError, bounds
from narkom.reading.sentences import normalise
from narkom.reading.sources import Sources
from narkom.vocabulary import EDTF, shorten, term

_GLOSS, _ACCORDING = term("nk:gloss"), term("nk:accordingTo")
# What every gloss names, beside the people who have a name.
_ALWAYS = {"place", "body"}
_FIGURES = {term(f"nk:{name}") for name in ("count", "lowerBound", "upperBound")}


def check_glosses(sources: Sources, only: Set[str] | None = None) -> list[Finding]:
    """Return a warning for each claim whose gloss names other people, dates or numbers than its triples.

    `only` names the claims to look at.
    """
    names = Names(sources.registers)
    voices: dict[str, set[NamedNode]] = {}
    for quad in sources.descriptions:
        if quad.predicate == _ACCORDING and isinstance(quad.object, NamedNode):
            voices.setdefault(quad.subject.value, set()).add(quad.object)
    found = []
    for quad in sources.descriptions:
        looked_at = only is None or quad.subject.value in only
        if looked_at and quad.predicate == _GLOSS and isinstance(quad.object, Literal):
            claim = quad.subject.value
            text, quads = normalise(quad.object.value), sources.claims.get(claim, [])
            for name, message, mend in _faults(text, quads, names, voices.get(claim, set())):
                place = sources.place_of(claim)
                found.append(Finding(place.file, place.line, claim, "", name, message, mend, WARNING))
    return sorted(found)


def _faults(text: str, quads: list[Quad], names: Names, voices: set[NamedNode]) -> Iterator[tuple[str, str, str]]:
    yield from _names(text, quads, names, voices)
    yield from _dates(text, quads)
    yield from _numbers(text, quads)


def _names(text: str, quads: list[Quad], names: Names, voices: set[NamedNode]) -> Iterator[tuple[str, str, str]]:
    things = {part for quad in quads for part in (quad.subject, quad.object) if isinstance(part, NamedNode)}
    needed = {one for one in things | voices if names.has_surname(one)} | {
        one for one in things if kind_of(one.value) in _ALWAYS
    }
    unnamed = sorted(shorten(one.value) for one in needed if not names.mentions(text, one))
    known = {one.value for one in things | voices}
    others = sorted(shorten(one) for one in names.people(text) if one not in known and not _in_a_name(one, things))
    if unnamed:
        named = f"names {others[0]}, where" if others else "leaves out a name:"
        yield "gloss-names", f"the gloss {named} the claim has {unnamed[0]}", "Correct the gloss or the claim"
    for rival, thing in _rivals(text, things - needed, known, names):
        message = f"the gloss names {rival}, where the claim has {thing}"
        yield "gloss-names", message, "Correct the gloss or the claim, or call the thing by its name"


def _rivals(text: str, things: set[NamedNode], known: set[str], names: Names) -> Iterator[tuple[str, str]]:
    """Yield each thing that is not called by its name, with another of its kind that is, which is none of the claim's.

    Not every gloss gives an office or document its full name; where it names another in its stead, one of the two errs.
    """
    unnamed = [one for one in things if kind_of(one.value) in {*NAMED, "person"} and not names.mentions(text, one)]
    told = (names.things(text) | names.people(text)) - known if unnamed else set()
    for thing in unnamed:
        # Who speaks of the Comintern may mean its apparatus: body:comintern is part of the other's name.
        rivals = {one for one in told if kind_of(one) == kind_of(thing.value) and not _in_a_name(one, {thing})}
        if rivals:
            yield shorten(min(rivals)), shorten(thing.value)


def _dates(text: str, quads: list[Quad]) -> Iterator[tuple[str, str, str]]:
    printed = dates_in(text)
    for quad in quads:
        if isinstance(quad.object, Literal) and quad.object.datatype == EDTF and printed:
            span = _bounds(quad.object.value)
            slack = timedelta(31 if "~" in quad.object.value else 1)
            if span and not any(_overlap(span, one, slack) for one in printed):
                message = f"{shorten(quad.predicate.value)} is {quad.object.value}, and the gloss has another date"
                yield "gloss-dates", message, "Correct the gloss or the date"
            elif span and _vaguer(quad.object.value, span, printed):
                message = f"{shorten(quad.predicate.value)} is {quad.object.value}, and the gloss is more exact"
                yield "gloss-dates", message, "Give the date as exactly as the sentence does"


def _numbers(text: str, quads: list[Quad]) -> Iterator[tuple[str, str, str]]:
    figures = {float(quad.object.value) for quad in quads if quad.predicate in _FIGURES and _is_number(quad.object)}
    numbers = numbers_in(text)
    # "More than 200" is a lower bound of 201, "fewer than" an upper bound one below.
    near = {one + step for one in numbers for step in (-1, 0, 1)}
    vague = "several" in text or "many" in text
    if figures and numbers and not vague and not figures & near:
        message = f"the statistic gives {min(figures):g}, and the gloss another number"
        yield "gloss-numbers", message, "Correct the gloss or the number"


def _in_a_name(person: str, things: set[NamedNode]) -> bool:
    """Return whether another thing of the claim is named after the person: an event, a commission, a document."""
    local = person.rpartition("/")[2]
    return any(f"-{local}-" in f"-{one.value.rpartition('/')[2]}-" for one in things)


def _bounds(text: str) -> Bounds | None:
    try:
        return bounds(text)
    except DateError:
        return None


def _vaguer(text: str, span: Bounds, printed: list[Bounds]) -> bool:
    """Return whether a plain date is a month or year of which the gloss prints but one day or month."""
    within = [one for one in printed if span.earliest <= one.earliest and one.latest <= span.latest]
    plain = not set(text) & set("/.,~%{[")
    return plain and bool(within) and span not in within


def _overlap(one: Bounds, other: Bounds, slack: timedelta) -> bool:
    return one.earliest <= other.latest + slack and other.earliest <= one.latest + slack


def _is_number(value) -> bool:
    return isinstance(value, Literal) and value.value.replace(".", "", 1).isdigit()
