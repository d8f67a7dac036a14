"""From a solution of a query pattern to the claims it rests on.

A solution binds the variables of a pattern; put into the triple patterns, it names the very triples that matched, and
each of these rests on claims (evidence.py). This is the why-provenance of Buneman, Khanna and Tan (2001), taken from
the solutions and not by annotating the data. What is absent (MINUS, NOT EXISTS) adds nothing: fewer claims leave it
absent.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from narkom.asking import syntax
from narkom.asking.again import Again, Solution
from narkom.asking.choosing import Needs, either, every, least
from narkom.asking.deciding import extremes
from narkom.asking.evidence import Evidence
from narkom.asking.ground import MOST_WAYS, GroundTracer
from narkom.asking.syntax import Uncitable


class Tracer:
    """Traces the solutions of one query's patterns."""

    def __init__(
        self,
        evidence: Evidence,
        prologue: str,
        needed: frozenset[str] | None,
        shown: frozenset[str] = frozenset(),
        whole: syntax.Group | None = None,
    ) -> None:
        """Take the names of the variables on which a row depends (None: on all, as with COUNT(*)).

        `shown` are those that stand in the row as they are; `whole` is a pattern of which all solutions come from
        itself, with no value given to it.
        """
        self.evidence = evidence
        self.prologue = prologue
        self._again = Again(evidence.store, prologue)
        self._choice = every if needed is None else least
        self._ground = GroundTracer(evidence, self._again, counted=needed is None)
        self.needed = needed
        self._shown = shown
        self._roles: dict[int, tuple[set[str], bool, bool, bool]] = {}
        self._names: dict[int, set[str]] = {}
        self._given: dict[int, set[str]] = {}
        self._around: dict[int, set[str]] = {id(whole): set()}
        self._telling: dict[int, list[object]] = {}
        self._wholes: dict[int, bool] = {}
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

    def _variables(self, node: object) -> set[str]:
        """The variables that a part of the pattern can bind: asked for each solution, and always the same."""
        if id(node) not in self._names:
            self._names[id(node)] = syntax.variables_in(node)
        return self._names[id(node)]

    def needs(self, node: object, solution: Solution, graph: ox.NamedNode | None = None) -> Needs:
        """Return what `solution` rests on in one part of the pattern, matched in `graph` (None: the default graph).

        Raises Uncitable when the part is of a kind that cannot be traced.
        """
        return self._tracing[type(node)](node, solution, graph)

    # -- the kinds of parts ------------------------------------------------------------------------------------------

    def _group(self, node: syntax.Group, solution: Solution, graph) -> Needs:
        if id(node) not in self._telling:
            self._hand_down(node)
        telling = self._telling[id(node)]
        if len(telling) == 1 and not isinstance(telling[0], syntax.Optional_):
            return self.needs(telling[0], solution, graph)
        found = Needs()
        for part in telling:
            if not isinstance(part, syntax.Optional_):
                found.add(self.needs(part, solution, graph))
                continue
            fresh, counts, shown, firm = self._role(part, node)
            if counts and any(solution.get(name) is not None for name in fresh):
                found.free = found.free or not shown
                needs = self.needs(part, solution, graph)
                found.add(needs if firm else needs.spared())
        return found

    def _hand_down(self, node: syntax.Group) -> None:
        """Note which parts of a group rest on claims, and what stands beside each and around.

        That is what triples bind there in any case, and, where that is known of the group, what anything may bind.
        """
        self._telling[id(node)] = [part for part in node.parts if not _is_silent(part)]
        for part in node.parts:
            beside = [one for one in node.parts if one is not part]
            sure = [self._variables(one) for one in beside if isinstance(one, syntax.Bgp)]
            inner = part.groups if isinstance(part, syntax.Union) else [getattr(part, "group", None)]
            for one in (part, *(group for group in inner if group is not None)):
                self._given[id(one)] = self._given.get(id(node), set()).union(*sure)
                if id(node) in self._around:
                    self._around[id(one)] = self._around[id(node)].union(*map(self._variables, beside))

    def _role(self, part: syntax.Optional_, group: syntax.Group) -> tuple[set[str], bool, bool, bool]:
        """The variables that this OPTIONAL binds first, whether anything depends on them, whether the row does.

        And whether the row would be another without it: where it shows one that nothing else binds.
        """
        if id(part) not in self._roles:
            at = next(i for i, p in enumerate(group.parts) if p is part)
            fresh = self._variables(part) - set().union(*(self._variables(p) for p in group.parts[:at]))
            others = group.text.replace(part.group.text, " ")
            used = {token.text[1:] for token in syntax.tokenize(others) if token.kind == "var"}
            counts = self.needed is None or bool(fresh & (self.needed | used))
            shown = self.needed is not None and bool(fresh & self.needed)
            alone = fresh - set().union(*(self._variables(p) for p in group.parts[at + 1 :]))
            self._roles[id(part)] = fresh, counts, shown, bool(alone & self._shown)
        return self._roles[id(part)]

    def _optional(self, node: syntax.Optional_, solution: Solution, graph) -> Needs:
        return self.needs(node.group, solution, graph)

    def _union(self, node: syntax.Union, solution: Solution, graph) -> Needs:
        if len(node.groups) == 1:
            return self.needs(node.groups[0], solution, graph)
        possible = [group for group in node.groups if self._may_match(group, solution)]
        if len(possible) == 1 and self._is_whole(node, possible[0]):
            return self.needs(possible[0], solution, graph)
        bound = {n for n in self._visible(node) if solution.get(n) is not None}
        # What no triple beside the UNION binds came from the branch, or else from another part beside it.
        own = bound - self._given.get(id(node), set())
        matching = [needs for group in possible for needs in self._matches(group, solution, graph, own)]
        matching = matching or [needs for group in possible for needs in self._matches(group, solution, graph, set())]
        if not matching:
            raise Uncitable("a UNION of which no branch can be recognised in the answer")
        return self._choice(matching)

    def _is_whole(self, node: syntax.Union, group: syntax.Group) -> bool:
        """Whether a solution shows all that a branch bound: nothing else binds what the branch may leave open."""
        if id(group) not in self._wholes:
            loose = {name for name in self._visible(group) if self._may_be_unbound(group, name)}
            around = self._around.get(id(node))
            self._wholes[id(group)] = not loose or (around is not None and not loose & around)
        return self._wholes[id(group)]

    def _visible(self, node: object) -> set[str]:
        """The variables that a part can bind and a solution shows: all but those of blank nodes."""
        return {name for name in self._variables(node) if not name.startswith("_")}

    def _may_match(self, group: syntax.Group, solution: Solution) -> bool:
        """Whether a branch can have produced a solution: it leaves nothing open and says nothing else."""
        certain = {n for part in group.parts if not isinstance(part, syntax.Optional_) for n in self._variables(part)}
        missing = {name for name in self._visible(group) & certain if solution.get(name) is None}
        if any(not self._may_be_unbound(group, name) for name in missing):
            return False
        said = (part.constant for part in group.parts if isinstance(part, syntax.Bind))
        return all(solution.get(one[0]) in (None, one[1]) for one in said if one)

    def _matches(self, group: syntax.Group, solution: Solution, graph, own: set[str]) -> Iterator[Needs]:
        """What a branch needs, for each way in which it can have produced the solution (at most one).

        `own` are the variables that it must have bound, if it is this branch.
        """
        names = self._visible(group)
        bound = {name for name in names if solution.get(name) is not None}
        if not own <= names:
            return
        # Given to the branch, a value that it may leave open would pass for one that it has found.
        loose = {name for name in bound if self._may_be_unbound(group, name)}
        same = {name: f"SAMETERM(?{name}, {solution[name]})" for name in sorted(loose)}
        tests = [test if name in own else f"!BOUND(?{name}) || {test}" for name, test in same.items()]
        # What the solution leaves open, this branch left open too.
        tests += [f"!BOUND(?{name})" for name in sorted(names - bound) if name in solution]
        binds = " ".join(f"FILTER({test})" for test in tests)
        for inner in self._again.inside(group, {n: solution[n] for n in bound - loose}, graph, 1, binds):
            yield self.needs(group, {**solution, **inner}, graph)

    def _may_be_unbound(self, group: syntax.Group, name: str) -> bool:
        """Whether a variable of a group stands only in parts that can leave it open (sub-groups and the like)."""
        return not any(isinstance(p, syntax.Bgp | syntax.Graph) and name in self._variables(p) for p in group.parts)

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
            known = {n: v for n, v in solution.items() if v is not None and f"?{n}" in group.text.replace("$", "?")}
            found.add(self._existing(group, known, graph))
        return found

    def _existing(self, group: syntax.Group, known: Solution, graph) -> Needs:
        """What one match of an EXISTS needs, whichever."""
        inside = list(self._again.inside(group, known, graph, MOST_WAYS + 1))
        ways = [self.needs(group, {**known, **inner}, graph) for inner in inside[:MOST_WAYS]]
        found = either(ways) if len(inside) <= MOST_WAYS else None
        return found or ways[0].chosen()

    def _sub_select(self, node: syntax.Select, solution: Solution, graph) -> Needs:
        shown = node.variables if node.variables is not None else sorted(self._variables(node.where))
        if node.grouped:
            names = [name for name, _ in node.keys if name in shown]
            if len(names) < len(node.keys):
                raise Uncitable("a sub-SELECT whose groups are not in the answer")
        else:
            names = [name for name in shown if name not in node.expressions]
        known = {n: solution[n] for n in names if solution.get(n) is not None}
        body = Tracer(self.evidence, self.prologue, None if node.grouped else frozenset(shown))
        rows = list(self._again.inside(node.where, known, graph, None, _key_binds(node)))
        if not rows:
            raise Uncitable("a sub-SELECT whose answer cannot be found again")
        if not node.grouped:
            return self._choice([body.needs(node.where, {**known, **row}, graph) for row in rows]).chosen()
        whole = Needs()
        for row in _decisive(node, rows, solution):
            whole.add(body.needs(node.where, {**known, **row}, graph))
        return whole.chosen()


def _is_silent(part: object) -> bool:
    """Whether a part of a group never rests on claims: a negation, and what only computes or compares."""
    if isinstance(part, syntax.Filter):
        return not part.exists and not part.tangled
    return isinstance(part, syntax.Minus) or (isinstance(part, syntax.Bind) and not part.tangled)


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
