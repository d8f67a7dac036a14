"""The CRM profile: the accepted view in the terms of CIDOC-CRM alone, for a portal that knows no others.

What the alignment says is written out, so that nobody has to reason: every class with its superclasses, every
property between things with its superproperties. (Of literals only the property itself is written: that a lower limit
is a value is true by CRM's hierarchy, and misleading.) Where CRM has a sharper property for a kind of event, the table
below names it. A statement that CRM's domains and ranges do not allow is not made.

The assertions of the authors, as E13, are in `crm_assertions`.
"""

import hashlib
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Triple

from narkom.publishing.crm_schema import LITERAL, crm_schema
from narkom.publishing.facts import Facts, coin, local
from narkom.vocabulary import PREFIXES, RDF_TYPE, term

_CRM = PREFIXES["crm"]
LABEL, _SUBPROPERTY = term("rdfs:label"), "rdfs:subPropertyOf"
_DAYS = ("earliest", "attestedLatest", "attestedEarliest", "latest")

_JOINING = {"nk:person": "P143_joined", "nk:office": "P144_joined_with", "nk:body": "P144_joined_with"}
_LEAVING = {"nk:person": "P145_separated", "nk:office": "P146_separated_from", "nk:body": "P146_separated_from"}
_PRESENT = {"nk:office": "P11_had_participant", "nk:body": "P11_had_participant"}
# By the kind of the subject: what a property says that the general alignment leaves open.
_SHARPER: dict[str, dict[str, str]] = {
    "nk:Appointment": _JOINING,
    "nk:Death": {"nk:person": "P100_was_death_of"},
    "nk:Dismissal": _LEAVING,
    "nk:Dissolution": {"nk:body": "P99_dissolved"},
    "nk:Document": {"nk:about": "P129_is_about"},
    # These have no general alignment: on an imputed act or a view it would make a deed of it.
    "nk:Event": {
        "nk:basis": "P15_was_influenced_by",
        "nk:instigator": "P15_was_influenced_by",
        "nk:method": "P32_used_general_technique",
        "nk:onBehalfOf": "P15_was_influenced_by",
        "nk:purpose": "P21_had_general_purpose",
    },
    "nk:Expulsion": _LEAVING,
    "nk:Formation": {"nk:body": "P95_has_formed"},
    "nk:ImputedAct": {"nk:about": "P129_is_about", "nk:target": "P129_is_about"},
    "nk:Journey": {"nk:person": "P25_moved"},
    "nk:Meeting": _PRESENT,
    "nk:Tenure": _PRESENT,
}
# What makes an imputed act the one it is: who is charged, with what, against whom.
_IMPUTED = {term(curie) for curie in ("nk:imputedTo", "nk:offence", "nk:target", "nk:about")}
_NAMES = {"skos:prefLabel", "skos:altLabel", "nk:spelling"}
_NAMED = {"E39_Actor", "E53_Place", "E31_Document"}
_LABELS = ("rdfs:label", "skos:prefLabel", "skos:altLabel")


def crm_profile(facts: Facts) -> list[Triple]:
    """Return the profile: things, events, names and time-spans, and the authors' assertions, sorted."""
    from narkom.publishing.crm_assertions import crm_assertions

    found = set(crm_assertions(facts))
    for subject in facts.by_subject:
        if crm_types(facts, subject):
            found |= set(crm_description(facts, subject))
    return sorted(found, key=str)


def crm_description(facts: Facts, subject: NamedNode) -> Iterator[Triple]:
    """Yield what CRM can say of one thing: its classes, labels, names, time-span and relations."""
    yield from typed(subject, crm_types(facts, subject))
    for curie in _LABELS:
        for label in facts.objects(subject, curie):
            yield Triple(subject, term(curie), label)
    if not facts.objects(subject, "rdfs:label"):
        for label in [*facts.objects(subject, "skos:prefLabel"), *facts.objects(subject, "dcterms:title")]:
            yield Triple(subject, LABEL, label)
    yield from _appellations(facts, subject)
    yield from timespan(facts, facts.by_subject[subject], coin(f"timespan/{local(subject)}"), subject)
    for predicate, values in facts.by_subject[subject].items():
        for value in values:
            yield from _written_out(facts, Triple(subject, predicate, value))
    yield from _membership(facts, subject)
    yield from _proposition(facts, subject)


def crm_types(facts: Facts, subject: NamedNode) -> set[str]:
    """Return the local names of a thing's CRM classes as the dataset knows them; claims are told as E13 instead."""
    types = facts.types(subject)
    if term("nk:Claim") in types:
        return set()
    found = {one.value.removeprefix(_CRM) for one in types if one.value.startswith(_CRM)}
    return found or ({"E55_Type"} if term("skos:Concept") in types else set())


def typed(subject: NamedNode, classes: Iterable[str]) -> Iterator[Triple]:
    """Yield the types of a subject, the superclasses written out, save the one that says nothing."""
    for name in {above for one in classes for above in crm_schema().above(one)} - {"E1_CRM_Entity"}:
        yield Triple(subject, RDF_TYPE, NamedNode(_CRM + name))


def crm(name: str) -> NamedNode:
    """Return the IRI of a CRM term; KeyError for a name that CRM does not have."""
    crm_schema().above(name)
    return NamedNode(_CRM + name)


