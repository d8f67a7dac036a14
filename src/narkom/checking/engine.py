"""A fast engine for the core of SHACL that shapes/ uses, beside pyshacl; a test proves their findings equal.

pyshacl is the reference. It spends its time on rdflib's graph, so that it takes seconds for a chapter and minutes for a
shelf of books; this engine walks over an index in memory and serves the check on saving and the large data sets.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import date

from pyoxigraph import BlankNode, Literal, NamedNode

from narkom.checking.graph import GraphIndex
from narkom.checking.shapegraph import Shape
from narkom.vocabulary import PREFIXES, term

_LEXICAL = {
    term("xsd:integer"): re.compile(r"[+-]?\d+$"),
    term("xsd:decimal"): re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)$"),
    term("xsd:boolean"): re.compile(r"(true|false|0|1)$"),
    term("xsd:gYear"): re.compile(r"-?\d{4,}$"),
    term("xsd:duration"): re.compile(r"-?P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$"),
}
_NUMERIC = {term("xsd:integer"), term("xsd:decimal")}
_DAY = term("xsd:date")


@dataclass(frozen=True)
class Result:
    """One result: the shape that is not met, at which node, and where it has them, by which property and value."""

    shape: object
    focus: object
    path: NamedNode | None
    value: object
    message: str
    severity: str


def validate(graph: GraphIndex, shapes: Iterable[Shape], only: Set | None = None) -> set[Result]:
    """Return what the graph does against the shapes; `only` names the nodes to look at."""
    found = set()
    for shape in shapes:
        nodes = _focus_nodes(graph, shape)
        for node in nodes if only is None else nodes & only:
            found.update(_check(graph, shape, node))
    return found


def _focus_nodes(graph: GraphIndex, shape: Shape) -> set:
    found: set = set()
    for kind, value in shape.targets:
        if kind == "targetClass":
            found |= graph.instances(value)
        elif kind == "targetSubjectsOf":
            found |= graph.subjects_of(value)
        elif kind == "targetObjectsOf":
            found |= graph.objects_of(value)
        else:
            found.add(value)
    return found


def _check(graph: GraphIndex, shape: Shape, focus) -> Iterator[Result]:
    values = [focus] if shape.path is None else _along(graph, shape, focus)
    path = shape.path.predicate if shape.path else None
    for name, argument in shape.constraints:
        for at, value in _RULES[name](graph, focus, values, argument):
            yield Result(shape.name, focus, at or path, value, shape.message, shape.severity)
    for inner in shape.properties:
        for value in values:
            yield from _check(graph, inner, value)


def _along(graph: GraphIndex, shape: Shape, focus) -> list:
    found = (graph.subjects if shape.path.inverse else graph.values)(
        *((shape.path.predicate, focus) if shape.path.inverse else (focus, shape.path.predicate))
    )
    return list(dict.fromkeys(found))


def _conforms(graph: GraphIndex, shape: Shape, node) -> bool:
    return next(_check(graph, shape, node), None) is None


def _each(test):
    """Return a rule that reports every value which fails a test of graph, value and argument."""
    return lambda graph, focus, values, wanted: ((None, one) for one in values if not test(graph, one, wanted))


def _min_count(graph, focus, values, wanted) -> list:
    return [(None, None)] if len(values) < wanted else []


def _max_count(graph, focus, values, wanted) -> list:
    return [(None, None)] if len(values) > wanted else []


def _has_value(graph, focus, values, wanted) -> list:
    return [] if wanted in values else [(None, None)]


def _unique_lang(graph, focus, values, wanted) -> list:
    languages = Counter(one.language for one in values if isinstance(one, Literal) and one.language)
    return [(None, None) for count in languages.values() if count > 1][:1]


def _closed(graph, focus, values, allowed) -> list:
    return [(p, v) for node in values for p, found in graph.facts(node).items() if p not in allowed for v in found]


def _disjoint(graph, focus, values, other) -> list:
    others = graph.values(focus, other)
    return [(None, one) for one in values if one in others]


def _equals(graph, focus, values, other) -> list:
    others = graph.values(focus, other)
    return [(None, one) for one in {*values} ^ {*others}]


def _less_or_equal(graph, focus, values, other) -> list:
    return [(None, one) for one in values for two in graph.values(focus, other) if not _ordered(one, two)]


def _ordered(one, other) -> bool:
    first, second = _comparable(one), _comparable(other)
    return first is not None and second is not None and type(first) is type(second) and first <= second


def _comparable(value) -> float | date | None:
    try:
        if isinstance(value, Literal) and value.datatype in _NUMERIC:
            return float(value.value)
        return date.fromisoformat(value.value) if isinstance(value, Literal) and value.datatype == _DAY else None
    except ValueError:
        return None


def _has_datatype(graph, value, wanted) -> bool:
    if not isinstance(value, Literal) or value.datatype != wanted:
        return False
    if wanted == _DAY:
        return _comparable(value) is not None
    form = _LEXICAL.get(wanted)
    return form is None or bool(form.match(value.value))


def _has_kind(graph, value, wanted) -> bool:
    kinds = {"IRI": NamedNode, "Literal": Literal, "BlankNode": BlankNode, "BlankNodeOrIRI": BlankNode | NamedNode}
    return isinstance(value, kinds[wanted.value.removeprefix(PREFIXES["sh"])])


def _matches(graph, value, pattern) -> bool:
    return not isinstance(value, BlankNode) and bool(re.search(pattern.value, value.value))


def _at_least(graph, value, least) -> bool:
    found = _comparable(value)
    return found is not None and found >= float(least.value)


def _in_language(graph, value, wanted) -> bool:
    language = (value.language or "").lower() if isinstance(value, Literal) else ""
    return any(language == one.value.lower() or language.startswith(one.value.lower() + "-") for one in wanted)


def _of_class(graph, value, kind) -> bool:
    return not isinstance(value, Literal) and graph.is_instance(value, kind)


_RULES = {
    "class": _each(_of_class),
    "datatype": _each(_has_datatype),
    "nodeKind": _each(_has_kind),
    "pattern": _each(_matches),
    "minLength": _each(lambda graph, value, least: len(value.value) >= least),
    "maxLength": _each(lambda graph, value, most: len(value.value) <= most),
    "minInclusive": _each(_at_least),
    "in": _each(lambda graph, value, allowed: value in allowed),
    "languageIn": _each(_in_language),
    "node": _each(lambda graph, value, shape: _conforms(graph, shape, value)),
    "not": _each(lambda graph, value, shape: not _conforms(graph, shape, value)),
    "or": _each(lambda graph, value, shapes: any(_conforms(graph, one, value) for one in shapes)),
    "and": _each(lambda graph, value, shapes: all(_conforms(graph, one, value) for one in shapes)),
    "minCount": _min_count,
    "maxCount": _max_count,
    "hasValue": _has_value,
    "uniqueLang": _unique_lang,
    "closed": _closed,
    "disjoint": _disjoint,
    "equals": _equals,
    "lessThanOrEquals": _less_or_equal,
}
