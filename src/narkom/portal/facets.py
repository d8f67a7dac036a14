"""Facets of a list: what its things can be narrowed down by, with counts, and the values that each thing has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from narkom.portal import traits
from narkom.portal.figures.happenings import STANCES, Told
from narkom.portal.figures.timeline import ROLES
from narkom.portal.languages import gettext_noop
from narkom.portal.traits import Trait, addressed, its, named, of_those, only, within

# Values of a facet beyond these are folded away, unless it is one alone.
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Value:
    """A value: how it stands in an address, its words, how many things have it."""

    name: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet: its name in an address, its heading in English, its values, the most frequent first if nothing else
    orders them."""

    name: str
    heading: str
    values: list[Value]

    @property
    def shown(self) -> list[Value]:
        """Return the values that stand open."""
        return self.values if len(self.values) == _SHOWN + 1 else self.values[:_SHOWN]

    @property
    def folded(self) -> list[Value]:
        """Return the values that are folded away."""
        return self.values[len(self.shown) :]


@dataclass(frozen=True, slots=True)
class _Declared:
    """A facet that a kind of list can have; `order` sorts its values by their names, otherwise it is by counts."""

    name: str
    heading: str
    trait: Trait
    order: Callable[[str], Any] | None = None


def of_list(told: Told, kind: str, iris: Iterable[str]) -> tuple[list[Facet], dict[str, dict[str, list[str]]]]:
    """Return the facets of a list that leave a choice, and for each thing (IRI) its values by facet.

    Words are in the language of the library of `told`; both are empty for a kind without facets.
    """
    iris, facets, having = list(iris), [], {}
    for one in FACETS.get(kind.rpartition("/")[2], ()):
        found = {iri: dict(one.trait(told, iri)) for iri in iris}
        counts = Counter(name for values in found.values() for name in values)
        if len(counts) < 2:
            continue
        words = {name: label for values in found.values() for name, label in values.items()}
        values = [Value(name, words[name], count) for name, count in counts.items()]
        facets.append(Facet(one.name, one.heading, sorted(values, key=_by(one.order))))
        for iri in (iri for iri in iris if found[iri]):
            having.setdefault(iri, {})[one.name] = sorted(found[iri])
    return facets, having


def _by(order: Callable[[str], Any] | None) -> Callable[[Value], Any]:
    if order:
        return lambda value: order(value.name)
    return lambda value: (-value.count, value.label.casefold(), value.name)


def _by_number(name: str) -> tuple[str, bool, int]:
    """Return a key that sorts paragraphs, captions behind them: ssc-p9, ssc-p10, ssc-f1."""
    key, _, place = name.partition("-")
    return key, not place.startswith("p"), int(place[1:])


# What lists of several kinds have.
_STANCE = _Declared("stance", gettext_noop("Stance"), traits.every_stance, STANCES.index)
_SUREST = _Declared("stance", gettext_noop("Surest stance"), traits.surest_stance, STANCES.index)
_VOICE = _Declared("voice", gettext_noop("On whose word"), named(traits.voices))
_TELLER = _Declared("voice", gettext_noop("On whose word"), named(traits.tellers))
_CLAIMS = _Declared("claims", gettext_noop("Number of claims"), traits.how_many, int)
_PARAGRAPH = _Declared("paragraph", gettext_noop("Paragraph"), traits.paragraphs, _by_number)
_KIND = _Declared("kind", gettext_noop("Kind"), named(its("nk:kind")))
_CLASS = _Declared("class", gettext_noop("Kind of event"), named(traits.class_of))
_YEAR = _Declared("year", gettext_noop("Year"), traits.year, str)
_MONTH = _Declared("month", gettext_noop("Month"), traits.month, str)
_DATING = _Declared("dating", gettext_noop("How it is dated"), named(its("nk:dating")))
_NATION = _Declared("nation", gettext_noop("Nationality"), named(its("nk:ethnicity", "nk:citizenship")))
_FATE = _Declared("fate", gettext_noop("What befell them"), named(traits.fates))
_OF_CLAIMS = (
    _VOICE,
    _Declared("person", gettext_noop("Person"), named(only("person", traits.told_of))),
    _Declared("about", gettext_noop("What is told of"), named(traits.subjects)),
)
_FOOTNOTED = _Declared("footnote", gettext_noop("Footnote"), traits.footnoted)

