"""Search: things by name in any spelling, Latin or Cyrillic, and claims by the words of their glosses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from narkom.asking.likeness import score, skeleton, words
from narkom.asking.names import entries
from narkom.vocabulary import kind_of

_HEARD = ("person", "body", "office", "group", "alleged", "place", "document", "concept")
# Of these the names are the project's own: whoever looks for them types their words.
_READ = ("event", "imputed", "relation", "attitude", "statistic")
KINDS = (*_HEARD, *_READ)
_LONGEST = 200
_MOST = 30
# What only sounds like a name comes behind whatever bears it.
_MISHEARD, _LEAST_NEAR = 0.7, 70.0


@dataclass(frozen=True, slots=True)
class Found:
    """Things that fit (IRIs), the best first, and claims (IRIs) in whose gloss every word stands."""

    things: list[str]
    claims: list[str]


@dataclass(frozen=True, slots=True)
class _Name:
    iri: str
    label: str
    sounds: str


class Names:
    """Every name of the registers with its sounds."""

    def __init__(self, store: ox.Store, glosses: Mapping[str, str]) -> None:
        """Read the names of a store once; `glosses` are those of the claims, by IRI."""
        self._glosses = {claim: gloss.lower() for claim, gloss in glosses.items()}
        self._names = [
            _Name(iri, label.lower(), skeleton(label))
            for kind in KINDS
            for iri, labels in entries(store, kind).items()
            for label in labels
        ]

    def find(self, typed: str) -> Found:
        """Return what fits to what somebody typed; of a long text only the beginning is read."""
        text = typed.strip().lower()[:_LONGEST]
        if not text:
            return Found([], [])
        wanted = skeleton(text)
        scores: dict[str, float] = {}
        for name in self._names:
            score = self._score(name, text, wanted)
            if score:
                scores[name.iri] = max(score, scores.get(name.iri, 0))
        best = sorted(scores, key=lambda iri: (-scores[iri], KINDS.index(_kind(iri)), iri))
        return Found(best[:_MOST], self._claims(text))

    def _score(self, name: _Name, text: str, wanted: str) -> float:
        if text == name.label:
            return 100
        if wanted and wanted == name.sounds:
            return 95
        parts = name.sounds.split()
        # Initials of a typed name may be missing in the register, and a first name in what was typed.
        typed = [word for word in wanted.split() if len(word) > 1]
        if typed and all(word in parts for word in typed):
            return 90
        if text in name.label:
            return 80
        if typed and all(_begins(parts, word) for word in typed):
            return 75
        kind = _kind(name.iri)
        if kind in _READ or len(wanted) < 4:
            return 0
        near = score(words(text), words(name.label), kind == "person")
        return near * _MISHEARD if near >= _LEAST_NEAR else 0

    def _claims(self, text: str) -> list[str]:
        wanted = text.split()
        found = (claim for claim, gloss in self._glosses.items() if all(word in gloss for word in wanted))
        return [claim for claim, _ in zip(found, range(_MOST), strict=False)]


def _begins(parts: list[str], beginning: str) -> bool:
    return len(beginning) > 2 and any(part.startswith(beginning) for part in parts)


def _kind(iri: str) -> str:
    return kind_of(iri)
