"""Traits by which things are found in a list: each tells of a thing its values, by name in an address, in words.

What a thing is and does is told by the accepted view; of what that view does not vouch for, which lists mark as such,
by the claims that tell of it. Where, how often and how surely something is spoken of is counted over all claims.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pyoxigraph as ox

from narkom.portal import lives
from narkom.portal.choices import kinds_of
from narkom.portal.figures.happenings import Told, objects, surest
from narkom.portal.kinds import HEADINGS
from narkom.portal.languages import gettext_noop
from narkom.portal.library import Claim
from narkom.portal.naming import host_of
from narkom.vocabulary import BASE, ONTOLOGY, PREFIXES, key_of, kind_of, local_name, term

Trait = Callable[[Told, str], Iterable[tuple[str, str]]]
Things = Callable[[Told, str], Iterable[str]]

# How many claims, from the least of each step on; the last has no end.
_STEPS = (0, 1, 2, 6, 21, 101)
_ONTOLOGY = gettext_noop("Terms of the ontology")
_USES = {
    "nk:place": gettext_noop("where events happened"),
    "nk:origin": gettext_noop("where journeys began"),
    "nk:destination": gettext_noop("where journeys led"),
    "nk:territory": gettext_noop("what bodies are responsible for"),
    "nk:within": gettext_noop("what other places lie in"),
}


# -- which things ----------------------------------------------------------------------------------------------------


def its(*names: str) -> Things:
    """Return what tells the values (IRIs) that a thing has by some properties, such as ``nk:kind``."""

    def values(told: Told, iri: str) -> Iterable[str]:
        if told.is_outside(iri):
            return told.values(iri, *names, outside=True)
        return {value for name in names for value in objects(told.library, iri, name)}

    return values


def only(kind: str, things: Things) -> Things:
    """Return what tells those things alone that are of a kind, such as ``person``."""
    return lambda told, iri: [one for one in things(told, iri) if kind_of(one) == kind]


def within(things: Things, *up: str) -> Things:
    """Return what tells some things and all in which they lie by some properties."""

    def values(told: Told, iri: str) -> Iterable[str]:
        found, left = [], list(things(told, iri))
        while left:
            one = left.pop()
            if one not in found:
                found.append(one)
                left += its(*up)(told, one)
        return found

    return values


def of_those(name: str, trait: Trait) -> Trait:
    """Return a trait of the things from which a property leads here: what an event has, of its document."""

    def values(told: Told, iri: str) -> Iterator[tuple[str, str]]:
        for one in lives.of_whom(told.library, iri, name):
            yield from trait(told, one)

    return values


def said_to_be_of(told: Told, iri: str) -> set[str]:
    """Return those whom any claim makes a member or a leader of an alleged body."""
    names = (term("nk:allegedMemberOf"), term("nk:allegedLeaderOf"))
    quads = (quad for claim in _claims(told, iri) for quad in told.library.contents[claim.iri])
    return {quad.subject.value for quad in quads if quad.predicate in names and quad.object.value == iri}


# -- what they are called --------------------------------------------------------------------------------------------


def named(things: Things) -> Trait:
    """Return a trait of things of one kind: each by its local name, and its label."""
    return lambda told, iri: (
        (local_name(one).rpartition("#")[2], told.library.label(one)) for one in things(told, iri)
    )


def addressed(things: Things) -> Trait:
    """Return a trait of things of several kinds, which may share a local name: each by its path, and its label."""
    return lambda told, iri: ((one.removeprefix(BASE), told.library.label(one)) for one in things(told, iri))


# -- what claims say -------------------------------------------------------------------------------------------------


def _claims(told: Told, iri: str) -> list[Claim]:
    """The claims of a thing: a claim itself, those that rest on a passage or footnote, else those that speak of it."""
    library = told.library
    if iri in library.claims:
        return [library.claims[iri]]
    if kind_of(iri) == "paragraph":
        return [claim for part in lives.of_whom(library, iri, "nk:partOf") for claim in library.cited.get(part, ())]
    return (library.cited if key_of(iri) else library.mentioning).get(iri, [])


def every_stance(told: Told, iri: str) -> list[tuple[str, str]]:
    """Tell all stances of the claims of a thing."""
    return [_stance(told, stance) for stance in {claim.note.stance for claim in _claims(told, iri)}]


def surest_stance(told: Told, iri: str) -> list[tuple[str, str]]:
    """Tell the surest stance in which a claim says what a thing is; where none does, in which one speaks of it."""
    found = told.stance(iri) or surest(_claims(told, iri))
    return [_stance(told, found)] if found else []


def _stance(told: Told, name: str) -> tuple[str, str]:
    return name, told.library.label(PREFIXES["stance"] + name)


def voices(told: Told, iri: str) -> set[str]:
    """Return those on whose word the claims of a thing are."""
    return _voices(told, _claims(told, iri))


def tellers(told: Told, iri: str) -> set[str]:
    """Return those on whose word something is told of a thing itself, rather than of others in which it occurs."""
    return _voices(told, told.claims(iri, outside=True))


def _voices(told: Told, claims: Iterable[Claim]) -> set[str]:
    return {voice for claim in claims for voice in objects(told.library, claim.iri, "nk:accordingTo")}


def told_of(told: Told, iri: str) -> set[str]:
    """Return the things of which the claims of a thing speak."""
    return {one for claim in _claims(told, iri) for one in claim.mentions}


def subjects(told: Told, iri: str) -> set[str]:
    """Return the classes of what the claims of a thing say something of."""
    return {ONTOLOGY + name for claim in _claims(told, iri) for name in kinds_of(told.library, claim)}


def paragraphs(told: Told, iri: str) -> Iterator[tuple[str, str]]:
    """Tell the paragraphs in which a thing is spoken of."""
    for claim in _claims(told, iri):
        key, number = key_of(claim.iri), local_name(claim.iri).partition("s")[0]
        yield f"{key}-{number}", told.library.label(f"{BASE}{key}/paragraph/{number}")


def how_many(told: Told, iri: str) -> list[tuple[str, str]]:
    """Tell about how many claims a thing has."""
    number = len(_claims(told, iri))
    first = max(step for step in _STEPS if step <= number)
    if first == _STEPS[-1]:
        return [(str(first), told.library.words.gettext("{0} or more").format(first))]
    last = _STEPS[_STEPS.index(first) + 1] - 1
    return [(str(first), str(first) if first == last else f"{first}–{last}")]


def inferred(told: Told, iri: str) -> list[tuple[str, str]]:
    """Tell whether a claim stands in the text or is inferred."""
    say = told.library.words.gettext
    return [("yes", say("inferred")) if told.library.claims[iri].inferred else ("no", say("stands in the text"))]


def footnoted(told: Told, iri: str) -> list[tuple[str, str]]:
    """Tell whether a claim or a passage has a footnote."""
    say, found = told.library.words.gettext, objects(told.library, iri, "nk:footnote")
    return [("yes", say("with a footnote")) if found else ("no", say("no footnote"))]


# -- when ------------------------------------------------------------------------------------------------------------


def year(told: Told, iri: str) -> list[tuple[str, str]]:
    """Tell the year of what falls into one."""
    days = told.days(iri)
    return [(days.first[:4], days.first[:4])] if days.first[:4] == days.last[:4] != "" else []


def month(told: Told, iri: str) -> list[tuple[str, str]]:
    """Tell the month of what falls into one."""
    days = told.days(iri)
    return [_month(told, days.first)] if days.first[:7] == days.last[:7] != "" else []


def month_of_bound(told: Told, iri: str) -> list[tuple[str, str]]:
    """Tell the month of a derived day."""
    return [_month(told, day) for day in objects(told.library, iri, "rdf:object")]


def _month(told: Told, day: str) -> tuple[str, str]:
    return day[:7], told.library.dates.in_words(day[:7])


# -- one kind of thing -----------------------------------------------------------------------------------------------


def class_of(told: Told, iri: str) -> list[str]:
    """Return the class of a thing."""
    name = told.name_of_class(iri)
    return [ONTOLOGY + name] if name else []


def fates(told: Told, iri: str) -> Iterable[str]:
    """Return the classes of what befell somebody."""
    return (ONTOLOGY + one.sort for one in lives.befell(told.library, iri))


def offices(told: Told, iri: str) -> Iterable[str]:
    """Return the offices that somebody held."""
    return (one.office for one in lives.held(told.library, iri))


def ties_to_ezhov(told: Told, iri: str) -> Iterable[str]:
    """Return the kinds of somebody's relationships with the person whom the chapter is about."""
    return (tie.kind for tie in lives.ties(told.library, iri) if tie.other == lives.ezhov() and tie.kind)


