"""What the build adds to the records: labels of events from glosses, and provenance of claims.

A label is taken from an admitted claim only: the gloss of a charge, as a label, would tell the charge as a fact.
"""

from collections import defaultdict

from pyoxigraph import Literal, NamedNode, Triple

from narkom.reading.sources import Sources
from narkom.vocabulary import RDF_TYPE, term

_GLOSS, _LABEL, _PASSAGE, _PART = term("nk:gloss"), term("rdfs:label"), term("nk:passage"), term("nk:partOf")
_CREATOR, _PREF = term("dcterms:creator"), term("skos:prefLabel")
_DERIVED, _ATTRIBUTED = term("prov:wasDerivedFrom"), term("prov:wasAttributedTo")


def derive_labels(sources: Sources, claims: list[str]) -> set[Triple]:
    """Return an rdfs:label for each thing that the claims type: the gloss of the first claim that tells of it alone.

    First in the given order; where every claim tells of something else too, the first of these. Things that a
    register labels keep that label alone.
    """
    glosses = glosses_of(sources)
    labels = naming_claims(sources, claims)
    return {Triple(subject, _LABEL, glosses[claim]) for subject, claim in labels.items()}


def glosses_of(sources: Sources) -> dict[str, Literal]:
    """Return the gloss of each claim, by the claim's IRI."""
    return {
        quad.subject.value: quad.object
        for quad in sources.descriptions
        if quad.predicate == _GLOSS and isinstance(quad.object, Literal)
    }


def naming_claims(sources: Sources, claims: list[str]) -> dict[NamedNode, str]:
    """Return for each thing that the claims type and no register labels the claim whose gloss names it."""
    glosses = glosses_of(sources)
    labelled = {quad.subject for quad in sources.registers if quad.predicate == _PREF}
    typed = {
        claim: {quad.subject for quad in sources.claims.get(claim, ()) if quad.predicate == RDF_TYPE} - labelled
        for claim in claims
        if claim in glosses
    }
    found: dict[NamedNode, str] = {}
    for claim in sorted(typed, key=lambda claim: len(typed[claim]) > 1):
        for subject in typed[claim]:
            found.setdefault(subject, claim)
    return found


def derive_provenance(sources: Sources) -> set[Triple]:
    """Return prov:wasDerivedFrom (claim to passage) and prov:wasAttributedTo (claim to the authors of its work)."""
    whole = {quad.subject: quad.object for quad in sources.source if quad.predicate == _PART}
    authors: dict[NamedNode, list[NamedNode]] = defaultdict(list)
    for quad in sources.source:
        if quad.predicate == _CREATOR:
            authors[quad.subject].append(quad.object)
    found = set()
    for quad in sources.descriptions:
        if quad.predicate == _PASSAGE:
            found.add(Triple(quad.subject, _DERIVED, quad.object))
            work = _nearest_with(authors, quad.object, whole)
            found |= {Triple(quad.subject, _ATTRIBUTED, author) for author in authors.get(work, ())}
    return found


def _nearest_with(authors: dict, part: NamedNode, whole: dict[NamedNode, NamedNode]) -> NamedNode | None:
    """Return the nearest text around a passage that names its authors."""
    seen: set[NamedNode] = set()
    while part not in authors:
        if part in seen or part not in whole:
            return None
        seen.add(part)
        part = whole[part]
    return part
