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
def test_a_published_file_conforms_to_the_shapes(name, contents, shapes, ontology) -> None:
    assert violations(graph_of(name, contents[name]), shapes, ontology) == []


def test_the_themes_together_are_the_accepted_view(contents) -> None:
    themes = {str(quad.triple) for name, data in contents.items() if name.startswith("themes/")
              for quad in ox.parse(data, format=ox.RdfFormat.TURTLE)}  # fmt: skip
    assert themes == {
        str(quad.triple) for quad in ox.parse(contents["narkom-accepted.nt"], format=ox.RdfFormat.N_TRIPLES)
    }


def test_every_format_of_an_export_says_the_same(contents) -> None:
    """So that what conforms in one format conforms in all."""
    for stem in ("narkom-accepted", "narkom-all", "narkom-crm", "narkom-prov"):
        said = [{str(quad) for quad in ox.parse(data, format=ox.RdfFormat.from_extension(name.rpartition(".")[2]))}
                for name, data in contents.items() if name.startswith(f"{stem}.")]  # fmt: skip
        assert len(said) > 1
        assert all(one == said[0] for one in said), stem


def test_a_link_to_what_is_not_described_is_found(contents, shapes, ontology) -> None:
    """The run of an outsider finds the fault that the accepted view had."""
    data = graph_of("narkom-accepted.nt", contents["narkom-accepted.nt"])
    imputed = rdflib.URIRef(term("nk:ImputedAct").value)
    act = next(
        one for one in data.subjects(RDF.type, imputed) if (None, rdflib.URIRef(term("nk:charge").value), one) in data
    )
    data.remove((act, None, None))
    assert any("nk:charge is no imputed act" in one for one in violations(data, shapes, ontology))


@pytest.mark.skipif(shutil.which("shacl") is None, reason="needs Jena's command `shacl` on the PATH")
def test_a_published_file_conforms_in_jena(contents, tmp_path: Path) -> None:
    shapes, data = tmp_path / "shapes.ttl", tmp_path / "data.nt"
    outside_graph("shapes").serialize(shapes, format="turtle")
    together = outside_graph("ontology") + graph_of("narkom-accepted.nt", contents["narkom-accepted.nt"])
    together.serialize(data, format="nt", encoding="utf-8")
    done = subprocess.run(
        ["shacl", "validate", "--shapes", str(shapes), "--data", str(data)], capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    report = rdflib.Graph().parse(data=done.stdout, format="turtle")
    assert not list(report.subjects(SH.resultSeverity, SH.Violation))


@pytest.mark.parametrize("view", ["strict", "accepted", "wide", "all"])
def test_an_imputed_act_is_described_in_every_view_and_no_event(view: str, sources: Sources) -> None:
    default = [quad.triple for quad in derive(sources, view) if isinstance(quad.graph_name, ox.DefaultGraph)]
    types: dict = {}
    for triple in default:
        if triple.predicate == RDF_TYPE:
            types.setdefault(triple.subject, set()).add(triple.object)
    imputed = {one for one, its in types.items() if term("nk:ImputedAct") in its}
    assert imputed
    assert not {one for one in imputed if term("nk:Event") in types[one] or term("crm:E5_Event") in types[one]}
    labels = {(one.subject, one.object.language) for one in default if one.predicate == term("skos:prefLabel")}
    assert {(one, language) for one in imputed for language in ("en", "ru")} <= labels


@pytest.mark.parametrize("view", ["strict", "accepted", "wide", "all"])
def test_whatever_a_view_links_to_has_a_name(view: str, sources: Sources) -> None:
    """A link may lead to what the view does not tell of, such as an act that only a witness reports."""
    default = [quad.triple for quad in derive(sources, view) if isinstance(quad.graph_name, ox.DefaultGraph)]
    described = {one.subject for one in default}
    assert {one.object for one in default if is_own(one.object)} - described == set()
    if view == "all":
        typed = {one.subject for one in default if one.predicate == RDF_TYPE}
        assert {one.object for one in default if is_own(one.object)} - typed == set()


def is_own(node) -> bool:
    return isinstance(node, ox.NamedNode) and node.value.startswith(BASE) and "/ontology" not in node.value
