"""The solutions of a query's pattern, found again by what the rows of its answer show of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from narkom.asking.again import Solution
from narkom.asking.syntax import Select, Uncitable, tokenize

MOST_SOLUTIONS = 100_000
Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row by column, the values by which its solutions are found, these solutions, and whether no other is like it.

    Of groups whose keys are not shown several may be the same row.
    """

    values: dict[str, object]
    key: Key
    solutions: list[Solution]
    alone: bool


_OPEN, _SHUT = "{", "}"


class Solutions:
    """The answer to one query, and the solutions of its pattern by what a row shows of them.

    That is the row itself, or the keys of its group. Where nothing gathers the solutions or cuts them off, the pattern
    with its order is the answer, and runs once; else the query runs as it is, and its pattern once more.
    """

    def __init__(self, store: ox.Store, select: Select, query: str) -> None:
        """Take the query, read and as text. Raises what Oxigraph raises: SyntaxError, ValueError."""
        self._store = store
        self._select = select
        self._query = query
        self._found: dict[Key, list[Solution]] | None = None
        self._beyond = ""
        # An engine elsewhere may refuse the longer query: there the rows are asked for by themselves.
        if isinstance(store, ox.Store) and not (select.grouped or select.limit or select.offset):
            self.variables = [variable.value for variable in ox.Store().query(query).variables]
            ordered = self._ordered()
            self.rows = rows_of(store, query)[1] if ordered is None else ordered
        else:
            self.variables, self.rows = rows_of(store, query)
        self.names = [name for name, _ in select.keys] if select.grouped else self.variables

    def _ordered(self) -> list[tuple] | None:
        """The rows by way of their solutions, which are kept; None where there are too many."""
        self.names = self.variables
        found: dict[Key, list[Solution]] = defaultdict(list)
        keys = []
        try:
            for key, solution in self._solutions(self._select.where.text, self._select.order_by):
                found[key].append(solution)
                keys.append(key)
        except Uncitable as reason:
            self._beyond = str(reason)
            return None
        self._found = found
        return list(found) if self._select.distinct else keys

    def keys(self) -> list[Key]:
        """Return for each row the values by which its solutions are found, named by `names`.

        Raises Uncitable where DISTINCT has made one row of several groups.
        """
        if self.names == self.variables:
            return self.rows
        if all(name in self.variables for name in self.names):
            places = [self.variables.index(name) for name in self.names]
            return [tuple(row[place] for place in places) for row in self.rows]
        if self._select.distinct:
            raise Uncitable("DISTINCT over groups whose keys are not shown")
        return self._hidden_keys()

    def _hidden_keys(self) -> list[Key]:
        """The keys of groups that the projection leaves out, asked for beside all that it shows.

        ORDER BY may name what is shown, so that without it the groups would come in another order.
        """
        s = self._select
        hidden = " ".join(f"?{name}" for name in self.names if name not in self.variables)
        limit = f"LIMIT {s.limit}" if s.limit else ""
        offset = self._query.upper().rpartition("OFFSET")[2].split()[0] if s.offset else ""
        text = f"{s.prologue} SELECT {s.projection} {hidden} WHERE {s.where.text} {self._named_grouping()} {s.having}"
        text += f" {s.order_by} {limit}" + (f" OFFSET {offset}" if offset else "")
        result = self._store.query(f"{text} {s.values}")
        columns = [variable.value for variable in result.variables]
        found = [dict(zip(columns, solution, strict=True)) for solution in result]
        if [tuple(one[name] for name in self.variables) for one in found] != self.rows:
            raise Uncitable("groups that come in no certain order")
        return [tuple(one[name] for name in self.names) for one in found]

    def _named_grouping(self) -> str:
        keys = [f"({text} AS ?{name})" if text else f"?{name}" for name, text in self._select.keys]
        return "GROUP BY " + " ".join(keys) if keys else ""

    def by_key(self, where: str = "") -> dict[Key, list[Solution]]:
        """Return all solutions of the pattern, or of another text of it, by key.

        Raises Uncitable where there are more than `MOST_SOLUTIONS`.
        """
        if self._beyond:
            raise Uncitable(self._beyond)
        if self._found is not None and not where:
            return self._found
        found: dict[Key, list[Solution]] = defaultdict(list)
        for key, solution in self._solutions(where or self._select.where.text):
            found[key].append(solution)
        return found

    def _solutions(self, pattern: str, order: str = "") -> Iterator[tuple[Key, Solution]]:
        """Yield all solutions of a pattern with their keys."""
        s = self._select
        binds = [f"BIND({text} AS ?{name})" for name, text in s.keys if text]
        if not s.grouped:
            binds += [f"BIND({text} AS ?{name})" for name, text in s.expressions.items()]
        alone = len(s.where.parts) == 1 and isinstance(s.where.parts[0], Select)
        inner = pattern if alone else pattern.strip()[1:-1]
        result = self._store.query(f"{s.prologue} SELECT * WHERE {{ {inner} {' '.join(binds)} }} {order} {s.values}")
        names = [variable.value for variable in result.variables]
        for count, values in enumerate(result):
            if count == MOST_SOLUTIONS:
                raise Uncitable(f"more than {MOST_SOLUTIONS:,} solutions")
            solution = dict(zip(names, values, strict=True))
            yield tuple(map(solution.get, self.names)), solution


def rows_of(store: ox.Store, query: str) -> tuple[list[str], list[tuple]]:
    """Return the names of the columns of a SELECT query and its rows, of terms or None."""
    result = store.query(query)
    return [variable.value for variable in result.variables], [tuple(solution) for solution in result]


def negates(query: str) -> bool:
    """Return whether a query has a MINUS or NOT EXISTS (or NOT IN, which does no harm)."""
    words = {token.text.upper() for token in tokenize(query) if token.kind == "word"}
    return bool(words & {"MINUS", "NOT"})


def affirmed(pattern: str) -> str:
    """Return the text of a pattern without its negations: MINUS and FILTER NOT EXISTS with their groups."""
    tokens, text, at, place = tokenize(pattern), "", 0, 0
    words = [token.text.upper() for token in tokens]
    while place < len(tokens):
        length = next((len(start) for start in _NEGATIONS if words[place : place + len(start)] == start), 0)
        if not length:
            place += 1
            continue
        text += pattern[at : tokens[place].start]
        place = _past_group(words, place + length - 1)
        at = tokens[place - 1].end
    return text + pattern[at:]


_NEGATIONS = (["MINUS", _OPEN], ["FILTER", "NOT", "EXISTS", _OPEN])


def _past_group(words: list[str], start: int) -> int:
    """Return the place behind the group that opens at one."""
    depth = 0
    for place in range(start, len(words)):
        depth += (words[place] == _OPEN) - (words[place] == _SHUT)
        if not depth:
            return place + 1
    return len(words)
