"""What the authors assert, as CRM's E13 Attribute Assignment: who says it, of what, and where the reader finds it.

One E13 for each claim of the accepted view, and within it one for each of its statements about two things:

- P14 the authors of the source: it is their assertion, not this project's record;
- P67i the passage that says it, P15 the footnote they rest it on, whoever's word they pass on and through whom it came;
- P140, P177, P141 of the parts: subject, property and value assigned. Where CRM has no property of its own (the target
  of an accusation, the holder of a view), the type of P177 is this project's property: nothing of a claim that links
  two things is lost.
"""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from narkom.publishing.crm import LABEL, crm, crm_statement, crm_types, timespan
from narkom.publishing.facts import Facts, coin, coin_of, local
from narkom.vocabulary import RDF_TYPE

_BY, _EVIDENCE, _INFLUENCE = "P14_carried_out_by", "P67i_is_referred_to_by", "P15_was_influenced_by"


def crm_assertions(facts: Facts) -> Iterator[Triple]:
    """Yield the assertions of every accepted claim."""
    for claim in facts.claims("accepted"):
        yield from crm_assertion(facts, claim)


def crm_assertion(facts: Facts, claim: NamedNode) -> Iterator[Triple]:
    """Yield the assertion of one claim and its parts."""
    iri = coin_of(claim, "assertion")
    yield from _head(facts, claim, iri)
    yield from (Triple(iri, LABEL, gloss) for gloss in facts.objects(claim, "nk:gloss"))
    for curie in ("nk:gloss", "nk:inferred", "nk:doubt"):
        yield from (Triple(iri, crm("P3_has_note"), note) for note in facts.objects(claim, curie))
    for stance in facts.objects(claim, "nk:stance"):
        yield Triple(iri, crm("P2_has_type"), stance)
    for curie in ("nk:footnote", "nk:accordingTo", "nk:relayedBy"):
        for ground in facts.objects(claim, curie):
            yield Triple(iri, crm(_INFLUENCE), ground)
    for subject in {triple.subject for triple in facts.graphs[claim] if crm_types(facts, triple.subject)}:
        yield Triple(iri, crm("P140_assigned_attribute_to"), subject)
    yield from _parts(facts, claim, iri)


def _head(facts: Facts, claim: NamedNode, iri: NamedNode) -> Iterator[Triple]:
    """Yield type, authors and passage. E13's superclasses are left out: the assertions are no events of the past."""
    yield Triple(iri, RDF_TYPE, crm("E13_Attribute_Assignment"))
    for author in facts.objects(claim, "prov:wasAttributedTo"):
        yield Triple(iri, crm(_BY), author)
    for passage in facts.objects(claim, "nk:passage"):
        yield Triple(iri, crm(_EVIDENCE), passage)


def _parts(facts: Facts, claim: NamedNode, whole: NamedNode) -> Iterator[Triple]:
    statements = list(_statements(facts, claim))
    yield from (triple for triple in statements if isinstance(triple.object, Literal) or _is_type(triple))
    assigned = sorted({one for one in statements if not isinstance(one.object, Literal) and not _is_type(one)}, key=str)
    for number, stated in enumerate(assigned, 1):
        part = coin_of(claim, "assertion", f"-{number}")
        yield Triple(whole, crm("P9_consists_of"), part)
        yield from _head(facts, claim, part)
        yield Triple(part, crm("P140_assigned_attribute_to"), stated.subject)
        yield Triple(part, crm("P177_assigned_property_of_type"), stated.predicate)
        yield Triple(part, crm("P141_assigned"), stated.object)
        yield Triple(stated.predicate, RDF_TYPE, crm("E55_Type"))
        yield from (Triple(stated.predicate, LABEL, label) for label in facts.objects(stated.predicate, "rdfs:label"))


def _is_type(triple: Triple) -> bool:
    return triple.predicate == RDF_TYPE


def _statements(facts: Facts, claim: NamedNode) -> Iterator[Triple]:
    """Yield what the claim says in CRM's terms, with the time-span that this claim by itself gives a thing."""
    by_subject: dict[NamedNode, dict] = {}
    for triple in facts.graphs[claim]:
        by_subject.setdefault(triple.subject, {}).setdefault(triple.predicate, []).append(triple.object)
        if (
            not isinstance(triple.object, Literal)
            and crm_types(facts, triple.subject)
            and crm_types(facts, triple.object)
        ):
            yield crm_statement(facts, triple) or triple
    for subject, its in by_subject.items():
        yield from timespan(facts, its, coin(f"timespan/{local(claim)}-{local(subject)}"), subject)
