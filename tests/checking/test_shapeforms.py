"""A shape whose parameter has a value that is none is refused by file and line, and never crashes the check."""

from pathlib import Path

import pytest

from narkom.building.dataset import derive
from narkom.checking.shapegraph import ShapesError
from narkom.checking.shapes import check_shapes
from narkom.reading.sources import load

ILL = {
    'sh:minCount "x"': "sh:minCount",
    "sh:maxCount 1.5": "sh:maxCount",
    "sh:minCount -1": "sh:minCount",
    "sh:minLength nk:Claim": "sh:minLength",
    'sh:maxLength "three"': "sh:maxLength",
    'sh:pattern "(["': "sh:pattern",
    "sh:pattern nk:Claim": "sh:pattern",
    'sh:minInclusive "low"': "sh:minInclusive",
    'sh:class "Claim"': "sh:class",
    'sh:datatype "date"': "sh:datatype",
    "sh:nodeKind nk:Claim": "sh:nodeKind",
    'sh:severity "bad"': "sh:severity",
    "sh:severity nk:Claim": "sh:severity",
    "sh:message nk:Claim": "sh:message",
    "sh:uniqueLang 5": "sh:uniqueLang",
    'sh:in "a"': "sh:in",
    "sh:in nk:Claim": "a list is broken",
    "sh:in [ rdf:first 1 ]": "a list is broken",
    "sh:languageIn [ rdf:first 1, 2 ; rdf:rest () ]": "a list is broken",
    "sh:or _:ring": "a list is broken",
    'sh:node "x"': "sh:node",
    "sh:node shape:ill": "refers to itself",
    "sh:not [ sh:node shape:ill ]": "refers to itself",
    "sh:or ( shape:ill )": "refers to itself",
    'sh:disjoint "x"': "sh:disjoint",
    "sh:path ( nk:passage nk:partOf )": "sh:path",
    'sh:path "x"': "sh:path",
    "sh:path [ sh:inversePath [] ]": "sh:inversePath",
    'sh:targetClass "Claim"': "sh:targetClass",
    "sh:unheardOf 1": "sh:unheardOf",
}
HEAD = """@prefix nk: <https://w3id.org/narkom/ontology#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix shape: <https://w3id.org/narkom/shape/> .
_:ring rdf:first shape:other ; rdf:rest _:ring .
"""


def write(small: Path, constraint: str) -> None:
    inner = constraint if constraint.startswith(("sh:target", "sh:path")) else f"sh:path nk:gloss ; {constraint}"
    shape = f"shape:ill a sh:NodeShape ;\n    sh:targetClass nk:Claim ;\n    sh:property [ {inner} ] .\n"
    (small / "shapes" / "ill.ttl").write_text(HEAD + shape, encoding="utf-8")


@pytest.mark.parametrize("constraint", sorted(ILL))
def test_an_ill_shape_is_named_with_its_place(small: Path, constraint: str) -> None:
    write(small, constraint)
    sources = load(small)
    with pytest.raises(ShapesError) as error:
        check_shapes(sources, derive(sources))
    assert error.value.lines[0].startswith("shapes/ill.ttl:6: <https://w3id.org/narkom/shape/ill>: ")
    assert ILL[constraint] in error.value.lines[0]


@pytest.mark.parametrize("constraint", ['sh:pattern "(["', 'sh:minCount "x"', "sh:in nk:Claim", 'sh:class "Claim"'])
def test_what_pyshacl_cannot_use_is_one_line_too(small: Path, constraint: str) -> None:
    write(small, constraint)
    sources = load(small)
    try:
        check_shapes(sources, derive(sources), reference=True)
    except ShapesError as error:
        assert error.lines[0].startswith("shapes: pyshacl cannot use them: ")
