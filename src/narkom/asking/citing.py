"""Answers that carry their evidence: each row of a SELECT query with the claims it rests on.

The law, which the tests hold this module to: the query over nothing but a row's cited claims and the registers returns
that row (sufficiency), and no cited claim can be left out (minimality). OFFSET is outside the law: with fewer claims
there are fewer rows to pass over.

How: the query runs as it is; then its pattern runs once more for all solutions, unprojected; each solution is traced
to claims (witness.py); among the solutions of one row the one that needs fewest claims is cited, and for a group all
that its aggregates depend on. Where tracing had a choice (a path, a UNION that matches twice, an OPTIONAL that only
a filter looks at), the citation is tried out on a store of these claims alone, and reduced.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from narkom.asking import syntax
from narkom.asking.again import Solution, values_clause
from narkom.asking.choosing import Needs, Requirement, choose, indispensable
from narkom.asking.evidence import Evidence
from narkom.asking.judging import Judge
from narkom.asking.syntax import Select, Uncitable
from narkom.asking.times import Claims
from narkom.asking.trying import Scratch
from narkom.asking.witness import Tracer

MOST_SOLUTIONS = 100_000
_UNSTEADY = {"RAND", "UUID", "STRUUID", "NOW", "BNODE"}


@dataclass(frozen=True, slots=True)
class Citation:
    """The claims (IRIs) behind one row; `gap` says why they are not known, and is empty where they are."""

    claims: tuple[str, ...]
    gap: str = ""


@dataclass(slots=True)
class Answer:
    """The answer to a SELECT query: names of its variables, its rows (terms or None), and a citation for each row."""

    variables: list[str]
    rows: list[tuple]
    citations: list[Citation]
    cited: bool = False
    """Whether the evidence was asked for; an answer without rows has no citations either."""


def answer(
    store: ox.Store, query: str, view: str = "accepted", cite: bool = True, evidence: Evidence | None = None
) -> Answer:
    """Run a SELECT query over a built store and cite each row.

    Whoever asks one store many questions gives the same `evidence` to all of them, so that what was looked up is kept.
    Raises what Oxigraph raises: SyntaxError for a malformed query, ValueError for an evaluation that fails.
    """
    result = store.query(query)
    variables = [variable.value for variable in result.variables]
    rows = [tuple(solution) for solution in result]
    if not cite:
        return Answer(variables, rows, [])
    try:
        citer = _Citer(evidence or Evidence(store, view), syntax.parse_select(query), query)
        citations = citer.cite(variables, rows)
    except Uncitable as reason:
        citations = [Citation((), f"cannot be traced: {reason}")] * len(rows)
    return Answer(variables, rows, citations, cited=True)


class _Citer:
    """Cites the rows of one query."""

    def __init__(self, evidence: Evidence, select: Select, query: str) -> None:
        self.evidence = evidence
        self.select = select
        self.query = query
        if select.dataset:
            raise Uncitable("FROM, which names another dataset")
        words = {token.text.upper() for token in syntax.tokenize(query) if token.kind == "word"}
        if words & _UNSTEADY:
            raise Uncitable(f"{sorted(words & _UNSTEADY)[0]}, which changes from run to run")
        plain = frozenset(select.variables or ()) - frozenset(select.expressions)
        self.tracer = Tracer(evidence, select.prologue, self._needed(), frozenset() if select.grouped else plain)

    def _needed(self) -> frozenset[str] | None:
        """The variables on which a row depends; None where each solution counts by itself."""
        select = self.select
        if any(aggregate.argument == "*" for aggregate in select.aggregates) or select.variables is None:
            return None
        if any(not a.distinct and a.function in ("COUNT", "SUM", "AVG", "GROUP_CONCAT") for a in select.aggregates):
            return None
        text = " ".join([select.projection, select.group_by, select.having])
        return frozenset(t.text[1:] for t in syntax.tokenize(text) if t.kind == "var")

    def cite(self, variables: list[str], rows: list[tuple]) -> list[Citation]:
        """Return a citation for each row, in the order of the rows."""
        keys = self._row_keys(variables, rows)
        by_key = self._solutions(variables)
        cited: dict[tuple, Citation] = {}
        for key, row in zip(keys, rows, strict=True):
            if (key, row) not in cited:
                cited[(key, row)] = self._cite_row(variables, row, by_key.get(key, []))
        return [cited[(key, row)] for key, row in zip(keys, rows, strict=True)]

    # -- rows and their solutions ------------------------------------------------------------------------------------

    def _key_names(self, variables: list[str]) -> list[str]:
        return [name for name, _ in self.select.keys] if self.select.grouped else variables

    def _row_keys(self, variables: list[str], rows: list[tuple]) -> list[tuple]:
        """For each row, the values by which its solutions are found: the row itself, or the keys of its group."""
        names = self._key_names(variables)
        if all(name in variables for name in names):
            places = [variables.index(name) for name in names]
            return [tuple(row[place] for place in places) for row in rows]
        if self.select.distinct:
            raise Uncitable("DISTINCT over groups whose keys are not shown")
        return self._hidden_keys(names)

    def _hidden_keys(self, names: list[str]) -> list[tuple]:
        """The keys of groups that the projection leaves out, asked for beside it (the order stays the query's)."""
        s = self.select
        shown = " ".join(f"?{name}" for name in names)
        limit = f"LIMIT {s.limit}" if s.limit else ""
        offset = self.query.upper().rpartition("OFFSET")[2].split()[0] if s.offset else ""
        grouping = self._named_grouping()
        where = s.where.text
        text = f"{s.prologue} SELECT {shown} WHERE {where} {grouping} {s.having} {s.order_by} {limit}"
        text += f" OFFSET {offset}" if offset else ""
        return [tuple(solution) for solution in self.evidence.store.query(f"{text} {s.values}")]

    def _named_grouping(self) -> str:
        keys = [f"({text} AS ?{name})" if text else f"?{name}" for name, text in self.select.keys]
        return "GROUP BY " + " ".join(keys) if keys else ""

    def _solutions(self, variables: list[str]) -> dict[tuple, list[Solution]]:
        """All solutions of the pattern, by key."""
        s = self.select
        binds = [f"BIND({text} AS ?{name})" for name, text in s.keys if text]
        if not s.grouped:
            binds += [f"BIND({text} AS ?{name})" for name, text in s.expressions.items()]
        inner = s.where.text.strip()[1:-1]
        if len(s.where.parts) == 1 and isinstance(s.where.parts[0], Select):
            inner = s.where.text
        result = self.evidence.store.query(f"{s.prologue} SELECT * WHERE {{ {inner} {' '.join(binds)} }} {s.values}")
        names = [variable.value for variable in result.variables]
        found: dict[tuple, list[Solution]] = defaultdict(list)
        keys = self._key_names(variables)
        for count, values in enumerate(result):
            if count == MOST_SOLUTIONS:
                raise Uncitable(f"more than {MOST_SOLUTIONS:,} solutions")
            solution = dict(zip(names, values, strict=True))
            found[tuple(solution.get(name) for name in keys)].append(solution)
        return found

    # -- one row -----------------------------------------------------------------------------------------------------

    def _cite_row(self, variables: list[str], row: tuple, solutions: list[Solution]) -> Citation:
        try:
            traced = [self._needs(solution) for solution in solutions]
            claims, free, timed = self._claims(solutions, traced)
            every = self.evidence.times.widened(claims) if timed and self.select.grouped else claims
            needed = frozenset() if self.select.grouped else indispensable(traced, every)
            late = self.evidence.times.loose(every, timed, row, needed) if timed and not free else frozenset()
            loose = (every if free else (every - claims) | late) - needed
            if loose:
                claims = self._judged(row, traced, every, loose) or self._tried(variables, row, every, loose)
        except Uncitable as reason:
            return Citation((), f"cannot be traced: {reason}")
        return Citation(tuple(sorted(claims)))

    def _claims(self, solutions: list[Solution], traced: list[Needs]) -> tuple[Claims, bool, set[ox.Triple]]:
        """The claims that support a row, whether there was a choice, and what of time is among the triples."""
        if self.select.grouped:
            return self._group_claims(solutions, traced)
        if not solutions:
            raise Uncitable("a row that cannot be found again")
        ways = [(choose(needs.requirements), needs) for needs in traced]
        claims, needs = min(ways, key=lambda way: (len(way[0]), sorted(way[0])))
        return claims, needs.free, needs.timed

    def _needs(self, solution: Solution) -> Needs:
        return self.tracer.needs(self.select.where, solution)

    def _group_claims(self, solutions: list[Solution], traced: list[Needs]) -> tuple[Claims, bool, set[ox.Triple]]:
        """The claims on which the aggregates of a group depend."""
        if self.select.keys and not solutions:
            raise Uncitable("a group that cannot be found again")
        timed = set().union(*(needs.timed for needs in traced))
        kept = self._decisive(solutions)
        if kept is None:
            requirements = set().union(*(needs.requirements for needs in traced))
            return choose(requirements), self._loose or any(needs.free for needs in traced), timed
        claims: set[str] = set()
        free = False
        for values in kept:
            options = [(choose(needs.requirements), needs) for needs in values(traced)]
            best = min(options, key=lambda o: (len(o[0] - claims), len(o[0]), sorted(o[0])))
            claims |= best[0]
            free = free or best[1].free
        return frozenset(_reduced(claims, [[n.requirements for n in values(traced)] for values in kept])), free, timed

    @cached_property
    def _loose(self) -> bool:
        """Whether the aggregates may depend on fewer solutions than all of a group."""
        counted = all(
            a.function in ("COUNT", "SUM", "AVG", "GROUP_CONCAT") and not a.distinct for a in self.select.aggregates
        )
        words = {token.text.upper() for token in syntax.tokenize(self.select.where.text) if token.kind == "word"}
        return not counted or "OPTIONAL" in words or "SELECT" in words

    def _decisive(self, solutions: list[Solution]) -> list | None:
        """For aggregates that depend on values and not on their number: one chooser for each value to be kept.

        Each chooser takes the traced solutions and returns those that yield the value. None: all solutions count.
        """
        choosers: list = []
        names: list[tuple[syntax.Aggregate, str]] = []
        for aggregate in self.select.aggregates:
            if not aggregate.argument.startswith(("?", "$")) or " " in aggregate.argument.strip():
                return None
            if not aggregate.distinct:
                return None
            names.append((aggregate, aggregate.argument.strip()[1:]))
        if not names:
            return [lambda traced: traced]
        for _, name in names:
            groups: dict[object, list[int]] = defaultdict(list)
            for i, solution in enumerate(solutions):
                if solution.get(name) is not None:
                    groups[solution[name]].append(i)
            choosers += [lambda traced, at=at: [traced[i] for i in at] for at in groups.values()]
        return choosers

    def _narrowed(self, variables: list[str], row: tuple) -> str:
        """The query for this row alone: what it certainly binds is given, so that a trial looks at no other rows."""
        where = self.select.where
        if self.select.limit or self.select.offset or len(self._certain) == 0:
            return self.query
        names = self._certain & set(self._key_names(variables))
        known = {n: v for n, v in zip(variables, row, strict=True) if n in names and v is not None}
        text = f"{{ {values_clause(known)} {where.text[1:]}"
        return self.query[: where.start] + text + self.query[where.end :]

    @cached_property
    def _certain(self) -> set[str]:
        """The variables that the pattern's own triples bind in every solution."""
        parts = [part for part in self.select.where.parts if isinstance(part, syntax.Bgp)]
        return set().union(*(syntax.variables_in(part) for part in parts))

    def _judged(self, row: tuple, traced: list[Needs], claims: Claims, loose: Claims) -> Claims | None:
        """Drop the loose claims that the row can do without, where that can be told without a trial."""
        if not self._plain:
            return None
        names = self.select.variables or []
        shown = {v for n, v in zip(names, row, strict=False) if n not in self.select.expressions}
        return Judge(self.evidence.times, traced, shown).reduce(claims, loose)

    @cached_property
    def _plain(self) -> bool:
        """Whether a row is returned as soon as one of its solutions stands."""
        s = self.select
        words = {token.text.upper() for token in syntax.tokenize(self.query) if token.kind == "word"}
        return not (s.grouped or s.limit or s.offset or words & {"MINUS", "NOT"})

    def _tried(self, variables: list[str], row: tuple, claims: Claims, loose: Claims) -> Claims:
        """Drop the loose claims without which the query still returns the row; raises Uncitable if all of them fail."""
        kept = Scratch(self.evidence, self._narrowed(variables, row), row).reduce(claims, loose)
        if kept is None:
            raise Uncitable("a row that its claims alone do not return")
        return kept


def _reduced(claims: set[str], wanted: list[list[set[Requirement]]]) -> set[str]:
    """Drop each claim without which every wanted value still has a solution that is supported in full."""

    def supported(kept: set[str]) -> bool:
        return all(
            any(all(any(option <= kept for option in r) for r in requirements) for requirements in ways)
            for ways in wanted
        )

    kept = set(claims)
    # A value with one way to it, and a triple with one claim behind it, leave no choice.
    forced = {c for ways in wanted if len(ways) == 1 for r in ways[0] if len(r) == 1 for c in r[0]}
    for claim in sorted(claims - forced):
        if supported(kept - {claim}):
            kept.discard(claim)
    return kept
