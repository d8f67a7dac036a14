"""Numbers in one spelling: stores keep the value of a number and not how it was written (2273.0 comes back as 2273)."""

from decimal import Decimal, InvalidOperation

from pyoxigraph import Literal, Quad

from narkom.vocabulary import PREFIXES

_NUMBERS = {PREFIXES["xsd"] + name for name in ("decimal", "integer")}


def with_canonical_number(quad: Quad) -> Quad:
    """Return a quad whose object, where it is an xsd:decimal or xsd:integer, has the canonical form of XSD 1.1."""
    value = quad.object
    if not isinstance(value, Literal) or value.datatype.value not in _NUMBERS:
        return quad
    try:
        text = f"{Decimal(value.value).normalize():f}"
    except InvalidOperation:
        return quad
    return Quad(quad.subject, quad.predicate, Literal(text, datatype=value.datatype), quad.graph_name)
