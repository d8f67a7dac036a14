"""The tokens of a SPARQL 1.1 query (https://www.w3.org/TR/sparql11-query/#sparqlGrammar)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(
    r"""(?P<space>\s+|\#[^\n\r]*)
      | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
      | (?P<string>\"{3}(?:(?:\"|\"\")?(?:[^"\\]|\\.))*\"{3} | '{3}(?:(?:'|'')?(?:[^'\\]|\\.))*'{3}
                 | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*')
      | (?P<lang>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
      | (?P<var>[?$]\w+)
      | (?P<bnode>_:\w(?:[\w.-]*[\w-])?)
      | (?P<number>(?:\d+\.\d*|\.\d+|\d+)(?:[eE][+-]?\d+)?)
      | (?P<pname>(?:[^\W\d_](?:[\w.-]*[\w-])?)?:(?:(?:[\w:]|%[0-9A-Fa-f]{2}|\\[-_~.!$&'()*+,;=/?\#@%])
                  (?:(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\[-_~.!$&'()*+,;=/?\#@%])*(?:[\w:-]|%[0-9A-Fa-f]{2}|\\[-_~.!$&'()*+,;=/?\#@%]))?)?)
      | (?P<word>[A-Za-z_]\w*)
      | (?P<op>\^\^|\|\||&&|!=|<=|>=|[{}()\[\].;,/|^?*+!=<>-])
    """,
    re.VERBOSE | re.DOTALL,
)


class Uncitable(Exception):
    """The query has a construct whose evidence cannot be traced; the message names it."""


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its kind (a group name of the token pattern), its text, and where it starts and ends."""

    kind: str
    text: str
    start: int
    end: int


@lru_cache(maxsize=1024)
def tokenize(text: str) -> list[Token]:
    """Cut `text` into tokens, without white space and comments.

    Raises Uncitable at a character that starts no token.
    """
    tokens, at = [], 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if not match:
            raise Uncitable(f"the text at character {at + 1}")
        if match.lastgroup != "space":
            tokens.append(Token(match.lastgroup, match.group(), at, match.end()))
        at = match.end()
    return tokens
