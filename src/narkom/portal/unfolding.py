"""When something was and what it belongs to: its bounds with their reasons, its order among others, whole and parts."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from narkom.building.views import claim_order
from narkom.portal.definitions import definition
from narkom.portal.languages import gettext_noop
from narkom.portal.library import Library
from narkom.portal.statements import Statement, Value, row
from narkom.vocabulary import shorten, term

# Each row of words with the property that leads there, and the one that leads back.
_ORDER = (
    (gettext_noop("after"), "nk:after", "nk:before"),
    (gettext_noop("shortly after"), "nk:shortlyAfter", "nk:shortlyBefore"),
    (gettext_noop("before"), "nk:before", "nk:after"),
    (gettext_noop("shortly before"), "nk:shortlyBefore", "nk:shortlyAfter"),
    (gettext_noop("at the time of"), "nk:during", None),
    (gettext_noop("while it lasted"), None, "nk:during"),
    (gettext_noop("on the same day as"), "nk:sameDayAs", None),
)
_PARTS = (
    (gettext_noop("is a point of"), "nk:clauseOf", None),
    (gettext_noop("in the course of"), "nk:occasion", None),
    (gettext_noop("its points"), None, "nk:clauseOf"),
    (gettext_noop("in the course of it"), None, "nk:occasion"),
)
_BOUNDS = ((gettext_noop("not before"), "nk:earliest"), (gettext_noop("not after"), "nk:latest"))
_DATES = ("nk:date", "nk:begin", "nk:end", "nk:attested")

OUTGOING = {term(out).value for _, out, _ in (*_ORDER, *_PARTS) if out} | {term(one).value for one in _DATES}
INCOMING = {term(back).value for _, _, back in (*_ORDER, *_PARTS) if back}


@dataclass(frozen=True, slots=True)
class Unfolding:
    """The rows of a page on time, and those on the whole and its parts."""

    time: list[Statement]
    parts: list[Statement]


def unfolding(library: Library, iri: str) -> Unfolding:
    """Return what the accepted view knows of a thing's time, and of what it is a part or a whole."""
    node = ox.NamedNode(iri)
    dates = [row(library, library.label(term(name).value), (name, node, True)) for name in _DATES]
    say = library.words.gettext
    order = [row(library, say(words), (out, node, True), (back, node, False)) for words, out, back in _ORDER]
    parts = [row(library, say(words), (out, node, True), (back, node, False)) for words, out, back in _PARTS]
    found = [*dates, *_bounds(library, node), *_dating(library, node), *order]
    return Unfolding([one for one in found if one.values], [one for one in parts if one.values])


def _bounds(library: Library, node: ox.NamedNode) -> list[Statement]:
    """Return a row for each bound, or one for both where they are one day; the claims are those that yield it."""
    found: dict[str, dict[str, Value]] = {name: {} for _, name in _BOUNDS}
    for reason in library.quads(None, term("rdf:subject"), node):
        its = {
            name: [quad.object for quad in library.quads(reason.subject, term(name), None)]
            for name in ("rdf:predicate", "rdf:object", "prov:wasDerivedFrom")
        }
        day = its["rdf:object"][0].value
        value = Value(library.dates.in_words(day), reason.subject.value, _claims(library, its["prov:wasDerivedFrom"]))
        found[shorten(its["rdf:predicate"][0].value)][day] = value
    rows = {name: [values[day] for day in sorted(values)] for name, values in found.items()}
    first, last = (rows[name] for _, name in _BOUNDS)
    if [(one.text, one.claims) for one in first] == [(one.text, one.claims) for one in last]:
        return [Statement(library.words.gettext("on"), term("nk:earliest").value, first)]
    say = library.words.gettext
    return [Statement(say(words), term(name).value, rows[name]) for words, name in _BOUNDS]


def _claims(library: Library, nodes: list[ox.Term]) -> tuple:
    return tuple(library.claims[claim] for claim in sorted((node.value for node in nodes), key=claim_order))


def _dating(library: Library, node: ox.NamedNode) -> list[Statement]:
    values = []
    for quad in library.quads(node, term("nk:dating"), None):
        iri = quad.object.value
        values.append(Value(library.label(iri), iri, (), definition(library, iri)))
    return [Statement(library.words.gettext("how it is dated"), term("nk:dating").value, values)]
