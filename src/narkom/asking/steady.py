"""Whether a query can be trusted to have no further solutions with fewer claims.

Of what claims say, less is there with fewer of them, so that what matches matched before. Of what is derived in time it
is otherwise: a looser day stands in place of one that was there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from narkom.asking.syntax import Bgp, Filter, Group, Minus, Path, Select, within
from narkom.asking.times import TIMED
from narkom.vocabulary import PREFIXES, RDF_TYPE, term

_STEADY_SPACES = (PREFIXES["nk"], PREFIXES["skos"], PREFIXES["rdfs"])
_STATEMENT = term("rdf:Statement")


def is_steady(select: Select) -> bool:
    """Return whether with fewer claims a query has no solutions but those of its own that still stand.

    A sub-SELECT that gathers may yield another value; what is negated may match with a looser day, and a group may gain
    a member by it, unless the day and what has it are keys of the group.
    """
    nodes = list(within(select.where))
    if any(isinstance(node, Select) and (node.grouped or node.limit or node.offset) for node in nodes):
        return False
    if any(isinstance(node, Filter) and node.tangled for node in nodes):
        return False
    if any(_may_be_timed(group) for group in _negated(nodes)):
        return False
    keys = {name for name, _ in select.keys}
    return not select.grouped or all(_is_fixed(triple, keys) for triple in _triples(nodes) if _is_timed(triple))


def _negated(nodes: Iterable[object]) -> Iterator[Group]:
    for node in nodes:
        if isinstance(node, Minus):
            yield node.group
        elif isinstance(node, Filter):
            yield from node.negated


def _may_be_timed(negated: Group) -> bool:
    """Whether with fewer claims a negated group may match what it did not: by a day, or by a negation inside it."""
    nodes = list(within(negated))
    return any(_negated(nodes)) or any(_is_timed(triple) for triple in _triples(nodes))


def _triples(nodes: Iterable[object]) -> Iterator[object]:
    return (triple for node in nodes if isinstance(node, Bgp) for triple in node.triples)


def _is_timed(triple) -> bool:
    """Whether a triple pattern may match what is derived in time, the reasons of days among that."""
    if triple.predicate == RDF_TYPE:
        return not isinstance(triple.object, ox.NamedNode) or triple.object == _STATEMENT
    return any(not _is_steady_link(link) for link in _links(triple.predicate))


def _is_steady_link(predicate: object) -> bool:
    if not isinstance(predicate, ox.NamedNode) or predicate in TIMED:
        return False
    return predicate.value.startswith(_STEADY_SPACES)


def _links(predicate: object) -> Iterator[object]:
    """Yield what a path leads over; of a negated one nothing is known."""
    if not isinstance(predicate, Path):
        yield predicate
    elif predicate.op == "negated":
        yield None
    else:
        for part in predicate.parts:
            yield from _links(part)


def _is_fixed(triple, keys: set[str]) -> bool:
    """Whether the keys of a group say what a triple pattern matches."""
    ends = (triple.subject, triple.object)
    return all(not isinstance(end, ox.Variable) or end.value in keys for end in ends)
