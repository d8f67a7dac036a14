"""The ontology against CIDOC-CRM, PROV-O and its own promises: nothing in the alignments may be made up or misfit."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest
import rdflib
from rdflib import OWL, PROV, RDF, RDFS, SKOS, XSD, URIRef

from narkom.config import find_root

TABLE = Path(__file__).parent / "reference" / "crm-7.1.2-structure.tsv"
CRM, NK = rdflib.Namespace("http://www.cidoc-crm.org/cidoc-crm/"), rdflib.Namespace("https://w3id.org/narkom/ontology#")
EDTF = URIRef("http://id.loc.gov/datatypes/edtf/EDTF")
LITERALS = {EDTF, RDF.langString}
SHARED = Path(__file__).parents[2] / "shared" / "reference" / TABLE.name


class Reference:
    """CRM's own table: names, parents, domains and ranges."""

    def __init__(self) -> None:
        with TABLE.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t"))
        self.kind = {row["term"]: row["kind"] for row in rows}
        self.parents = {row["term"]: [one for one in row["super"].split(";") if one] for row in rows}
        self.ends = {row["term"]: {"domain": row["domain"], "range": row["range"]} for row in rows}


REFERENCE = Reference()


@pytest.fixture
def ontology() -> rdflib.Graph:
    """Return the ontology with its alignments, free to be broken."""
    graph = rdflib.Graph()
    for path in sorted((find_root() / "ontology").glob("*.ttl")):
        graph.parse(path)
    return graph


def unknown_terms(graph: rdflib.Graph) -> set[str]:
    """Return the terms of CRM or PROV that neither has, or that stand where the other kind belongs."""
    found = {str(node) for triple in graph for node in triple if str(node).startswith(str(CRM))}
    wrong = {name for name in found if name.removeprefix(str(CRM)) not in REFERENCE.kind}
    for relation, kind in ((RDFS.subClassOf, "class"), (RDFS.subPropertyOf, "property")):
        aimed = {str(node) for node in graph.objects(None, relation) if str(node) in found - wrong}
        wrong |= {name for name in aimed if REFERENCE.kind[name.removeprefix(str(CRM))] != kind}
    named = {node for triple in graph for node in triple if str(node).startswith(str(PROV))}
    return wrong | {str(node) for node in named if node not in PROV}


def above(graph: rdflib.Graph, node: URIRef) -> set[str]:
    """Return a class with all its superclasses, local and CRM's; CRM's by their local names."""
    found: set = set()
    open_ends = [node]
    while open_ends:
        one = open_ends.pop()
        if one in found:
            continue
        found.add(one)
        if str(one).startswith(str(CRM)):
            open_ends.extend(CRM[name] for name in REFERENCE.parents[one.removeprefix(CRM)])
        open_ends.extend(graph.objects(one, RDFS.subClassOf))
    return {str(one).removeprefix(str(CRM)) for one in found} | {"E1_CRM_Entity"}


def misfits(graph: rdflib.Graph) -> set[tuple[str, str]]:
    """Return each property with the CRM property whose domain or range it does not keep to."""
    found = set()
    for name, parent in graph.subject_objects(RDFS.subPropertyOf):
        if not str(parent).startswith(str(CRM)):
            continue
        for end, relation in (("domain", RDFS.domain), ("range", RDFS.range)):
            wanted = REFERENCE.ends[parent.removeprefix(CRM)][end]
            if not fits(graph, graph.value(name, relation), wanted):
                found.add((name.removeprefix(NK), f"{parent.removeprefix(CRM)} {end}"))
    return found


def fits(graph: rdflib.Graph, given: URIRef | None, wanted: str) -> bool:
    literal = given is not None and (given in LITERALS or str(given).startswith(str(XSD)))
    if literal or wanted == "rdfs:Literal":
        return literal and wanted == "rdfs:Literal"
    if given is None:
        return wanted == "E1_CRM_Entity"
    return wanted in above(graph, given)


def terms(graph: rdflib.Graph, *kinds: URIRef) -> set[URIRef]:
    found = {term for kind in kinds for term in graph.subjects(RDF.type, kind)}
    return {term for term in found if str(term).startswith(str(NK))}


