"""What a reader needs to know of a cited claim: its place, its footnote, the authors' stance, its voice."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import pyoxigraph as ox

from narkom.building.views import claim_order
from narkom.vocabulary import PREFIXES, term

_DEFAULT = ox.DefaultGraph()


@dataclass(frozen=True, slots=True)
class Note:
    """A claim as it is cited: its name (p22s1c), passage, footnote numbers, stance, whose word it is, and its gloss."""

    claim: str
    passage: str
    footnotes: tuple[int, ...]
    stance: str
    voices: tuple[str, ...]
    gloss: str

    def where(self) -> str:
        """Return the place in the chapter, as a historian would cite it."""
        paragraph, _, sentence = self.passage.partition("s")
        place = f"caption {paragraph[1:]}" if paragraph.startswith("f") else f"¶ {paragraph[1:]}, sentence {sentence}"
        return f"{place}, {_notes(self.footnotes)}"

    def as_dict(self) -> dict:
        """Return the fields as plain values, for JSON."""
        return asdict(self)

    def __str__(self) -> str:
        """Return one line: the gloss, whose word it is, the stance, the place and the claim's name."""
        voice = f" According to {', '.join(self.voices)}." if self.voices else ""
        return f"{self.gloss}{voice} [{self.stance}] {self.where()} ({self.claim})"


def _notes(numbers: tuple[int, ...]) -> str:
    return "n. " + ", ".join(map(str, numbers)) if numbers else "no footnote"


class Notes:
    """Reads claims' descriptions from a store, each once."""

    def __init__(self, store: ox.Store) -> None:
        """Take a built store."""
        self._store = store
        self._read: dict[str, Note] = {}

    def of(self, claims: tuple[str, ...]) -> list[Note]:
        """Return the notes for claims (IRIs), in the order of the chapter."""
        return [self.one(claim) for claim in sorted(claims, key=claim_order)]

    def one(self, claim: str) -> Note:
        """Return the note for one claim."""
        if claim not in self._read:
            self._read[claim] = self._note(claim)
        return self._read[claim]

    def _note(self, claim: str) -> Note:
        its = {
            name: self._values(ox.NamedNode(claim), name)
            for name in ("passage", "footnote", "stance", "accordingTo", "gloss")
        }
        numbers = sorted(int(v.value.removeprefix(PREFIXES["note"])) for v in its["footnote"])
        return Note(
            claim.removeprefix(PREFIXES["claim"]),
            "".join(v.value.removeprefix(PREFIXES["passage"]) for v in its["passage"][:1]),
            tuple(numbers),
            "".join(v.value.removeprefix(PREFIXES["stance"]) for v in its["stance"][:1]),
            tuple(sorted(label_of(self._store, v) for v in its["accordingTo"])),
            its["gloss"][0].value if its["gloss"] else "",
        )

    def _values(self, subject: ox.NamedNode, name: str) -> list:
        return [quad.object for quad in self._store.quads_for_pattern(subject, term(f"nk:{name}"), None, _DEFAULT)]


def label_of(store: ox.Store, node: ox.NamedNode, language: str = "en") -> str:
    """Return a thing's label in a language, else in another, else the end of its IRI."""
    found: dict[str, str] = {}
    for predicate in (term("skos:prefLabel"), term("rdfs:label")):
        for quad in store.quads_for_pattern(node, predicate, None, _DEFAULT):
            found.setdefault(quad.object.language or "", quad.object.value)
    if not found:
        return node.value.removeprefix(PREFIXES["claim"]).rpartition("/")[2].rpartition("#")[2]
    return found.get(language) or found[sorted(found)[0]]
