"""From what a person types to the thing that is meant: parameters of questions, in any spelling.

A name is matched exactly first (identifier, label, spelling), then by a skeleton in which the usual romanisations of
Russian (ALA-LC, BGN/PCGN, scientific, German) and Cyrillic itself fall together, so that Ezhov, Yezhov, Ežov, Jeshow
and Ежов are one (likeness.py). A surname that several bear, or a name that nothing bears, is answered with the entries
that may be meant, never with a guess.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

import pyoxigraph as ox

from narkom.asking.likeness import score, skeleton, words
from narkom.asking.questions import ALL, KINDS, REGISTERED, Parameter
from narkom.asking.works import sources_of
from narkom.errors import Phrase, Unfit
from narkom.vocabulary import (
    BASE,
    NUMBERED,
    PREFIXES,
    cited_name,
    kind_of,
    local_name,
    shorten,
    source_space,
    space_of,
    term,
)  # fmt: skip
from narkom.words import Kinds

_LABELS = ("skos:prefLabel", "skos:altLabel", "skos:hiddenLabel", "nk:spelling")
_DESCRIBED = ("event", "claim", "passage", "note")
# Of likelier things a list of the nearest tells four; what is less alike than half helps nobody.
_MOST_NEAR, _LEAST_NEAR = 4, 50.0
_LONGEST = 300
_Entries = dict[str, list[str]]
_ANYTHING = Parameter("name", tuple(kind for kind in KINDS if kind not in ("date", "integer", "text")), "", "")


def entries(store: ox.Store, kind: str) -> _Entries:
    """Return the labels of every register entry of a kind, by IRI."""
    space, found = PREFIXES[kind], {}
    for label in _LABELS:
        for quad in store.quads_for_pattern(None, term(label), None, ox.DefaultGraph()):
            if quad.subject.value.startswith(space):
                found.setdefault(quad.subject.value, []).append(quad.object.value)
    return found


def resolve(store: ox.Store, parameter: Parameter, typed: str) -> str:
    """Return the SPARQL term that a typed value stands for; raises Unfit, which tells the nearest values."""
    if parameter.default == ALL and typed.lower() == "all":
        return ALL
    if parameter.allowed and typed not in parameter.allowed:
        raise not_among(parameter.name, typed, parameter.allowed)
    if set(parameter.kinds) & {*REGISTERED, *_DESCRIBED}:
        return f"<{_thing(store, parameter, typed)}>"
    return _literal(parameter, typed)


def thing_named(store: ox.Store, typed: str) -> str:
    """Return the IRI of the thing that somebody means by an IRI, a prefixed name, or a name that is registered.

    Raises Unfit where nothing is meant, or several things may be.
    """
    prefix, colon, local = typed.strip("<>").partition(":")
    space = space_of(prefix) if colon else None
    iri = f"{space}{local}" if space else typed.strip("<>")
    if iri.startswith(BASE) and " " not in iri and next(store.quads_for_pattern(ox.NamedNode(iri), None, None), None):
        return iri
    return _thing(store, _ANYTHING, typed)


def _thing(store: ox.Store, parameter: Parameter, typed: str) -> str:
    """Return the IRI of the one thing that a typed value means."""
    if len(typed) > _LONGEST:
        long = Phrase("{name}: no name has {length} characters.", name=parameter.name, length=f"{len(typed):,}")
        raise Unfit(long, Phrase("Give one of at most {most}", most=_LONGEST))
    known = _known(store, parameter.kinds)
    found = [iri for kind in parameter.kinds if kind in _DESCRIBED for iri in _described(store, kind, typed)]
    found = found or _named(known, typed)
    if len(found) == 1:
        return found[0]
    if found:
        its = {"name": parameter.name, "typed": typed, "found": _listed(store, found)}
        raise Unfit(Phrase("{name}={typed}: more than one fits: {found}. Choose one", **its))
    raise Unfit(_why_not(store, parameter, typed), *_near(store, parameter, typed))


def not_among(name: str, typed: str, allowed: Iterable[str]) -> Unfit:
    """Return the error that a value is none of those that are allowed."""
    return Unfit(Phrase("{name}={typed}: choose one of {allowed}", name=name, typed=typed, allowed=", ".join(allowed)))


def _known(store: ox.Store, kinds: Iterable[str]) -> _Entries:
    return {iri: labels for kind in kinds if kind in REGISTERED for iri, labels in entries(store, kind).items()}


def _named(known: _Entries, typed: str) -> list[str]:
    """Return the entries of that name: by identifier, else by a label of several words, else by any name or surname."""
    by_identifier = [iri for iri in known if typed in (iri, shorten(iri), iri.rpartition("/")[2])]
    if by_identifier:
        return by_identifier
    exact = [iri for iri, labels in known.items() if any(label.lower() == typed.lower() for label in labels)]
    if len(exact) == 1 and (" " in typed or not _is_person(exact[0])):
        return exact
    return sorted(
        iri for iri, labels in known.items() if any(_same_name(label, typed, _is_person(iri)) for label in labels)
    )


def _is_person(iri: str) -> bool:
    return iri.startswith(PREFIXES["person"])


def _same_name(label: str, typed: str, person: bool) -> bool:
    """Tell whether a label is the typed name in another spelling, or ends with it as with a surname."""
    wanted, parts = skeleton(typed), label.split()
    if not wanted:
        return False
    # The doctor at somebody's death does not bear his name: of a person's name every word has a capital.
    surname = person and " " not in typed.strip() and all(part[:1].isupper() for part in parts)
    return wanted == skeleton(label) or (surname and bool(parts) and wanted == skeleton(parts[-1]))


def _described(store: ox.Store, kind: str, typed: str) -> list[str]:
    """Return what is described under that identifier, else under that very label."""
    try:
        found = [iri for iri in _identifiers(store, kind, typed) if _is_known(store, iri)]
    except ValueError:
        # No IRI at all: it may be a label.
        found = []
    if found:
        return found
    labelled = store.quads_for_pattern(None, term("rdfs:label"), None, ox.DefaultGraph())
    same = {quad.subject.value for quad in labelled if quad.object.value.casefold() == typed.casefold()}
    return sorted(iri for iri in same if kind_of(iri) == kind)


def _identifiers(store: ox.Store, kind: str, typed: str) -> list[str]:
    """Return the IRIs that a typed identifier can be: of what sources number, the source's key may be left out."""
    if kind not in NUMBERED:
        return [PREFIXES[kind] + typed.removeprefix(PREFIXES[kind]).removeprefix(f"{kind}:")]
    spaces = {source.key: source_space(source.key, kind) for source in sources_of(store)}
    named = [
        space + typed.removeprefix(start)
        for key, space in spaces.items()
        for start in (space, f"{key}-{kind}:", f"{key}/")
        if typed.startswith(start)
    ]
    return named or [space + typed.removeprefix(f"{kind}:") for space in spaces.values()]


