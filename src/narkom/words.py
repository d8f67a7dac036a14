"""English in generated messages."""

from collections.abc import Iterable


def a(noun: str) -> str:
    """Return a noun with its indefinite article: a body, an event."""
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def choice(nouns: Iterable[str]) -> str:
    """Return nouns as alternatives: person, body or group."""
    *others, last = nouns
    return f"{', '.join(others)} or {last}" if others else last
