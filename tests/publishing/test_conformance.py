"""What an outsider finds who validates a published file: ontology, shapes and the file, in a plain SHACL engine."""

import shutil
import subprocess
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from rdflib import RDF, SH

from narkom.building.dataset import derive
from narkom.config import find_root
from narkom.reading.sources import Sources
from narkom.vocabulary import BASE, RDF_TYPE, term

ROOT = find_root()
DESCRIBING = ["void.ttl", "catalogue.ttl", "questions.ttl"]


def outside_graph(*folders: str) -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in sorted(path for folder in folders for path in (ROOT / folder).glob("*.ttl")):
        graph.parse(path)
    return graph


def violations(data: rdflib.Graph, shapes: rdflib.Graph, ontology: rdflib.Graph) -> list[str]:
    """Return what plain pySHACL reports above the severity of a note."""
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, ont_graph=ontology)
    return sorted(
        f"{report.value(one, SH.focusNode)} {report.value(one, SH.resultMessage)}"
        for one in report.subjects(RDF.type, SH.ValidationResult)
        if report.value(one, SH.resultSeverity) != SH.Info
    )


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    return outside_graph("shapes")


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    return outside_graph("ontology")


def graph_of(name: str, data: bytes) -> rdflib.Graph:
    """Return a file as an outsider without named graphs has it: every graph poured into one."""
    form = ox.RdfFormat.from_extension(name.rpartition(".")[2])
    lines = {f"{quad.triple} ." for quad in ox.parse(data, format=form)}
    return rdflib.Graph().parse(data="\n".join(sorted(lines)), format="nt")


@pytest.mark.parametrize(
    "name", ["narkom-accepted.nt", "narkom-all.nq", "narkom-crm.nt", "narkom-prov.nt", *DESCRIBING]
)
def test_a_published_file_conforms_to_the_shapes(name, files, shapes, ontology) -> None:
    assert violations(graph_of(name, files[name]), shapes, ontology) == []


def test_the_themes_together_are_the_accepted_view(files) -> None:
    themes = {str(quad.triple) for name, data in files.items() if name.startswith("themes/")
              for quad in ox.parse(data, format=ox.RdfFormat.TURTLE)}  # fmt: skip
    assert themes == {str(quad.triple) for quad in ox.parse(files["narkom-accepted.nt"], format=ox.RdfFormat.N_TRIPLES)}


def test_every_format_of_an_export_says_the_same(files) -> None:
    """So that what conforms in one format conforms in all."""
    for stem in ("narkom-accepted", "narkom-all", "narkom-crm", "narkom-prov"):
        said = [{str(quad) for quad in ox.parse(data, format=ox.RdfFormat.from_extension(name.rpartition(".")[2]))}
                for name, data in files.items() if name.startswith(f"{stem}.")]  # fmt: skip
        assert len(said) > 1
        assert all(one == said[0] for one in said), stem


def test_a_link_to_what_is_not_described_is_found(files, shapes, ontology) -> None:
    """The run of an outsider finds the fault that the accepted view had."""
    data = graph_of("narkom-accepted.nt", files["narkom-accepted.nt"])
    imputed = rdflib.URIRef(term("nk:ImputedAct").value)
    act = next(
        one for one in data.subjects(RDF.type, imputed) if (None, rdflib.URIRef(term("nk:charge").value), one) in data
    )
    data.remove((act, None, None))
    assert any("nk:charge is no imputed act" in one for one in violations(data, shapes, ontology))


@pytest.mark.skipif(shutil.which("shacl") is None, reason="needs Jena's command `shacl` on the PATH")
def test_a_published_file_conforms_in_jena(files, tmp_path: Path) -> None:
    shapes, data = tmp_path / "shapes.ttl", tmp_path / "data.nt"
    outside_graph("shapes").serialize(shapes, format="turtle")
    together = outside_graph("ontology") + graph_of("narkom-accepted.nt", files["narkom-accepted.nt"])
    together.serialize(data, format="nt", encoding="utf-8")
    done = subprocess.run(
        ["shacl", "validate", "--shapes", str(shapes), "--data", str(data)], capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    report = rdflib.Graph().parse(data=done.stdout, format="turtle")
    assert not list(report.subjects(SH.resultSeverity, SH.Violation))


@pytest.mark.parametrize("view", ["strict", "accepted", "all"])
def test_what_charges_alone_tell_is_described_as_imputed(view: str, sources: Sources) -> None:
    quads = list(derive(sources, view))
    default = [quad for quad in quads if isinstance(quad.graph_name, ox.DefaultGraph)]
    typed = {quad.subject for quad in default if quad.predicate == RDF_TYPE}
    accepted = {one.subject for one in types(sources)}
    dangling = {quad.object for quad in default if is_own(quad.object)} - typed
    # The strict view links to events that it does not tell and the accepted view does: these are not imputed.
    assert dangling <= (accepted if view == "strict" else set())
    imputed = {
        quad.subject for quad in default if quad.triple.predicate == RDF_TYPE and quad.object == term("nk:ImputedAct")
    }
    assert bool(imputed) == (view != "all")
    for one in imputed:
        said = [quad for quad in default if quad.subject == one]
        assert {quad.predicate for quad in said} == {RDF_TYPE, term("rdfs:label")}
        assert {quad.object.value.rpartition("/")[2] for quad in said if quad.predicate == RDF_TYPE} == {
            "ontology#ImputedAct",
            "E89_Propositional_Object",
        }
        labels = [quad.object.value for quad in said if quad.predicate == term("rdfs:label")]
        assert len(labels) == 1
        assert labels[0].startswith(("charged: ", "rejected: "))


def types(sources: Sources) -> list[ox.Quad]:
    """Return the type statements of the accepted view."""
    return [
        quad for quad in derive(sources) if quad.predicate == RDF_TYPE and isinstance(quad.graph_name, ox.DefaultGraph)
    ]


def is_own(node) -> bool:
    return isinstance(node, ox.NamedNode) and node.value.startswith(BASE) and "/ontology" not in node.value
