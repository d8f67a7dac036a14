"""Every shape and rule: its valid fixtures pass, its invalid ones fail with the approved report, and it has both."""

import sys
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from narkom.checking.rules import load_rules
from narkom.checking.shapegraph import named_shapes
from narkom.vocabulary import ONTOLOGY, PREFIXES, RDF_TYPE

sys.path.insert(0, str(Path(__file__).parent))
from fixtures import HERE, ROOT, findings, load, report

FOLDERS = sorted(path for path in HERE.iterdir() if path.is_dir() and not path.name.startswith("_"))
VALID = [path for folder in FOLDERS for path in sorted(folder.glob("valid*.trig"))]
INVALID = [path for folder in FOLDERS for path in sorted(folder.glob("invalid.*.trig"))]


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.fixture(scope="module")
def sources():
    return load(ROOT)


@pytest.mark.parametrize("path", VALID, ids=_name)
def test_valid(path: Path) -> None:
    assert report(path, path.parent.name) == ""


@pytest.mark.parametrize("path", INVALID, ids=_name)
def test_invalid(path: Path) -> None:
    found = findings(path, path.parent.name)
    assert path.parent.name in {one.check for one in found}
    assert report(path, path.parent.name) == path.with_suffix(".report.txt").read_text(encoding="utf-8")


def test_every_shape_and_rule_has_fixtures(sources) -> None:
    names = {*named_shapes(quad.triple for quad in sources.shapes), *(rule.name for rule in load_rules(ROOT))}
    with_valid, with_invalid = ({path.parent.name for path in paths} for paths in (VALID, INVALID))
    assert names - with_valid == set()
    assert names - with_invalid == set()
    assert {folder.name for folder in FOLDERS} - names == set()


def test_every_class_and_property_is_constrained(sources) -> None:
    used = {(quad.predicate.value, quad.object) for quad in sources.shapes if isinstance(quad.object, NamedNode)}
    sh = PREFIXES["sh"]
    unconstrained = []
    for quad in sources.ontology:
        if quad.predicate != RDF_TYPE or not quad.subject.value.startswith(ONTOLOGY):
            continue
        kind = quad.object.value.rpartition("#")[2]
        wanted = {"Class": [("targetClass",)], "ObjectProperty": [("targetSubjectsOf",), ("path",)]}
        wanted["DatatypeProperty"] = wanted["ObjectProperty"]
        for (way,) in wanted.get(kind, []):
            if (sh + way, quad.subject) not in used and not _by_its_class(sources, quad.subject, used):
                unconstrained.append((quad.subject.value, way))
    assert unconstrained == []


def _by_its_class(sources, kind: NamedNode, used: set) -> bool:
    """Return whether a class has no requirement of its own because the class above it says all there is."""
    above = [q.object for q in sources.ontology if q.subject == kind and q.predicate.value.endswith("#subClassOf")]
    return any((PREFIXES["sh"] + "targetClass", one) in used for one in above)


def test_messages_say_how_to_mend(sources) -> None:
    shapes = named_shapes(quad.triple for quad in sources.shapes)
    assert [name for name, shape in shapes.items() if shape.message.count(". ") < 1 or len(shape.message) > 260] == []


@pytest.mark.parametrize("path", INVALID[::9], ids=_name)
def test_fast_engine_agrees_with_pyshacl(path: Path) -> None:
    assert findings(path, path.parent.name, reference=True) == findings(path, path.parent.name)
