"""Nanopublications: each claim as an assertion with its provenance and publication information.

A day that only several claims together yield is one of its own, derived from them: so its reasons can be cited too.
They carry a trusty URI and no signature: a signature needs somebody's key. The provenance says how the authors stand
to the assertion, so that a charge of the terror is published as a charge. Numbers are in their canonical form: a
nanopublication made of what a store gives back has the same trusty URI as one made of the file.
"""

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad, Triple

from narkom.publishing.facts import Facts
from narkom.publishing.numbers import with_canonical_number
from narkom.publishing.provenance import CONTRIBUTORS
from narkom.publishing.rebase import rebase
from narkom.publishing.trusty import PLACE, make_trusty
from narkom.vocabulary import BASE, RDF_TYPE, term

_NP = "http://www.nanopub.org/nschema#"
_SAID = (
    "nk:accordingTo", "nk:alternativeTo", "nk:contradicts", "nk:corroborates", "nk:doubt", "nk:footnote", "nk:inferred",
    "nk:passage", "nk:quotedTerm", "nk:relayedBy", "nk:repeats", "nk:stance", "nk:statedIn", "prov:wasDerivedFrom",
    "prov:wasAttributedTo",
)  # fmt: skip
_RELEASE = {
    "dcterms:license": "dcterms:license",
    "owl:versionInfo": "owl:versionInfo",
    "dcterms:issued": "dcterms:created",
}


def nanopubs(facts: Facts, base: str = BASE) -> list[Quad]:
    """Return the nanopublications of all claims, and of all days that only several claims together yield."""
    told = [quad for claim in facts.claims() for quad in nanopub(facts, claim, base)[1]]
    return told + [quad for reason in joint_reasons(facts) for quad in nanopub_of_day(facts, reason, base)[1]]


def joint_reasons(facts: Facts) -> list[NamedNode]:
    """Return the reasons of days that need more than one claim; the others stand in the graph of their claim."""
    return [one for one in facts.instances("rdf:Statement") if len(facts.objects(one, "prov:wasDerivedFrom")) > 1]


def nanopub(facts: Facts, claim: NamedNode, base: str = BASE) -> tuple[str, list[Quad]]:
    """Return the trusty code and the quads of one claim's nanopublication."""
    labels = facts.objects(claim, "nk:gloss")
    return _made(facts, claim, facts.graphs[claim], _provenance(facts, claim), labels, base)


def nanopub_of_day(facts: Facts, reason: NamedNode, base: str = BASE) -> tuple[str, list[Quad]]:
    """Return the trusty code and the quads of a derived day's: the day, and the claims that together yield it.

    The claims are their authors', the reckoning is this project's.
    """
    parts = [facts.objects(reason, f"rdf:{name}")[0] for name in ("subject", "predicate", "object")]
    names = [label.value for label in facts.objects(parts[0], "skos:prefLabel") if label.language == "en"]
    said = [label.value for label in facts.objects(parts[1], "rdfs:label") if label.language == "en"]
    label = Literal(f"{', '.join([*names, *said])}: {parts[2].value}", language="en")
    claims = facts.objects(reason, "prov:wasDerivedFrom")
    provenance = [(term("prov:wasDerivedFrom"), claim) for claim in claims]
    provenance.append((term("prov:wasAttributedTo"), CONTRIBUTORS))
    return _made(facts, reason, [Triple(*parts)], provenance, [label], base)


def _made(
    facts: Facts, thing: NamedNode, said: Iterable[Triple], provenance: Iterable[tuple], labels: list, base: str
) -> tuple[str, list[Quad]]:
    whole = NamedNode(f"{BASE}np/{PLACE}")
    parts = {name: NamedNode(f"{whole.value}#{name}") for name in ("Head", "assertion", "provenance", "pubinfo")}
    quads = [
        *_in(parts["Head"], _head(whole, parts)),
        *_in(parts["assertion"], said),
        *_in(parts["provenance"], (Triple(parts["assertion"], *told) for told in provenance)),
        *_in(parts["pubinfo"], _pubinfo(facts, thing, whole, labels)),
    ]
    return make_trusty(rebase(quads, base))


def _in(graph: NamedNode, triples: Iterable[Triple]) -> list[Quad]:
    return [with_canonical_number(Quad(one.subject, one.predicate, one.object, graph)) for one in triples]


def _head(whole: NamedNode, parts: dict[str, NamedNode]) -> Iterator[Triple]:
    yield Triple(whole, RDF_TYPE, NamedNode(_NP + "Nanopublication"))
    for name in ("Assertion", "Provenance"):
        yield Triple(whole, NamedNode(f"{_NP}has{name}"), parts[name.lower()])
    yield Triple(whole, NamedNode(_NP + "hasPublicationInfo"), parts["pubinfo"])


def _provenance(facts: Facts, claim: NamedNode) -> Iterator[tuple]:
    """Yield what is said of the claim: passage and footnote, stance, voice and relays, and the authors."""
    for curie in _SAID:
        yield from ((term(curie), value) for value in facts.objects(claim, curie))


def _pubinfo(facts: Facts, thing: NamedNode, whole: NamedNode, labels: list) -> Iterator[Triple]:
    """Yield who recorded it and under what terms; a date only if the release has one."""
    yield Triple(whole, term("prov:wasAttributedTo"), CONTRIBUTORS)
    yield Triple(whole, term("dcterms:creator"), CONTRIBUTORS)
    yield Triple(whole, term("dcterms:subject"), thing)
    yield from (Triple(whole, term("rdfs:label"), label) for label in labels)
    ontology = NamedNode(f"{BASE}ontology")
    for source, curie in _RELEASE.items():
        yield from (Triple(whole, term(curie), value) for value in facts.objects(ontology, source))
