"""Trusty URIs (module RA): an IRI that carries the digest of the very statements it names.

The algorithm is that of http://trustyuri.net/spec/v1.html: the quads in a normal form, the digest's own place a blank,
sorted by graph, subject, predicate and object, hashed with SHA-256.
"""

import base64
import hashlib
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad

# A name that cannot stand in an IRI of the data, in the place of the digest until it is known.
PLACE = "RA-trusty-uri-to-be"


def make_trusty(quads: Iterable[Quad]) -> tuple[str, list[Quad]]:
    """Return the code (``RA`` and 43 characters) and the quads with the code in the place of PLACE.

    Every quad must stand in a named graph, and no node may be blank.
    """
    found = list(quads)
    code = trusty_code(found)
    return code, [
        Quad(*(_replaced(part, code) for part in (quad.subject, quad.predicate, quad.object, quad.graph_name)))
        for quad in found
    ]


def trusty_code(quads: Iterable[Quad]) -> str:
    """Return the code of quads in which PLACE stands for it."""
    lines = [_line(quad) for quad in sorted(set(quads), key=_order)]
    digest = hashlib.sha256("".join(lines).encode()).digest()
    return "RA" + base64.b64encode(digest, b"-_").decode().rstrip("=")


def _blanked(node: NamedNode) -> str:
    return node.value.replace(PLACE, " ")


def _order(quad: Quad) -> tuple:
    value = quad.object
    if isinstance(value, Literal):
        kind = "" if value.language else value.datatype.value
        last = (1, value.value.encode(), bool(kind), kind, value.language or "")
    else:
        last = (0, _blanked(value).encode(), False, "", "")
    return tuple(_blanked(node).encode() for node in (quad.graph_name, quad.subject, quad.predicate)) + last


def _line(quad: Quad) -> str:
    parts = [_blanked(node) for node in (quad.graph_name, quad.subject, quad.predicate)]
    return "\n".join([*parts, _value(quad.object)]) + "\n"


def _value(value: NamedNode | Literal) -> str:
    if not isinstance(value, Literal):
        return _blanked(value)
    text = value.value.replace("\\", "\\\\").replace("\n", "\\n")
    return f"@{value.language.lower()} {text}" if value.language else f"^{value.datatype.value} {text}"


def _replaced(part, code: str):
    return NamedNode(part.value.replace(PLACE, code)) if isinstance(part, NamedNode) else part
