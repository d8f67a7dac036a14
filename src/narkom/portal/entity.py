"""All that a page tells of one thing: names, statements with the claims behind them, facts by date, what links here."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import pyoxigraph as ox

from narkom.portal.definitions import Text, definition, in_one_language, texts
from narkom.portal.heads import Head, head, shown_from, shown_to
from narkom.portal.languages import gettext_noop
from narkom.portal.library import DEFAULT, Claim, Library
from narkom.portal.statements import Statement, Value, value_of, values_of
from narkom.portal.unfolding import INCOMING, OUTGOING, Unfolding, unfolding
from narkom.vocabulary import BASE, RDF_TYPE, kind_of, term

_NAMES = (
    "skos:prefLabel",
    "skos:altLabel",
    "nk:spelling",
    "rdfs:label",
    "dcterms:title",
    "skos:definition",
    "nk:doubt",
)
_OTHER_NAMES = ("skos:altLabel", "nk:spelling")
# What says the same in several languages, of which a page shows its own.
_IN_EACH_LANGUAGE = {term("rdfs:comment").value, term("skos:editorialNote").value}
_SILENT = {term(name) for name in _NAMES} | {
    RDF_TYPE, term("skos:hiddenLabel"), term("nk:earliest"), term("nk:latest"), term("nk:dating"),
    term("nk:attestedEarliest"), term("nk:attestedLatest"), term("nk:sha256"), term("nk:length"),
    term("prov:wasAttributedTo"), term("nk:gloss"), term("skos:inScheme"),
}  # fmt: skip
_DERIVED_DAYS = {term(f"nk:{name}") for name in ("earliest", "latest", "attestedEarliest", "attestedLatest")}
_STRUCTURE = {term(name) for name in ("nk:passage", "nk:footnote", "prov:wasAttributedTo", "rdf:subject")}
_DERIVED = term("prov:wasDerivedFrom")
_REASON = {
    term(name).value: words
    for name, words in (
        ("rdf:subject", gettext_noop("of")), ("rdf:predicate", gettext_noop("bound")),
        ("rdf:object", gettext_noop("day")), ("prov:wasDerivedFrom", gettext_noop("because")),
    )
}  # fmt: skip
_LEADING_HERE = {
    _DERIVED.value: gettext_noop("days that rest on it"), term("rdf:object").value: gettext_noop("reasons"),
}  # fmt: skip
_RECORD = {
    "nk:accordingTo": gettext_noop("on whose word"), "nk:statedIn": gettext_noop("said in"),
    "nk:relayedBy": gettext_noop("handed on by"), "nk:inferred": gettext_noop("inferred by the encoder"),
    "nk:quotedTerm": gettext_noop("quoted term"),
}  # fmt: skip
# What happened or lasted; each has a time, and may be a whole or a part.
TEMPORAL = ("event", "relation", "attitude")
# In the order of how near they are to what the authors hold.
_STANCES = ("testified", "charged", "rejected")


@dataclass(frozen=True, slots=True)
class Links:
    """Things that point here by one property."""

    label: str
    iri: str
    subjects: list[str]


@dataclass(slots=True)
class Entity:
    """What a page shows of one thing."""

    iri: str
    label: str
    label_ru: str
    kind: str
    classes: list[str]
    names: list[Text] = field(default_factory=list)
    definition: Text | None = None
    doubts: list[Text] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    outside: list[Statement] = field(default_factory=list)
    accepted: list[Claim] = field(default_factory=list)
    charged: dict[str, list[Claim]] = field(default_factory=dict)
    unfolding: Unfolding = field(default_factory=lambda: Unfolding([], []))
    links: list[Links] = field(default_factory=list)
    head: Head | None = None
    only_outside: bool = False


def describe(library: Library, iri: str) -> Entity:
    """Gather what the store knows of a thing."""
    kind = kind_of(iri)
    label, other = library.label(iri), "en" if library.language == "ru" else "ru"
    also = (library.labels.get(iri) or {}).get(other, "")
    entity = Entity(iri, label, also if also != label else "", kind, library.classes(iri))
    _name(library, entity)
    if kind in TEMPORAL:
        entity.unfolding = unfolding(library, iri)
    entity.statements = _statements(library, iri, accepted=True)
    claims = library.mentioning.get(iri) or library.cited.get(iri) or []
    ordered = claims if kind in ("passage", "note") else sorted(claims, key=lambda claim: claim.by_date)
    entity.accepted = [claim for claim in ordered if claim.accepted]
    by_stance: dict[str, list[Claim]] = defaultdict(list)
    for claim in ordered:
        if not claim.accepted:
            by_stance[claim.note.stance].append(claim)
    entity.charged = {stance: by_stance[stance] for stance in sorted(by_stance, key=_nearness)}
    entity.outside = _statements(library, iri, accepted=False)
    told = entity.statements or entity.accepted or entity.unfolding.time or entity.unfolding.parts
    entity.only_outside = library.outside_only(iri) or (bool(entity.outside) and not told)
    entity.links = _links(library, iri)
    entity.head, entity.statements = head(library, iri, entity.statements)
    return entity


def _nearness(stance: str) -> tuple[int, str]:
    return (_STANCES.index(stance) if stance in _STANCES else len(_STANCES), stance)


def _name(library: Library, entity: Entity) -> None:
    others: dict[str, str] = {}
    for name in _OTHER_NAMES:
        for quad in library.quads(ox.NamedNode(entity.iri), term(name), None):
            others.setdefault(quad.object.value, quad.object.language or "")
    entity.names = [Text(*one) for one in others.items() if one[0] not in (entity.label, entity.label_ru)]
    entity.definition = definition(library, entity.iri)
    entity.doubts = texts(library, entity.iri, "nk:doubt")


def _statements(library: Library, iri: str, accepted: bool) -> list[Statement]:
    """The thing's properties: of the accepted view, or of the claims outside it."""
    by_predicate: dict[str, dict[ox.Term, set[str]]] = defaultdict(lambda: defaultdict(set))
    for quad in library.store.quads_for_pattern(ox.NamedNode(iri), None, None, None):
        if quad.predicate in _SILENT or (accepted and _shown_apart(iri, quad.predicate)):
            continue
        inside = quad.graph_name == DEFAULT
        claim = None if inside else library.claims.get(quad.graph_name.value)
        if inside and accepted:
            _ = by_predicate[quad.predicate.value][quad.object]
        elif claim and claim.accepted == accepted:
            by_predicate[quad.predicate.value][quad.object].add(claim.iri)
    for name in _IN_EACH_LANGUAGE & by_predicate.keys():
        its = by_predicate[name]
        by_predicate[name] = {node: its[node] for node in in_one_language(library, its)}
    found = [
        Statement(library.label(predicate), predicate, values_of(library, objects))
        for predicate, objects in by_predicate.items()
    ]
    return _reason(library, found) if kind_of(iri) == "bound" else sorted(found, key=lambda statement: statement.iri)


