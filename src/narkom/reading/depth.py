"""What no parser should be given: brackets nested without end, on which parsers written in other languages crash."""

import re
from bisect import bisect_right

from narkom.reading.errors import ReadingError, ReadingErrors

DEEPEST = 200
# As in lines.py, but of brackets alone. Characters are taken without a way back, so that a long text costs no memory;
# groups are not: to Python 3.11.2 a possessive group matches nothing (https://github.com/python/cpython/issues/101955).
_PART = re.compile(
    r"""
    (?P<skip> \#[^\n]*+
            | \"{3}[^"\\]*+(?:(?:\\.|"(?!""))[^"\\]*+)*\"{3} | '{3}[^'\\]*+(?:(?:\\.|'(?!''))[^'\\]*+)*'{3}
            | "[^"\\\n]*+(?:\\.[^"\\\n]*+)*" | '[^'\\\n]*+(?:\\.[^'\\\n]*+)*'
            | <(?!<)[^<>"{}|^`\s]*+> )
  | (?P<open> << | [{\[(] )
  | (?P<close> >> | [}\])] )
    """,
    re.VERBOSE | re.DOTALL,
)


def refuse_deep(text: str, name: str) -> None:
    """Raise ReadingErrors for a text whose brackets are nested more than DEEPEST times; `name` is its file's."""
    if sum(map(text.count, ("<<", "[", "(", "{"))) <= DEEPEST:
        return
    depth = 0
    for match in _PART.finditer(text):
        depth = max(0, depth + (match.lastgroup == "open") - (match.lastgroup == "close"))
        if depth > DEEPEST:
            line = text.count("\n", 0, match.start()) + 1
            what = f"brackets are nested more than {DEEPEST} deep"
            raise ReadingErrors([ReadingError(name, line, what, "Give the inner things names of their own")])


def longest(text: str) -> int:
    """Return the line on which the longest string, IRI or comment of a text begins."""
    newlines = [match.start() for match in re.finditer("\n", text)]
    start = max((m.end() - m.start(), -m.start()) for m in _PART.finditer(text))[1] if _PART.search(text) else 0
    return bisect_right(newlines, -start) + 1
