"""Datings: every day, month and year that a gloss prints stands in the data, exactly, and the other way round.

A date is lost, or is another, when the gloss prints one that nothing bears of what the claim names: the things of its
graph, the wholes these are part of, the claims and acts that it refers to. What claims outside the view say of a thing
dates it for a claim within the view only where nothing within does: the date of a charge is no date of a fact.

A date of the graph is another than the sentence's when the gloss prints dates and this is none of them. Of a span one
end may be left to words such as "in the nine days after".
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from datetime import date, timedelta

from pyoxigraph import Literal, NamedNode, Quad

from narkom.checking.findings import ERROR, Finding
from narkom.checking.printed import Printed, printed_in
from narkom.reading.dates import Bounds, DateError, bounds
from narkom.reading.sources import Sources
from narkom.vocabulary import EDTF, PREFIXES, shorten, term

_GLOSS, _STANCE = term("nk:gloss"), term("nk:stance")
_WHOLES = {term("nk:partOf"), term("nk:occasion")}
_REFERENCES = {term(f"nk:{name}") for name in ("statedIn", "states", "contradicts", "corroborates")}
_NAMES = {term("skos:prefLabel"), term("skos:altLabel"), term("rdfs:label")}
_MEMBER = term("skos:member")
_STEPS = 3
_MONTHS = 12
_PART = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_LOOSE = re.compile(
    r"\b(after|before|by|within|up to|since|until|days?|weeks?|months?|years?|later|earlier)\b", re.IGNORECASE
)


def check_datings(sources: Sources, only: Set[str] | None = None) -> list[Finding]:
    """Return an error for each date of a gloss that nothing bears which its claim names; `only` names the claims."""
    known = _Dates(sources)
    found = []
    for quad in sources.descriptions:
        claim = quad.subject.value
        if quad.predicate != _GLOSS or not isinstance(quad.object, Literal) or (only is not None and claim not in only):
            continue
        text, printed, place = quad.object.value, printed_in(quad.object.value), sources.place_of(claim)
        for lost in known.lost(claim, printed):
            message = f"the gloss says {lost}, and nothing that the claim names bears this date"
            mend = "Give the date to the thing it belongs to, name the whole or the claim that has it, or correct one"
            found.append(Finding(place.file, place.line, claim, "", "gloss-dating", message, mend, ERROR))
        for dated in _unprinted(text, printed, sources.claims.get(claim, ())):
            at, subject = sources.place_of(dated.subject.value, claim), dated.subject.value
            message = f"{shorten(dated.predicate.value)} is {dated.object.value}, and the gloss prints another date"
            mend = "Correct the date or the gloss"
            found.append(Finding(at.file, at.line, claim, subject, "gloss-dating", message, mend, ERROR))
    return sorted(found)


def _unprinted(text: str, printed: list[Printed], quads: Iterable[Quad]) -> Iterator[Quad]:
    """Yield each date of a graph whose parts are not all among the printed ones, where any are printed."""
    for quad in quads if printed else ():
        if not isinstance(quad.object, Literal) or not _span(quad.object):
            continue
        parts = _PART.findall(quad.object.value)
        lacking = sum(not any(_agrees(part, one) for one in printed) for part in parts)
        if lacking > (len(parts) > 1 and bool(_LOOSE.search(text))):
            yield quad


def _agrees(part: tuple[str, str, str], printed: Printed) -> bool:
    """Return whether a part of a date, as year, month and day, and a printed date say nothing different."""
    year, month, day = (int(number) if number else None for number in part)
    if printed.decade:
        return printed.year <= year < printed.year + 10
    if month is not None and month > _MONTHS:
        # A season, which is printed in words.
        month = None
    if printed.relation and day:
        step = -1 if printed.relation == "after" else 1
        moved = date(year, month, day) + timedelta(days=step)
        if _agrees((str(moved.year), str(moved.month), str(moved.day)), printed.bare()):
            return True
    elif printed.relation and month:
        back = -1 if printed.relation == "after" else 1
        ahead = 12 * year + month - 1 + back
        if _agrees((str(ahead // 12), str(ahead % 12 + 1), ""), printed.bare()):
            return True
    pairs = ((year, printed.year), (month, printed.month), (day, printed.day))
    return all(one is None or other is None or one == other for one, other in pairs)


class _Dates:
    """The dates of all things, and the ways from a claim to the things that it names."""

    def __init__(self, sources: Sources) -> None:
        view = NamedNode(PREFIXES["view"] + "accepted")
        admitted = {quad.object for quad in sources.ontology if quad.subject == view and quad.predicate == _MEMBER}
        self._accepted = {
            quad.subject.value for quad in sources.descriptions if quad.predicate == _STANCE and quad.object in admitted
        }
        self._claims = sources.claims
        self._spans: dict[NamedNode, list[tuple[str, Bounds]]] = defaultdict(list)
        self._wholes: dict[NamedNode, set[NamedNode]] = defaultdict(set)
        self._names: dict[NamedNode, list[Printed]] = defaultdict(list)
        self._references: dict[str, set[NamedNode]] = defaultdict(set)
        for claim, quads in [("", sources.default_quads()), *sources.claims.items()]:
            for quad in quads:
                self._take(claim, quad)

    def _take(self, claim: str, quad: Quad) -> None:
        if isinstance(quad.object, NamedNode):
            if quad.predicate in _WHOLES:
                self._wholes[quad.subject].add(quad.object)
            elif quad.predicate in _REFERENCES:
                self._references[quad.subject.value].add(quad.object)
        elif isinstance(quad.object, Literal):
            span = _span(quad.object)
            if span:
                self._spans[quad.subject].append((claim, span))
            elif quad.predicate in _NAMES and quad.object.language == "en":
                self._names[quad.subject] += [one.bare() for one in printed_in(quad.object.value)]

    def lost(self, claim: str, printed: list[Printed]) -> Iterator[Printed]:
        """Yield each printed date that nothing bears of what the claim names."""
        if not printed:
            return
        things = self._named(claim)
        spans = [span for thing in things for span in self._of(thing, claim in self._accepted)]
        # The June Plenum has June in its name, whatever its days were.
        called = {one for thing in things for one in self._names.get(thing, ())}
        for one in printed:
            if one.bare() not in called and not any(_bears(span, one) for span in spans):
                yield one

    def _named(self, claim: str) -> set[NamedNode]:
        """Return what a claim names: in its graph, by reference, and the wholes of all this."""
        found = self._within(claim) | self._references[claim]
        for thing in list(found):
            if thing.value in self._claims:
                found |= self._within(thing.value) | self._references[thing.value]
        for _ in range(_STEPS):
            found |= {whole for thing in found for whole in self._wholes.get(thing, ())}
        return found

    def _within(self, claim: str) -> set[NamedNode]:
        parts = (part for quad in self._claims.get(claim, ()) for part in (quad.subject, quad.object))
        return {part for part in parts if isinstance(part, NamedNode)}

    def _of(self, thing: NamedNode, within_the_view: bool) -> list[Bounds]:
        every = self._spans.get(thing, [])
        inside = [span for claim, span in every if not claim or claim in self._accepted]
        return inside if within_the_view and inside else [span for _, span in every]


def _span(value: Literal) -> Bounds | None:
    if value.datatype != EDTF:
        return None
    try:
        return bounds(value.value)
    except DateError:
        return None


def _bears(span: Bounds, printed: Printed) -> bool:
    """Return whether a span begins or ends at a printed date, or next to one that is told with before or after."""
    ends = {span.earliest, span.latest}
    if printed.decade:
        return any(printed.year <= end.year < printed.year + 10 for end in ends)
    if printed.relation == "after":
        ends |= {_moved(span.earliest, -1, printed)}
    elif printed.relation == "before":
        ends |= {_moved(span.latest, 1, printed)}
    return any(_is(end, printed) for end in ends)


def _moved(day: date, step: int, printed: Printed) -> date:
    """Return the day before or after; where no day is printed, one in the month before or after."""
    far = 1 if printed.day else 31 if printed.month else 365
    return day + timedelta(days=step * far)


def _is(day: date, printed: Printed) -> bool:
    return printed.year in (None, day.year) and printed.month in (None, day.month) and printed.day in (None, day.day)
