"""The whole dataset of the store, derived in memory from the sources.

The default graph is the view: registers, source, ontology, the claims' descriptions, and the triples of the admitted
claims with what follows from them. Every claim, whatever its stance, stands in its own named graph with its bounds.
"""

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, NamedNode, Quad

from narkom.building.inference import infer
from narkom.building.membership import derive_members
from narkom.building.records import derive_provenance
from narkom.building.relations import read_facts
from narkom.building.timing import derive_alone, derive_times
from narkom.building.views import admitted_claims
from narkom.reading.sources import Sources


def derive(sources: Sources, view: str = "accepted") -> Dataset:
    """Return every quad of the store, the given view in the default graph."""
    admitted = admitted_claims(sources, view)
    facts = {quad.triple for claim in admitted for quad in sources.claims.get(claim, ())}
    ontology = {quad.triple for quad in sources.ontology}
    triples = {quad.triple for quad in sources.default_quads()} | facts
    times = {claim: read_facts(claim, (quad.triple for quad in quads)) for claim, quads in sources.claims.items()}
    triples |= derive_times(times[claim] for claim in admitted if claim in times)
    triples |= derive_provenance(sources)
    triples |= derive_members(triples)
    triples |= infer(triples, ontology)
    dataset = Dataset(Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    for claim, quads in sources.claims.items():
        for triple in (*(quad.triple for quad in quads), *derive_alone(times[claim])):
            dataset.add(Quad(triple.subject, triple.predicate, triple.object, NamedNode(claim)))
    if any(isinstance(part, BlankNode) for quad in sources.ontology for part in (quad.subject, quad.object)):
        # A list in the ontology has blank nodes; canonical names for them keep two builds the same bytes.
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return dataset
