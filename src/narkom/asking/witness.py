"""From a solution of a query pattern to the claims it rests on.

A solution binds the variables of a pattern; put into the triple patterns, it names the very triples that matched, and
each of these rests on claims (evidence.py). This is the why-provenance of Buneman, Khanna and Tan (2001), taken from
the solutions and not by annotating the data. What is absent (MINUS, NOT EXISTS) adds nothing: fewer claims leave it
absent.
"""

from __future__ import annotations

from collections.abc import Iterator, Set

import pyoxigraph as ox

from narkom.asking import syntax
from narkom.asking.again import Again, Solution
from narkom.asking.choosing import Needs, either, every, least
from narkom.asking.deciding import extremes
from narkom.asking.evidence import Evidence
from narkom.asking.ground import MOST_WAYS, GroundTracer
from narkom.asking.scope import Role, Scope
from narkom.asking.syntax import Uncitable


class Tracer:
    """Traces the solutions of one query's patterns."""

    def __init__(self, evidence: Evidence, prologue: str, scope: Scope) -> None:
        """Take the query's prefixes, and what its pattern alone tells."""
        self.evidence = evidence
        self.prologue = prologue
        self._scope = scope
        self._again = Again(evidence.store, prologue)
        counted = scope.needed is None
        self._choice = every if counted else least
        self._existing_tracers: dict[int, Tracer] = {}
        self._ground = GroundTracer(evidence, self._again, counted)
        self._tracing = {
            syntax.Bgp: self._ground.needs,
            syntax.Group: self._group,
            syntax.Optional_: self._optional,
            syntax.Union: self._union,
            syntax.Graph: self._graph,
            syntax.Filter: self._filter,
            syntax.Select: self._sub_select,
            syntax.Bind: self._bind,
        }

    def needs(self, node: object, solution: Solution, graph: ox.NamedNode | None = None) -> Needs:
        """Return what `solution` rests on in one part of the pattern, matched in `graph` (None: the default graph).

        Raises Uncitable when the part is of a kind that cannot be traced.
        """
        return self._tracing[type(node)](node, solution, graph)

    # -- the kinds of parts ------------------------------------------------------------------------------------------

    def _group(self, node: syntax.Group, solution: Solution, graph) -> Needs:
        telling = self._scope.telling(node)
        if len(telling) == 1 and not isinstance(telling[0], syntax.Optional_):
            return self.needs(telling[0], solution, graph)
        found = Needs()
        for part in telling:
            if isinstance(part, syntax.Optional_):
                self._add_optional(found, part, node, solution, graph)
            else:
                found.add(self.needs(part, solution, graph))
        return found

    def _add_optional(
        self, found: Needs, part: syntax.Optional_, group: syntax.Group, solution: Solution, graph
    ) -> None:
        """Add what an OPTIONAL rests on, if it matched and anything depends on it."""
        role = self._scope.role(part, group)
        if not _binds(solution, role.fresh):
            return
        if not role.alone:
            if not _binds(solution, role.own) and not self._may_have_matched(part, role, solution, graph):
                return
            # What another part may have bound as well can be had without this one: then it is tried out.
            found.free = found.free or not _binds(solution, role.own & role.fresh)
        found.free = found.free or not role.shown
        found.add(self.needs(part, solution, graph), spared=not _binds(solution, role.firm))

    def _may_have_matched(self, part: syntax.Optional_, role: Role, solution: Solution, graph) -> bool:
        """Whether an OPTIONAL matches with the values of a solution, of which it binds nothing alone."""
        if any(solution.get(name) is None for name in role.always):
            return False
        return any(self._again.inside(part.group, _mentioned(part.group, solution), graph, 1))

    def _optional(self, node: syntax.Optional_, solution: Solution, graph) -> Needs:
        return self.needs(node.group, solution, graph)

    def _union(self, node: syntax.Union, solution: Solution, graph) -> Needs:
        if len(node.groups) == 1:
            return self.needs(node.groups[0], solution, graph)
        possible = [group for group in node.groups if self._may_match(group, solution)]
        if len(possible) == 1 and self._scope.is_whole(node, possible[0]):
            return self.needs(possible[0], solution, graph)
        bound = {n for n in self._scope.variables(node) if solution.get(n) is not None}
        # What no triple beside the UNION binds came from the branch, or else from another part beside it.
        own = bound - self._scope.beside(node)
        matching = [needs for group in possible for needs in self._matches(group, solution, graph, own)]
        matching = matching or [needs for group in possible for needs in self._matches(group, solution, graph, set())]
        if not matching:
            raise Uncitable("a UNION of which no branch can be recognised in the answer")
        return self._choice(matching)

    def _may_match(self, group: syntax.Group, solution: Solution) -> bool:
        """Whether a branch can have produced a solution: it leaves nothing open and says nothing else."""
        scope = self._scope
        certain = (scope.variables(part) for part in group.parts if not isinstance(part, syntax.Optional_))
        missing = {name for name in frozenset().union(*certain) if solution.get(name) is None}
        if any(not scope.may_be_unbound(group, name) for name in missing):
            return False
        said = (part.constant for part in group.parts if isinstance(part, syntax.Bind))
        return all(solution.get(one[0]) in (None, one[1]) for one in said if one)

    def _matches(self, group: syntax.Group, solution: Solution, graph, own: set[str]) -> Iterator[Needs]:
        """What a branch needs, for each way in which it can have produced the solution (at most one).

        `own` are the variables that it must have bound, if it is this branch.
        """
        names = self._scope.variables(group)
        bound = {name for name in names if solution.get(name) is not None}
        if not own <= names:
            return
        # Given to the branch, a value that it may leave open would pass for one that it has found.
        loose = {name for name in bound if self._scope.may_be_unbound(group, name)}
        same = {name: f"SAMETERM(?{name}, {solution[name]})" for name in sorted(loose)}
        tests = [test if name in own else f"!BOUND(?{name}) || {test}" for name, test in same.items()]
        # What the solution leaves open, this branch left open too.
        tests += [f"!BOUND(?{name})" for name in sorted(names - bound) if name in solution]
        binds = " ".join(f"FILTER({test})" for test in tests)
        for inner in self._again.inside(group, {n: solution[n] for n in bound - loose}, graph, 1, binds):
            yield self.needs(group, {**solution, **inner}, graph)

    def _bind(self, node: syntax.Bind, solution: Solution, graph) -> Needs:
        if node.tangled:
            raise Uncitable("EXISTS inside an expression")
        return Needs()

    def _graph(self, node: syntax.Graph, solution: Solution, graph) -> Needs:
        name = solution.get(node.name.value) if isinstance(node.name, ox.Variable) else node.name
        if not isinstance(name, ox.NamedNode):
            raise Uncitable("a GRAPH whose name is not in the answer")
        return self.needs(node.group, solution, name)

    def _filter(self, node: syntax.Filter, solution: Solution, graph) -> Needs:
        if node.tangled:
            raise Uncitable("EXISTS inside a larger expression")
        found = Needs()
        for group in node.exists:
            found.add(self._existing(group, _mentioned(group, solution), graph))
        return found

    def _existing(self, group: syntax.Group, known: Solution, graph) -> Needs:
        """What one match of an EXISTS needs, whichever. Nothing outside depends on what it binds."""
        if id(group) not in self._existing_tracers:
            scope = Scope(group, frozenset(), given=self._scope.variables(group))
            self._existing_tracers[id(group)] = Tracer(self.evidence, self.prologue, scope)
        tracer = self._existing_tracers[id(group)]
        inside = list(self._again.inside(group, known, graph, MOST_WAYS + 1))
        ways = [tracer.needs(group, {**known, **inner}, graph) for inner in inside[:MOST_WAYS]]
        found = either(ways) if len(inside) <= MOST_WAYS else None
        return found or ways[0].chosen()

    def _sub_select(self, node: syntax.Select, solution: Solution, graph) -> Needs:
        shown = node.variables if node.variables is not None else sorted(self._scope.variables(node.where))
        if node.grouped:
            names = [name for name, _ in node.keys if name in shown]
            if len(names) < len(node.keys):
                raise Uncitable("a sub-SELECT whose groups are not in the answer")
        else:
            names = [name for name in shown if name not in node.expressions]
        known = {n: solution[n] for n in names if solution.get(n) is not None}
        needed = None if node.grouped else frozenset(shown)
        body = Tracer(self.evidence, self.prologue, Scope(node.where, needed, given=frozenset(known)))
        rows = list(self._again.inside(node.where, known, graph, None, _key_binds(node)))
        if not rows:
            raise Uncitable("a sub-SELECT whose answer cannot be found again")
        if not node.grouped:
            return self._choice([body.needs(node.where, {**known, **row}, graph) for row in rows]).chosen()
        whole = Needs()
        for row in _decisive(node, rows, solution):
            whole.add(body.needs(node.where, {**known, **row}, graph))
        return whole.chosen()


def _binds(solution: Solution, names: Set[str]) -> bool:
    """Whether a solution has a value for one of some variables; a term is true, whatever it stands for."""
    return any(map(solution.get, names))


def _mentioned(group: syntax.Group, solution: Solution) -> Solution:
    """The values that a solution has for the variables that stand in a group, in its filters too."""
    text = group.text.replace("$", "?")
    return {name: value for name, value in solution.items() if value is not None and f"?{name}" in text}


def _decisive(node: syntax.Select, rows: list[Solution], solution: Solution) -> list[Solution]:
    """The solutions of a group that yield what is known of it: of a least or greatest value one that has it."""
    found = extremes(node)
    if node.having or not found or len(found) < len(node.expressions):
        return rows
    wanted = [(name, solution.get(column)) for column, (_, name) in found.items()]
    deciding = [next((row for row in rows if row.get(name) == value), None) for name, value in wanted]
    return rows if None in deciding else deciding


def _key_binds(node: syntax.Select) -> str:
    return " ".join(f"BIND({text} AS ?{name})" for name, text in node.keys if text)
