"""The form that each parameter of a SHACL shape takes (https://www.w3.org/TR/shacl/#core-components)."""

from __future__ import annotations

import re
from collections.abc import Callable

from pyoxigraph import BlankNode, Literal, NamedNode

from narkom.vocabulary import PREFIXES, shorten

_SH = PREFIXES["sh"]
_NODE_KINDS = {"IRI", "Literal", "BlankNode", "BlankNodeOrIRI"}
_SEVERITIES = {"Violation", "Warning", "Info"}


def _is_iri(value) -> bool:
    return isinstance(value, NamedNode)


def _is_node(value) -> bool:
    return isinstance(value, NamedNode | BlankNode)


def _is_text(value) -> bool:
    return isinstance(value, Literal)


def _is_count(value) -> bool:
    return isinstance(value, Literal) and re.fullmatch(r"\+?\d{1,9}", value.value) is not None


def _is_number(value) -> bool:
    return isinstance(value, Literal) and re.fullmatch(r"[+-]?\d+(\.\d+)?", value.value) is not None


def _is_flag(value) -> bool:
    return isinstance(value, Literal) and value.value in ("true", "false")


def _is_pattern(value) -> bool:
    try:
        return isinstance(value, Literal) and bool(re.compile(value.value))
    except re.error:
        return False


def _one_of(names: set[str]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, NamedNode) and value.value.removeprefix(_SH) in names


_FORMS: dict[str, tuple[Callable[[object], bool], str]] = {
    **dict.fromkeys(
        ("targetClass", "targetSubjectsOf", "targetObjectsOf", "class", "datatype", "disjoint", "lessThanOrEquals",
         "equals", "inversePath"),
        (_is_iri, "an IRI"),
    ),
    **dict.fromkeys(("property", "node", "not", "or", "and"), (_is_node, "a shape or a list of shapes")),
    **dict.fromkeys(("in", "languageIn", "ignoredProperties"), (_is_node, "a list")),
    **dict.fromkeys(("minCount", "maxCount", "minLength", "maxLength"), (_is_count, "a whole number")),
    **dict.fromkeys(("uniqueLang", "closed"), (_is_flag, "true or false")),
    "path": (_is_node, "a property, or [ sh:inversePath … ]"),
    "minInclusive": (_is_number, "a number"),
    "pattern": (_is_pattern, "a regular expression"),
    "message": (_is_text, "a text"),
    "nodeKind": (_one_of(_NODE_KINDS), f"one of sh:{', sh:'.join(sorted(_NODE_KINDS))}"),
    "severity": (_one_of(_SEVERITIES), f"one of sh:{', sh:'.join(sorted(_SEVERITIES))}"),
}  # fmt: skip


def misfit(local: str, value) -> str:
    """Return what is wrong with a value of sh:`local`, in words; nothing where it has the form it must have."""
    fits, wanted = _FORMS.get(local, (lambda value: True, ""))
    if fits(value):
        return ""
    shown = shorten(value.value) if isinstance(value, NamedNode) else str(value)
    return f"sh:{local} is {shown[:60]}, which is not {wanted}"
