"""Reducing what was chosen for a row to what it cannot do without: judged where that tells it, tried where not."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

import pyoxigraph as ox

from narkom.asking import syntax
from narkom.asking.again import Solution, values_clause
from narkom.asking.choosing import Needs
from narkom.asking.deciding import decisive
from narkom.asking.evidence import Evidence
from narkom.asking.judging import Judge
from narkom.asking.solutions import Key, Row, Solutions, affirmed, negates
from narkom.asking.steady import gathers, must_match, unsteady
from narkom.asking.syntax import Select
from narkom.asking.times import Claims
from narkom.asking.trying import Scratch


class Reducer:
    """Drops from the claims behind a row of one query those that it can do without."""

    def __init__(self, evidence: Evidence, select: Select, query: str, solutions: Solutions) -> None:
        """Take the query, read and as text, and who finds its solutions."""
        self._evidence = evidence
        self._select = select
        self._query = query
        self._solutions = solutions
        self._found_alike: dict[tuple[object, str], list[ox.Quad]] = {}

    def reduce(self, row: Row, traced: list[Needs], claims: Claims, loose: Claims) -> Claims | None:
        """Return the claims less the loose ones without which the query still returns the row.

        `traced` is what each of its solutions needs. None if not even all of the claims return it.
        """
        judge = self._judge(row, traced, claims)
        query, values = self._narrowed(row), tuple(row.values.values())
        return Scratch(self._evidence, query, values, judge).reduce(claims, loose)

    def _narrowed(self, row: Row) -> str:
        """The query for this row alone: what it certainly binds is given, so that a trial looks at no other rows."""
        where = self._select.where
        names = self._certain & set(self._solutions.names)
        known = {name: value for name, value in row.values.items() if name in names and value is not None}
        if self._select.limit or self._select.offset or not known:
            return self._query
        text = f"{{ {values_clause(known)} {where.text[1:]}"
        return self._query[: where.start] + text + self._query[where.end :]

    @cached_property
    def _certain(self) -> set[str]:
        """The variables that the pattern's own triples bind in every solution."""
        parts = [part for part in self._select.where.parts if isinstance(part, syntax.Bgp)]
        return set().union(*(syntax.variables_in(part) for part in parts))

    # -- who can tell without a trial --------------------------------------------------------------------------------

    def _judge(self, row: Row, traced: list[Needs], claims: Claims) -> Judge | None:
        """Who may tell without a trial whether some of the claims return the row; None where nobody can."""
        select = self._select
        values = self._values(row, traced)
        if values is None or select.limit or select.offset or (self._negates and not self._spared(row)):
            return None
        shown = {value for name, value in row.values.items() if name not in select.expressions}
        groups = self._unsteady
        sure = groups is not None and not any(self._may_match(group, claims, row.solutions) for group in groups)
        return Judge(self._evidence.times, values, shown, sure)

    @cached_property
    def _unsteady(self) -> list[syntax.Group] | None:
        return unsteady(self._select)

    def _may_match(self, negated: syntax.Group, claims: Claims, solutions: list[Solution]) -> bool:
        """Whether a negated group may match some of the claims, whatever their days are."""
        return all(
            any(_fits(quad, one, each) for claim in claims for quad in self._alike(one, claim) for each in solutions)
            or self._registered(one)
            for one in must_match(negated)
        )

    def _alike(self, pattern: syntax.Triple, claim: str) -> list[ox.Quad]:
        """What a claim adds to the default graph with the predicate of a triple pattern, looked up once."""
        key = (pattern.predicate, claim)
        if key not in self._found_alike:
            self._found_alike[key] = [
                quad
                for quad in self._evidence.contribution(claim)
                if quad.predicate == pattern.predicate and isinstance(quad.graph_name, ox.DefaultGraph)
            ]
        return self._found_alike[key]

    def _registered(self, pattern: syntax.Triple) -> bool:
        """Whether a register says something that matches a triple pattern."""
        ends = (pattern.subject, pattern.predicate, pattern.object)
        return self._evidence.registered(*map(_constant, ends))

    def _values(self, row: Row, traced: list[Needs]) -> list[list[Needs]] | None:
        """For each value that makes up the row what the solutions that have it need; None where that is not known."""
        if not self._select.grouped:
            return [traced]
        # Of a day that has other reasons, other rows of them are counted.
        if not row.alone or self._select.having or self._gathers or any(needs.reasons for needs in traced):
            return None
        chosen = decisive(self._select, row.values, row.solutions) if len(row.solutions) > 1 else [list]
        return None if chosen is None else [chooser(traced) for chooser in chosen]

    @cached_property
    def _gathers(self) -> bool:
        return gathers(self._select)

    @cached_property
    def _negates(self) -> bool:
        return negates(self._query)

    def _spared(self, row: Row) -> bool:
        """Whether no negation takes a solution of the row away, so that with fewer claims none comes up for it."""
        return _counted(self._affirmed.get(row.key, [])) == _counted(row.solutions)

    @cached_property
    def _affirmed(self) -> dict[Key, list[Solution]]:
        return self._solutions.by_key(affirmed(self._select.where.text))


def _constant(term: object) -> object:
    return None if isinstance(term, ox.Variable) else term


def _fits(quad: ox.Quad, pattern: syntax.Triple, solution: Solution) -> bool:
    """Whether a quad has the ends of a triple pattern under a solution."""
    ends = ((quad.subject, pattern.subject), (quad.object, pattern.object))
    return all(one == (solution.get(end.value) or one if isinstance(end, ox.Variable) else end) for one, end in ends)


def _counted(solutions: list[Solution]) -> Counter[frozenset]:
    return Counter(frozenset(solution.items()) for solution in solutions)
