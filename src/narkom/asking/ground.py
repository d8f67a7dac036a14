"""From the triples that a solution puts into a pattern, and the paths that it stands at the ends of, to claims."""

from __future__ import annotations

from dataclasses import dataclass

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
        self._read: dict[int, _Read] = {}
        self._traced: dict[tuple, Needs] = {}

    def needs(self, node: syntax.Bgp, solution: Solution, graph: ox.NamedNode | None) -> Needs:
        """Return what triples that stand together rest on, looked up where another solution binds them alike.

        Raises Uncitable where they cannot be found again.
        """
        read = self._read.get(id(node)) or self._read.setdefault(id(node), _read(node))
        key = (id(node), graph, *map(solution.get, read.names))
        if key not in self._traced:
            self._traced[key] = self._matched(node, read, solution, graph)
        return self._traced[key]

    def _matched(self, node: syntax.Bgp, read: _Read, solution: Solution, graph) -> Needs:
        if all(name in solution for name in read.hidden):
            return self._triples(read, solution, graph)
        inner = self._hidden(node, read, solution, graph)
        return self._choice([self._triples(read, {**solution, **one}, graph) for one in inner])

    def _triples(self, read: _Read, solution: Solution, graph) -> Needs:
        found = Needs()
        for ends in read.triples:
            subject, predicate, obj = (solution.get(end) if type(end) is str else end for end in ends)
            if isinstance(predicate, syntax.Path):
                found.add(self._path(predicate, id(predicate) in read.repeating, subject, obj, graph))
            else:
                self._require(found, (subject, predicate, obj), graph)
        return found

    def _require(self, found: Needs, step: Ground, graph) -> None:
        if None in step:
            raise Uncitable("a variable that the answer leaves open")
        if graph is not None:
            found.need((frozenset([graph.value]),))
            return
        requirement = self._evidence.behind(*step)
        timed, reason = step[1] in TIMED, is_reason(step[0])
        if timed or reason:
            self._note_time(found, ox.Triple(*step), reason)
        if requirement:
            found.need(requirement, timed or reason)

    def _note_time(self, found: Needs, triple: ox.Triple, reason: bool) -> None:
        """Note a triple that with fewer claims may be another: a bound in time, or the reason of one."""
        if not reason:
            found.timed |= {triple}
        else:
            found.free = True
            found.reasons |= {triple}
        # A reason is named by its day: of another day it is another one, that may do as well.
        if not reason or triple.predicate == _OBJECT:
            found.fixed |= {triple}

    def _hidden(self, node: syntax.Bgp, read: _Read, solution: Solution, graph) -> list[Solution]:
        """All values for the blank nodes of a pattern."""
        text = " ".join(f"{t.subject} {_verb(t.predicate)} {t.object} ." for t in node.triples)
        known = {n: solution[n] for n in read.names if solution.get(n) is not None}
        found = list(self._again.run(f"{{ {values_clause(known)} {text} }}", graph, None))
        if not found:
            raise Uncitable("a blank node that cannot be found again")
        return found

    def _path(self, path: syntax.Path, repeating: bool, subject, obj, graph) -> Needs:
        """What a path between two nodes rests on."""
        if not self._counted and repeating:
            found = self._any_way(path, subject, obj, graph)
            if found is not None:
                return found
        ways = [self._passed(steps, graph) for end, steps in self._walker.reach(path, subject, graph) if end == obj]
        if not ways:
            raise Uncitable("a property path that cannot be followed again")
        found = self._choice(ways)
        if not found.requirements:
            return Needs(timed=found.timed, fixed=found.fixed, reasons=found.reasons)
        # A repeated step (* or +) has other ways than the shortest.
        return found.chosen() if repeating else found

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


@dataclass(frozen=True, slots=True)
class _Read:
    """Triples that stand together, read once for all solutions: their variables by name, all else as it is.

    `repeating` are the ids of the paths with a step that may be taken any number of times.
    """

    names: tuple[str, ...]
    hidden: tuple[str, ...]
    triples: list[tuple[object, object, object]]
    repeating: frozenset[int]


def _read(node: syntax.Bgp) -> _Read:
    names = tuple(sorted(syntax.variables_in(node)))
    triples = [tuple(map(_named, (one.subject, one.predicate, one.object))) for one in node.triples]
    repeating = frozenset(id(one.predicate) for one in node.triples if repeats(one.predicate))
    return _Read(names, tuple(name for name in names if name.startswith("_")), triples, repeating)


def _named(term: object) -> object:
    return term.value if isinstance(term, ox.Variable) else term


def _verb(predicate) -> str:
    return predicate.text if isinstance(predicate, syntax.Path) else str(predicate)