# By the kind of a list; a source's own lists by the last part of theirs.
FACETS: dict[str, tuple[_Declared, ...]] = {
    "person": (
        _Declared("body", gettext_noop("Body"), named(its("nk:memberOf"))),
        _Declared("office", gettext_noop("Office"), named(traits.offices)),
        _FATE,
        _Declared("tie", gettext_noop("Tie to Ezhov"), named(traits.ties_to_ezhov)),
        _NATION,
        _SUREST,
        _CLAIMS,
        _PARAGRAPH,
    ),
    "body": (
        _Declared("above", gettext_noop("Body above it"), named(within(its("nk:subordinateTo"), "nk:subordinateTo"))),
        _KIND,
        _Declared("territory", gettext_noop("Territory"), named(within(its("nk:territory"), "nk:within"))),
        _SUREST,
        _CLAIMS,
        _PARAGRAPH,
    ),
    "office": (
        _Declared("body", gettext_noop("Body or one above it"), named(within(its("nk:postIn"), "nk:subordinateTo"))),
        _Declared("holders", gettext_noop("Known holders"), traits.holders, int),
        _SUREST,
        _CLAIMS,
        _PARAGRAPH,
    ),
    "group": (
        _Declared(
            "of", gettext_noop("Part of"), addressed(within(its("nk:memberOf"), "nk:memberOf", "nk:subordinateTo"))
        ),
        _FATE,
        _NATION,
        _SUREST,
        _CLAIMS,
        _PARAGRAPH,
    ),
    "alleged": (
        _Declared("accused", gettext_noop("Who is said to be of it"), addressed(traits.said_to_be_of)),
        _VOICE,
        _CLAIMS,
        _PARAGRAPH,
    ),
    "event": (
        _CLASS,
        _SUREST,
        _YEAR,
        _MONTH,
        _DATING,
        _Declared("person", gettext_noop("Person"), named(only("person", its(*ROLES)))),
        _Declared("body", gettext_noop("Body"), named(only("body", its(*ROLES, "nk:body")))),
        _Declared("place", gettext_noop("Place"), named(within(its("nk:place"), "nk:within"))),
        _TELLER,
        _PARAGRAPH,
    ),
    "imputed": (
        _Declared("offence", gettext_noop("Offence"), named(its("nk:offence"))),
        _Declared("to", gettext_noop("Imputed to"), addressed(its("nk:imputedTo"))),
        _Declared("for", gettext_noop("On whose behalf"), addressed(its("nk:onBehalfOf"))),
        _Declared("target", gettext_noop("Aimed at"), addressed(its("nk:target"))),
        _SUREST,
        _TELLER,
        _PARAGRAPH,
    ),
    "relation": (
        _KIND,
        _Declared("person", gettext_noop("Person"), named(only("person", its("nk:holder", "nk:towards")))),
        _SUREST,
        _PARAGRAPH,
    ),
    "attitude": (
        _Declared("holder", gettext_noop("Whose"), addressed(its("nk:holder"))),
        _Declared("towards", gettext_noop("Towards whom or what"), addressed(its("nk:towards"))),
        _KIND,
        _Declared("polarity", gettext_noop("Approving or not"), named(its("nk:polarity"))),
        _SUREST,
        _PARAGRAPH,
    ),
    "statistic": (
        _Declared("measures", gettext_noop("What it measures"), named(its("nk:measures"))),
        _Declared("unit", gettext_noop("Unit"), named(its("nk:unit"))),
        _KIND,
        _YEAR,
        _SUREST,
        _TELLER,
        _PARAGRAPH,
    ),
    "place": (
        _Declared("within", gettext_noop("Lies in"), named(within(its("nk:within"), "nk:within"))),
        _Declared("use", gettext_noop("What it is named as"), traits.uses_of_place),
        _Declared("map", gettext_noop("Coordinates"), traits.on_the_map),
        _Declared("class", gettext_noop("What happened there"), of_those("nk:place", named(traits.class_of))),
        _CLAIMS,
        _PARAGRAPH,
    ),
    "document": (
        _KIND,
        _Declared("actor", gettext_noop("Who dealt with it"), of_those("nk:document", addressed(its("nk:actor")))),
        _Declared("addressee", gettext_noop("Addressee"), of_those("nk:document", addressed(its("nk:addressee")))),
        _Declared("class", gettext_noop("What was done with it"), of_those("nk:document", named(traits.class_of))),
        _Declared("year", gettext_noop("Year"), of_those("nk:document", traits.year), str),
        _Declared("month", gettext_noop("Month"), of_those("nk:document", traits.month), str),
        _SUREST,
        _CLAIMS,
        _PARAGRAPH,
    ),
    "concept": (
        _Declared("above", gettext_noop("Wider concept"), named(within(its("skos:broader"), "skos:broader"))),
        _Declared("use", gettext_noop("What it is used for"), named(traits.uses_of_concept)),
        _CLAIMS,
    ),
    "claim": (
        _STANCE,
        *_OF_CLAIMS,
        _Declared("inferred", gettext_noop("Inferred or not"), traits.inferred),
        _FOOTNOTED,
        _PARAGRAPH,
    ),
    "note": (_STANCE, *_OF_CLAIMS, _CLAIMS, _PARAGRAPH),
    "passage": (_STANCE, *_OF_CLAIMS, _FOOTNOTED, _CLAIMS, _PARAGRAPH),
    "paragraph": (_STANCE, *_OF_CLAIMS, _CLAIMS),
    "mapping": (
        _Declared("kind", gettext_noop("Kind"), traits.kind_in("sssom:subject_id")),
        _Declared("file", gettext_noop("Authority file"), traits.authority),
        _Declared("near", gettext_noop("How near it comes"), named(its("sssom:predicate_id"))),
    ),
    "bound": (
        _Declared("kind", gettext_noop("Kind"), traits.kind_in("rdf:subject")),
        _Declared("side", gettext_noop("First or last day"), named(its("rdf:predicate"))),
        _Declared("month", gettext_noop("Month"), traits.month_of_bound, str),
    ),
}
