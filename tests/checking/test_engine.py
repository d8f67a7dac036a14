"""The fast engine: it finds what pyshacl finds in real data, and refuses what it does not know."""

from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from narkom.building.dataset import derive
from narkom.checking.engine import validate
from narkom.checking.findings import Finding
from narkom.checking.graph import GraphIndex
from narkom.checking.report import things_in, without_twins
from narkom.checking.shapegraph import ShapesError, read_shapes
from narkom.checking.shapes import check_shapes
from narkom.reading.sources import Sources

HEAD = (
    "@prefix a: <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> . "
    "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . "
)
# Every constraint that the engine knows, with data that meets it and data that does not.
CONSTRAINTS = {
    "sh:class a:Cat": ("a:x a:p a:tom .", "a:x a:p a:rex ."),
    "sh:datatype xsd:integer": ("a:x a:p 1 .", 'a:x a:p "1" .'),
    "sh:nodeKind sh:IRI": ("a:x a:p a:y .", "a:x a:p 1 ."),
    "sh:minCount 1": ("a:x a:p 1 .", ""),
    "sh:maxCount 1": ("a:x a:p 1 .", "a:x a:p 1, 2 ."),
    'sh:pattern "^b"': ('a:x a:p "bc" .', 'a:x a:p "cb" .'),
    "sh:minLength 2": ('a:x a:p "bc" .', 'a:x a:p "b" .'),
    "sh:maxLength 1": ('a:x a:p "b" .', 'a:x a:p "bc" .'),
    "sh:minInclusive 2": ("a:x a:p 2 .", "a:x a:p 1 ."),
    "sh:in ( 1 2 )": ("a:x a:p 2 .", "a:x a:p 3 ."),
    'sh:languageIn ( "en" )': ('a:x a:p "b"@en-GB .', 'a:x a:p "b"@ru .'),
    "sh:uniqueLang true": ('a:x a:p "b"@en, "c"@ru .', 'a:x a:p "b"@en, "c"@en .'),
    "sh:hasValue 1": ("a:x a:p 1 .", "a:x a:p 2 ."),
    "sh:disjoint a:q": ("a:x a:p 1 ; a:q 2 .", "a:x a:p 1 ; a:q 1 ."),
    "sh:equals a:q": ("a:x a:p 1 ; a:q 1 .", "a:x a:p 1 ; a:q 2 ."),
    "sh:lessThanOrEquals a:q": ("a:x a:p 1 ; a:q 2 .", "a:x a:p 2 ; a:q 1 ."),
    "sh:node a:one": ("a:x a:p 1 .", "a:x a:p 2 ."),
    "sh:not a:one": ("a:x a:p 2 .", "a:x a:p 1 ."),
    "sh:or ( a:one a:two )": ("a:x a:p 2 .", "a:x a:p 3 ."),
    "sh:and ( a:one a:low )": ("a:x a:p 1 .", "a:x a:p 2 ."),
}
HELPERS = (
    "a:one a sh:NodeShape ; sh:in ( 1 ) . a:two a sh:NodeShape ; sh:in ( 2 ) . a:low a sh:NodeShape ; sh:in ( 1 0 ) ."
)
KNOWN = "a:x a a:T . a:tom a a:Kitten . a:rex a a:Dog . a:Kitten rdfs:subClassOf a:Cat . "


def triples(text: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(input=HEAD + text, format=ox.RdfFormat.TURTLE)]


@pytest.mark.parametrize("constraint", CONSTRAINTS)
def test_constraint(constraint: str) -> None:
    shape = f'a:s a sh:PropertyShape ; sh:targetClass a:T ; sh:path a:p ; {constraint} ; sh:message "m" . {HELPERS}'
    shapes = read_shapes(triples(shape))
    met, unmet = (GraphIndex(triples(KNOWN + text)) for text in CONSTRAINTS[constraint])
    assert validate(met, shapes) == set()
    assert len(validate(unmet, shapes)) >= 1


@pytest.mark.parametrize("way", ["targetNode a:x", "targetSubjectsOf a:p", "targetObjectsOf a:q", "targetClass a:T"])
def test_target(way: str) -> None:
    shape = f'a:s a sh:NodeShape ; sh:{way} ; sh:class a:U ; sh:message "m" .'
    found = validate(GraphIndex(triples(KNOWN + "a:x a:p 1 . a:y a:q a:x .")), read_shapes(triples(shape)))
    assert [one.focus.value for one in found] == ["http://example.org/x"]


def test_closed_and_inverse() -> None:
    shape = 'a:s a sh:NodeShape ; sh:targetNode a:x ; sh:closed true ; sh:property a:t ; sh:message "m" .'
    shape += 'a:t a sh:PropertyShape ; sh:path [ sh:inversePath a:q ] ; sh:maxCount 0 ; sh:message "n" .'
    found = validate(GraphIndex(triples("a:x a:p 1 . a:y a:q a:x .")), read_shapes(triples(shape)))
    assert sorted(one.message for one in found) == ["m", "n"]


def test_an_unknown_feature_is_refused() -> None:
    with pytest.raises(ShapesError, match="sh:qualifiedMinCount"):
        read_shapes(triples("a:s a sh:NodeShape ; sh:targetNode a:x ; sh:qualifiedMinCount 1 ."))


def test_equal_to_pyshacl_on_real_data(sources: Sources) -> None:
    """Three paragraphs, and one of them spoilt, with the register entries of which they speak."""
    files = {"data/ssc/claims/p22.trig", "data/ssc/claims/p39.trig", "data/ssc/claims/p44.trig"}
    part = _part(sources, files)
    spoilt = replace(part, registers=[q for q in part.registers if not q.predicate.value.endswith("prefLabel")])
    for one in (part, spoilt):
        dataset = derive(one)
        fast, slow = check_shapes(one, dataset), check_shapes(one, dataset, reference=True)
        assert fast == slow
    assert len(fast) > 20


def _part(sources: Sources, files: set[str]) -> Sources:
    named = things_in(sources, files)
    claims = {iri: quads for iri, quads in sources.claims.items() if iri in named}
    used = named | {getattr(quad.object, "value", "") for quads in claims.values() for quad in quads}
    return replace(
        sources,
        ontology=[q for q in sources.ontology if q.predicate.value.endswith(("#subClassOf", "#type", "#member"))],
        claims=claims,
        descriptions=[q for q in sources.descriptions if q.subject.value in named],
        registers=[q for q in sources.registers if q.subject.value in used],
        source=[],
    )


def test_only_some_things(sources: Sources) -> None:
    spoilt = replace(sources, registers=[q for q in sources.registers if not q.predicate.value.endswith("prefLabel")])
    stalin = "https://w3id.org/narkom/person/stalin"
    found = check_shapes(spoilt, derive(spoilt), only={stalin})
    assert {one.subject for one in found} == {stalin}


def test_a_fault_is_told_once() -> None:
    known = Finding("f", 1, "c", "", "passage", "The claim has no passage", "")
    twin, other = (Finding("f", 1, "c", "", check, "m", "") for check in ("claim-passage", "claim-gloss"))
    assert without_twins([known], [twin, other]) == [other]


def test_rules_with_an_ill_header(tmp_path: Path) -> None:
    from narkom.checking.rules import load_rules

    folder = tmp_path / "shapes" / "rules"
    folder.mkdir(parents=True)
    (folder / "x.rq").write_text("#+ summary: x\n#+ severity: error\nSELECT * {}", encoding="utf-8")
    with pytest.raises(ShapesError, match=r"shapes/rules/x\.rq:1: the header lacks"):
        load_rules(tmp_path)