def _is_known(store: ox.Store, iri: str) -> bool:
    return any(True for _ in store.quads_for_pattern(ox.NamedNode(iri), None, None, None))


def _why_not(store: ox.Store, parameter: Parameter, typed: str) -> Phrase:
    """Say why nothing is found: what bears the name is of another kind, or nothing bears it."""
    its = {"name": parameter.name, "typed": typed}
    others = _named(_known(store, (kind for kind in REGISTERED if kind not in parameter.kinds)), typed)
    if others:
        named = [(shorten(iri), Kinds((kind_of(iri),), article=True)) for iri in others[:2]]
        its |= {"thing": named[0][0], "kind": named[0][1], "other": named[-1][0], "its_kind": named[-1][1]}
        its["wanted"] = Kinds(parameter.kinds, article=True)
        if len(named) == 1:
            return Phrase("{name}={typed}: {thing} is {kind}; here {wanted} is wanted.", **its)
        return Phrase("{name}={typed}: {thing} is {kind} and {other} is {its_kind}; here {wanted} is wanted.", **its)
    its["wanted"] = Kinds(parameter.kinds)
    if set(parameter.kinds) <= set(_DESCRIBED):
        return Phrase("{name}={typed}: there is no such {wanted}.", **its)
    return Phrase("{name}={typed}: no {wanted} of that name is registered.", **its)


def _near(store: ox.Store, parameter: Parameter, typed: str) -> Iterable[Phrase]:
    """Yield what is likest to the typed name, if anything is."""
    found = [kind for kind in parameter.kinds if kind in _DESCRIBED]
    near = _nearest(_known(store, parameter.kinds), typed)
    names = _listed(store, near) if near else ""
    described = [name for kind in found for name in _like(store, kind, typed)][:_MOST_NEAR]
    told = ", ".join(filter(None, [names, *described]))
    if told:
        yield Phrase("Nearest: {near}", near=told)


def _nearest(known: _Entries, typed: str) -> list[str]:
    """Return the entries whose names sound most like what was typed, the likeliest first."""
    wanted = words(typed)
    scores = {
        iri: max((score(wanted, words(label), _is_person(iri)) for label in labels), default=0.0)
        for iri, labels in known.items()
    }
    likely = [iri for iri in scores if scores[iri] >= _LEAST_NEAR]
    return sorted(likely, key=lambda iri: (-scores[iri], iri))[:_MOST_NEAR]


def _listed(store: ox.Store, iris: Iterable[str]) -> str:
    """Return identifiers with their names in both scripts."""
    named = ((shorten(iri), _both_scripts(store, iri)) for iri in iris)
    return ", ".join(f"{name} ({labels})" if labels else name for name, labels in named)


def _both_scripts(store: ox.Store, iri: str) -> str:
    found = {
        quad.object.language: quad.object.value
        for quad in store.quads_for_pattern(ox.NamedNode(iri), term("skos:prefLabel"), None, ox.DefaultGraph())
    }
    return ", ".join(dict.fromkeys(found[language] for language in ("en", "ru") if language in found))


def _like(store: ox.Store, kind: str, typed: str) -> list[str]:
    from rapidfuzz import process

    iris = {q.subject.value for q in store if kind_of(q.subject.value) == kind}
    known = {cited_name(iri) if kind in NUMBERED else local_name(iri) for iri in iris}
    return [match[0] for match in process.extract(typed, sorted(known), limit=_MOST_NEAR, score_cutoff=60)]


def _literal(parameter: Parameter, typed: str) -> str:
    if "integer" in parameter.kinds:
        if not re.fullmatch(r"[+-]?\d+", typed):
            raise Unfit(Phrase("{name}={typed}: a whole number is wanted", name=parameter.name, typed=typed))
        return typed
    if "date" in parameter.kinds:
        try:
            return f'"{datetime.date.fromisoformat(typed)}"^^<http://www.w3.org/2001/XMLSchema#date>'
        except ValueError as error:
            its = {"name": parameter.name, "typed": typed}
            raise Unfit(Phrase("{name}={typed}: a day is wanted, such as 1937-03-29", **its)) from error
    return str(ox.Literal(typed))
