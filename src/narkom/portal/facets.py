"""Facets of a list: what its things can be narrowed down by, with counts, and the values that each thing has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from narkom.portal import lives
from narkom.portal.figures.happenings import bounds, main_class, objects
from narkom.portal.languages import gettext_noop
from narkom.portal.library import Library
from narkom.vocabulary import BASE, ONTOLOGY, local_name

# Values of a facet beyond these are folded away.
SHOWN = 8
_YEAR = gettext_noop("Year")


@dataclass(frozen=True, slots=True)
class Value:
    """A value: how it stands in an address, its words, how many things have it."""

    name: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet: its name in an address, its heading in English, its values, the most frequent first."""

    name: str
    heading: str
    values: list[Value]


def of_list(
    library: Library, kind: str, iris: Iterable[str], label: Callable[[str], str]
) -> tuple[list[Facet], dict[str, dict[str, list[str]]]]:
    """Return the facets of a list, and for each thing (IRI) its values by facet; both empty for a kind without facets.

    `label` gives a value's words in the language of the page.
    """
    having = {iri: {name: dict(make(library, iri)) for name, _, make in _FACETS.get(kind, ())} for iri in iris}
    facets = []
    for name, heading, _ in _FACETS.get(kind, ()):
        counts = Counter(value for its in having.values() for value in its[name])
        words = {value: iri for its in having.values() for value, iri in its[name].items()}
        rows = [Value(value, label(words[value]) if words[value] else value, count) for value, count in counts.items()]
        by_count = sorted(rows, key=lambda value: (-value.count, value.label, value.name))
        facets.append(Facet(name, heading, sorted(rows, key=lambda v: v.name) if heading == _YEAR else by_count))
    return facets, {iri: {name: sorted(its[name]) for name in its if its[name]} for iri, its in having.items()}


def _things(iris: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Yield each thing by its local name."""
    return ((local_name(iri), iri) for iri in iris)


def _offices(library: Library, iri: str):
    return _things(one.office for one in lives.held(library, iri))


def _fates(library: Library, iri: str):
    return ((one.sort, ONTOLOGY + one.sort) for one in lives.befell(library, iri))


def _ties(library: Library, iri: str):
    return _things(tie.kind for tie in lives.ties(library, iri) if tie.other == lives.ezhov() and tie.kind)


def _nationality(library: Library, iri: str):
    return _things([*objects(library, iri, "nk:ethnicity"), *objects(library, iri, "nk:citizenship")])


def _paragraphs(library: Library, iri: str):
    for name in lives.paragraphs(library, iri):
        key, _, number = name.partition("/")
        yield name.replace("/", "-"), f"{BASE}{key}/paragraph/{number}"


def _class(library: Library, iri: str):
    name = main_class(library, iri)
    return [(name, ONTOLOGY + name)] if name else []


def _year(library: Library, iri: str):
    first, last = bounds(library, iri)
    return [(first[:4], "")] if first and first[:4] == last[:4] else []


def _within(library: Library, iri: str):
    return _things(objects(library, iri, "nk:postIn"))


_FACETS = {
    "person": (
        ("body", gettext_noop("Body"), lambda library, iri: _things(lives.bodies(library, iri))),
        ("office", gettext_noop("Office"), _offices),
        ("fate", gettext_noop("What befell them"), _fates),
        ("tie", gettext_noop("Tie to Ezhov"), _ties),
        ("nation", gettext_noop("Nationality"), _nationality),
        ("paragraph", gettext_noop("Paragraph"), _paragraphs),
    ),
    "event": (
        ("class", gettext_noop("Kind of event"), _class),
        ("year", _YEAR, _year),
        ("place", gettext_noop("Place"), lambda library, iri: _things(objects(library, iri, "nk:place"))),
    ),
    "office": (("body", gettext_noop("Body"), _within),),
}
