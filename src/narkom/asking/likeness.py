"""How alike two names sound, whatever romanisation they are written in, and which entries are likely to be meant.

One measure for all who compare names: parameters of questions, the search box, the reconciliation service.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# What of a romanisation sounds alike, in order; read by the search in the browser too, so no more than both know.
SOUNDS = (
    (r"schtsch|shch", "q"),
    # ч and х share their letters (ch, kh, tsch, x) from one scheme to the next: one sound for both.
    (r"tsch|tch", "h"),
    (r"zh|sch|sh", "q"),
    (r"ch|kh|x", "h"),
    (r"\b(?:ye|je|yo|jo)", "e"),
    (r"(?:ya|ja|ia)", "a"),
    (r"(?:yu|ju|iu)", "u"),
    (r"(?:ye|je|ie)", "e"),
    (r"ts|tz|zz", "c"),
    (r"w", "v"),
    (r"z", "s"),
    (r"[yj]", "i"),
)
CARONS = {"ž": "zh", "š": "sh", "č": "ch"}
# Which hissing sound it was, and a French j between vowels, is what people mishear and mistype first.
_HISSING = ((r"[qc]", "s"), (r"(?<=[aeou])i(?=[aeou])", "s"))
_LETTER_ALIKE, _NEARLY, _FAR = 0.9, 0.9, 0.7
# What a word of a name costs that was not typed. Two words of a person's name are first name and patronymic; any other
# makes another thing of it: Ezhov's entourage is not Ezhov.
_GIVEN_NAME, _GIVEN_NAMES, _OTHER_WORD = 0.5, 2, 10.0


def skeleton(text: str) -> str:
    """Return the sounds of a name without the habits of its romanisation."""
    if re.search(r"[\u0400-\u04ff]", text):
        text = romanised(text)
    text = text.lower()
    for letter, letters in CARONS.items():
        text = text.replace(letter, letters)
    flat = unicodedata.normalize("NFD", text)
    plain = re.sub(r"[^a-z ]", "", "".join(c for c in flat if not unicodedata.combining(c)).replace(".", " "))
    for pattern, sound in SOUNDS:
        plain = re.sub(pattern, sound, plain)
    return re.sub(r"(.)\1", r"\1", " ".join(plain.split()))


def romanised(text: str) -> str:
    """Return a text in Cyrillic as ALA-LC writes it."""
    import iuliia

    return iuliia.ALA_LC.translate(text)


@lru_cache(maxsize=4096)
def words(name: str) -> tuple[str, ...]:
    """Return the skeletons of a name's words; initials that are written together are words of their own."""
    spaced = name.replace("-", " ").replace(",", " ").replace(".", ". ").replace("–", " ")
    return tuple(word for word in (skeleton(part) for part in spaced.split()) if word)


def score(typed: tuple[str, ...], name: tuple[str, ...], person: bool = True) -> float:
    """Return how well a typed name fits the name of a person or of something else, from 0 to 100.

    Every typed word must find a word of its own; what is left of the name costs little where it may be a given name.
    """
    if not any(_alike(word, other) for word in typed for other in name if min(len(word), len(other)) > 1):
        # Initials alone say nothing.
        return 0.0
    left, total, weight = list(name), 0.0, 0
    for word in sorted(typed, key=len, reverse=True):
        best = max(left, key=lambda other: _alike(word, other), default=None)
        alike = _alike(word, best) if best is not None else 0.0
        if alike:
            left.remove(best)
        total += alike * len(word)
        weight += len(word)
    given = min(len(left), _GIVEN_NAMES) if person else 0
    return 100 * total / weight - given * _GIVEN_NAME - (min(len(left), 4) - given) * _OTHER_WORD


@lru_cache(maxsize=1 << 16)
def _alike(word: str, other: str) -> float:
    """Return how alike two words sound, from 0 to 1; what is less alike than _FAR is not alike at all."""
    from rapidfuzz import fuzz

    if word == other:
        return 1.0
    if len(word) == 1 or len(other) == 1:
        return _LETTER_ALIKE if word[0] == other[0] else 0.0
    alike = max(fuzz.ratio(word, other) / 100, _NEARLY * (_hissed(word) == _hissed(other)))
    return alike if alike >= _FAR else 0.0


@lru_cache(maxsize=4096)
def _hissed(word: str) -> str:
    for pattern, sound in _HISSING:
        word = re.sub(pattern, sound, word)
    return word
