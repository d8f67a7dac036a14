"""Nanopublications: each claim as an assertion with its provenance and publication information.

They carry a trusty URI and no signature: a signature needs somebody's key. The provenance says how the authors stand
to the assertion, so that a charge of the terror is published as a charge. Numbers are in their canonical form: a
nanopublication made of what a store gives back has the same trusty URI as one made of the file.
"""

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Quad, Triple

from narkom.publishing.facts import Facts
from narkom.publishing.numbers import with_canonical_number
from narkom.publishing.provenance import CONTRIBUTORS
from narkom.publishing.rebase import rebase
from narkom.publishing.trusty import PLACE, make_trusty
from narkom.vocabulary import BASE, RDF_TYPE, term

_NP = "http://www.nanopub.org/nschema#"
_SAID = ("nk:accordingTo", "nk:contradicts", "nk:corroborates", "nk:doubt", "nk:footnote", "nk:passage", "nk:stance")
_RELEASE = {
    "dcterms:license": "dcterms:license",
    "owl:versionInfo": "owl:versionInfo",
    "dcterms:issued": "dcterms:created",
}


def nanopubs(facts: Facts, base: str = BASE) -> list[Quad]:
    """Return the nanopublications of all claims, under the given base."""
    return [quad for claim in facts.claims() for quad in nanopub(facts, claim, base)[1]]


def nanopub(facts: Facts, claim: NamedNode, base: str = BASE) -> tuple[str, list[Quad]]:
    """Return the trusty code and the quads of one claim's nanopublication."""
    whole = NamedNode(f"{BASE}np/{PLACE}")
    parts = {name: NamedNode(f"{whole.value}#{name}") for name in ("Head", "assertion", "provenance", "pubinfo")}
    quads = [
        *_in(parts["Head"], _head(whole, parts)),
        *_in(parts["assertion"], facts.graphs[claim]),
        *_in(parts["provenance"], _provenance(facts, claim, parts["assertion"])),
        *_in(parts["pubinfo"], _pubinfo(facts, claim, whole)),
    ]
    return make_trusty(rebase(quads, base))


def _in(graph: NamedNode, triples: Iterable[Triple]) -> list[Quad]:
    return [with_canonical_number(Quad(one.subject, one.predicate, one.object, graph)) for one in triples]


def _head(whole: NamedNode, parts: dict[str, NamedNode]) -> Iterator[Triple]:
    yield Triple(whole, RDF_TYPE, NamedNode(_NP + "Nanopublication"))
    for name in ("Assertion", "Provenance"):
        yield Triple(whole, NamedNode(f"{_NP}has{name}"), parts[name.lower()])
    yield Triple(whole, NamedNode(_NP + "hasPublicationInfo"), parts["pubinfo"])


def _provenance(facts: Facts, claim: NamedNode, assertion: NamedNode) -> Iterator[Triple]:
    """Yield what is said of the claim: its passage and footnote, stance and speaker, and the authors."""
    for curie in (*_SAID, "nk:statedIn", "prov:wasDerivedFrom", "prov:wasAttributedTo"):
        yield from (Triple(assertion, term(curie), value) for value in facts.objects(claim, curie))


def _pubinfo(facts: Facts, claim: NamedNode, whole: NamedNode) -> Iterator[Triple]:
    """Yield who recorded the claim and under what terms; a date only if the release has one."""
    yield Triple(whole, term("prov:wasAttributedTo"), CONTRIBUTORS)
    yield Triple(whole, term("dcterms:creator"), CONTRIBUTORS)
    yield Triple(whole, term("dcterms:subject"), claim)
    yield from (Triple(whole, term("rdfs:label"), gloss) for gloss in facts.objects(claim, "nk:gloss"))
    ontology = NamedNode(f"{BASE}ontology")
    for source, curie in _RELEASE.items():
        yield from (Triple(whole, term(curie), value) for value in facts.objects(ontology, source))
