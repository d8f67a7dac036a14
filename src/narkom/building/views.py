"""Views: which claims count. The policy is data (ontology/stances.ttl): a view is a collection of stances."""

import re

from narkom.reading.sources import Sources
from narkom.vocabulary import PREFIXES, key_of, term

_MEMBER, _STANCE, INFERRED = term("skos:member"), term("nk:stance"), term("nk:inferred")
VIEWS = ("accepted", "strict", "wide", "all")
HEDGED = term("stance:hedged")
_NAME = re.compile(r"([a-z]+)(\d+)s(\d+)([a-z]*)$")


def admitted_claims(sources: Sources, view: str = "accepted") -> list[str]:
    """Return the IRIs of the claims that a view admits, in the order of the sources.

    A claim with several stances counts only if the view admits all of them; a claim without a stance never counts.
    What the encoder inferred is at best likely: it counts only where the view admits hedged claims too.
    """
    iri = PREFIXES["view"] + view
    admitted = {quad.object for quad in sources.ontology if quad.predicate == _MEMBER and quad.subject.value == iri}
    stances: dict[str, set] = {}
    for quad in sources.descriptions:
        if quad.predicate == _STANCE:
            stances.setdefault(quad.subject.value, set()).add(quad.object)
    for quad in sources.descriptions:
        if quad.predicate == INFERRED and quad.subject.value in stances:
            stances[quad.subject.value].add(HEDGED)
    return sorted((claim for claim, found in stances.items() if found <= admitted), key=claim_order)


def claim_order(iri: str) -> tuple:
    """Return a key that sorts claims by source, and within one as it goes: p2s1a before p10s1a, captions last."""
    match = _NAME.search(iri)
    if not match:
        return (key_of(iri), 2, 0, 0, 0, iri)
    kind, paragraph, sentence, letter = match.groups()
    return (key_of(iri), 0 if kind == "p" else 1, int(paragraph), int(sentence), len(letter), letter)
