"""What follows from the ontology by plain rules: superclasses, and symmetric and inverse properties read backwards.

Only these, so that `?e a nk:Event` finds every arrest without a reasoner; consistency is the reasoner's work.
"""

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import NamedNode, Triple

from narkom.vocabulary import RDF_TYPE, term

_SUBCLASS, _INVERSE, _SYMMETRIC = term("rdfs:subClassOf"), term("owl:inverseOf"), term("owl:SymmetricProperty")


def infer(triples: Iterable[Triple], ontology: Iterable[Triple]) -> set[Triple]:
    """Return the types and reversed statements that follow from the triples under the ontology."""
    ontology = list(ontology)
    ancestors = superclasses(ontology)
    inverses = _inverses(ontology)
    found: set[Triple] = set()
    for triple in triples:
        if triple.predicate == RDF_TYPE:
            found |= {Triple(triple.subject, RDF_TYPE, parent) for parent in ancestors.get(triple.object, ())}
        elif isinstance(triple.object, NamedNode):
            found |= {Triple(triple.object, other, triple.subject) for other in inverses.get(triple.predicate, ())}
    return found


def superclasses(ontology: Iterable[Triple]) -> dict[NamedNode, set[NamedNode]]:
    """Return for each class all the named classes above it."""
    parents: dict[NamedNode, set[NamedNode]] = defaultdict(set)
    for triple in ontology:
        if triple.predicate == _SUBCLASS and isinstance(triple.object, NamedNode):
            parents[triple.subject].add(triple.object)
    return {name: _above(name, parents) for name in list(parents)}


def _above(name: NamedNode, parents: dict[NamedNode, set[NamedNode]]) -> set[NamedNode]:
    seen: set[NamedNode] = set()
    open_ends = [name]
    while open_ends:
        fresh = parents.get(open_ends.pop(), set()) - seen
        seen |= fresh
        open_ends.extend(fresh)
    return seen - {name}


def _inverses(ontology: Iterable[Triple]) -> dict[NamedNode, set[NamedNode]]:
    found: dict[NamedNode, set[NamedNode]] = defaultdict(set)
    for triple in ontology:
        if triple.predicate == _INVERSE:
            found[triple.subject].add(triple.object)
            found[triple.object].add(triple.subject)
        elif triple.predicate == RDF_TYPE and triple.object == _SYMMETRIC:
            found[triple.subject].add(triple.subject)
    return found
