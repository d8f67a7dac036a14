"""SHACL shapes read into plain objects, for the engine beside pyshacl.

Only the core of SHACL that shapes/ uses is known; a shape that says more is refused, so that nothing passes unchecked.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Triple

from narkom.checking.graph import GraphIndex
from narkom.checking.shapeforms import misfit
from narkom.errors import NarkomError
from narkom.vocabulary import PREFIXES, RDF_TYPE, shorten, term

_SH = PREFIXES["sh"]
TARGETS = ("targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode")
LISTS = ("or", "and", "in", "languageIn", "ignoredProperties")
SINGLE = ("class", "datatype", "nodeKind", "minCount", "maxCount", "pattern", "minLength", "maxLength")
SINGLE += ("minInclusive", "hasValue", "node", "not", "disjoint", "lessThanOrEquals", "equals")
FLAGS = ("uniqueLang", "closed")
_OTHER = ("path", "property", "message", "severity", "name", "description", "order", "group")
_KNOWN = {*TARGETS, *LISTS, *SINGLE, *FLAGS, *_OTHER}


class ShapesError(NarkomError):
    """The shapes or rules themselves are wrong."""


@dataclass(frozen=True)
class Path:
    """A property, or its reverse."""

    predicate: NamedNode
    inverse: bool = False


@dataclass
class Shape:
    """One shape: where it applies, what it demands of each node, and what it says when the demand is not met."""

    name: object
    path: Path | None = None
    targets: list[tuple[str, object]] = field(default_factory=list)
    constraints: list[tuple[str, object]] = field(default_factory=list)
    properties: list["Shape"] = field(default_factory=list)
    message: str = ""
    severity: str = "Violation"


def read_shapes(triples: Iterable[Triple], place_of: Callable[[str], str] = lambda iri: "shapes") -> list[Shape]:
    """Return the shapes that have a target.

    `place_of` tells file and line of a shape. Raises ShapesError for a feature that the engine does not know, a value
    that is none of its parameter, a broken list, and a shape that refers to itself.
    """
    reader = _Reader(GraphIndex(triples), place_of)
    names = {name for target in TARGETS for name in reader.graph.subjects_of(NamedNode(_SH + target))}
    return [reader.shape(name) for name in sorted(names, key=str)]


class _Reader:
    """Reads shapes by their name, each once."""

    def __init__(self, graph: GraphIndex, place_of: Callable[[str], str] = lambda iri: "shapes") -> None:
        self.graph = graph
        self.place_of = place_of
        self.known: dict[object, Shape] = {}
        self.within: list[object] = []

    def values(self, name, local: str) -> list:
        found = list(self.graph.values(name, NamedNode(_SH + local)))
        for wrong in filter(None, (misfit(local, value) for value in found)):
            raise self.ill(wrong, "Correct it")
        return found

    def ill(self, what: str, mend: str) -> ShapesError:
        """Return the error that a shape is ill, with the place of the nearest shape that has a name."""
        owner = next((name.value for name in reversed(self.within) if isinstance(name, NamedNode)), "")
        who = f"{shorten(owner)}: " if owner else ""
        return ShapesError(f"{self.place_of(owner)}: {who}{what}. {mend}")

    def shape(self, name) -> Shape:
        """Return the shape of a name."""
        if name in self.within:
            raise self.ill("the shape refers to itself, which SHACL leaves undefined", "Break the circle")
        if name in self.known:
            return self.known[name]
        self.within.append(name)
        found = self.known[name] = self._read(name)
        self.within.pop()
        return found

    def _read(self, name) -> Shape:
        found = Shape(name)
        self._refuse_unknown(name)
        found.path = self._path(name)
        found.targets = [(one, value) for one in TARGETS for value in self.values(name, one)]
        found.message = " ".join(one.value for one in self.values(name, "message"))
        found.severity = next((one.value.removeprefix(_SH) for one in self.values(name, "severity")), "Violation")
        found.properties = [self.shape(one) for one in self.values(name, "property")]
        found.constraints = sorted(self._constraints(name), key=lambda one: one[0])
        return found

    def _refuse_unknown(self, name) -> None:
        for predicate in self.graph.facts(name):
            local = predicate.value.removeprefix(_SH)
            if predicate.value.startswith(_SH) and local not in _KNOWN:
                raise self.ill(f"sh:{local} is unknown to the fast engine", "Check with --reference")

    def _path(self, name) -> Path | None:
        for one in self.values(name, "path"):
            inverse = self.values(one, "inversePath")
            if not inverse and not isinstance(one, NamedNode):
                raise self.ill("sh:path is a path that the fast engine does not know", "Check with --reference")
            return Path(inverse[0], True) if inverse else Path(one)
        return None

    def _constraints(self, name) -> Iterable[tuple[str, object]]:
        for local in SINGLE:
            for value in self.values(name, local):
                inner = self.shape(value) if local in ("node", "not") else value
                yield local, int(value.value) if local in ("minCount", "maxCount", "minLength", "maxLength") else inner
        for local in ("or", "and"):
            for value in self.values(name, local):
                yield local, [self.shape(one) for one in self._list(value)]
        for local in ("in", "languageIn"):
            for value in self.values(name, local):
                yield local, self._list(value)
        for local in FLAGS:
            if any(isinstance(one, Literal) and one.value == "true" for one in self.values(name, local)):
                yield local, self._allowed(name) if local == "closed" else True

    def _allowed(self, name) -> set:
        """Return the properties that a closed shape allows."""
        paths = [self._path(one) for one in self.values(name, "property")]
        ignored = [one for value in self.values(name, "ignoredProperties") for one in self._list(value)]
        return {path.predicate for path in paths if path and not path.inverse} | set(ignored)

    def _list(self, head) -> list:
        found, seen = [], set()
        while head != term("rdf:nil"):
            first, rest = (list(self.graph.values(head, term(name))) for name in ("rdf:first", "rdf:rest"))
            if head in seen or len(first) != 1 or len(rest) != 1:
                raise self.ill("a list is broken: each part has one rdf:first and one rdf:rest", "Write it in brackets")
            seen.add(head)
            found += first
            head = rest[0]
        return found


def shape_types() -> set[NamedNode]:
    """Return the classes of SHACL shapes."""
    return {term("sh:NodeShape"), term("sh:PropertyShape")}


def named_shapes(triples: Iterable[Triple]) -> dict[str, Shape]:
    """Return every shape with a message, by its local name: these are the ones that can make a finding."""
    triples = list(triples)
    reader = _Reader(GraphIndex(triples))
    names = {one.subject for one in triples if one.predicate == RDF_TYPE and one.object in shape_types()}
    shapes = [reader.shape(name) for name in names if isinstance(name, NamedNode)]
    return {one.name.value.rpartition("/")[2]: one for one in shapes if one.message}
