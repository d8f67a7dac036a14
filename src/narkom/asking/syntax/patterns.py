"""The parts of a query: graph patterns and clauses, named as in the grammar of SPARQL 1.1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from narkom.asking.syntax.tokens import tokenize

_CONSTANT = re.compile(r"""BIND\s*\(\s*"([^"\\\n\r]*)"\s+AS\s+[?$](\w+)\s*\)""", re.IGNORECASE)


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

    @property
    def constant(self) -> tuple[str, ox.Literal] | None:
        """The variable and the value that a BIND of a plain string gives it; None for any other."""
        match = _CONSTANT.fullmatch(self.text)
        return (match[2], ox.Literal(match[1])) if match else None


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