def incomplete(graph: rdflib.Graph) -> dict[str, set[str]]:
    """Return what each term lacks of its labels, definition and alignment (or the reason for none)."""
    lacking: dict[str, set[str]] = defaultdict(set)
    for term in terms(graph, OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty):
        languages = {label.language for label in graph.objects(term, RDFS.label)}
        lacking[term] |= {f"label {one}" for one in ("en", "ru") if one not in languages}
        languages = {text.language for text in graph.objects(term, SKOS.definition)}
        lacking[term] |= {f"definition {one}" for one in ("en", "ru") if one not in languages}
        aims = [*graph.objects(term, RDFS.subClassOf), *graph.objects(term, RDFS.subPropertyOf)]
        aligned = any(not str(aim).startswith(str(NK)) for aim in aims)
        if not aligned and not list(graph.objects(term, SKOS.editorialNote)):
            lacking[term].add("alignment")
    return {str(term).removeprefix(str(NK)): found for term, found in lacking.items() if found}


def test_terms_exist(ontology: rdflib.Graph) -> None:
    assert unknown_terms(ontology) == set()


@pytest.mark.parametrize(
    ("subject", "relation", "value"),
    [
        (NK.Arrest, RDFS.subClassOf, CRM.E7_Arrest),
        (NK.Arrest, RDFS.subClassOf, CRM.P14_carried_out_by),
        (NK.actor, RDFS.subPropertyOf, CRM.E7_Activity),
        (NK.Claim, RDFS.subClassOf, URIRef(str(PROV) + "Claim")),
    ],
)
def test_unknown_term_is_found(ontology: rdflib.Graph, subject: URIRef, relation: URIRef, value: URIRef) -> None:
    ontology.add((subject, relation, value))
    assert unknown_terms(ontology) == {str(value)}


def test_properties_fit_their_domain_and_range(ontology: rdflib.Graph) -> None:
    assert misfits(ontology) == set()


@pytest.mark.parametrize(
    ("name", "parent", "end"),
    [
        (NK.participant, CRM.P14_carried_out_by, "domain"),
        (NK.place, CRM.P11_had_participant, "range"),
        (NK.gloss, CRM.P67_refers_to, "range"),
        (NK.about, CRM.P129_is_about, "domain"),
    ],
)
def test_misfit_is_found(ontology: rdflib.Graph, name: URIRef, parent: URIRef, end: str) -> None:
    ontology.add((name, RDFS.subPropertyOf, parent))
    assert (name.removeprefix(NK), f"{parent.removeprefix(CRM)} {end}") in misfits(ontology)


def test_every_class_has_one_crm_class_above_it(ontology: rdflib.Graph) -> None:
    for term in terms(ontology, OWL.Class):
        assert above(ontology, term) & set(REFERENCE.kind) - {"E1_CRM_Entity"}, term


def test_the_ontology_is_small(ontology: rdflib.Graph) -> None:
    assert 0 < len(terms(ontology, OWL.Class)) <= 50
    assert 0 < len(terms(ontology, OWL.ObjectProperty, OWL.DatatypeProperty)) <= 90


def test_every_term_is_complete(ontology: rdflib.Graph) -> None:
    assert incomplete(ontology) == {}


@pytest.mark.parametrize(
    ("predicate", "lack"),
    [(RDFS.label, "label ru"), (SKOS.definition, "definition ru"), (RDFS.subClassOf, "alignment")],
)
def test_lack_is_found(ontology: rdflib.Graph, predicate: URIRef, lack: str) -> None:
    ontology.remove((NK.Person, predicate, None))
    assert lack in incomplete(ontology)["Person"]


def test_the_reference_is_the_one_that_the_program_uses() -> None:
    from narkom.publishing import crm_schema

    assert Path(crm_schema.__file__).with_name(TABLE.name).read_bytes() == TABLE.read_bytes()


def test_the_reference_is_as_it_was_supplied() -> None:
    if not SHARED.exists():
        pytest.skip("the supplied table of CIDOC-CRM is not here")
    assert TABLE.read_bytes() == SHARED.read_bytes()
