"""The shape of a SPARQL 1.1 SELECT query: what citing needs to know of it, and where each part stands in the text.

Oxigraph executes queries and decides what is well-formed. This module reads only queries that it has accepted, and
keeps the pieces of text, so that a part (the inside of an EXISTS, a sub-SELECT) can be executed by itself. The names
follow the grammar of SPARQL 1.1, https://www.w3.org/TR/sparql11-query/#sparqlGrammar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

import pyoxigraph as ox

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"
AGGREGATES = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"})

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


@dataclass(frozen=True, slots=True)
class Path:
    """A property path.

    `op` is one of link, inverse, sequence, alternative, zero-or-more, one-or-more, zero-or-one, negated.
    """

    op: str
    parts: tuple[Path | ox.NamedNode, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Triple:
    """A triple pattern; a blank node of the query is a variable whose name starts with an underscore."""

    subject: ox.Variable | ox.NamedNode | ox.Literal
    predicate: ox.Variable | ox.NamedNode | Path
    object: ox.Variable | ox.NamedNode | ox.Literal


@dataclass(slots=True)
class Bgp:
    """Triple patterns that stand together."""

    triples: list[Triple]


@dataclass(slots=True)
class Group:
    """A group graph pattern: its parts in order and its text with the braces."""

    parts: list[object]
    text: str
    start: int = 0
    end: int = 0


@dataclass(slots=True)
class Optional_:
    """OPTIONAL with its group."""

    group: Group


@dataclass(slots=True)
class Union:
    """Alternatives joined by UNION (one alternative: a plain nested group)."""

    groups: list[Group]


@dataclass(slots=True)
class Minus:
    """MINUS with its group, which nothing present can stand for."""

    group: Group


@dataclass(slots=True)
class Graph:
    """GRAPH with its name and group."""

    name: ox.Variable | ox.NamedNode
    group: Group


@dataclass(slots=True)
class Filter:
    """A FILTER: groups that must match (EXISTS) or must not, and whether a group hides in a larger expression."""

    exists: list[Group]
    tangled: bool
    negated: list[Group] = field(default_factory=list)


@dataclass(slots=True)
class Bind:
    """BIND or VALUES: binds variables without touching the data."""

    text: str
    tangled: bool = False

    @property
    def computes(self) -> bool:
        """Whether it is a BIND."""
        return self.text[:4].upper() == "BIND"


@dataclass(slots=True)
class Aggregate:
    """One aggregate call: its function, whether DISTINCT, and the text of what it is applied to (`*` for all)."""

    function: str
    distinct: bool
    argument: str


@dataclass(slots=True)
class Select:
    """A SELECT query or sub-SELECT, cut into its clauses (all text slices, empty where absent)."""

    prologue: str
    distinct: bool
    projection: str
    variables: list[str] | None
    expressions: dict[str, str]
    dataset: str
    where: Group
    group_by: str
    keys: list[tuple[str, str | None]]
    having: str
    order_by: str
    limit: str
    offset: bool
    values: str
    aggregates: list[Aggregate] = field(default_factory=list)

    @property
    def grouped(self) -> bool:
        """Whether solutions are gathered into groups."""
        return bool(self.group_by or self.aggregates)


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


@lru_cache(maxsize=256)
def parse_select(query: str) -> Select:
    """Read a SELECT query (str) into a Select.

    Raises Uncitable for another form of query, and for what this module cannot place.
    """
    reader = _Reader(query)
    reader.prologue()
    select = reader.select()
    if reader.peek():
        raise Uncitable(f"'{reader.peek().text}' after the end of the query")
    return select


class _Reader:
    """A recursive-descent reader over the tokens of one query."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokenize(text)
        self.at = 0
        self.prefixes: dict[str, str] = {}
        self.base = ""
        self.prologue_text = ""
        self.blank = 0

    # -- tokens ------------------------------------------------------------------------------------------------------

    def peek(self, ahead: int = 0) -> Token | None:
        at = self.at + ahead
        return self.tokens[at] if at < len(self.tokens) else None

    def word(self, ahead: int = 0) -> str:
        token = self.peek(ahead)
        return token.text.upper() if token and token.kind in ("word", "op") else ""

    def next(self) -> Token:
        token = self.peek()
        if token is None:
            raise Uncitable("the end of the query")
        self.at += 1
        return token

    def accept(self, *words: str) -> bool:
        if self.word() in words:
            self.at += 1
            return True
        return False

    def expect(self, word: str) -> Token:
        token = self.next()
        if token.text.upper() != word:
            raise Uncitable(f"'{token.text}' where '{word}' belongs")
        return token

    def slice(self, first: int, last: int) -> str:
        """The text from token number `first` up to, not including, token number `last`."""
        return self.text[self.tokens[first].start : self.tokens[last - 1].end] if last > first else ""

    def skip_brackets(self) -> None:
        """Pass over one balanced (…), {…} or […]."""
        pairs = {"(": ")", "{": "}", "[": "]"}
        stack = [pairs[self.next().text]]
        while stack:
            token = self.next()
            if token.kind != "op":
                continue
            if token.text in pairs:
                stack.append(pairs[token.text])
            elif token.text == stack[-1]:
                stack.pop()

    # -- query -------------------------------------------------------------------------------------------------------

    def prologue(self) -> None:
        while self.word() in ("PREFIX", "BASE"):
            if self.next().text.upper() == "BASE":
                self.base = self.next().text[1:-1]
            else:
                name = self.next().text[:-1]
                self.prefixes[name] = self.next().text[1:-1]
        self.prologue_text = self.text[: self.tokens[self.at].start] if self.peek() else self.text

    def select(self) -> Select:
        if not self.accept("SELECT"):
            raise Uncitable("a query that is no SELECT")
        distinct = self.accept("DISTINCT")
        distinct = self.accept("REDUCED") or distinct
        first = self.at
        variables, expressions = self._projection()
        projection = self.slice(first, self.at)
        first = self.at
        while self.accept("FROM"):
            self.accept("NAMED")
            self.next()
        dataset = self.slice(first, self.at)
        self.accept("WHERE")
        where = self.group()
        group_by, keys = self._group_by()
        having = self._clause(("HAVING",), ("ORDER", "LIMIT", "OFFSET", "VALUES", "}"))
        order_by = self._clause(("ORDER",), ("LIMIT", "OFFSET", "VALUES", "}"))
        limit, offset = "", False
        while self.word() in ("LIMIT", "OFFSET"):
            if self.next().text.upper() == "LIMIT":
                limit = self.next().text
            else:
                offset = self.next().text != "0"
        values = self._clause(("VALUES",), ("}",))
        aggregates = _aggregates(" ".join([projection, having, order_by]))
        return Select(
            self.prologue_text, distinct, projection, variables, expressions, dataset, where,
            group_by, keys, having, order_by, limit, offset, values, aggregates,
        )  # fmt: skip

    def _projection(self) -> tuple[list[str] | None, dict[str, str]]:
        if self.accept("*"):
            return None, {}
        names, expressions = [], {}
        while True:
            token = self.peek()
            if token and token.kind == "var":
                names.append(self.next().text[1:])
            elif self.word() == "(":
                name, expression = self._as()
                names.append(name)
                expressions[name] = expression
            else:
                return names, expressions

    def _as(self) -> tuple[str, str]:
        """Read `( expression AS ?name )`."""
        first = self.at
        self.skip_brackets()
        inner = self.tokens[first + 1 : self.at - 1]
        if len(inner) < 3 or inner[-2].text.upper() != "AS" or inner[-1].kind != "var":
            raise Uncitable("an expression without a name")
        return inner[-1].text[1:], self.text[inner[0].start : inner[-3].end]

    def _group_by(self) -> tuple[str, list[tuple[str, str | None]]]:
        if self.word() != "GROUP":
            return "", []
        first = self.at
        self.next()
        self.expect("BY")
        keys: list[tuple[str, str | None]] = []
        while self.peek() and self.word() not in ("HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES", "}"):
            if self.peek().kind == "var":
                keys.append((self.next().text[1:], None))
            elif self.word() == "(":
                start = self.at
                try:
                    keys.append(self._as())
                except Uncitable:
                    self.at = start
                    self.skip_brackets()
                    keys.append((f"_key{len(keys)}", self.slice(start, self.at)))
            else:
                start = self.at
                self.next()
                self.skip_brackets()
                keys.append((f"_key{len(keys)}", self.slice(start, self.at)))
        return self.slice(first, self.at), keys

    def _clause(self, starts: tuple[str, ...], stops: tuple[str, ...]) -> str:
        if self.word() not in starts:
            return ""
        first = self.at
        self.next()
        while self.peek() and self.word() not in stops:
            if self.word() in ("(", "{", "["):
                self.skip_brackets()
            else:
                self.next()
        return self.slice(first, self.at)

    # -- patterns ----------------------------------------------------------------------------------------------------

    def group(self) -> Group:
        first = self.at
        self.expect("{")
        parts: list[object] = []
        if self.word() == "SELECT":
            parts.append(self.select())
        else:
            while self.word() != "}":
                self._part(parts)
        self.expect("}")
        return Group(parts, self.slice(first, self.at), self.tokens[first].start, self.tokens[self.at - 1].end)

    def _part(self, parts: list[object]) -> None:
        word = self.word()
        if word == ".":
            self.next()
        elif word == "{":
            groups = [self.group()]
            while self.accept("UNION"):
                groups.append(self.group())
            parts.append(Union(groups))
        elif word == "OPTIONAL":
            self.next()
            parts.append(Optional_(self.group()))
        elif word == "MINUS":
            self.next()
            parts.append(Minus(self.group()))
        elif word == "GRAPH":
            self.next()
            parts.append(Graph(self._node([]), self.group()))
        elif word == "SERVICE":
            raise Uncitable("SERVICE, whose data is elsewhere")
        elif word == "FILTER":
            self.next()
            parts.append(self._filter())
        elif word in ("BIND", "VALUES"):
            parts.append(self._bind())
        else:
            parts.append(self._bgp())

    def _bind(self) -> Bind:
        first = self.at
        if self.next().text.upper() == "VALUES":
            if self.word() == "(":
                self.skip_brackets()
            else:
                self.next()
        self.skip_brackets()
        text = self.slice(first, self.at)
        return Bind(text, bool(re.search(r"\bEXISTS\b", text, re.IGNORECASE)))

    def _filter(self) -> Filter:
        if self.word() == "EXISTS":
            self.next()
            return Filter([self.group()], False)
        if self.word() == "NOT" and self.word(1) == "EXISTS":
            self.next()
            self.next()
            return Filter([], False, [self.group()])
        first = self.at
        if self.word() != "(":
            self.next()
        self.skip_brackets()
        words = [t.text.upper() for t in self.tokens[first : self.at]]
        return Filter([], "EXISTS" in words)

    def _bgp(self) -> Bgp:
        triples: list[Triple] = []
        while True:
            before = len(triples)
            subject = self._node(triples)
            if not (len(triples) > before and (self.peek() is None or self.word() in (".", "}"))):
                self._properties(subject, triples)
            if not self.accept("."):
                break
            token = self.peek()
            if token is None or self.word() in (
                "{",
                "}",
                "OPTIONAL",
                "MINUS",
                "GRAPH",
                "SERVICE",
                "FILTER",
                "BIND",
                "VALUES",
            ):
                break
        return Bgp(triples)

    def _properties(self, subject: object, triples: list[Triple]) -> None:
        while True:
            predicate = self._verb()
            while True:
                triples.append(Triple(subject, predicate, self._node(triples)))
                if not self.accept(","):
                    break
            while self.accept(";"):
                pass
            if self.word() in (".", "}", "]", "{") or self.peek() is None or self._starts_part():
                return

    def _starts_part(self) -> bool:
        return self.word() in ("OPTIONAL", "MINUS", "GRAPH", "SERVICE", "FILTER", "BIND", "VALUES")

    def _verb(self) -> ox.Variable | ox.NamedNode | Path:
        token = self.peek()
        if token and token.kind == "var":
            self.next()
            return ox.Variable(token.text[1:])
        path = self._alternative()
        return path.parts[0] if isinstance(path, Path) and path.op == "link" else path

    def _node(self, triples: list[Triple]) -> ox.Variable | ox.NamedNode | ox.Literal:
        token = self.next()
        if token.kind == "var":
            return ox.Variable(token.text[1:])
        if token.kind == "bnode":
            return ox.Variable("_b_" + re.sub(r"\W", "_", token.text[2:]))
        if token.text == "[":
            node = self._fresh()
            if self.word() != "]":
                self._properties(node, triples)
            self.expect("]")
            return node
        if token.text == "(":
            return self._collection(triples)
        if token.kind == "string" or token.kind == "number" or token.text in ("+", "-", "true", "false"):
            return self._literal(token)
        return self._iri(token)

    def _collection(self, triples: list[Triple]) -> ox.Variable | ox.NamedNode:
        nodes = []
        while self.word() != ")":
            nodes.append(self._node(triples))
        self.next()
        rest: ox.Variable | ox.NamedNode = ox.NamedNode(RDF + "nil")
        for node in reversed(nodes):
            cell = self._fresh()
            triples.append(Triple(cell, ox.NamedNode(RDF + "first"), node))
            triples.append(Triple(cell, ox.NamedNode(RDF + "rest"), rest))
            rest = cell
        return rest

    def _fresh(self) -> ox.Variable:
        self.blank += 1
        return ox.Variable(f"_anon{self.blank}")

    def _iri(self, token: Token) -> ox.NamedNode:
        if token.kind == "iri":
            iri = token.text[1:-1]
            return ox.NamedNode(iri if re.match(r"[A-Za-z][\w+.-]*:", iri) else self.base + iri)
        if token.kind == "pname":
            prefix, _, local = token.text.partition(":")
            return ox.NamedNode(self.prefixes[prefix] + re.sub(r"\\(.)", r"\1", local))
        if token.text == "a":
            return ox.NamedNode(RDF + "type")
        raise Uncitable(f"'{token.text}' in a triple pattern")

    def _literal(self, token: Token) -> ox.Literal:
        if token.text in ("true", "false"):
            return ox.Literal(token.text, datatype=ox.NamedNode(XSD + "boolean"))
        if token.kind == "string":
            return self._string(token)
        sign = token.text if token.text in "+-" else ""
        number = sign + (self.next().text if sign else token.text)
        kind = "double" if "e" in number.lower() else "decimal" if "." in number else "integer"
        return ox.Literal(number, datatype=ox.NamedNode(XSD + kind))

    def _string(self, token: Token) -> ox.Literal:
        quotes = 3 if token.text[:3] in ('"""', "'''") else 1
        value = _unescape(token.text[quotes:-quotes])
        following = self.peek()
        if following and following.kind == "lang":
            return ox.Literal(value, language=self.next().text[1:])
        if self.accept("^^"):
            return ox.Literal(value, datatype=self._iri(self.next()))
        return ox.Literal(value)

    # -- property paths ----------------------------------------------------------------------------------------------

    def _alternative(self) -> Path:
        return self._joined("alternative", "|", self._sequence)

    def _sequence(self) -> Path:
        return self._joined("sequence", "/", self._step)

    def _joined(self, op: str, sign: str, read) -> Path:
        first = self.at
        parts = [read()]
        while self.accept(sign):
            parts.append(read())
        return parts[0] if len(parts) == 1 else Path(op, tuple(parts), self.slice(first, self.at))

    def _step(self) -> Path:
        first = self.at
        inverse = self.accept("^")
        inner = self._primary()
        for sign, op in (("*", "zero-or-more"), ("+", "one-or-more"), ("?", "zero-or-one")):
            if self.accept(sign):
                inner = Path(op, (inner,), self.slice(first + inverse, self.at))
                break
        return Path("inverse", (inner,), self.slice(first, self.at)) if inverse else inner

    def _primary(self) -> Path:
        first = self.at
        if self.accept("("):
            inner = self._alternative()
            self.expect(")")
            return inner if inner.op == "link" else Path(inner.op, inner.parts, self.slice(first, self.at))
        if self.accept("!"):
            return self._negated(first)
        iri = self._iri(self.next())
        return Path("link", (iri,), self.slice(first, self.at))

    def _negated(self, first: int) -> Path:
        parts: list[Path] = []
        bracket = self.accept("(")
        while True:
            start = self.at
            inverse = self.accept("^")
            link = Path("link", (self._iri(self.next()),), self.slice(start + inverse, self.at))
            parts.append(Path("inverse", (link,), self.slice(start, self.at)) if inverse else link)
            if not (bracket and self.accept("|")):
                break
        if bracket:
            self.expect(")")
        return Path("negated", tuple(parts), self.slice(first, self.at))


