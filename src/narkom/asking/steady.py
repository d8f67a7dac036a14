"""Whether a query can be trusted to have no further solutions with fewer claims.

Of what claims say, less is there with fewer of them, so that what matches matched before. Of what is derived in time it
is otherwise: a looser day stands in place of one that was there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from narkom.asking.syntax import Bgp, Filter, Group, Minus, Path, Select, Triple, within
from narkom.asking.times import TIMED
from narkom.building.membership import MEMBER
from narkom.building.timing import ATTESTED_EARLIEST, ATTESTED_LATEST
from narkom.vocabulary import PREFIXES, RDF_TYPE, term

_STEADY_SPACES = (PREFIXES["nk"], PREFIXES["skos"], PREFIXES["rdfs"])
_DERIVED = {MEMBER, ATTESTED_EARLIEST, ATTESTED_LATEST}
_STATEMENT = term("rdf:Statement")


def unsteady(select: Select) -> list[Group] | None:
    """Return the negated groups that may match with a looser day what they did not; None where more is unsteady.

    With fewer claims a query has no solutions but those of its own that still stand, unless a sub-SELECT that gathers
    yields another value, or a group gains a member by a looser day that is no key of the group.
    """
    nodes = list(within(select.where))
    if gathers(select) or any(isinstance(node, Filter) and node.tangled for node in nodes):
        return None
    keys = {name for name, _ in select.keys}
    if select.grouped and not all(_is_fixed(triple, keys) for triple in _triples(nodes) if _is_timed(triple)):
        return None
    return [group for group in _negated(nodes) if _may_be_timed(group)]


def gathers(select: Select) -> bool:
    """Return whether a sub-SELECT gathers solutions or takes some of them alone."""
    inner = (node for node in within(select.where) if isinstance(node, Select))
    return any(node.grouped or node.limit or node.offset for node in inner)


def must_match(negated: Group) -> Iterator[Triple]:
    """Yield the triple patterns of a group that a claim or register says by itself; each has to be matched."""
    for part in negated.parts:
        for one in part.triples if isinstance(part, Bgp) else ():
            if isinstance(one.predicate, ox.NamedNode) and one.predicate not in _DERIVED and not _is_timed(one):
                yield one


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


def _triples(nodes: Iterable[object]) -> Iterator[Triple]:
    return (triple for node in nodes if isinstance(node, Bgp) for triple in node.triples)


def _is_timed(triple: Triple) -> bool:
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


def _is_fixed(triple: Triple, keys: set[str]) -> bool:
    """Whether the keys of a group say what a triple pattern matches."""
    ends = (triple.subject, triple.object)
    return all(not isinstance(end, ox.Variable) or end.value in keys for end in ends)
