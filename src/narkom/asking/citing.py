"""Answers that carry their evidence: each row of a SELECT query with the claims it rests on.

The law, which the tests hold this module to: the query over nothing but a row's cited claims and the registers returns
that row (sufficiency), and no cited claim can be left out (minimality). OFFSET is outside the law, since with fewer
claims there are fewer rows to pass over, and so is LIMIT without ORDER BY, since any rows may be the first.

How: the pattern of the query runs for all solutions, unprojected (solutions.py); each solution is traced to claims
(witness.py); among the solutions of one row the one that needs fewest claims is cited, and for a group those that
decide what its aggregates yield (deciding.py). Where tracing had a choice (a path, a UNION that matches twice, an
OPTIONAL that only a filter looks at or that binds what another part may have bound, a day that fewer claims bound as
well), the citation is reduced (reducing.py): by what the solutions need where that tells whether the row stands, else
by a trial on a store of these claims alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from narkom.asking import syntax
from narkom.asking.choosing import Needs, Requirement, choose, indispensable
from narkom.asking.deciding import decisive, extremes
from narkom.asking.evidence import Evidence
from narkom.asking.reducing import Reducer
from narkom.asking.scope import Scope
from narkom.asking.solutions import Row, Solutions, negates, rows_of
from narkom.asking.steady import unsteady
from narkom.asking.syntax import Select, Uncitable
from narkom.asking.times import DATING, Claims
from narkom.asking.witness import Tracer

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
    if not cite:
        return Answer(*rows_of(store, query), [])
    try:
        select = syntax.parse_select(query)
        citer = _Citer(evidence or Evidence(store, view), select, query)
    except Uncitable as reason:
        variables, rows = rows_of(store, query)
        return Answer(variables, rows, [_gap(reason)] * len(rows), cited=True)
    solutions = Solutions(store, select, query)
    try:
        citations = citer.cite(solutions)
    except Uncitable as reason:
        citations = [_gap(reason)] * len(solutions.rows)
    return Answer(solutions.variables, solutions.rows, citations, cited=True)


def _gap(reason: Uncitable) -> Citation:
    return Citation((), f"cannot be traced: {reason}")


@dataclass(frozen=True, slots=True)
class _Choice:
    """Claims that support a row, whether others might have been chosen, and what of time is among the triples."""

    claims: Claims
    free: bool
    timed: set[ox.Triple]


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
        self.tracer = Tracer(evidence, select.prologue, Scope(select.where, self._needed(), plain))

    def _needed(self) -> frozenset[str] | None:
        """The variables on which a row depends; None where each solution counts by itself."""
        select = self.select
        if any(aggregate.argument == "*" for aggregate in select.aggregates) or select.variables is None:
            return None
        if any(not a.distinct and a.function in ("COUNT", "SUM", "AVG", "GROUP_CONCAT") for a in select.aggregates):
            return None
        text = " ".join([select.projection, select.group_by, select.having])
        return frozenset(t.text[1:] for t in syntax.tokenize(text) if t.kind == "var")

    def cite(self, solutions: Solutions) -> list[Citation]:
        """Return a citation for each row, in the order of the rows."""
        reducer = Reducer(self.evidence, self.select, self.query, solutions)
        keys, rows, by_key = solutions.keys(), solutions.rows, solutions.by_key()
        # Of groups whose keys are not shown several may be the same row: then any of them returns it.
        same = Counter(row for _, row in {*zip(keys, rows, strict=True)})
        cited: dict[tuple, Citation] = {}
        for key, row in zip(keys, rows, strict=True):
            if (key, row) not in cited:
                values = dict(zip(solutions.variables, row, strict=True))
                cited[(key, row)] = self._cite_row(Row(values, key, by_key.get(key, []), same[row] == 1), reducer)
        return [cited[(key, row)] for key, row in zip(keys, rows, strict=True)]

    # -- one row -----------------------------------------------------------------------------------------------------

    def _cite_row(self, row: Row, reducer: Reducer) -> Citation:
        try:
            traced = [self.tracer.needs(self.select.where, solution) for solution in row.solutions]
            reduced = (self._reduced_to(row, traced, choice, reducer) for choice in self._choices(row, traced))
            claims = next((one for one in reduced if one is not None), None)
            if claims is None:
                raise Uncitable("a row that its claims alone do not return")
        except Uncitable as reason:
            return _gap(reason)
        return Citation(tuple(sorted(claims)))

    def _reduced_to(self, row: Row, traced: list[Needs], choice: _Choice, reducer: Reducer) -> Claims | None:
        """What the row cannot do without of the chosen claims; None if these do not return it."""
        claims, times = choice.claims, self.evidence.times
        datings = self._negates or any(triple.predicate == DATING for triple in choice.timed)
        every = times.widened(claims, datings) if choice.timed and not self._steady else claims
        alone = not self.select.grouped or (len(row.solutions) == 1 and row.alone)
        needed = indispensable(traced, every) if alone else frozenset()
        shown = tuple(row.values.values())
        late = times.loose(every, choice.timed, shown, needed) if choice.timed and not choice.free else frozenset()
        loose = (every if choice.free else (every - claims) | late) - needed
        return reducer.reduce(row, traced, every, loose) if loose else claims

    def _choices(self, row: Row, traced: list[Needs]) -> Iterator[_Choice]:
        """Yield the claims that support a row, and for a group others, should these not do."""
        if self.select.grouped:
            yield from self._of_group(row, traced)
            return
        if not row.solutions:
            raise Uncitable("a row that cannot be found again")
        ways = [(choose(needs.requirements), needs) for needs in traced]
        claims, needs = min(ways, key=lambda way: (len(way[0]), sorted(way[0])))
        yield _Choice(claims, needs.free, needs.timed)

    def _of_group(self, row: Row, traced: list[Needs]) -> Iterator[_Choice]:
        """Yield the claims on which the aggregates of a group depend: those behind the deciding solutions, and all.

        With the claims of a least value alone another may be less: by a looser day, or for want of what bars it.
        """
        if self.select.keys and not row.solutions:
            raise Uncitable("a group that cannot be found again")
        timed = set().union(*(needs.timed for needs in traced))
        chosen = decisive(self.select, row.values, row.solutions)
        if chosen is not None:
            yield self._decided([chooser(traced) for chooser in chosen], timed, not row.alone)
        if chosen is None or extremes(self.select):
            requirements = set().union(*(needs.requirements for needs in traced))
            yield _Choice(choose(requirements), self._loose or any(needs.free for needs in traced), timed)

    def _decided(self, values: list[list[Needs]], timed: set[ox.Triple], shared: bool) -> _Choice:
        """The claims for one solution for each of some values, as few as can be in all.

        They are tried out where another group is the same row (`shared`), and where a lesser value may be barred.
        """
        claims: set[str] = set()
        free = shared or (bool(extremes(self.select)) and self._negates)
        for ways in values:
            options = [(choose(needs.requirements), needs) for needs in ways]
            best = min(options, key=lambda o: (len(o[0] - claims), len(o[0]), sorted(o[0]))) if ways[1:] else options[0]
            claims |= best[0]
            free = free or best[1].free
        return _Choice(frozenset(_reduced(claims, [[n.requirements for n in ways] for ways in values])), free, timed)

    @cached_property
    def _negates(self) -> bool:
        return negates(self.query)

    @cached_property
    def _steady(self) -> bool:
        """Whether no row counts on solutions that may come up with fewer claims."""
        return not self.select.grouped or unsteady(self.select) == []

    @cached_property
    def _loose(self) -> bool:
        """Whether the aggregates may depend on fewer solutions than all of a group."""
        counted = all(
            a.function in ("COUNT", "SUM", "AVG", "GROUP_CONCAT") and not a.distinct for a in self.select.aggregates
        )
        words = {token.text.upper() for token in syntax.tokenize(self.select.where.text) if token.kind == "word"}
        return not counted or "OPTIONAL" in words or "SELECT" in words


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
