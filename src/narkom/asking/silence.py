"""Why a query may have found nothing: what a researcher most likely meant.

An empty answer reads like the sources' silence. These are the slips that are no mistakes of grammar: a prefix that is
bound to another namespace, a variable of the head that the body lacks, and values of another kind than the data's: a
name without its language, a date without its datatype.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from difflib import get_close_matches
from itertools import islice

import pyoxigraph as ox

from narkom.asking import syntax
from narkom.vocabulary import EDTF, PREFIXES, shorten, space_of

_XSD = PREFIXES["xsd"]
_COMPARED = ("=", "!=", "<", ">", "<=", ">=")
_NUMBERS = {f"{_XSD}{name}" for name in ("integer", "decimal", "double", "float")}
_DATES = {EDTF.value, *(f"{_XSD}{name}" for name in ("date", "dateTime", "gYear", "gYearMonth"))}
_SAMPLE = 50


def hints(store: ox.Store, query: str, empty: bool = True) -> list[str]:
    """Return what may be amiss in a SELECT query, each as a sentence, the likeliest first; empty if nothing is seen.

    What its values are is looked at where it found nothing (`empty`). `store` needs `quads_for_pattern`, as
    pyoxigraph's Store has it; `query` is one that the engine has accepted.
    """
    try:
        select = syntax.parse_select(query)
        tokens = [token for token in syntax.tokenize(query) if token.kind != "space"]
    except syntax.Uncitable:
        return []
    triples = list(_triples(select.where))
    found = [
        *_rebound(tokens),
        *_misspelt(select, tokens),
        *_values(store, triples),
        *_compared(store, triples, tokens),
    ]
    return list(dict.fromkeys(found))


def _triples(part: object) -> Iterator[syntax.Triple]:
    """Yield every triple pattern of a part of a query, however deep it stands."""
    if isinstance(part, syntax.Triple):
        yield part
    elif isinstance(part, list | tuple):
        for one in part:
            yield from _triples(one)
    elif is_dataclass(part):
        for its in fields(part):
            yield from _triples(getattr(part, its.name))


def _rebound(tokens: list[syntax.Token]) -> Iterator[str]:
    """Yield the prefixes of the knowledge base that the query binds to something else."""
    for word, name, iri in zip(tokens, tokens[1:], tokens[2:], strict=False):
        prefix, space = name.text[:-1], iri.text[1:-1]
        if word.text.upper() == "PREFIX" and space != (space_of(prefix) or space):
            yield f"{prefix}: is bound to <{space}>; here it stands for <{space_of(prefix)}>."


def _misspelt(select: syntax.Select, tokens: list[syntax.Token]) -> Iterator[str]:
    """Yield the variables that are asked for and stand nowhere in the pattern."""
    inside = {token.text[1:] for token in tokens if token.kind == "var" and token.start >= select.where.start}
    inside |= set(select.expressions)
    for name in select.variables or []:
        if name not in inside:
            close = get_close_matches(name, sorted(inside), n=1)
            yield f"?{name} stands in SELECT alone." + (f" Did you mean ?{close[0]}?" if close else "")


def _values(store: ox.Store, triples: list[syntax.Triple]) -> Iterator[str]:
    """Yield the literals that no property has, beside what it has instead."""
    for triple in triples:
        value, predicate = triple.object, _last(triple.predicate)
        if not isinstance(value, ox.Literal) or predicate is None:
            continue
        if any(True for _ in store.quads_for_pattern(None, predicate, value, None)):
            continue
        same = next((one for one in _objects(store, predicate, None) if one.value == value.value), None)
        if same is not None:
            yield f"{shorten(predicate.value)} has {_short(same)} and not {_short(value)}."
        else:
            yield from _other_kind(value, predicate, list(islice(_objects(store, predicate), _SAMPLE)))


def _compared(store: ox.Store, triples: list[syntax.Triple], tokens: list[syntax.Token]) -> Iterator[str]:
    """Yield the comparisons of a variable with a literal of another kind than the values that it takes."""
    for i, token in enumerate(tokens):
        if token.text not in _COMPARED or not 0 < i < len(tokens) - 1:
            continue
        for at, other in ((i - 1, i + 1), (i + 1, i - 1)):
            literal = _literal(tokens, other, other > i)
            if tokens[at].kind != "var" or literal is None:
                continue
            for triple in triples:
                predicate = _last(triple.predicate)
                if isinstance(triple.object, ox.Variable) and triple.object.value == tokens[at].text[1:] and predicate:
                    yield from _other_kind(literal, predicate, list(islice(_objects(store, predicate), _SAMPLE)))


def _literal(tokens: list[syntax.Token], at: int, forward: bool) -> ox.Literal | None:
    """The literal that stands before or behind a comparison."""
    if not forward:
        # "…"^^xsd:date = ?day: the literal begins two or one tokens before its end.
        if at >= 2 and tokens[at - 1].text == "^^":
            at -= 2
        elif at >= 1 and tokens[at].kind == "lang":
            at -= 1
    token = tokens[at]
    if token.kind == "number":
        return ox.Literal(token.text, datatype=ox.NamedNode(f"{_XSD}decimal"))
    if token.kind != "string":
        return None
    text, after = token.text.strip("\"'"), tokens[at + 1 : at + 3]
    if after and after[0].kind == "lang":
        return ox.Literal(text, language=after[0].text[1:])
    if len(after) == 2 and after[0].text == "^^":
        prefix, _, local = after[1].text.partition(":")
        iri = after[1].text[1:-1] if after[1].kind == "iri" else (space_of(prefix) or prefix) + local
        return ox.Literal(text, datatype=ox.NamedNode(iri))
    return ox.Literal(text)


def _other_kind(value: ox.Literal, predicate: ox.NamedNode, known: list) -> Iterator[str]:
    """Yield how the values of a property differ in kind from one that is held against them; `known` is a sample."""
    literals = [one for one in known if isinstance(one, ox.Literal)]
    name = shorten(predicate.value)
    if known and not literals:
        thing = _usual(shorten(one.value) for one in known)
        yield f"the values of {name} are things such as {thing}, no texts. Ask for their skos:prefLabel."
    elif literals and _kind(value) not in {_kind(one) for one in literals}:
        literals.sort(key=lambda one: (one.language not in (None, "en"), str(one)))
        example = _short(literals[0])
        if _kind(literals[0]) == "language":
            how = "Write the language too, or compare STR(?name)"
        elif literals[0].datatype == EDTF:
            how = "Days to compare are in nk:earliest and nk:latest (xsd:date)"
        elif literals[0].datatype.value in _DATES:
            how = "Write the datatype too"
        else:
            how = "Write it in this form"
        yield f"the values of {name} are of the kind {example}, and {_short(value)} is of another. {how}."


def _usual(names: Iterable[str]) -> str:
    """The first name under the prefix that most of them have: a store hands out its values in no order."""
    names = sorted(names)
    (prefix, _), *_ = Counter(name.partition(":")[0] for name in names).most_common(1)
    return next(name for name in names if name.partition(":")[0] == prefix)


def _kind(value: ox.Literal) -> str:
    if value.language:
        return "language"
    return "number" if value.datatype.value in _NUMBERS else value.datatype.value


def _objects(store: ox.Store, predicate: ox.NamedNode, most: int | None = _SAMPLE) -> Iterator:
    for quad in islice(store.quads_for_pattern(None, predicate, None, None), most):
        yield quad.object


def _last(predicate: object) -> ox.NamedNode | None:
    """The property whose values a triple pattern's object is, the last of a path's steps; None where it is open."""
    if isinstance(predicate, syntax.Path) and predicate.op in ("sequence", "link"):
        return _last(predicate.parts[-1])
    return predicate if isinstance(predicate, ox.NamedNode) else None


def _short(value: ox.Literal) -> str:
    """A literal as it is typed in a query."""
    if value.language or value.datatype.value == f"{_XSD}string":
        return str(value)
    text = f'"{value.value}"^^{shorten(value.datatype.value)}'
    return value.value if value.datatype.value in _NUMBERS else text
