"""Triples indexed for the checks that walk over them: by subject, by property and by class."""

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import NamedNode, Triple

from narkom.vocabulary import RDF_TYPE, term

_SUBCLASS = term("rdfs:subClassOf")
_NONE: tuple = ()


class GraphIndex:
    """A set of triples that can be asked for values, subjects and instances without looking at all of them."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        """Index the triples; subclasses are taken from the rdfs:subClassOf among them."""
        self._forward: dict = defaultdict(lambda: defaultdict(list))
        self._backward: dict = defaultdict(lambda: defaultdict(list))
        for triple in triples:
            self._forward[triple.subject][triple.predicate].append(triple.object)
            self._backward[triple.predicate][triple.object].append(triple.subject)
        self._above: dict[NamedNode, set[NamedNode]] = {}

    def values(self, subject, predicate: NamedNode) -> list | tuple:
        """Return the objects of a subject's property, each once."""
        facts = self._forward.get(subject)
        return facts.get(predicate, _NONE) if facts else _NONE

    def facts(self, subject) -> dict[NamedNode, list]:
        """Return every property of a subject with its objects."""
        return self._forward.get(subject, {})

    def subjects(self, predicate: NamedNode, value) -> list | tuple:
        """Return the subjects whose property has a value."""
        return self._backward.get(predicate, {}).get(value, _NONE)

    def subjects_of(self, predicate: NamedNode) -> set:
        """Return every subject that has a property."""
        return {one for subjects in self._backward.get(predicate, {}).values() for one in subjects}

    def objects_of(self, predicate: NamedNode) -> set:
        """Return every value that a property has anywhere."""
        return set(self._backward.get(predicate, ()))

    def instances(self, kind: NamedNode) -> set:
        """Return what is typed with a class or with one below it."""
        below, open_ends = {kind}, [kind]
        while open_ends:
            fresh = set(self.subjects(_SUBCLASS, open_ends.pop())) - below
            below |= fresh
            open_ends.extend(fresh)
        return {one for each in below for one in self.subjects(RDF_TYPE, each)}

    def is_instance(self, node, kind: NamedNode) -> bool:
        """Return whether a node is typed with a class or with one below it."""
        return any(one == kind or kind in self._ancestors(one) for one in self.values(node, RDF_TYPE))

    def _ancestors(self, kind: NamedNode) -> set[NamedNode]:
        if kind not in self._above:
            above: set[NamedNode] = set()
            open_ends = [kind]
            while open_ends:
                fresh = set(self.values(open_ends.pop(), _SUBCLASS)) - above
                above |= fresh
                open_ends.extend(fresh)
            self._above[kind] = above
        return self._above[kind]
