"""Which claims a triple of the store rests on.

A triple of the default graph is there because an admitted claim holds it, because it describes a claim, because the
build derived it from one of these, or because a register, the source's description or the ontology says it; the last
need no citation. Everything is looked up in the store itself, so that any store of the same layout can be cited.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from itertools import product

import pyoxigraph as ox

from narkom.asking.holding import Holding
from narkom.asking.notes import Notes
from narkom.asking.times import BOUNDS, TIMED, Claims, Times
from narkom.building.membership import MEMBER, OFFICE, PERSON, TENURE
from narkom.building.relations import OWN_DATES
from narkom.building.timing import ATTESTED_EARLIEST, ATTESTED_LATEST, DATING, TOLD, statement_of
from narkom.building.views import HEDGED, INFERRED
from narkom.vocabulary import PREFIXES, RDF_TYPE, is_claim, term

_DERIVED_SPACES = tuple(PREFIXES[name] for name in ("event", "relation", "attitude", "statistic", "bound"))
_STANCE, _MEMBER = term("nk:stance"), term("skos:member")
_SUBCLASS, _CONTRADICTS, DERIVED_FROM = term("rdfs:subClassOf"), term("nk:contradicts"), term("prov:wasDerivedFrom")
_BOUND = PREFIXES["bound"]
# What the build derives from all claims of the view together.
_TIMES = (*TIMED, ATTESTED_EARLIEST, ATTESTED_LATEST)
_POST, _NAME = term("nk:postIn"), term("skos:prefLabel")
_DEFAULT = ox.DefaultGraph()


def is_reason(subject) -> bool:
    """Return whether a resource tells from which claims a day is known: it may be known from others."""
    return subject.value.startswith(_BOUND)


class Evidence:
    """The claims behind the triples of a store under one view (accepted, strict, wide or all)."""

    def __init__(self, store: ox.Store, view: str = "accepted") -> None:
        """Take a built store whose default graph is that view."""
        self.store = store
        self.view = view
        self._known: dict[tuple, tuple[Claims, ...]] = {}
        self._contributions: dict[str, list[ox.Quad]] = {}
        self._neighbours: dict[tuple, list[tuple]] = {}
        self._registered: dict[tuple, bool] = {}
        self._admitted: dict[str, bool] = {}
        self.times = Times(store, self._admits, self.behind)
        self.notes = Notes(store)

    @cached_property
    def _admitted_stances(self) -> frozenset[ox.NamedNode]:
        pattern = (term(f"view:{self.view}"), _MEMBER, None, _DEFAULT)
        return frozenset(quad.object for quad in self.store.quads_for_pattern(*pattern))

    def _admits(self, claim: str) -> bool:
        """Whether the view admits a claim. Looked up for one: a store elsewhere may hold hundreds of thousands."""
        if claim not in self._admitted:
            node = ox.NamedNode(claim)
            stances = {quad.object for quad in self.store.quads_for_pattern(node, _STANCE, None, _DEFAULT)}
            if any(self.store.quads_for_pattern(node, INFERRED, None, _DEFAULT)):
                stances.add(HEDGED)
            self._admitted[claim] = bool(stances) and stances <= self._admitted_stances
        return self._admitted[claim]

    @cached_property
    def _superclasses(self) -> dict[ox.NamedNode, set[ox.NamedNode]]:
        """For each class, itself and every class above it (the build has closed nothing in the ontology itself)."""
        parents: dict[ox.NamedNode, set[ox.NamedNode]] = defaultdict(set)
        for quad in self.store.quads_for_pattern(None, _SUBCLASS, None, _DEFAULT):
            parents[quad.subject].add(quad.object)
        closed: dict[ox.NamedNode, set[ox.NamedNode]] = {}
        for name in parents:
            seen, ahead = {name}, [name]
            while ahead:
                fresh = parents.get(ahead.pop(), set()) - seen
                seen |= fresh
                ahead.extend(fresh)
            closed[name] = seen
        return closed

    def behind(self, subject, predicate, obj) -> tuple[Claims, ...]:
        """Return the alternatives for a triple of the default graph: each set of claims suffices for it.

        None of them says that the triple needs no claim.
        """
        key = (subject, predicate, obj)
        if key not in self._known:
            self._known[key] = tuple(self._look_up(subject, predicate, obj))
        return self._known[key]

    def neighbours(self, node, predicate, graph, back: bool) -> list[tuple]:
        """Return the nodes that a triple leads to from `node` (or, `back`, from which one leads to it), each with it.

        Any predicate where it is None; the default graph where `graph` is None. The order is stable.
        """
        key = (node, predicate, graph, back)
        if key not in self._neighbours:
            place = graph or _DEFAULT
            pattern = (None, predicate, node, place) if back else (node, predicate, None, place)
            quads = sorted(self.store.quads_for_pattern(*pattern), key=str)
            self._neighbours[key] = [
                (quad.subject if back else quad.object, ((quad.subject, quad.predicate, quad.object),))
                for quad in quads
            ]
        return self._neighbours[key]

    def _look_up(self, subject, predicate, obj) -> list[Claims]:
        if is_claim(subject.value):
            # Contradiction goes both ways, and the build sees to it that either claim's word is enough.
            others = [frozenset([obj.value])] if predicate == _CONTRADICTS else []
            return [frozenset([subject.value]), *others]
        if subject.value.startswith(_BOUND):
            return self._derived_from(subject)
        if predicate == DATING:
            return self._dated(subject, obj)
        derived = subject.value.startswith(_DERIVED_SPACES)
        if derived and predicate == RDF_TYPE:
            return self._typed_below(subject, obj)
        holding = [frozenset([claim]) for claim in self.holding(subject, predicate, obj)]
        if predicate in BOUNDS:
            return list({*holding, *self._derived_from(statement_of(ox.Triple(subject, predicate, obj)))})
        if predicate == MEMBER:
            return list({*holding, *self._seated(subject, obj)})
        return holding

    def holding(self, subject, predicate, obj) -> list[str]:
        """Return the claims (IRIs) of the view in whose graphs the triple stands."""
        graphs = (quad.graph_name for quad in self.store.quads_for_pattern(subject, predicate, obj, None))
        return sorted(g.value for g in graphs if g != _DEFAULT and self._admits(g.value))

    def _derived_from(self, statement: ox.NamedNode) -> list[Claims]:
        """The claims that together yield a bound."""
        claims = frozenset(
            q.object.value for q in self.store.quads_for_pattern(statement, DERIVED_FROM, None, _DEFAULT)
        )
        return [claims] if claims else []

    def _dated(self, subject, dating) -> list[Claims]:
        """The claims that show how a thing is dated: one with a date of its own, or all that its bounds rest on."""
        if dating == TOLD:
            graphs = {
                quad.graph_name.value
                for name in OWN_DATES
                for quad in self.store.quads_for_pattern(subject, name, None, None)
                if quad.graph_name != _DEFAULT
            }
            return [frozenset([graph]) for graph in sorted(graphs) if self._admits(graph)]
        found: Claims = frozenset()
        for name in BOUNDS:
            for quad in self.store.quads_for_pattern(subject, name, None, _DEFAULT):
                found = found.union(*self._derived_from(statement_of(quad.triple)))
        return [found]

    def _typed_below(self, subject, obj) -> list[Claims]:
        """The claims that give the subject the class `obj`, or one below it."""
        return [
            frozenset([quad.graph_name.value])
            for quad in self.store.quads_for_pattern(subject, RDF_TYPE, None, None)
            if quad.graph_name != _DEFAULT
            and self._admits(quad.graph_name.value)
            and (obj == quad.object or obj in self._superclasses.get(quad.object, ()))
        ]

    def _seated(self, person, body) -> Iterator[Claims]:
        """Yield the claims that together seat somebody in a body: whose tenure it is, and of which office of it."""
        for quad in self.store.quads_for_pattern(None, PERSON, person, _DEFAULT):
            tenure = quad.subject
            for held in self.store.quads_for_pattern(tenure, OFFICE, None, _DEFAULT):
                if any(self.store.quads_for_pattern(held.object, _POST, body, _DEFAULT)):
                    ways = (
                        self.behind(tenure, RDF_TYPE, TENURE),
                        self.behind(tenure, PERSON, person),
                        self.behind(tenure, OFFICE, held.object),
                    )
                    yield from (frozenset().union(*one) for one in product(*ways))

    # -- what a store of a few claims holds --------------------------------------------------------------------------

    def contribution(self, claim: str) -> list[ox.Quad]:
        """Return every quad that stands in the store because of one claim."""
        if claim not in self._contributions:
            self._contributions[claim] = self._contributed(claim)
        return self._contributions[claim]

    def _contributed(self, claim: str) -> list[ox.Quad]:
        graph = ox.NamedNode(claim)
        own = list(self.store.quads_for_pattern(None, None, None, graph))
        quads = [*own, *self.store.quads_for_pattern(graph, None, None, _DEFAULT)]
        quads += self.store.quads_for_pattern(None, _CONTRADICTS, graph, _DEFAULT)
        for quad in own if self._admits(claim) else ():
            if quad.predicate not in _TIMES and any(
                self.store.quads_for_pattern(quad.subject, quad.predicate, quad.object, _DEFAULT)
            ):
                quads.append(ox.Quad(quad.subject, quad.predicate, quad.object))
        for subject in {quad.subject for quad in own}:
            for quad in self.store.quads_for_pattern(subject, RDF_TYPE, None, _DEFAULT):
                if frozenset([claim]) in self.behind(quad.subject, quad.predicate, quad.object):
                    quads.append(quad)
        return quads

    @cached_property
    def trials(self) -> Holding:
        """A store of what needs no claim (registers, source, ontology), and of the claims of a trial.

        It is made when something is tried: of a store elsewhere that takes as long as all else.
        """
        store = ox.Store()
        store.bulk_extend(q for q in self.store.quads_for_pattern(None, None, None, _DEFAULT) if self._is_register(q))
        return Holding(store, self.contribution)

    def registered(self, subject, predicate, obj) -> bool:
        """Return whether what needs no claim says something that matches a pattern of terms, None for any."""
        key = (subject, predicate, obj)
        if key not in self._registered:
            self.trials.hold(frozenset())
            self._registered[key] = any(self.trials.store.quads_for_pattern(*key, _DEFAULT))
        return self._registered[key]

    def _is_register(self, quad: ox.Quad) -> bool:
        subject = quad.subject.value
        if is_claim(subject):
            return False
        if subject.startswith(_DERIVED_SPACES):
            # Of what happened the registers tell the name, and nothing else.
            return quad.predicate == _NAME
        return not self.behind(quad.subject, quad.predicate, quad.object)
