"""Running a part of a query again under values that are known, as a solution or a row gives them."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from narkom.asking import syntax

Solution = dict[str, object]


class Again:
    """Runs parts of one query over a store."""

    def __init__(self, store: ox.Store, prologue: str) -> None:
        """Take the store and the query's prefixes."""
        self._store = store
        self._prologue = prologue

    def inside(
        self, group: syntax.Group, known: Solution, graph, limit: int | None, binds: str = ""
    ) -> Iterator[Solution]:
        """Yield the solutions of a group under known values."""
        # A sub-SELECT that is a group by itself keeps its braces, since it stands among other patterns here.
        alone = len(group.parts) == 1 and isinstance(group.parts[0], syntax.Select)
        inner = group.text if alone else _with_minus_narrowed(group, known)[1:-1]
        # What a BIND of the group itself binds may not be in scope before it: such values are compared, not given.
        computed = {n for p in group.parts if isinstance(p, syntax.Bind) and p.computes for n in syntax.variables_in(p)}
        given = {name: value for name, value in known.items() if name not in computed}
        same = " ".join(f"FILTER(SAMETERM(?{name}, {known[name]}))" for name in sorted(computed & known.keys()))
        yield from self.run(f"{{ {values_clause(given)} {inner} {binds} {same} }}", graph, limit)

    def run(self, pattern: str, graph, limit: int | None) -> Iterator[Solution]:
        """Yield the solutions of a pattern (with its braces) in a graph; None: in the default graph."""
        where = f"{{ GRAPH {graph} {pattern} }}" if graph is not None else pattern
        tail = f" LIMIT {limit}" if limit else ""
        result = self._store.query(f"{self._prologue} SELECT * WHERE {where}{tail}")
        names = [variable.value for variable in result.variables]
        for solution in result:
            yield dict(zip(names, solution, strict=True))


def values_clause(known: Solution) -> str:
    """Return a VALUES clause that binds the given values, empty where there are none."""
    if not known:
        return ""
    names = sorted(known)
    return f"VALUES ({' '.join('?' + n for n in names)}) {{ ({' '.join(str(known[n]) for n in names)}) }}"


def _with_minus_narrowed(group: syntax.Group, known: Solution) -> str:
    """The text of a group whose MINUS look at the known values alone: at others they would take nothing from.

    Given are only those that the triples of a MINUS bind themselves, so that it shares no more variables than it did.
    """
    text, at = "", group.start
    for part in group.parts:
        if isinstance(part, syntax.Minus):
            sure = set().union(*(syntax.variables_in(p) for p in part.group.parts if isinstance(p, syntax.Bgp)))
            values = values_clause({name: known[name] for name in sure & known.keys()})
            text += f"{group.text[at - group.start : part.group.start + 1 - group.start]} {values} "
            at = part.group.start + 1
    return text + group.text[at - group.start :]
