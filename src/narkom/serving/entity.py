"""All that a page tells of one thing: names, statements with the claims behind them, facts by date, what links here."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import pyoxigraph as ox

from narkom.building.views import claim_order
from narkom.serving.dates import in_words
from narkom.serving.library import DEFAULT, Claim, Library
from narkom.vocabulary import BASE, EDTF, RDF_TYPE, kind_of, shorten, term

_NAMES = (
    "skos:prefLabel",
    "skos:altLabel",
    "nk:spelling",
    "rdfs:label",
    "dcterms:title",
    "skos:definition",
    "nk:doubt",
)
_SILENT = {term(name) for name in _NAMES} | {
    RDF_TYPE, term("skos:hiddenLabel"), term("nk:earliest"), term("nk:latest"), term("nk:sha256"), term("nk:length"),
    term("prov:wasDerivedFrom"), term("prov:wasAttributedTo"), term("nk:gloss"), term("skos:inScheme"),
}  # fmt: skip
_STRUCTURE = {term(name) for name in ("nk:passage", "nk:footnote", "prov:wasDerivedFrom", "prov:wasAttributedTo")}


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a statement: its words, its IRI (empty for a literal), and the claims that hold the statement."""

    text: str
    iri: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A property of a thing with its values."""

    label: str
    iri: str
    values: list[Value]


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
    names: list[str] = field(default_factory=list)
    definition: str = ""
    doubts: list[str] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    outside: list[Statement] = field(default_factory=list)
    accepted: list[Claim] = field(default_factory=list)
    charged: dict[str, list[Claim]] = field(default_factory=dict)
    links: list[Links] = field(default_factory=list)
    only_outside: bool = False
    named_by: Claim | None = None
    """The claim whose words are the label, where the authors do not assert it."""


def describe(library: Library, iri: str) -> Entity:
    """Gather what the store knows of a thing."""
    kind = kind_of(iri)
    label, russian = library.label(iri), (library.labels.get(iri) or {}).get("ru", "")
    entity = Entity(iri, label, russian if russian != label else "", kind, library.classes(iri))
    _name(library, entity)
    naming = (library.claims[claim] for claim in library.typing.get(iri, ()))
    entity.named_by = next((c for c in naming if c.note.gloss == label and c.note.stance != "asserted"), None)
    entity.statements = _statements(library, iri, accepted=True)
    claims = library.mentioning.get(iri) or library.cited.get(iri) or []
    ordered = claims if kind in ("passage", "note") else sorted(claims, key=lambda claim: claim.by_date)
    entity.accepted = [claim for claim in ordered if claim.accepted]
    by_stance: dict[str, list[Claim]] = defaultdict(list)
    for claim in ordered:
        if not claim.accepted:
            by_stance[claim.note.stance].append(claim)
    entity.charged = dict(sorted(by_stance.items()))
    entity.outside = _statements(library, iri, accepted=False)
    entity.only_outside = bool(entity.outside) and not entity.statements and not entity.accepted
    entity.links = _links(library, iri)
    return entity


def _name(library: Library, entity: Entity) -> None:
    found = {name: library.quads(ox.NamedNode(entity.iri), term(name), None) for name in _NAMES}
    others = [q.object.value for name in ("skos:altLabel", "nk:spelling") for q in found[name]]
    entity.names = [name for name in dict.fromkeys(others) if name not in (entity.label, entity.label_ru)]
    # A definition in English is shown; the ontology has others in Russian.
    definitions = [q.object for q in found["skos:definition"]]
    entity.definition = next((o.value for o in definitions if o.language == "en"), "")
    entity.doubts = [q.object.value for q in found["nk:doubt"]]


def _statements(library: Library, iri: str, accepted: bool) -> list[Statement]:
    """The thing's properties: of the accepted view, or of the claims outside it."""
    by_predicate: dict[str, dict[ox.Term, set[str]]] = defaultdict(lambda: defaultdict(set))
    for quad in library.store.quads_for_pattern(ox.NamedNode(iri), None, None, None):
        if quad.predicate in _SILENT:
            continue
        inside = quad.graph_name == DEFAULT
        claim = None if inside else library.claims.get(quad.graph_name.value)
        if inside and accepted:
            _ = by_predicate[quad.predicate.value][quad.object]
        elif claim and claim.accepted == accepted:
            by_predicate[quad.predicate.value][quad.object].add(claim.iri)
    found = [
        Statement(library.label(predicate), predicate, _values(library, objects))
        for predicate, objects in by_predicate.items()
    ]
    return sorted(found, key=lambda statement: statement.iri)


def _values(library: Library, objects: dict[ox.Term, set[str]]) -> list[Value]:
    values = []
    for node, holding in objects.items():
        claims = tuple(library.claims[claim] for claim in sorted(holding, key=claim_order))
        iri = node.value if isinstance(node, ox.NamedNode) else ""
        values.append(Value(words(library, node), iri, claims))
    return sorted(values, key=lambda value: (value.text.casefold(), value.iri))


def words(library: Library, node: ox.Term) -> str:
    """Return a term as a reader wants to see it."""
    if isinstance(node, ox.NamedNode):
        return library.label(node.value) if node.value.startswith(BASE) else shorten(node.value).strip("<>")
    if isinstance(node, ox.Literal):
        return in_words(node.value) if node.datatype == EDTF else node.value
    return str(node)


def _links(library: Library, iri: str) -> list[Links]:
    """What points here, by property; passages and footnotes of claims are shown as facts and left out."""
    found: dict[str, set[str]] = defaultdict(set)
    for quad in library.store.quads_for_pattern(None, None, ox.NamedNode(iri), DEFAULT):
        if quad.predicate not in _STRUCTURE and quad.predicate != RDF_TYPE and quad.subject.value.startswith(BASE):
            found[quad.predicate.value].add(quad.subject.value)
    links = [
        Links(library.label(predicate), predicate, sorted(subjects, key=library.listed))
        for predicate, subjects in found.items()
    ]
    return sorted(links, key=lambda link: link.iri)


def content(library: Library, claim: Claim) -> list[tuple[str, list[Statement]]]:
    """Return what a claim says: each subject (IRI) with its statements."""
    by_subject: dict[str, dict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
    quads = library.store.quads_for_pattern(None, None, None, ox.NamedNode(claim.iri))
    for quad in sorted(quads, key=str):
        if quad.predicate in (term("nk:earliest"), term("nk:latest")):
            continue
        iri = quad.object.value if isinstance(quad.object, ox.NamedNode) else ""
        values = by_subject[quad.subject.value][quad.predicate.value]
        values.append(Value(words(library, quad.object), iri, ()))
    label = {RDF_TYPE.value: "is a"}
    return [
        (subject, [Statement(label.get(p) or library.label(p), p, values) for p, values in sorted(its.items())])
        for subject, its in sorted(by_subject.items())
    ]
