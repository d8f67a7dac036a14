"""What a reader needs to know of a cited claim: its place, its footnote, the authors' stance, its voice."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import pyoxigraph as ox

from narkom.building.views import claim_order
from narkom.vocabulary import PREFIXES, cited_name, key_of, local_name, source_space, term

_DEFAULT = ox.DefaultGraph()


@dataclass(frozen=True, slots=True)
class Note:
    """A claim as it is cited: its name (ssc/p22s1c), passage (ssc/p22s1), footnote numbers, stance, voices and gloss.

    `relays` are those who handed the voice's word on; `inferred` is what the encoder drew the claim from, empty where
    the source says it.
    The names begin with the key of the source, so that claims of two sources are never taken for one.
    """

    claim: str
    passage: str
    footnotes: tuple[int, ...]
    stance: str
    voices: tuple[str, ...]
    relays: tuple[str, ...]
    inferred: str
    gloss: str

    @property
    def source(self) -> str:
        """Return the key of the source."""
        return self.claim.partition("/")[0]

    def iri(self, kind: str, name: str | int) -> str:
        """Return the IRI of this claim, its passage or one of its footnotes, given the kind and the name."""
        return source_space(self.source, kind) + str(name).rpartition("/")[2]

    def where(self) -> str:
        """Return the place in the source, as a historian would cite it."""
        paragraph, _, sentence = self.passage.rpartition("/")[2].partition("s")
        place = f"caption {paragraph[1:]}" if paragraph.startswith("f") else f"¶ {paragraph[1:]}, sentence {sentence}"
        return f"{place}, {_notes(self.footnotes)}"

    def as_dict(self) -> dict:
        """Return the fields as plain values, for JSON."""
        return asdict(self)

    def __str__(self) -> str:
        """Return one line: the gloss, whose word it is, the stance, the place and the claim's name."""
        through = f", through {', '.join(self.relays)}" if self.relays else ""
        voice = f" According to {', '.join(self.voices)}{through}." if self.voices else ""
        return f"{self.gloss}{voice} [{self.standing}] {self.where()} ({self.claim})"

    @property
    def standing(self) -> str:
        """Return the stance, and that the claim is inferred where it is."""
        return f"{self.stance}, inferred {self.inferred}" if self.inferred else self.stance


def _notes(numbers: tuple[int, ...]) -> str:
    return "n. " + ", ".join(map(str, numbers)) if numbers else "no footnote"


class Notes:
    """Reads claims' descriptions from a store, each once."""

    def __init__(self, store: ox.Store, language: str = "en") -> None:
        """Take a built store, and the language in which voices are named."""
        self._store = store
        self._language = language
        self._read: dict[str, Note] = {}

    def of(self, claims: tuple[str, ...]) -> list[Note]:
        """Return the notes for claims (IRIs), in the order of the sources."""
        return [self.one(claim) for claim in sorted(claims, key=claim_order)]

    def one(self, claim: str) -> Note:
        """Return the note for one claim."""
        if claim not in self._read:
            self._read[claim] = self._note(claim)
        return self._read[claim]

    def _note(self, claim: str) -> Note:
        its = {
            name: self._values(ox.NamedNode(claim), name)
            for name in ("passage", "footnote", "stance", "accordingTo", "relayedBy", "inferred", "gloss")
        }
        numbers = sorted(int(local_name(v.value)) for v in its["footnote"])
        return Note(
            cited_name(claim),
            "".join(cited_name(v.value) for v in its["passage"][:1]),
            tuple(numbers),
            "".join(v.value.removeprefix(PREFIXES["stance"]) for v in its["stance"][:1]),
            self._named(its["accordingTo"]),
            self._named(its["relayedBy"]),
            its["inferred"][0].value if its["inferred"] else "",
            its["gloss"][0].value if its["gloss"] else "",
        )

    def _named(self, nodes: list[ox.NamedNode]) -> tuple[str, ...]:
        return tuple(sorted(label_of(self._store, node, self._language) for node in nodes))

    def _values(self, subject: ox.NamedNode, name: str) -> list:
        return [quad.object for quad in self._store.quads_for_pattern(subject, term(f"nk:{name}"), None, _DEFAULT)]


def label_of(store: ox.Store, node: ox.NamedNode, language: str = "en") -> str:
    """Return a thing's label in a language, else in another, else the end of its IRI."""
    found: dict[str, str] = {}
    for predicate in (term("skos:prefLabel"), term("rdfs:label")):
        for quad in store.quads_for_pattern(node, predicate, None, _DEFAULT):
            found.setdefault(quad.object.language or "", quad.object.value)
    if not found:
        return cited_name(node.value) if key_of(node.value) else node.value.rpartition("/")[2].rpartition("#")[2]
    return found.get(language) or found[sorted(found)[0]]
