"""Reading a SELECT query into its parts."""

from __future__ import annotations

import re
from functools import lru_cache

from narkom.asking.syntax.patterns import (
    Aggregate,
    Bind,
    Filter,
    Graph,
    Group,
    Minus,
    Optional_,
    Select,
    Union,
)
from narkom.asking.syntax.tokens import Uncitable, tokenize
from narkom.asking.syntax.triples import TripleReader

AGGREGATES = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"})


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


class _Reader(TripleReader):
    """A recursive-descent reader over the tokens of one query."""

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