def _aggregates(text: str) -> list[Aggregate]:
    """The aggregate calls in the text of a projection, HAVING and ORDER BY."""
    tokens, found = tokenize(text), []
    for i, token in enumerate(tokens):
        if (
            token.kind != "word"
            or token.text.upper() not in AGGREGATES
            or i + 1 >= len(tokens)
            or tokens[i + 1].text != "("
        ):
            continue
        depth, j = 1, i + 2
        distinct = tokens[j].text.upper() == "DISTINCT"
        start, stop = tokens[j + distinct].start, None
        while depth:
            if tokens[j].text == ";" and depth == 1 and stop is None:
                stop = tokens[j - 1].end
            depth += {"(": 1, ")": -1}.get(tokens[j].text, 0) if tokens[j].kind == "op" else 0
            j += 1
        found.append(Aggregate(token.text.upper(), distinct, text[start : stop or tokens[j - 2].end]))
    return found


def _unescape(text: str) -> str:
    """Undo the escapes of a SPARQL string."""
    plain = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}

    def one(match: re.Match[str]) -> str:
        code = match.group(1)
        return chr(int(code[1:], 16)) if code[0] in "uU" else plain.get(code, code)

    return re.sub(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", one, text)


def variables_in(node: object) -> set[str]:
    """The names of the variables that a pattern can bind (hidden ones for blank nodes included)."""
    if isinstance(node, Bgp):
        terms = [t for triple in node.triples for t in (triple.subject, triple.predicate, triple.object)]
        return {t.value for t in terms if isinstance(t, ox.Variable)}
    if isinstance(node, Group):
        return set().union(*(variables_in(part) for part in node.parts))
    if isinstance(node, Optional_):
        return variables_in(node.group)
    if isinstance(node, Graph):
        own = {node.name.value} if isinstance(node.name, ox.Variable) else set()
        return own | variables_in(node.group)
    if isinstance(node, Union):
        return set().union(*(variables_in(group) for group in node.groups))
    if isinstance(node, Select):
        return set(node.variables) if node.variables is not None else variables_in(node.where)
    if isinstance(node, Bind):
        return _bound_by(node.text)
    return set()


def within(node: object) -> Iterator[object]:
    """Yield a part of a pattern and all parts inside it, negated ones and sub-SELECTs included."""
    yield node
    inner: list[object] = []
    if isinstance(node, Group):
        inner = node.parts
    elif isinstance(node, Optional_ | Minus | Graph):
        inner = [node.group]
    elif isinstance(node, Union):
        inner = [*node.groups]
    elif isinstance(node, Filter):
        inner = [*node.exists, *node.negated]
    elif isinstance(node, Select):
        inner = [node.where]
    for part in inner:
        yield from within(part)


def _bound_by(text: str) -> set[str]:
    """The variables that a BIND or VALUES clause binds."""
    tokens = tokenize(text)
    if tokens[0].text.upper() == "BIND":
        return {tokens[-2].text[1:]}
    names = []
    for token in tokens[1:]:
        if token.text == "{":
            break
        if token.kind == "var":
            names.append(token.text[1:])
    return set(names)
