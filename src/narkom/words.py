"""English in generated messages."""

from collections.abc import Iterable
from dataclasses import dataclass


def a(noun: str) -> str:
    """Return a noun with its indefinite article: a body, an event."""
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def choice(nouns: Iterable[str]) -> str:
    """Return nouns as alternatives: person, body or group."""
    *others, last = nouns
    return f"{', '.join(others)} or {last}" if others else last


@dataclass(frozen=True, slots=True)
class Kinds:
    """Kinds of things as alternatives, in a message that may be said in another language too."""

    kinds: tuple[str, ...]
    article: bool = False

    def __str__(self) -> str:
        """Return them in English."""
        return a(choice(self.kinds)) if self.article else choice(self.kinds)
