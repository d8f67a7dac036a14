"""What the page of a thing says first, by its kind: a module for each, all of it of the accepted view.

A head is made of what claims say of other things too (the holders of an office stand in their tenures), so each tells
which claims it shows beside those that speak of the thing itself.
"""

from __future__ import annotations

from narkom.portal.heads.body import BodyHead, body
from narkom.portal.heads.document import DocumentHead, document
from narkom.portal.heads.event import EventHead, event
from narkom.portal.heads.office import OfficeHead, office
from narkom.portal.heads.place import PlaceHead, place
from narkom.portal.library import Library
from narkom.portal.statements import Statement
from narkom.vocabulary import kind_of, term

Head = BodyHead | DocumentHead | EventHead | OfficeHead | PlaceHead
# What happened, and what is only said to have happened.
HAPPENINGS = ("event", "imputed")
_HEADS = {"body": body, "group": body, "document": document, "office": office, "place": place}
# Properties that a head shows, those that lead from the thing and those that lead to it: no other part of the page
# need show them.
_SHOWN = {
    "body": (("nk:subordinateTo", "nk:memberOf"), ("nk:subordinateTo", "nk:memberOf", "nk:postIn")),
    "group": (("nk:memberOf",), ("nk:memberOf",)),
    "document": (("nk:kind", "nk:about"), ("nk:document", "nk:accordingTo")),
    "office": (("nk:postIn",), ()),
    "place": (
        ("nk:within", "crm:P168_place_is_defined_by"),
        ("nk:within", "nk:territory", "nk:place", "nk:origin", "nk:destination"),
    ),
}


def head(library: Library, iri: str, statements: list[Statement]) -> tuple[Head | None, list[Statement]]:
    """Return the head of a thing's page (None of a kind without one), and those of its statements that it leaves."""
    kind = kind_of(iri)
    if kind in HAPPENINGS:
        return event(library, iri, statements)
    return (_HEADS[kind](library, iri) if kind in _HEADS else None), statements


def shown_from(kind: str) -> set[str]:
    """Return the properties (IRIs) that lead from a thing of a kind and that its head shows."""
    return {term(name).value for name in _SHOWN.get(kind, ((), ()))[0]}


def shown_to(kind: str) -> set[str]:
    """Return the properties (IRIs) that lead to a thing of a kind and that its head shows."""
    return {term(name).value for name in _SHOWN.get(kind, ((), ()))[1]}