def crm_statement(facts: Facts, triple: Triple) -> Triple | None:
    """Return a statement of the dataset in CRM's sharpest fitting term, or None where CRM has none."""
    value = {LITERAL} if isinstance(triple.object, Literal) else crm_types(facts, triple.object)
    subject = crm_types(facts, triple.subject)
    for name in _candidates(facts, triple):
        if crm_schema().fits(name, subject, value):
            return Triple(triple.subject, crm(name), triple.object)
    return None


def _candidates(facts: Facts, triple: Triple) -> Iterator[str]:
    """Yield the CRM properties to try: the one that is said, that of the subject's kind, then that of the alignment."""
    if triple.predicate.value.startswith(_CRM):
        yield triple.predicate.value.removeprefix(_CRM)
    types = facts.types(triple.subject)
    for kind, rules in _SHARPER.items():
        if term(kind) in types:
            yield from (name for curie, name in rules.items() if term(curie) == triple.predicate)
    open_ends = [triple.predicate]
    for predicate in open_ends:
        for parent in facts.objects(predicate, _SUBPROPERTY):
            if parent.value.startswith(_CRM):
                yield parent.value.removeprefix(_CRM)
            else:
                open_ends.append(parent)


def _written_out(facts: Facts, triple: Triple) -> Iterator[Triple]:
    stated = crm_statement(facts, triple)
    if stated is None:
        return
    yield stated
    if not isinstance(stated.object, Literal):
        for name in crm_schema().above(stated.predicate.value.removeprefix(_CRM)):
            yield Triple(stated.subject, crm(name), stated.object)


def _membership(facts: Facts, subject: NamedNode) -> Iterator[Triple]:
    """A tenure tells CRM nothing about who belonged where, so the membership it implies is stated beside it."""
    if term("nk:Tenure") in facts.types(subject):
        for person in facts.objects(subject, "nk:person"):
            for group in [*facts.objects(subject, "nk:office"), *facts.objects(subject, "nk:body")]:
                yield Triple(person, crm("P107i_is_current_or_former_member_of"), group)


def _proposition(facts: Facts, subject: NamedNode) -> Iterator[Triple]:
    """Yield what an imputed act is about: of a proposition this is true, whoever states it and whether it is true."""
    if term("nk:ImputedAct") in facts.types(subject):
        for triple in facts.told[subject]:
            if triple.predicate in _IMPUTED:
                yield from _written_out(facts, triple)


def _appellations(facts: Facts, subject: NamedNode) -> Iterator[Triple]:
    """Yield each name of an actor, place or document as an appellation of its own; scanning errors are no names."""
    if not {above for one in crm_types(facts, subject) for above in crm_schema().above(one)} & _NAMED:
        return
    for name in {name for curie in _NAMES for name in facts.objects(subject, curie)}:
        digest = hashlib.sha256(str(name).encode()).hexdigest()[:8]
        iri = coin(f"appellation/{subject.value.rsplit('/', 2)[-2]}-{local(subject)}-{digest}")
        yield Triple(subject, crm("P1_is_identified_by"), iri)
        yield from typed(iri, ["E33_E41_Linguistic_Appellation" if name.language else "E41_Appellation"])
        yield Triple(iri, crm("P190_has_symbolic_content"), name)
        yield Triple(iri, LABEL, name)


def timespan(facts: Facts, its: dict, iri: NamedNode, subject: NamedNode) -> Iterator[Triple]:
    """Yield the time-span of a subject, with `its` properties as a map from predicate to values; nothing if undated.

    To CRM only what happens has a time-span: the period of a statistic is left out.

    P82a and P82b are the outer bounds: where claims contradict each other, the widest. A state had begun on the last
    day that its earliest attestation can mean, and had not ended before the first day of its latest: P81a and P81b,
    where something lies between them. The type of a time-span says how its days are known.
    """
    days = {name: sorted(day.value for day in its.get(term(f"nk:{name}"), [])) for name in _DAYS}
    inner = (days["attestedLatest"][:1], days["attestedEarliest"][-1:])
    inner = inner if inner[0] <= inner[1] else ([], [])
    bounds = {
        "P82a_begin_of_the_begin": days["earliest"][:1],
        "P81a_end_of_the_begin": inner[0],
        "P81b_begin_of_the_end": inner[1],
        "P82b_end_of_the_end": days["latest"][-1:],
    }
    temporal = crm_schema().fits("P4_has_time-span", crm_types(facts, subject), {"E52_Time-Span"})
    if not temporal or not any(bounds.values()):
        return
    yield Triple(subject, crm("P4_has_time-span"), iri)
    yield from typed(iri, ["E52_Time-Span"])
    for name, found in bounds.items():
        for day in found:
            yield Triple(iri, crm(name), Literal(day, datatype=term("xsd:date")))
    yield from (Triple(iri, crm("P2_has_type"), dating) for dating in its.get(term("nk:dating"), []))
    for curie in ("nk:date", "nk:begin", "nk:end", "nk:attested"):
        for date in its.get(term(curie), []):
            yield Triple(iri, LABEL, Literal(f"{curie.removeprefix('nk:')} {date.value}", language="en"))
