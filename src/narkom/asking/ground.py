"""From the triples that a solution puts into a pattern, and the paths that it stands at the ends of, to claims."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph as ox

from narkom.asking import syntax
from narkom.asking.again import Again, Solution, values_clause
from narkom.asking.choosing import Needs, either, every, least
from narkom.asking.evidence import Evidence, is_reason
from narkom.asking.paths import Ground, Walker, repeats
from narkom.asking.syntax import Uncitable
from narkom.asking.times import TIMED
from narkom.vocabulary import term

# More ways to one thing than this are not all looked at: the citation is tried out instead.
MOST_WAYS = 16
_OBJECT = term("rdf:object")
_MOST_STEPS = 100


class GroundTracer:
    """Traces the triples and paths of one query's patterns."""

    def __init__(self, evidence: Evidence, again: Again, counted: bool) -> None:
        """Take who runs parts of the query again, and whether equal solutions are counted one by one."""
        self._evidence = evidence
        self._again = again
        self._counted = counted
        self._choice = every if counted else least
        self._walker = Walker(evidence)
        self._names: dict[int, set[str]] = {}
        self._traced: dict[tuple, Needs] = {}

    def needs(self, node: syntax.Bgp, solution: Solution, graph: ox.NamedNode | None) -> Needs:
        """Return what triples that stand together rest on, looked up where another solution binds them alike.

        Raises Uncitable where they cannot be found again.
        """
        key = (id(node), graph, *map(solution.get, self._variables(node)))
        if key not in self._traced:
            self._traced[key] = self._matched(node, solution, graph)
        return self._traced[key]

    def _variables(self, node: syntax.Bgp) -> set[str]:
        if id(node) not in self._names:
            self._names[id(node)] = syntax.variables_in(node)
        return self._names[id(node)]

    def _matched(self, node: syntax.Bgp, solution: Solution, graph) -> Needs:
        hidden = {n for n in self._variables(node) if n.startswith("_") and n not in solution}
        if not hidden:
            return self._triples(node, solution, graph)
        ways = [self._triples(node, {**solution, **inner}, graph) for inner in self._hidden(node, solution, graph)]
        return self._choice(ways)

    def _triples(self, node: syntax.Bgp, solution: Solution, graph) -> Needs:
        found = Needs()
        for triple in node.triples:
            subject, obj = _value(triple.subject, solution), _value(triple.object, solution)
            if isinstance(triple.predicate, syntax.Path):
                found.add(self._path(triple.predicate, subject, obj, graph))
            else:
                self._require(found, (subject, _value(triple.predicate, solution), obj), graph)
        return found

    def _require(self, found: Needs, step: Ground, graph) -> None:
        if any(value is None for value in step):
            raise Uncitable("a variable that the answer leaves open")
        if graph is not None:
            found.need((frozenset([graph.value]),))
            return
        requirement = tuple(self._evidence.behind(*step))
        if step[1] in TIMED:
            triple = ox.Triple(*step)
            found.timed.add(triple)
            found.fixed.add(triple)
            found.requirements |= {requirement} - {()}
        elif is_reason(step[0]):
            triple = ox.Triple(*step)
            found.free = True
            found.reasons.add(triple)
            if step[1] == _OBJECT:
                # The resource is named by its day: of another day it is another one, that may do as well.
                found.fixed.add(triple)
            found.requirements |= {requirement} - {()}
        elif requirement:
            found.need(requirement)

    def _hidden(self, node: syntax.Bgp, solution: Solution, graph) -> list[Solution]:
        """All values for the blank nodes of a pattern."""
        text = " ".join(f"{t.subject} {_verb(t.predicate)} {t.object} ." for t in node.triples)
        known = {n: solution[n] for n in self._variables(node) if solution.get(n) is not None}
        found = list(self._again.run(f"{{ {values_clause(known)} {text} }}", graph, None))
        if not found:
            raise Uncitable("a blank node that cannot be found again")
        return found

    def _path(self, path: syntax.Path, subject, obj, graph) -> Needs:
        """What a path between two nodes rests on."""
        if not self._counted and repeats(path):
            found = self._any_way(path, subject, obj, graph)
            if found is not None:
                return found
        ways = [self._passed(steps, graph) for end, steps in self._walker.reach(path, subject, graph) if end == obj]
        if not ways:
            raise Uncitable("a property path that cannot be followed again")
        found = self._choice(ways)
        if not found.requirements:
            return replace(found, free=False)
        # A repeated step (* or +) has other ways than the shortest.
        return found.chosen() if repeats(path) else found

    def _any_way(self, path: syntax.Path, subject, obj, graph) -> Needs | None:
        """What a path needs on one of all its ways, whichever; None where there are too many."""
        ways = []
        for count, (end, steps) in enumerate(self._walker.first(path, subject, graph, _MOST_STEPS + 1)):
            if count == _MOST_STEPS or len(ways) > MOST_WAYS:
                return None
            if end == obj:
                ways.append(self._passed(steps, graph))
        return either(ways) if ways else None

    def _passed(self, steps: tuple[Ground, ...], graph) -> Needs:
        needs = Needs()
        for step in steps:
            self._require(needs, step, graph)
        return needs


def _value(term, solution: Solution):
    return solution.get(term.value) if isinstance(term, ox.Variable) else term


def _verb(predicate) -> str:
    return predicate.text if isinstance(predicate, syntax.Path) else str(predicate)
