"""Dates: each is an EDTF literal that exists, has two ends and a possible year; nothing ends before it begins."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from pyoxigraph import Literal, Quad

from narkom.checking.findings import Finding, finding
from narkom.reading.dates import Bounds, DateError, bounds
from narkom.reading.sources import Sources
from narkom.vocabulary import EDTF, shorten, term

_DATED = {term(f"nk:{name}") for name in ("date", "period", "begin", "end", "attested")}
_ISSUED = term("dcterms:issued")
# No one of whom the work speaks was born before.
_FIRST_YEAR = 1850
_BEGIN, _END = term("nk:begin"), term("nk:end")


def check_dates(sources: Sources) -> list[Finding]:
    """Return a finding for each date that is ill-typed, impossible, open or reversed, in the claims or outside."""
    last = _year_of_the_work(sources)
    found = [one for claim, quads in sources.claims.items() for one in _check(sources, quads, claim, last)]
    found.extend(_check(sources, sources.default_quads(), "", last))
    return sorted(found)


def _year_of_the_work(sources: Sources) -> int:
    """Return the year in which the work was issued: it tells of nothing later."""
    years = [quad.object.value for quad in sources.source if quad.predicate == _ISSUED]
    return max((int(year) for year in years if year.isdecimal()), default=date.max.year)


def _check(sources: Sources, quads: list[Quad], claim: str, last: int) -> Iterator[Finding]:
    spans: dict[str, dict[str, list[Bounds]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        if not _is_date(quad):
            continue
        subject = quad.subject.value
        place = sources.place_of(subject, claim or None)
        name = shorten(quad.predicate.value)
        if not isinstance(quad.object, Literal) or quad.object.datatype != EDTF:
            message = f"the value of {name} is no EDTF literal"
            yield finding(place, "date-type", message, 'Write it as "1937-03-29"^^edtf:EDTF', claim, subject)
            continue
        try:
            span = bounds(quad.object.value)
        except DateError as error:
            yield finding(place, "date-form", f"{name}: {error.what}", error.mend, claim, subject)
            continue
        spans[subject][quad.predicate.value].append(span)
        if span.earliest.year < _FIRST_YEAR or span.latest.year > last:
            message = f"{name} is {quad.object.value}, which lies outside {_FIRST_YEAR} to {last}, the year of the work"
            yield finding(place, "date-year", message, "Correct the year", claim, subject)
    yield from _order(sources, spans, claim)


def _is_date(quad: Quad) -> bool:
    typed = isinstance(quad.object, Literal) and quad.object.datatype == EDTF
    return typed or quad.predicate in _DATED


def _order(sources: Sources, spans: dict[str, dict[str, list[Bounds]]], claim: str) -> Iterator[Finding]:
    for subject, dates in spans.items():
        begins, ends = dates.get(_BEGIN.value, []), dates.get(_END.value, [])
        if any(begin.earliest > end.latest for begin in begins for end in ends):
            place = sources.place_of(subject, claim or None)
            yield finding(place, "date-order", "nk:end lies before nk:begin", "Correct one of them", claim, subject)
