"""What a language model can ask, in a worker: questions, SPARQL, names, things, claims, each answer with its evidence.

A model shortens what it reads. What the authors do not vouch for is therefore marked where it stands: in the row, in
the sentence of the claim, and above the answer.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cached_property

import pyoxigraph as ox

from narkom.asking.answers import CitedAnswer
from narkom.asking.joining import widened
from narkom.asking.knowledge import KnowledgeBase
from narkom.asking.names import resolve, thing_named
from narkom.asking.notes import Note
from narkom.asking.prefixes import with_prefixes
from narkom.asking.questions import Parameter, Question, nearest
from narkom.building.views import claim_order
from narkom.errors import NarkomError, UsageError
from narkom.portal.library import Claim, Library
from narkom.serving.sparql import Refusal, refuse_remote
from narkom.vocabulary import ONTOLOGY, PREFIXES, kind_of, shorten, term

MOST_ROWS = 200
_CLAIM = Parameter("claim", ("claim",), "", "")
_MARKS = {
    "charged": "CHARGED, NOT ESTABLISHED",
    "testified": "TESTIFIED UNDER INTERROGATION, NOT ESTABLISHED",
    # The gloss itself often says that they deny it.
    "rejected": "ABOUT SOMETHING THAT THE AUTHORS REJECT, NOT ESTABLISHED",
}
_MOST_DETAILED = 12
_ONLY_ALLEGED = ("alleged", "imputed")
# What a claim is, and where it stands: no things that there may or may not have been.
_SAID = ("claim", "passage", "note", "paragraph", "bound")
_NAMED = tuple(term(name) for name in ("skos:prefLabel", "skos:altLabel", "skos:definition"))
_LINKS = ("contradicts", "corroborates", "repeats", "alternativeTo")
_WARNING = (
    "Some of this is NOT ESTABLISHED: it is marked where it stands. Whoever passes it on must say that it was charged, "
    "testified or rejected, and by whom."
)


class Tools:
    """The tools by their names; `TOOLS` lists them."""

    def __init__(self, library: Library, views: tuple[str, ...], opened: Callable[[str], ox.Store]) -> None:
        """Take the library, the views, and what opens a store to ask under one."""
        self._library = library
        self._views = views
        self._opened = opened
        self._names = self._asked("accepted", library.store)

    def __call__(self, name: str, arguments: dict) -> dict:
        """Run a tool, and head what it says with a warning where a part of it is marked.

        Raises NarkomError for what cannot be answered.
        """
        found = getattr(self, name)(**arguments)
        marked = any(mark in json.dumps(found) for mark in ("NOT ESTABLISHED", "NOT_ESTABLISHED", "ONLY_ALLEGED"))
        return {"WARNING": _WARNING, **found} if marked else found

    def list_questions(self, about: str = "") -> dict:
        """Return the stored questions in whose text each word of `about` stands; few of them in detail."""
        words = about.casefold().split()
        found = [one for one in self._library.questions.values() if all(word in _text_of(one) for word in words)]
        if len(found) > _MOST_DETAILED:
            told: list[dict] = [{"name": one.name, "title": one.summary} for one in found]
            return {"questions": told, "parameters": f"shown where `about` leaves at most {_MOST_DETAILED} questions"}
        return {"questions": [_question(one) for one in found]}

    def ask_question(self, name: str, parameters: dict[str, str], view: str, limit: int, offset: int) -> dict:
        """Answer a stored question."""
        question = self._library.questions.get(name)
        if question is None:
            raise UsageError(f"{name}: no such question.{nearest(name, list(self._library.questions))}")
        found = self._asked(view).answered(question, {key: str(value) for key, value in parameters.items()})
        return {"question": found.title, **self._answer(found, view, limit, offset)}

    def sparql(self, query: str, view: str, limit: int, offset: int) -> dict:
        """Answer a SELECT query."""
        try:
            refuse_remote(self._library.store, with_prefixes(query))
        except Refusal as refusal:
            raise UsageError(refusal.message) from None
        return self._answer(self._asked(view).query(query), view, limit, offset)

    def find(self, text: str) -> dict:
        """Return the things and claims that fit to a name or words, the likeliest first."""
        found = self._names.search(text)
        return {
            "things": [self._thing(iri) for iri in found.things],
            **self._claims([self._library.claims[claim] for claim in found.claims], MOST_ROWS, 0),
        }

    def describe(self, thing: str, limit: int, offset: int) -> dict:
        """Return what a thing is, and the claims that speak of it, the dated ones first, in order of date."""
        iri = thing_named(self._library.store, thing)
        claims = self._library.mentioning.get(iri) or self._library.cited.get(iri) or self._of_stance(iri)
        about = sorted(claims, key=lambda claim: claim.by_date)
        return {**self._thing(iri), **self._claims(about, limit, offset)}

    def read_claim(self, claim: str) -> dict:
        """Return all that one claim says and all that is said of it."""
        its = self._library.claims[resolve(self._library.store, _CLAIM, claim)[1:-1]]
        node = ox.NamedNode(its.iri)
        notes = {name: [o.value for o in self._of(node, name)] for name in ("doubt", "quotedTerm")}
        others = {name: [self._told(self._library.claims[o.value]) for o in self._of(node, name)] for name in _LINKS}
        content = [self._triple(quad) for quad in sorted(self._library.contents[its.iri], key=str)]
        told = {name: values for name, values in {**notes, **others}.items() if values}
        return {**self._told(its), "triples": content, **told}

    def vocabulary(self) -> dict:
        """Return the classes and properties to write SPARQL with, and the prefixes that need no declaration."""
        kinds = {"owl:Class": "classes", "owl:ObjectProperty": "properties", "owl:DatatypeProperty": "properties"}
        found: dict[str, dict[str, str]] = {"classes": {}, "properties": {}}
        for kind, group in kinds.items():
            for quad in self._library.quads(None, term("rdf:type"), term(kind)):
                if quad.subject.value.startswith(ONTOLOGY):
                    found[group][shorten(quad.subject.value)] = self._defined(quad.subject.value)
        return {**found, "prefixes": PREFIXES, "views": list(self._views)}

    # -- answers -----------------------------------------------------------------------------------------------------

    def _asked(self, view: str, shown: ox.Store | None = None) -> KnowledgeBase:
        if view not in self._views:
            raise UsageError(f"view={view[:80]}: choose one of {', '.join(self._views)}")
        store = shown or self._opened(view)
        shown_from = store if isinstance(store, ox.Store) else self._library.store
        return KnowledgeBase(store, view, self._library.questions.__getitem__, shown_from)

    def _answer(self, found: CitedAnswer, view: str, limit: int, offset: int) -> dict:
        """An answer's rows from `offset` on, with their evidence, the claims they rest on, and what to cite."""
        variables, rows = widened(found.store, found.text, found.answer)
        shown = range(offset, min(offset + limit, len(rows)))
        claims = {claim for at in shown for claim in found.citations[at].claims}
        told = [self._told(self._library.claims[claim]) for claim in sorted(claims, key=claim_order)]
        return {
            "view": view,
            "columns": variables,
            "rows": [self._row(variables, rows[at], found, at) for at in shown],
            **_left(len(rows), shown),
            "claims": told,
            "cite": found.bibliography().splitlines() if shown else [],
        }

    def _row(self, variables: list[str], row: tuple, found: CitedAnswer, at: int) -> dict:
        values = {n: v.value if hasattr(v, "value") else str(v) for n, v in zip(variables, row, strict=True) if v}
        notes, gap = found.evidence(at), found.citations[at].gap
        outside = sorted({note.stance for note in notes if not self._accepted(note)})
        mark = {"NOT_ESTABLISHED": f"rests on what is {', '.join(outside)}"} if outside else {}
        if gap:
            mark = {"NOT_ESTABLISHED": f"{gap}; it may rest on what was charged, testified or is rejected"}
        mark |= self._only_alleged(*row)
        evidence = [f"{note.claim}: {note.where()} [{note.standing}]" for note in notes]
        return {**mark, "values": values, "evidence": evidence or [gap or "register, no claim"]}

    def _claims(self, claims: list[Claim], limit: int, offset: int) -> dict:
        shown = range(offset, min(offset + limit, len(claims)))
        told = [self._told(claims[at]) for at in shown]
        return {"claims": told, **_left(len(claims), shown)}

    def _told(self, claim: Claim) -> dict:
        """A claim in words, with all that must not be lost on the way."""
        note = claim.note
        mark = "" if self._accepted(note) else f"[{_MARKS[note.stance]}] "
        told = {"claim": claim.iri, "says": mark + note.gloss, "stance": f"{note.stance}: {self._meaning(note.stance)}"}
        if note.inferred:
            told["inferred"] = f"The source does not say it. The encoder drew it {note.inferred}."
        if note.voices:
            told["according_to"] = ", ".join(note.voices)
        if claim.relays:
            told["through"] = ", ".join(claim.relays)
        if claim.date:
            told["when"] = claim.date
        return {**told, "place": note.where()}

    def _only_alleged(self, *terms: ox.Term | ox.Triple | None) -> dict[str, str]:
        """What terms name, by IRI or in words, that is only alleged or that nobody vouches for."""
        texts = [term.value if hasattr(term, "value") else str(term) for term in terms if term is not None]
        named = {iri for name, iri in self._doubtful.items() if any(name in text for text in texts)}
        told = "; ".join(f"{self._library.label(one)}: {self._nature(one)}" for one in sorted(named))
        return {"ONLY_ALLEGED": told} if named else {}

    def _accepted(self, note: Note) -> bool:
        return note.stance in self._library.accepted_stances

    def _meaning(self, stance: str) -> str:
        return self._defined(PREFIXES["stance"] + stance)

    def _defined(self, iri: str) -> str:
        found = self._library.quads(ox.NamedNode(iri), term("skos:definition"), None)
        return " ".join(quad.object.value for quad in found if quad.object.language == "en")

    def _nature(self, iri: str) -> str:
        """What the class of a thing that is only alleged says of it."""
        if kind_of(iri) in _ONLY_ALLEGED:
            return " ".join(self._defined(one) for one in self._library.classes(iri))
        return "known only from claims that the authors do not vouch for"

    # -- things ------------------------------------------------------------------------------------------------------

    def _thing(self, iri: str) -> dict:
        if iri in self._library.claims:
            return {"iri": iri, "kind": "claim", **self._told(self._library.claims[iri])}
        names = self._library.labels.get(iri, {})
        label = self._library.label
        told = {"iri": iri, "kind": kind_of(iri), "name": label(iri), "name_ru": names.get("ru", "")}
        told["classes"] = [label(one) for one in self._library.classes(iri)]
        if iri in self._doubtful.values():
            told["NOT_ESTABLISHED"] = self._nature(iri)
        return {name: value for name, value in told.items() if value}

    def _of_stance(self, iri: str) -> list[Claim]:
        stance = iri.removeprefix(PREFIXES["stance"])
        return [claim for claim in self._library.claims.values() if claim.note.stance == stance]

    @cached_property
    def _doubtful(self) -> dict[str, str]:
        """The names and IRIs of what is only alleged, and of what no claim that the authors vouch for tells."""
        found = {}
        for kind, iris in self._library.kinds.items():
            for iri in iris if kind not in _SAID else ():
                if kind in _ONLY_ALLEGED or self._library.outside_only(iri):
                    node = ox.NamedNode(iri)
                    names = [quad.object.value for one in _NAMED for quad in self._library.quads(node, one, None)]
                    found |= dict.fromkeys([iri, *names], iri)
        return found

    def _of(self, claim: ox.NamedNode, name: str) -> list[ox.Term]:
        return [quad.object for quad in self._library.quads(claim, term(f"nk:{name}"), None)]

    def _triple(self, quad: ox.Quad) -> dict[str, str]:
        """A triple in words, and as SPARQL has it."""
        parts = (quad.subject, quad.predicate, quad.object)
        words = [self._library.label(one.value) if isinstance(one, ox.NamedNode) else one.value for one in parts]
        terms = [shorten(one.value) if isinstance(one, ox.NamedNode) else str(one) for one in parts]
        return {"says": " | ".join(words), "triple": " ".join(terms), **self._only_alleged(*parts)}


