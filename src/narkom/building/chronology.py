"""The check of the order of time: claims of the accepted view that cannot all hold, in the smallest set that shows it.

Each set is minimal: without any one of its claims the others can hold. Only the accepted view is looked at, since a
charge may contradict the facts, and often does. Claims that say of each other that they contradict (nk:contradicts)
or are alternatives (nk:alternativeTo) are no finding.
"""

from __future__ import annotations

from datetime import date
from itertools import combinations

from pyoxigraph import NamedNode

from narkom.building.network import ORIGIN, Claims, Constraint, Variable
from narkom.building.relations import START, Facts, read_facts
from narkom.building.timing import Timing, explain
from narkom.building.views import admitted_claims, claim_order
from narkom.checking.findings import Finding, finding
from narkom.reading.sources import Sources
from narkom.vocabulary import shorten, term

CHECK = "order-of-time"
_RIVALS = {term("nk:contradicts"), term("nk:alternativeTo")}
_MEND = "Correct a date or a link, or say with nk:contradicts that the claims are rival accounts"


def check_chronology(sources: Sources) -> list[Finding]:
    """Return an error for each smallest set of accepted claims whose dates and order of events cannot all hold."""
    facts = {
        claim: read_facts(claim, [quad.triple for quad in sources.claims.get(claim, ())])
        for claim in admitted_claims(sources)
    }
    rivals = {
        frozenset([quad.subject.value, quad.object.value])
        for quad in sources.descriptions
        if quad.predicate in _RIVALS and isinstance(quad.object, NamedNode)
    }
    return sorted(
        _finding(sources, claims, [facts[claim] for claim in claims])
        for claims in Timing(list(facts.values())).contradictions
        if not any(frozenset(pair) in rivals for pair in combinations(claims, 2))
    )


def _finding(sources: Sources, claims: Claims, facts: list[Facts]) -> Finding:
    first = min(claims, key=claim_order)
    steps = [_told(sources, one) for one in explain(facts) if one.claims]
    message = f"these claims cannot all hold: {'; '.join(steps)}"
    return finding(sources.place_of(first, first), CHECK, message, _MEND, claim=first)


def _told(sources: Sources, one: Constraint) -> str:
    """Return what a constraint says, the claims that say it, and where they stand."""
    if one.left == ORIGIN:
        said = f"{_named(one.right)} on {date.fromordinal(-one.days)} or later"
    elif one.right == ORIGIN:
        said = f"{_named(one.left)} on {date.fromordinal(one.days)} or earlier"
    else:
        days = f"{one.days} days after " if one.days else ""
        said = f"{_named(one.left)} not later than {days}{_named(one.right)}"
    thing = one.left[0] or one.right[0]
    places = ((claim, sources.place_of(thing, claim)) for claim in sorted(one.claims, key=claim_order))
    return f"{said} ({', '.join(f'{shorten(claim)}, {place.file}:{place.line}' for claim, place in places)})"


def _named(variable: Variable) -> str:
    thing, side = variable
    return f"{shorten(thing)} {'begins' if side == START else 'ends'}"
