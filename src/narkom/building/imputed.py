"""What a view links to and does not tell: the deeds that charges impute, described as imputed and no further.

An arrest is a fact, and so is what it was said to be for; the deed is none. Without a word on the deed the link would
lead nowhere, and a validator that sees only the view could not tell it from a slip. So the view says that it is an
imputed act, and labels it by the claim that imputes it, the stance before the gloss.
"""

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Triple

from narkom.building.records import glosses_of, naming_claims
from narkom.building.views import admitted_claims, claim_order
from narkom.reading.sources import Sources
from narkom.vocabulary import PREFIXES, RDF_TYPE, term

_IMPUTED, _LABEL, _STANCE = term("nk:ImputedAct"), term("rdfs:label"), term("nk:stance")


def derive_imputed(sources: Sources, triples: Iterable[Triple]) -> set[Triple]:
    """Return type and label of each thing that the triples of a view link to and only charges tell of.

    That is: no triple types it, claims do, and the accepted view admits none of these claims. What a reported claim
    tells is left alone in the strict view, which does not tell it either but does not hold it imputed.
    """
    typing = _typing_claims(sources)
    accepted = set(admitted_claims(sources))
    described, linked = set(), set()
    for triple in triples:
        if triple.predicate == RDF_TYPE:
            described.add(triple.subject)
        else:
            linked.add(triple.object)
    imputed = {one for one in (linked - described) & typing.keys() if not typing[one] & accepted}
    return {Triple(one, RDF_TYPE, _IMPUTED) for one in imputed} | _labels(sources, imputed, typing)


def _typing_claims(sources: Sources) -> dict[NamedNode, set[str]]:
    found: dict[NamedNode, set[str]] = defaultdict(set)
    for claim, quads in sources.claims.items():
        for quad in quads:
            if quad.predicate == RDF_TYPE:
                found[quad.subject].add(claim)
    return found


def _labels(sources: Sources, imputed: set[NamedNode], typing: dict[NamedNode, set[str]]) -> set[Triple]:
    """Label each imputed act: ``charged: `` and the gloss of the claim that names it.

    A claim without a stance or a gloss gives no label: the checks report it.
    """
    claims = sorted({claim for one in imputed for claim in typing[one]}, key=claim_order)
    glosses, stances = glosses_of(sources), _stances(sources)
    return {
        Triple(one, _LABEL, Literal(f"{stances[claim]}: {glosses[claim].value}", language=glosses[claim].language))
        for one, claim in naming_claims(sources, claims).items()
        if one in imputed and claim in stances and claim in glosses
    }


def _stances(sources: Sources) -> dict[str, str]:
    return {
        quad.subject.value: quad.object.value.removeprefix(PREFIXES["stance"])
        for quad in sources.descriptions
        if quad.predicate == _STANCE and isinstance(quad.object, NamedNode)
    }
