"""An index of the default graph, from which the profiles and the descriptions are made."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from narkom.building.views import HEDGED, claim_order
from narkom.vocabulary import BASE, PREFIXES, RDF_TYPE, key_of, local_name, term


class Facts:
    """The triples of the default graph by subject, and the graphs of the claims, of any iterable of quads.

    A pyoxigraph Store or Dataset is such an iterable.
    """

    def __init__(self, quads: Iterable[Quad]) -> None:
        """Index the quads; nothing is kept of the object they come from."""
        self.by_subject: dict[NamedNode, dict[NamedNode, list]] = defaultdict(lambda: defaultdict(list))
        self.graphs: dict[NamedNode, list[Triple]] = defaultdict(list)
        for quad in sorted(quads, key=str):
            if isinstance(quad.graph_name, DefaultGraph):
                self.by_subject[quad.subject][quad.predicate].append(quad.object)
            else:
                self.graphs[quad.graph_name].append(quad.triple)

    def objects(self, subject: NamedNode, curie: str) -> list:
        """Return the objects of a subject's property, given as a prefixed name, sorted; empty if there is none."""
        return self.by_subject.get(subject, {}).get(term(curie), [])

    def types(self, subject: NamedNode) -> set[NamedNode]:
        """Return the classes of a subject."""
        return set(self.by_subject.get(subject, {}).get(RDF_TYPE, ()))

    def instances(self, curie: str) -> list[NamedNode]:
        """Return what belongs to a class, sorted by IRI."""
        wanted = term(curie)
        return sorted((one for one, its in self.by_subject.items() if wanted in its.get(RDF_TYPE, ())), key=str)

    @cached_property
    def told(self) -> dict[NamedNode, list[Triple]]:
        """The triples of all claims by subject, whatever the claims' stance."""
        found: dict[NamedNode, list[Triple]] = defaultdict(list)
        for graph in sorted(self.graphs, key=str):
            for triple in self.graphs[graph]:
                found[triple.subject].append(triple)
        return found

    def claims(self, view: str = "all") -> list[NamedNode]:
        """Return the claims that a view (accepted, strict, wide or all) admits, in the order of the sources."""
        admitted = set(self.objects(NamedNode(PREFIXES["view"] + view), "skos:member"))
        found = [claim for claim in self.instances("nk:Claim") if view == "all" or self._admits(admitted, claim)]
        return sorted(found, key=lambda claim: claim_order(claim.value))

    def _admits(self, admitted: set, claim: NamedNode) -> bool:
        """Whether a view that admits some stances admits a claim; what was inferred counts as hedged."""
        stances = set(self.objects(claim, "nk:stance"))
        inferred = {HEDGED} if self.objects(claim, "nk:inferred") else set()
        return bool(stances) and stances | inferred <= admitted


def local(iri: NamedNode) -> str:
    """Return what stands behind the kind of a thing, the source's key before it if it has one: ``ssc-p22s1c``."""
    key = key_of(iri.value)
    return f"{key}-{local_name(iri.value)}" if key else local_name(iri.value)


def coin_of(claim: NamedNode, kind: str, end: str = "") -> NamedNode:
    """Return an IRI for something that an export says of a claim, beside the claim: ``ssc/assertion/p22s1c``."""
    return coin(f"{key_of(claim.value)}/{kind}/{local_name(claim.value)}{end}")


def coin(path: str) -> NamedNode:
    """Return an IRI of the project for something that only an export speaks of, such as ``timespan/…``."""
    return NamedNode(BASE + path)


def quads_of(triples: Iterable[Triple]) -> list[Quad]:
    """Return the triples as quads of the default graph."""
    return [Quad(one.subject, one.predicate, one.object) for one in triples]
