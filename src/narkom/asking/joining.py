"""What an answer is joined by: beside a column of labels the IRIs that they name, beside a column of IRIs their labels.

A query that shows labels says by its pattern what they name: `?post skos:prefLabel ?office`. No two things share a
label (the rule `label-unique`), so that a label leads back to one IRI.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from narkom.asking import syntax
from narkom.asking.citing import Answer
from narkom.asking.notes import label_of
from narkom.asking.syntax import Uncitable
from narkom.vocabulary import term

_NAMING = (term("skos:prefLabel"), term("rdfs:label"))


def widened(store: ox.Store, query: str, found: Answer) -> tuple[list[str], list[tuple]]:
    """Return the variables and rows (terms or None) of an answer with a column more beside each of labels or IRIs.

    `office`, shown by its label, is followed by `office_iri`; `who`, an IRI, by `who_label`. A column has no companion
    where the query uses that name itself, and a cell none where the label is that of nothing, or of several things.
    """
    named = iris_beside(store, query, found)
    variables: list[str] = []
    columns: list[list] = []
    for at, name in enumerate(found.variables):
        values = [row[at] for row in found.rows]
        variables.append(name)
        columns.append(values)
        ending, beside = ("iri", named[name]) if name in named else ("label", _labels(store, values))
        if beside is not None and f"{name}_{ending}" not in found.variables:
            variables.append(f"{name}_{ending}")
            columns.append([beside.get(value) for value in values])
    return variables, list(zip(*columns, strict=True)) if found.rows else []


def iris_beside(store: ox.Store, query: str, found: Answer) -> dict[str, dict[ox.Literal, ox.NamedNode]]:
    """Return for each column of labels what they name: the IRI by the label, where one thing alone bears it."""
    read_by = label_columns(query, found.variables)
    return {name: _named_by(store, properties, found, name) for name, properties in read_by.items()}


def label_columns(query: str, variables: list[str]) -> dict[str, set[ox.NamedNode]]:
    """Return the variables that the query's pattern binds to labels, with the properties that it reads them by."""
    try:
        where = syntax.parse_select(query).where
    except Uncitable:
        return {}
    found: dict[str, set[ox.NamedNode]] = {}
    for triple in _triples(where):
        prop = _last(triple.predicate)
        if prop in _NAMING and isinstance(triple.object, ox.Variable) and triple.object.value in variables:
            found.setdefault(triple.object.value, set()).add(prop)
    return found


def _triples(node: object) -> Iterator[syntax.Triple]:
    """Yield the triple patterns of a part of a query that can bind what the query shows."""
    if isinstance(node, syntax.Bgp):
        yield from node.triples
    elif isinstance(node, syntax.Group):
        for part in node.parts:
            yield from _triples(part)
    elif isinstance(node, syntax.Union):
        for group in node.groups:
            yield from _triples(group)
    elif isinstance(node, syntax.Optional_ | syntax.Graph):
        yield from _triples(node.group)
    elif isinstance(node, syntax.Select):
        yield from _triples(node.where)


def _last(predicate: ox.Variable | ox.NamedNode | syntax.Path) -> ox.Variable | ox.NamedNode | None:
    """Return the property of the last step of a path."""
    if not isinstance(predicate, syntax.Path):
        return predicate
    return _last(predicate.parts[-1]) if predicate.op in ("link", "sequence") else None


def _named_by(store: ox.Store, properties: set[ox.NamedNode], found: Answer, name: str) -> dict:
    """Return what the labels of a column name, by the label: those that one thing alone bears."""
    at = found.variables.index(name)
    labels = sorted({str(row[at]) for row in found.rows if isinstance(row[at], ox.Literal)})
    if not labels:
        return {}
    path = "|".join(sorted(map(str, properties)))
    bearers: dict[ox.Literal, set] = {}
    for iri, label in store.query(
        f"SELECT ?iri ?label {{ VALUES ?label {{ {' '.join(labels)} }} ?iri {path} ?label }}"
    ):
        bearers.setdefault(label, set()).add(iri)
    return {label: iris.pop() for label, iris in bearers.items() if len(iris) == 1}


def _labels(store: ox.Store, values: list) -> dict[ox.NamedNode, ox.Literal] | None:
    """Return the labels of a column's IRIs, or None where it has no IRI."""
    iris = {value for value in values if isinstance(value, ox.NamedNode)}
    return {iri: ox.Literal(label_of(store, iri)) for iri in iris} if iris else None
