"""JSON-LD with a small context: the prefixes that occur, and the type of each property whose values have one type.

No more than compaction of names, so that a reader without a JSON-LD library can follow it too; the statements are
those of the other formats.
"""

import json
from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from narkom.vocabulary import RDF_TYPE, term

_STRING = term("xsd:string")


class _Names:
    """Prefixed names of IRIs, and a record of the prefixes that were used."""

    def __init__(self, prefixes: dict[str, str]) -> None:
        self.prefixes = sorted(prefixes.items(), key=lambda pair: -len(pair[1]))
        self.used: dict[str, str] = {}

    def of(self, node: NamedNode | BlankNode) -> str:
        if isinstance(node, BlankNode):
            return str(node)
        for prefix, space in self.prefixes:
            # What follows the colon must not look like an authority, or the name would be read as a whole IRI.
            if node.value.startswith(space) and not node.value[len(space) :].startswith("//"):
                self.used[prefix] = space
                return f"{prefix}:{node.value[len(space) :]}"
        return node.value


def jsonld(quads: Iterable[Quad], prefixes: dict[str, str]) -> dict:
    """Return the quads as one JSON-LD document: subjects under ``@graph``, each named graph as a node with its own.

    The order is that of the IRIs, whatever the order of the quads.
    """
    names = _Names(prefixes)
    graphs: dict = defaultdict(list)
    for quad in sorted(set(quads), key=str):
        graphs[quad.graph_name].append(quad)
    coerced = _coercions([quad for found in graphs.values() for quad in found])
    nodes = _nodes(graphs.pop(DefaultGraph(), []), names, coerced)
    for graph in sorted(graphs, key=str):
        nodes.append({"@id": names.of(graph), "@graph": _nodes(graphs[graph], names, coerced)})
    terms = {names.of(predicate): {"@type": _type_name(kind, names)} for predicate, kind in coerced.items()}
    return {"@context": {**dict(sorted(names.used.items())), **dict(sorted(terms.items()))}, "@graph": nodes}


def jsonld_text(quads: Iterable[Quad], prefixes: dict[str, str]) -> bytes:
    """Return the JSON-LD document as UTF-8 with one indentation, ending in a line break."""
    return json.dumps(jsonld(quads, prefixes), ensure_ascii=False, indent=1).encode() + b"\n"


def _coercions(quads: list[Quad]) -> dict:
    """Return the one kind of value (``@id`` or a datatype) of each property that has but one."""
    kinds: dict[NamedNode, set] = defaultdict(set)
    for quad in quads:
        if quad.predicate != RDF_TYPE:
            kinds[quad.predicate].add(_kind(quad.object))
    return {
        predicate: found.pop() for predicate, found in kinds.items() if len(found) == 1 and not found & {None, _STRING}
    }


def _kind(value):
    """Return ``@id`` for a thing, the datatype of a literal, None for a text with a language."""
    if not isinstance(value, Literal):
        return "@id"
    return None if value.language else value.datatype


def _type_name(kind, names: _Names) -> str:
    return kind if kind == "@id" else names.of(kind)


def _nodes(quads: list[Quad], names: _Names, coerced: dict) -> list[dict]:
    nodes: dict[str, dict] = {}
    for quad in quads:
        node = nodes.setdefault(names.of(quad.subject), {"@id": names.of(quad.subject)})
        if quad.predicate == RDF_TYPE:
            node.setdefault("@type", []).append(names.of(quad.object))
        else:
            node.setdefault(names.of(quad.predicate), []).append(_value(quad, names, coerced))
    return [{key: _single(value) for key, value in node.items()} for node in nodes.values()]


def _value(quad: Quad, names: _Names, coerced: dict):
    value = quad.object
    if not isinstance(value, Literal):
        return names.of(value) if coerced.get(quad.predicate) else {"@id": names.of(value)}
    if value.language:
        return {"@value": value.value, "@language": value.language}
    if coerced.get(quad.predicate) or value.datatype == _STRING:
        return value.value
    return {"@value": value.value, "@type": names.of(value.datatype)}


def _single(value):
    return value[0] if isinstance(value, list) and len(value) == 1 else value
