"""The base of the project's IRIs, rewritten for whoever publishes under another host."""

import re
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad

from narkom.errors import UsageError
from narkom.vocabulary import BASE

_USABLE = re.compile(r"https?://[A-Za-z0-9.:\[\]-]+(/[^\s<>\"{}|\\^`#?]*)?/$")


def check_base(base: str) -> str:
    """Return the base as it was given; raises UsageError when no IRIs can be made of it."""
    if not _USABLE.match(base):
        raise UsageError(f"--base {base}: no usable base. Give an http or https address that ends in a slash")
    return base


def rebase_text(text: str, base: str) -> str:
    """Return a text with every mention of the project's base replaced."""
    return text.replace(BASE, base)


def rebase(quads: Iterable[Quad], base: str) -> list[Quad]:
    """Return the quads with the base replaced in every IRI, datatype and literal (a stored query names IRIs too)."""
    if base == BASE:
        return list(quads)
    return [
        Quad(*(_part(part, base) for part in (quad.subject, quad.predicate, quad.object, quad.graph_name)))
        for quad in quads
    ]


def _part(part, base: str):
    if isinstance(part, NamedNode):
        return NamedNode(base + part.value.removeprefix(BASE)) if part.value.startswith(BASE) else part
    if isinstance(part, Literal) and BASE in part.value + part.datatype.value:
        if part.language:
            return Literal(rebase_text(part.value, base), language=part.language)
        return Literal(rebase_text(part.value, base), datatype=_part(part.datatype, base))
    return part
