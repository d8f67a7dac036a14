"""Read a fixture of this folder as the project reads its files, beside the ontology and base.trig; report on it."""

from functools import cache
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from narkom.building.dataset import derive
from narkom.checking.findings import Finding
from narkom.checking.rules import check_rules
from narkom.checking.shapes import check_shapes
from narkom.config import find_root
from narkom.reading.parsing import parse_file
from narkom.reading.sources import Place, Sources, load
from narkom.vocabulary import NUMBERED, is_claim, kind_of, term

HERE = Path(__file__).parent
ROOT = find_root(HERE.parents[1])
# Findings that say only that a fixture is small.
_SMALL = {"appointment-opens-tenure", "charge-is-stated", "concept-branch", "concept-used", "entry-used", "sentence-claimed", "thing-named"}


# What the checks need of the ontology: classes, what stands above them, which stances count and what they are called.
_NEEDED = {term(one) for one in ("rdf:type", "rdfs:subClassOf", "skos:member", "skos:prefLabel")}


@cache
def _project() -> Sources:
    sources = load(ROOT)
    sources.ontology = [quad for quad in sources.ontology if quad.predicate in _NEEDED]
    return sources


def load_fixture(path: Path) -> Sources:
    """Return the sources that a fixture makes together with the base; nothing of the project's data is in them."""
    project = _project()
    sources = Sources(ROOT, ontology=project.ontology, shapes=project.shapes)
    for file in (HERE / "base.trig", path):
        quads, index = parse_file(file, file.name)
        for quad in quads:
            _take(sources, quad)
        for graph, line in index.graphs:
            sources.graphs.setdefault(graph, Place(file.name, line))
        for statement in index.statements:
            place = Place(file.name, statement.line)
            if statement.graph is None:
                sources.subjects.setdefault(statement.subject, place)
            else:
                sources.graph_subjects.setdefault((statement.graph, statement.subject), place)
    return sources


def _take(sources: Sources, quad: Quad) -> None:
    if isinstance(quad.graph_name, NamedNode):
        sources.claims.setdefault(quad.graph_name.value, []).append(quad)
    elif is_claim(quad.subject.value):
        sources.descriptions.append(quad)
    elif kind_of(quad.subject.value) in ("work", *NUMBERED):
        sources.source.append(quad)
    else:
        sources.registers.append(quad)


def findings(path: Path, name: str, reference: bool = False) -> list[Finding]:
    """Return what shapes and rules find in a fixture of the folder `name`."""
    sources = load_fixture(path)
    dataset = derive(sources)
    found = [*check_shapes(sources, dataset, reference), *check_rules(sources, dataset)]
    return sorted(one for one in found if one.check not in _SMALL or (one.check == name and one.file != "base.trig"))


def report(path: Path, name: str) -> str:
    """Return the report on a fixture as it is approved."""
    return "".join(f"{one}\n" for one in findings(path, name))