TOOLS = ("list_questions", "ask_question", "sparql", "find", "describe", "read_claim", "vocabulary")


class ToolSite:
    """Answers the requests of the tools' server; what it takes and gives is JSON."""

    def __init__(self, site) -> None:
        """Take the site whose store, views and library the tools ask."""
        self._site = site

    def prepare(self) -> None:
        """Read all that the tools need, before the workers are forked: they can open no file."""
        self._tools = Tools(self._site.library(), self._site.views(), self._site.opened)
        # The first name in Cyrillic reads the table of its romanisation.
        self._tools.find("Ежов")
        _ = self._tools._doubtful

    def __call__(self, request: dict, body: bytes) -> tuple[dict, bytes]:
        """Run the tool that the request names with the arguments in its body."""
        try:
            found = self._tools(request["tool"], json.loads(body))
        except NarkomError as error:
            return {"refused": error.lines}, b""
        return {}, json.dumps(found, ensure_ascii=False).encode()


def _text_of(question: Question) -> str:
    told = (question.summary, question.description, question.summary_ru, question.description_ru)
    return " ".join((question.name, question.theme, *told)).casefold()


def _question(question: Question) -> dict:
    parameters = {one.name: one.described for one in question.parameters}
    return {"name": question.name, "title": question.summary, "shows": question.description, "parameters": parameters}


def _left(in_all: int, shown: range) -> dict:
    more = in_all - shown.stop
    return {"in_all": in_all, **({"more": f"{more} more: ask with offset={shown.stop}"} if more > 0 else {})}
