"""Content negotiation: which of the offered media types or languages a client likes best (RFC 9110, section 12.5)."""

import re

_Q = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$")
_RANGE = re.compile(r"(\*|[\w!#$&^.+-]+)/(\*|[\w!#$&^.+-]+)$", re.ASCII)
_MOST_RANGES = 100


def choose(accept: str | None, offers: list[str]) -> str | None:
    """Return the offer with the highest quality, the earlier of equals; None if the client takes none of them.

    A client that says nothing takes anything. A range that cannot be read counts for nothing.
    """
    if accept is None or not accept.strip():
        return offers[0]
    ranges = _parse(accept)
    best, quality = None, 0.0
    for offer in offers:
        its = _quality(offer, ranges)
        if its > quality:
            best, quality = offer, its
    return best


def choose_language(accept: str | None, offers: list[str]) -> str:
    """Return the offered language with the highest quality, the first where the client takes none of them.

    A range covers its dialects' language too: who asks for ru-UA alone reads ru (RFC 4647, section 3.4, lookup).
    """
    best, quality = offers[0], 0.0
    for part in (accept or "").split(",")[:_MOST_RANGES]:
        name, *parameters = (piece.strip() for piece in part.lower().split(";"))
        its = _weight(parameters) or 0.0
        offer = next((one for one in offers if name.split("-")[0] == one), offers[0] if name == "*" else None)
        if offer and its > quality:
            best, quality = offer, its
    return best


def _parse(accept: str) -> list[tuple[str, str, float]]:
    found = []
    for part in accept.split(",")[:_MOST_RANGES]:
        name, *parameters = (piece.strip() for piece in part.lower().split(";"))
        match = _RANGE.match(name)
        quality = _weight(parameters)
        if match and quality is not None and not (match[1] == "*" and match[2] != "*"):
            found.append((match[1], match[2], quality))
    return found


def _weight(parameters: list[str]) -> float | None:
    """The q of a range: 1 where it is not given, None where it is no quality."""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            return float(value) if _Q.match(value.strip()) else None
    return 1.0


def _quality(offer: str, ranges: list[tuple[str, str, float]]) -> float:
    """The quality of the most specific range that covers the offer."""
    kind, sub = offer.split("/")
    for wanted in ((kind, sub), (kind, "*"), ("*", "*")):
        found = [quality for one, two, quality in ranges if (one, two) == wanted]
        if found:
            return max(found)
    return 0.0
