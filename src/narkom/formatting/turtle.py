"""The layout of Turtle and TriG: sorted prefixes, one statement a line, comments where they were.

In a register the subject stands on a line of its own. In a claim file it begins the first statement, and the
description of a claim follows its graph without an empty line. The order of things is the author's; only the
properties of a claim are put into the order of docs/conventions.md.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from narkom.errors import NarkomError
from narkom.formatting.tokens import Token, tokens

_DESCRIPTION = ("a", "nk:passage", "nk:footnote", "nk:stance", "nk:accordingTo", "nk:relayedBy", "nk:statedIn")
_DESCRIPTION += ("nk:contradicts", "nk:alternativeTo", "nk:corroborates", "nk:repeats", "nk:inferred", "nk:doubt")
_DESCRIPTION += ("nk:quotedTerm", "nk:gloss")
_INDENT = "    "


class LayoutError(NarkomError):
    """The text cannot be laid out."""


@dataclass
class Comments:
    """The comments that stand above a thing (an empty text is an empty line), and the one at the end of its line."""

    above: list[str] = field(default_factory=list)
    beside: str = ""


@dataclass
class Statement:
    """One property with one value."""

    predicate: str
    value: str
    comments: Comments


@dataclass
class Block:
    """A subject with its statements, a prefix, or a graph with its subjects; `closing` is beside a graph's brace."""

    name: str
    comments: Comments
    statements: list[Statement] = field(default_factory=list)
    inner: list["Block"] | None = None
    prefix: str = ""
    closing: Comments = field(default_factory=Comments)


class _Reader:
    """Takes the tokens of one text apart into blocks."""

    def __init__(self, text: str) -> None:
        self.stream = list(tokens(text))
        self.at = 0
        self.above: list[str] = []
        self.last = Comments()
        self.line = 0

    def peek(self) -> Token | None:
        """Return the next token that is no comment; comments before it are kept for whom they belong to."""
        while self.at < len(self.stream) and self.stream[self.at].kind == "comment":
            token = self.stream[self.at]
            self.at += 1
            if token.line == self.line and not self.last.beside:
                self.last.beside = token.text.rstrip()
                continue
            self.above += ([""] if token.apart and self.above else []) + [token.text.rstrip()]
        return self.stream[self.at] if self.at < len(self.stream) else None

    def take(self) -> Token:
        """Return the next token and go on."""
        token = self.peek()
        if token is None:
            raise LayoutError("the text ends within a statement. Correct it first: narkom check")
        self.at += 1
        self.line = token.line + token.text.count("\n")
        return token

    def comments(self) -> Comments:
        """Return the comments that stand above the next thing, which is taken with its own from now on."""
        token = self.peek()
        above, self.above = self.above, []
        if above and token and token.apart:
            above.append("")
        self.last = Comments(above)
        return self.last

    def document(self) -> Iterator[Block]:
        """Yield the blocks of the text, and at the end one without a name for comments that close it."""
        while self.peek():
            comments = self.comments()
            word = self.term()
            if word.lower().lstrip("@") in ("prefix", "base"):
                yield self.directive(word, comments)
            elif word.lower() == "graph":
                yield self.graph(self.term(), comments)
            elif self.next_is("{"):
                yield self.graph(word, comments)
            else:
                yield self.triples(word, comments)
        if self.above:
            yield Block("", Comments(self.above))

    def next_is(self, *marks: str) -> bool:
        """Return whether the next token is one of some marks."""
        token = self.peek()
        return token is not None and token.kind == "mark" and token.text in marks

    def directive(self, word: str, comments: Comments) -> Block:
        """Read a prefix or base."""
        base = word.lower().endswith("base")
        name = "" if base else self.take().text
        iri = self.take().text
        if word.startswith("@"):
            self.take()
        return Block("@base" if base else name, comments, prefix=iri)

    def graph(self, name: str, comments: Comments) -> Block:
        """Read a graph from its opening brace on."""
        self.take()
        inner = []
        while not self.next_is("}"):
            above = self.comments()
            inner.append(self.triples(self.term(), above))
        closing = self.comments()
        self.take()
        return Block(name, comments, inner=inner, closing=closing)

    def triples(self, subject: str, comments: Comments) -> Block:
        """Read a subject's statements up to their full stop."""
        block = Block(subject, comments)
        while not self.next_is(".", "}"):
            own = self.comments()
            predicate = self.term()
            block.statements.append(Statement(predicate, self.term(), own))
            while self.next_is(","):
                self.take()
                block.statements.append(Statement(predicate, "", self.comments()))
                block.statements[-1].value = self.term()
            while self.next_is(";"):
                self.take()
        if self.next_is("."):
            self.take()
            self.peek()
        block.statements = _ordered(block.statements)
        # Nothing can stand between a subject and its first statement.
        block.comments.above += block.statements[0].comments.above
        block.statements[0].comments.above = []
        return block

    def term(self) -> str:
        """Read one term: a name, a literal with its language or type, or what brackets hold."""
        token = self.take()
        if token.kind == "mark" and token.text in "([":
            return self.brackets(token.text)
        text = token.text
        while (follower := self.peek()) and follower.glued and (follower.kind == "type" or text.endswith("^^")):
            text += self.take().text
        if token.kind == "string" and follower and follower.glued and follower.text.startswith("@"):
            text += self.take().text
        return text

    def brackets(self, opening: str) -> str:
        """Read a list or a blank node, on one line."""
        closing = {"(": ")", "[": "]"}[opening]
        parts = [opening]
        while not self.next_is(closing):
            parts.append(self.take().text if self.next_is(";", ",") else self.term())
        self.take()
        return " ".join([*parts, closing]) if len(parts) > 1 else opening + closing


