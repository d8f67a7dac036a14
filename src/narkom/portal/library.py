"""What the pages are made from: the store, and what is looked up in it again and again, read once before any fork."""

from __future__ import annotations

import re
from collections import defaultdict
from copy import copy
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from narkom.asking.notes import Note, Notes
from narkom.asking.questions import Question
from narkom.asking.search import Names
from narkom.asking.works import Source, sources_of
from narkom.building.views import claim_order
from narkom.portal.dates import calendar
from narkom.portal.languages import ENGLISH, words
from narkom.portal.naming import host_of, place_in_list, term_in_words
from narkom.publishing.facts import Facts
from narkom.publishing.voices import relays_in_order
from narkom.vocabulary import (
    BASE,
    NUMBERED,
    ONTOLOGY,
    PREFIXES,
    RDF_TYPE,
    folder_of,
    key_of,
    kind_of,
    local_name,
    shorten,
    term,
)  # fmt: skip

DEFAULT = ox.DefaultGraph()


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim as pages show it: how it is cited, whether the accepted view admits it, its date (in words), what it is
    about, who handed it on (in words), and from what the encoder inferred it, if so.
    """

    iri: str
    note: Note
    accepted: bool
    date: str
    earliest: str
    mentions: frozenset[str]
    relays: tuple[str, ...] = ()
    inferred: str = ""

    @property
    def by_date(self) -> tuple:
        """Return a key that sorts dated claims by date and undated ones behind them as the sources go."""
        return (not self.earliest, self.earliest, claim_order(self.iri))


class Library:
    """A store with its labels and claims at hand."""

    def __init__(self, store: ox.Store, questions: list[Question], language: str = ENGLISH) -> None:
        """Take a built store, the accepted view as its default graph, the stored questions, and a language to speak."""
        self.store = store
        self.questions = {question.name: question for question in questions}
        self.language = language
        self.words = words(language)
        self.dates = calendar(language)

    def spoken(self, language: str) -> Library:
        """Return the same in another language; what is the same in every language is shared, where it was read."""
        other = copy(self)
        other.language, other.words, other.dates = language, words(language), calendar(language)
        for name in ("claims", "mentioning", "cited", "kinds"):
            other.__dict__.pop(name, None)
        return other

    @cached_property
    def labels(self) -> dict[str, dict[str, str]]:
        """Labels by IRI and language; a preferred label before another."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for name in ("skos:prefLabel", "rdfs:label", "dcterms:title"):
            for quad in self.quads(None, term(name), None):
                found[quad.subject.value].setdefault(quad.object.language or "en", quad.object.value)
        return found

    def label(self, iri: str, language: str = "") -> str:
        """Return a thing's label in a language (default: the library's), else in another, else a phrase for it."""
        its = self.labels.get(iri) or {}
        found = its.get(language or self.language) or its.get("en") or next(iter(its.values()), "")
        return found or self._phrase(iri)

    def _phrase(self, iri: str) -> str:
        """What a thing without a label is called: its place in its source, a claim's gloss, or its local name.

        Of another vocabulary's term it is the local name in words.
        """
        if not iri.startswith(BASE):
            return self.words.pgettext("term", term_in_words(iri))
        kind, name = kind_of(iri), local_name(iri)
        if kind == "claim" and iri in self.claims:
            return self.claims[iri].note.gloss
        if kind in NUMBERED:
            place = self.words.gettext("footnote {0}").format(name) if kind == "note" else self.place(name)
            return f"{place} ({key_of(iri)})" if len(self.sources) > 1 else place
        if kind == "bound":
            return self._bound(iri)
        if kind == "mapping":
            return self._match(iri)
        return name if kind else name.rpartition("#")[2]

    def _bound(self, iri: str) -> str:
        """A derived day in words, which has a thing, a side and a day."""
        its = self._values(iri, "rdf:subject", "rdf:predicate", "rdf:object")
        if not its:
            return local_name(iri)
        bounds = (its[2], "") if its[1].endswith("earliest") else ("", its[2])
        return f"{self.label(its[0])}: {self.dates.span(*bounds)}"

    def _match(self, iri: str) -> str:
        """A match in words: what is matched (a term by its short name), what it is called in which authority file."""
        its = self._values(iri, "sssom:subject_id", "sssom:object_label", "sssom:object_id")
        if not its:
            return local_name(iri)
        thing = self.label(its[0]) if kind_of(its[0]) else shorten(its[0])
        return f"{thing} – {its[1]} ({host_of(its[2])})"

    def _values(self, iri: str, *names: str) -> list[str]:
        """One value of each of some properties; none at all where one of them has none."""
        found = [self.quads(ox.NamedNode(iri), term(name), None) for name in names]
        return [quads[0].object.value for quads in found] if all(found) else []

    def place(self, name: str) -> str:
        """Return a passage or paragraph in words: p22s1 is paragraph 22, sentence 1."""
        paragraph, _, sentence = name.partition("s")
        say = self.words.gettext
        place = (say("caption {0}") if paragraph.startswith("f") else say("¶ {0}")).format(paragraph[1:])
        return f"{place}, {say('sentence {0}').format(sentence)}" if sentence else place

    @cached_property
    def sources(self) -> dict[str, Source]:
        """The sources by their keys."""
        return {source.key: source for source in sources_of(self.store)}

    @cached_property
    def contents(self) -> dict[str, list[ox.Quad]]:
        """The content of every claim, by the claim's IRI."""
        found: dict[str, list[ox.Quad]] = defaultdict(list)
        for graph in self.store.named_graphs():
            found[graph.value] = list(self.store.quads_for_pattern(None, None, None, graph))
        return found

    @cached_property
    def typing(self) -> dict[str, list[str]]:
        """For each thing, the claims in whose graphs it is given a class, as the sources go."""
        found: dict[str, list[str]] = defaultdict(list)
        for claim in sorted(self.contents, key=claim_order):
            for quad in self.contents[claim]:
                if quad.predicate == RDF_TYPE:
                    found[quad.subject.value].append(claim)
        return found

    def outside_only(self, iri: str) -> bool:
        """Whether only claims outside the accepted view say what a thing is."""
        claims = self.typing.get(iri, ())
        return bool(claims) and not any(self.claims[claim].accepted for claim in claims)

    @cached_property
    def accepted_stances(self) -> frozenset[str]:
        """The stances that the accepted view admits, by their local names."""
        members = self.quads(term("view:accepted"), term("skos:member"), None)
        return frozenset(quad.object.value.removeprefix(PREFIXES["stance"]) for quad in members)

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """Every claim, as the sources go."""
        notes = Notes(self.store, self.language)
        found = {q.subject.value for q in self.store.quads_for_pattern(None, term("nk:stance"), None, DEFAULT)}
        contents = self.contents
        return {iri: self._claim(iri, notes.one(iri), contents[iri]) for iri in sorted(found, key=claim_order)}

    def _claim(self, iri: str, note: Note, content: list[ox.Quad]) -> Claim:
        mentions = {
            node.value
            for quad in content
            for node in (quad.subject, quad.object if quad.predicate != RDF_TYPE else None)
            if isinstance(node, ox.NamedNode) and node.value.startswith(BASE)
        }
        date, earliest = self.dates.told(content)
        if not earliest:
            # The claim itself tells no date: the event's, if other claims yield it, places this one beside it.
            for subject in sorted({quad.subject.value for quad in content}):
                date, earliest = self.dates.told(self.quads(ox.NamedNode(subject), None, None))
                if earliest:
                    break
        node = ox.NamedNode(iri)
        relays = [self.label(relay) for relay in self.relays(iri)]
        inferred = next((quad.object.value for quad in self.quads(node, term("nk:inferred"), None)), "")
        accepted = note.stance in self.accepted_stances
        return Claim(iri, note, accepted, date, earliest, frozenset(mentions), tuple(relays), inferred)

    def relays(self, claim: str) -> list[str]:
        """Return those (IRIs) who handed on the word of a claim's voice, in their order."""
        return [relay.value for relay in relays_in_order(self._voices, ox.NamedNode(claim))]

    def first_day(self, iri: str) -> str:
        """Return the first day on which the accepted view lets a thing have begun; behind all days where none is."""
        found = [quad.object.value for quad in self.quads(ox.NamedNode(iri), term("nk:earliest"), None)] if iri else []
        return min(found, default="9999")

    @cached_property
    def names(self) -> Names:
        """What finds things and claims by the words that somebody types."""
        return Names(self.store, {iri: claim.note.gloss for iri, claim in self.claims.items()})

    @cached_property
    def _voices(self) -> Facts:
        """What claims say, and on whose word: all that tells through whom a word came."""
        names = ("nk:accordingTo", "nk:relayedBy", "nk:statedIn")
        told = (quad for name in names for quad in self.quads(None, term(name), None))
        return Facts([*told, *(quad for quads in self.contents.values() for quad in quads)])

    @cached_property
    def mentioning(self) -> dict[str, list[Claim]]:
        """For each thing, the claims whose content speaks of it, as the sources go."""
        found: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.claims.values():
            for iri in claim.mentions:
                found[iri].append(claim)
        return found

    @cached_property
    def cited(self) -> dict[str, list[Claim]]:
        """For each passage and footnote, the claims that rest on it, as the sources go."""
        found: dict[str, list[Claim]] = defaultdict(list)
        for name in ("nk:passage", "nk:footnote"):
            for quad in self.quads(None, term(name), None):
                if quad.subject.value in self.claims:
                    found[quad.object.value].append(self.claims[quad.subject.value])
        return {iri: sorted(claims, key=lambda claim: claim_order(claim.iri)) for iri, claims in found.items()}

    @cached_property
    def kinds(self) -> dict[str, list[str]]:
        """The things of each kind (person, event …), sorted by label, and of each source (``ssc/claim``), by number."""
        names = {node for quad in self.store for node in (quad.subject, quad.object) if isinstance(node, ox.NamedNode)}
        found: dict[str, list[str]] = defaultdict(list)
        for iri in (node.value for node in names):
            if folder_of(iri) and local_name(iri):
                found[folder_of(iri)].append(iri)
        return {kind: sorted(iris, key=self.listed) for kind, iris in sorted(found.items())}

    def listed(self, iri: str) -> tuple:
        """Return a key that sorts things for a list."""
        return place_in_list(iri, self.label(iri))

    def quads(self, subject, predicate, obj) -> list[ox.Quad]:
        """Return the triples of the accepted view that fit, in a stable order."""
        return sorted(self.store.quads_for_pattern(subject, predicate, obj, DEFAULT), key=str)

    def exists(self, iri: str) -> bool:
        """Whether the store speaks of a thing of that name."""
        return iri in self._known

    @cached_property
    def _known(self) -> frozenset[str]:
        """Every name of our own that can be looked up."""
        return frozenset(iri for iris in self.kinds.values() for iri in iris) | {BASE + n for n in self.documents}

    @cached_property
    def documents(self) -> list[str]:
        """The names at the top that are described: the ontology, and schemes such as the stances."""
        found = (iri.removeprefix(BASE) for iri in self.labels if iri.startswith(BASE))
        return sorted(name for name in found if re.fullmatch(r"[a-z-]+", name))

    def classes(self, iri: str) -> list[str]:
        """Return the classes of a thing in the project's own vocabulary, the narrower ones."""
        its = {q.object.value for q in self.quads(ox.NamedNode(iri), RDF_TYPE, None)}
        own = {name for name in its if name.startswith(ONTOLOGY)}
        wider = {q.object.value for name in own for q in self.quads(ox.NamedNode(name), term("rdfs:subClassOf"), None)}
        return sorted(own - wider)

    def read(self) -> None:
        """Look everything up now, so that the workers that are forked afterwards share it."""
        _ = (
            self.labels,
            self.sources,
            self.contents,
            self.typing,
            self.claims,
            self.mentioning,
            self.cited,
            self.kinds,
            self.names,
            self._known,
        )
