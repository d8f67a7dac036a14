"""Date bounds: nk:earliest and nk:latest, derived from the EDTF literals of a set of triples.

The caller decides the graph: bounds are derived once within each claim's graph, and once over the accepted triples
together, so that the date of a charge never reaches the accepted view.

- nk:date and nk:period give both bounds.
- Where a subject has neither, nk:begin gives the earliest and nk:end the latest day.
- Several accepted dates of one subject: if they overlap, the bounds are those of the days they have in common (two
  claims, one exact and one vague, agree on the exact). If they do not, the claims contradict each other: each
  date gives its own pair of bounds, and none is invented from the two.
- An ill date is left to the checks; it has no bounds.
"""

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Triple

from narkom.reading.dates import Bounds, DateError, bounds
from narkom.vocabulary import term

_WHOLE = (term("nk:date"), term("nk:period"))
_BEGIN, _END = term("nk:begin"), term("nk:end")
_EARLIEST, _LATEST = term("nk:earliest"), term("nk:latest")
_DAY = term("xsd:date")


def derive_bounds(triples: Iterable[Triple]) -> set[Triple]:
    """Return the nk:earliest and nk:latest that follow from the dates among the triples."""
    dated: dict[NamedNode, dict[NamedNode, list[Bounds]]] = defaultdict(lambda: defaultdict(list))
    for triple in triples:
        if triple.predicate in (*_WHOLE, _BEGIN, _END) and isinstance(triple.object, Literal):
            try:
                dated[triple.subject][triple.predicate].append(bounds(triple.object.value))
            except DateError:
                continue
    return {found for subject, dates in dated.items() for found in _of_subject(subject, dates)}


def _of_subject(subject: NamedNode, dates: dict[NamedNode, list[Bounds]]) -> set[Triple]:
    whole = [one for predicate in _WHOLE for one in dates.get(predicate, [])]
    begins, ends = (whole, whole) if whole else (dates.get(_BEGIN, []), dates.get(_END, []))
    return {
        *(Triple(subject, _EARLIEST, Literal(one.earliest.isoformat(), datatype=_DAY)) for one in common(begins)),
        *(Triple(subject, _LATEST, Literal(one.latest.isoformat(), datatype=_DAY)) for one in common(ends)),
    }


def common(found: list[Bounds]) -> list[Bounds]:
    """Return the one span that all spans share, or all of them where they share none."""
    if not found:
        return []
    earliest, latest = max(one.earliest for one in found), min(one.latest for one in found)
    return [Bounds(earliest, latest)] if earliest <= latest else found