def layout(text: str, trig: bool) -> str:
    """Return a well-formed Turtle or TriG text in the canonical layout; raises LayoutError where it is not one."""
    blocks = list(_Reader(text).document())
    prefixes = sorted((one for one in blocks if one.prefix), key=lambda one: one.name)
    lines: list[str] = []
    if prefixes:
        # What stands above the first prefix is the head of the file, whichever prefix comes first after sorting.
        first = next(one for one in blocks if one.prefix)
        head, first.comments.above = first.comments.above, []
        lines += head
        lines += [line for one in prefixes for line in _prefix(one)]
    before = None
    for block in blocks:
        if block.prefix:
            continue
        glued = before is not None and before.inner is not None and before.name == block.name and trig
        if lines and not glued:
            lines.append("")
        lines += _block(block, trig)
        before = block
    return "\n".join(_without_double_gaps(lines)).strip("\n") + "\n"


def _prefix(block: Block) -> list[str]:
    text = f"@base {block.prefix} ." if block.name == "@base" else f"@prefix {block.name} {block.prefix} ."
    return [*block.comments.above, _with(text, block.comments)]


def _with(text: str, comments: Comments) -> str:
    return f"{text}  {comments.beside}" if comments.beside else text


def _block(block: Block, trig: bool) -> Iterator[str]:
    yield from block.comments.above
    if block.inner is not None:
        yield _with(f"{block.name} {{", block.comments)
        for one in block.inner:
            yield from (_indented(line) for line in _subject(one, one.comments.above, True))
        yield from (_indented(line) for line in block.closing.above)
        yield _with("}", block.closing)
    elif block.name:
        yield from _subject(block, [], trig)


def _indented(line: str) -> str:
    return _INDENT + line if line else line


def _subject(block: Block, above: Iterable[str], inline: bool) -> Iterator[str]:
    """Yield the lines of a subject; `inline` has its first statement stand beside it."""
    yield from above
    if not inline:
        yield block.name
    for number, one in enumerate(block.statements):
        yield from (_indented(line) for line in one.comments.above)
        start = f"{block.name} " if inline and not number else _INDENT
        end = "." if number == len(block.statements) - 1 else ";"
        yield _with(f"{start}{one.predicate} {one.value} {end}", one.comments)


def _ordered(statements: list[Statement]) -> list[Statement]:
    """Return the statements, those of a claim in their fixed order."""
    if not any((one.predicate, one.value) == ("a", "nk:Claim") for one in statements):
        return statements
    place = {name: number for number, name in enumerate(_DESCRIPTION)}
    return sorted(statements, key=lambda one: place.get(one.predicate, len(place)))


def _without_double_gaps(lines: Iterable[str]) -> Iterator[str]:
    before = ""
    for line in lines:
        if line or before:
            yield line
        before = line
