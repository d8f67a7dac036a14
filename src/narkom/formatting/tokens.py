"""Tokens of a Turtle or TriG text with everything that a layout must keep: comments, line ends and adjacency."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""
    (?P<space> \s+ )
  | (?P<comment> \#[^\n]* )
  | (?P<string> \"{3}[^"\\]*+(?:(?:\\.|"(?!""))[^"\\]*+)*\"{3} | '{3}[^'\\]*+(?:(?:\\.|'(?!''))[^'\\]*+)*'{3}
              | "[^"\\\n]*+(?:\\.[^"\\\n]*+)*" | '[^'\\\n]*+(?:\\.[^'\\\n]*+)*' )
  | (?P<iri> <[^<>"{}|^`\s]*> )
  | (?P<type> \^\^ )
  | (?P<mark> [{}\[\]();,.] )
  | (?P<word> (?:\\.|[^\s{}\[\]();,"'<>\#^])+ )
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True)
class Token:
    """One token: its kind and text, the line on which it begins, whether it ends that of the token before.

    `glued` says that nothing stands between it and the token before; `apart`, that an empty line does.
    """

    kind: str
    text: str
    line: int
    glued: bool = False
    apart: bool = False


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a well-formed text; a full stop that ends a word is a token of its own."""
    newlines = [match.start() for match in re.finditer("\n", text)]
    space = "\n"
    for match in _TOKEN.finditer(text):
        kind, value = str(match.lastgroup), match.group()
        if kind == "space":
            space = value
            continue
        line = bisect_right(newlines, match.start()) + 1
        bare = value.rstrip(".") if kind == "word" else value
        if bare:
            yield Token(kind, bare, line, not space, space.count("\n") > 1)
        for _ in range(len(value) - len(bare)):
            yield Token("mark", ".", line, True)
        space = ""
