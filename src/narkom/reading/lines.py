"""A light index of where statements begin in a Turtle or TriG file.

The parser says whether a file is well-formed, but not where a triple stood. This reader of tokens knows just enough of
the syntax (strings, comments, brackets, graphs, prefixes) to tell on which line each subject and each graph begins.
It is run on files only that the parser has accepted.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

_TOKEN = re.compile(
    r"""
    (?P<skip> \s+ | \#[^\n]* )
  | (?P<string> \"{3}[^"\\]*+(?:(?:\\.|"(?!""))[^"\\]*+)*\"{3} | '{3}[^'\\]*+(?:(?:\\.|'(?!''))[^'\\]*+)*'{3}
              | "[^"\\\n]*+(?:\\.[^"\\\n]*+)*" | '[^'\\\n]*+(?:\\.[^'\\\n]*+)*' )
  | (?P<iri> <[^<>"{}|^`\s]*> )
  | (?P<mark> [{}\[\]();,.^] )
  | (?P<word> (?:\\.|[^\s{}\[\]();,"'<>\#^])+ )
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True)
class Statement:
    """The begin of one statement: its graph (None for the default graph), its subject, and the line."""

    graph: str | None
    subject: str
    line: int


@dataclass
class LineIndex:
    """Where things begin in one file: statements, graphs (name and line), and lines that make blank nodes."""

    statements: list[Statement] = field(default_factory=list)
    graphs: list[tuple[str, int]] = field(default_factory=list)
    blank_lines: list[int] = field(default_factory=list)


def tokens(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield kind, text and line of every token; a full stop that ends a word is a token of its own."""
    newlines = [match.start() for match in re.finditer("\n", text)]
    for match in _TOKEN.finditer(text):
        kind, value = str(match.lastgroup), match.group()
        if kind == "skip":
            continue
        line = bisect_right(newlines, match.start()) + 1
        bare = value.rstrip(".") if kind == "word" else value
        yield kind, bare, line
        for _ in range(len(value) - len(bare)):
            yield "mark", ".", line


class _Scanner:
    """Walks over the tokens of one file and fills the index."""

    def __init__(self) -> None:
        self.index = LineIndex()
        self.prefixes: dict[str, str] = {}
        self.graph: str | None = None
        self.depth = 0
        self.at_start = True

    def resolve(self, kind: str, value: str) -> str:
        """Return the IRI that a token stands for, or the token where it stands for none."""
        if kind == "iri":
            return value[1:-1]
        prefix, _, local = value.partition(":")
        return self.prefixes.get(prefix, prefix + ":") + local.replace("\\", "")

    def begin(self, stream: Iterator[tuple[str, str, int]], kind: str, value: str, line: int) -> None:
        """Take the first token of a statement, a graph or a directive."""
        keyword = value.lower().lstrip("@")
        if kind == "word" and keyword == "prefix":
            name, iri = next(stream)[1], next(stream)[1]
            self.prefixes[name.rstrip(":")] = iri[1:-1]
        elif kind == "word" and keyword in ("base", "version"):
            next(stream)
        elif not (kind == "word" and keyword == "graph"):
            self.open(stream, self.resolve(kind, value), line)

    def open(self, stream: Iterator[tuple[str, str, int]], name: str, line: int) -> None:
        """Decide by the token after a name whether the name opens a graph or a statement."""
        next_kind, next_value, next_line = next(stream)
        if next_value == "{" and next_kind == "mark":
            self.index.graphs.append((name, line))
            self.graph = name
        else:
            self.index.statements.append(Statement(self.graph, name, line))
            self.at_start = False
            self.inside(next_kind, next_value, next_line)

    def inside(self, kind: str, value: str, line: int) -> None:
        """Take a token within a statement, or a mark between two."""
        if value.startswith("_:") or (kind == "mark" and value in "[("):
            self.index.blank_lines.append(line)
        if kind != "mark":
            return
        self.depth += (value in "[(") - (value in "])")
        if value == "}":
            self.graph = None
        if value in "{}" or (value == "." and self.depth == 0):
            self.at_start = True

    def scan(self, text: str) -> LineIndex:
        """Return the index of a whole file."""
        stream = tokens(text)
        for kind, value, line in stream:
            if self.at_start and kind in ("iri", "word") and not value.startswith("_:"):
                self.begin(stream, kind, value, line)
            else:
                self.inside(kind, value, line)
        return self.index


def index_lines(text: str) -> LineIndex:
    """Return where each statement and graph of a well-formed Turtle or TriG text begins."""
    return _Scanner().scan(text)