def holders(told: Told, iri: str) -> list[tuple[str, str]]:
    """Tell how many are known to have held an office."""
    tenures = lives.of_whom(told.library, iri, "nk:office")
    number = len({one for tenure in tenures if _is_tenure(told, tenure) for one in its("nk:person")(told, tenure)})
    return [(str(min(number, 3)), told.library.words.gettext("{0} or more").format(3) if number > 2 else str(number))]


def _is_tenure(told: Told, iri: str) -> bool:
    return told.name_of_class(iri) == "Tenure"


def on_the_map(told: Told, iri: str) -> list[tuple[str, str]]:
    """Tell whether the coordinates of a place are known."""
    say, found = told.library.words.gettext, objects(told.library, iri, "crm:P168_place_is_defined_by")
    return [("yes", say("known")) if found else ("no", say("not known"))]


def uses_of_place(told: Told, iri: str) -> Iterator[tuple[str, str]]:
    """Tell as what a place occurs."""
    for name, phrase in _USES.items():
        if lives.of_whom(told.library, iri, name):
            yield name.partition(":")[2], told.library.words.gettext(phrase)


def uses_of_concept(told: Told, iri: str) -> set[str]:
    """Return the properties by which a concept is said of things."""
    quads = told.library.quads(None, None, ox.NamedNode(iri))
    return {quad.predicate.value for quad in quads if quad.predicate.value.startswith(ONTOLOGY)}


def authority(told: Told, iri: str) -> Iterator[tuple[str, str]]:
    """Tell the host of the authority file of a match."""
    for one in objects(told.library, iri, "sssom:object_id"):
        yield host_of(one), host_of(one)


def kind_in(name: str) -> Trait:
    """Return a trait: of what kind the thing is to which a property leads."""

    def values(told: Told, iri: str) -> Iterator[tuple[str, str]]:
        for one in objects(told.library, iri, name):
            kind = kind_of(one)
            yield kind or "ontology", told.library.words.gettext(HEADINGS[kind] if kind else _ONTOLOGY)

    return values