def _reason(library: Library, found: list[Statement]) -> list[Statement]:
    """Return the parts of a derived day in the order of a sentence: of what, which of its bounds, when, and why."""
    rows = {statement.iri: statement.values for statement in found}
    say = library.words.gettext
    return [Statement(say(words), iri, rows[iri]) for iri, words in _REASON.items() if iri in rows]


def _shown_apart(iri: str, predicate: ox.NamedNode) -> bool:
    """Whether a page shows a property in a place of its own: its head; time and order; of a claim, passage and work."""
    kind = kind_of(iri)
    if predicate.value in shown_from(kind):
        return True
    return (predicate == _DERIVED and kind == "claim") or (predicate.value in OUTGOING and kind in TEMPORAL)


def _links(library: Library, iri: str) -> list[Links]:
    """What points here, by property; passages and footnotes of claims are shown as facts and left out."""
    found: dict[str, set[str]] = defaultdict(set)
    temporal = kind_of(iri) in TEMPORAL
    shown = shown_to(kind_of(iri))
    for quad in library.store.quads_for_pattern(None, None, ox.NamedNode(iri), DEFAULT):
        silent = quad.predicate in _STRUCTURE or (temporal and quad.predicate.value in INCOMING)
        silent = silent or quad.predicate.value in shown
        derived = quad.predicate == _DERIVED and kind_of(quad.subject.value) != "bound"
        if not silent and not derived and quad.predicate != RDF_TYPE and quad.subject.value.startswith(BASE):
            found[quad.predicate.value].add(quad.subject.value)
    links = [
        Links(_leading(library, predicate), predicate, sorted(its, key=library.listed))
        for predicate, its in found.items()
    ]
    return sorted(links, key=lambda link: link.iri)


def _leading(library: Library, predicate: str) -> str:
    words = _LEADING_HERE.get(predicate)
    return library.words.gettext(words) if words else library.label(predicate)


def record(library: Library, claim: Entity) -> tuple[list[Statement], list[Statement]]:
    """Return what is recorded of a claim beside place and stance: whose word it is and how it came; other claims."""
    by_iri = {statement.iri: statement for statement in claim.statements}
    relays = by_iri.get(term("nk:relayedBy").value)
    if relays:
        order = library.claims[claim.iri].relays
        relays.values.sort(key=lambda value: order.index(value.text))
    told = [
        Statement(library.words.gettext(words), iri, by_iri[iri].values)
        for words, iri in ((words, term(name).value) for name, words in _RECORD.items())
        if iri in by_iri
    ]
    apart = {term(name).value for name in (*_RECORD, "nk:passage", "nk:footnote", "nk:stance")}
    return told, [statement for statement in claim.statements if statement.iri not in apart]


def content(library: Library, claim: Claim) -> list[tuple[str, list[Statement]]]:
    """Return what a claim says: each subject (IRI) with its statements."""
    by_subject: dict[str, dict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
    quads = library.store.quads_for_pattern(None, None, None, ox.NamedNode(claim.iri))
    for quad in sorted(quads, key=str):
        if quad.predicate in _DERIVED_DAYS:
            continue
        by_subject[quad.subject.value][quad.predicate.value].append(value_of(library, quad.object))
    label = {RDF_TYPE.value: library.words.gettext("is a")}
    return [
        (subject, [Statement(label.get(p) or library.label(p), p, values) for p, values in sorted(its.items())])
        for subject, its in sorted(by_subject.items())
    ]
