"""All source files into one dataset, with the place of every claim and every subject kept for later findings."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad

from narkom.reading.errors import ReadingError, ReadingErrors
from narkom.reading.lines import LineIndex
from narkom.reading.parsing import FORMATS, parse_file
from narkom.vocabulary import RDF_TYPE, is_claim, is_key, shorten

# Which folder feeds which part of the dataset, and whether it must be there; each source has a folder beside these.
_COMMON = (("ontology", "ontology", True), ("shapes", "shapes", False), ("data/register", "registers", True))
_REGISTER, _DESCRIPTION, _CLAIMS = "register", "source.ttl", "claims"


@dataclass(frozen=True, order=True)
class Place:
    """A line of a source file, the file named from the root."""

    file: str
    line: int


@dataclass
class Sources:
    """Everything that was read.

    `keys` are those of the sources, in the order of the alphabet. `ontology`, `shapes`, `source` (what describes all of
    them), `registers` and `descriptions` (what the claim files say outside their graphs) are quads of the default
    graph; `claims` holds the quads of each claim's named graph, under the claim's IRI. The places say where a subject
    of the default graph (`subjects`), and where it is given its class (`entries`), a graph (`graphs`), a subject within
    a graph (`graph_subjects`) and a shape (`shape_places`) begins. `digests` are the SHA-256 of the files read, shapes
    left out.
    """

    root: Path
    keys: list[str] = field(default_factory=list)
    ontology: list[Quad] = field(default_factory=list)
    shapes: list[Quad] = field(default_factory=list)
    source: list[Quad] = field(default_factory=list)
    registers: list[Quad] = field(default_factory=list)
    descriptions: list[Quad] = field(default_factory=list)
    claims: dict[str, list[Quad]] = field(default_factory=dict)
    subjects: dict[str, Place] = field(default_factory=dict)
    entries: dict[str, Place] = field(default_factory=dict)
    graphs: dict[str, Place] = field(default_factory=dict)
    graph_subjects: dict[tuple[str, str], Place] = field(default_factory=dict)
    shape_places: dict[str, Place] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)

    def place_of(self, subject: str, claim: str | None = None) -> Place:
        """Return where a subject begins, in the graph of `claim` if given; the nearest known place otherwise."""
        if claim:
            found = self.graph_subjects.get((claim, subject)) or self.graphs.get(claim) or self.subjects.get(claim)
        else:
            found = self.subjects.get(subject) or self.graphs.get(subject)
        return found or Place(".", 0)

    def default_quads(self) -> list[Quad]:
        """Return what stands outside the claims' graphs, shapes left out."""
        return [*self.ontology, *self.source, *self.registers, *self.descriptions]


def load(root: Path) -> Sources:
    """Read every file under `root`; raises ReadingErrors with all the faults of all the files."""
    sources = Sources(root)
    faults: list[ReadingError] = []
    for folder, part, required in _COMMON:
        _take_all(sources, _files(root, folder, required, faults), part, faults)
    for key in _keys(root, faults):
        sources.keys.append(key)
        _take_all(sources, [root / "data" / key / _DESCRIPTION], "source", faults)
        _take_all(sources, _files(root, f"data/{key}/{_CLAIMS}", True, faults), "claims", faults)
    if faults:
        raise ReadingErrors(faults)
    return sources


def source_keys(root: Path) -> list[str]:
    """Return the names of the folders of data/ that hold a source each, in the order of the alphabet."""
    place = root / "data"
    names = sorted(entry.name for entry in place.iterdir() if entry.is_dir()) if place.is_dir() else []
    return [name for name in names if name != _REGISTER and not name.startswith(".")]


def _keys(root: Path, faults: list[ReadingError]) -> list[str]:
    """Return the keys of the sources; a folder that can be none is a fault."""
    found = source_keys(root)
    for name in found:
        if not is_key(name):
            mend = "Name it in lower-case letters and digits, and not as a kind of thing or a page is named"
            faults.append(ReadingError(f"data/{name}", 0, "the folder's name is no key of a source", mend))
        faults.extend(_strays(root / "data" / name))
    if not found:
        mend = f"Describe one in data/<key>/{_DESCRIPTION}"
        faults.append(ReadingError("data", 0, "there is no source", mend))
    return [name for name in found if is_key(name)]


def _strays(folder: Path) -> list[ReadingError]:
    """Return a fault for whatever a source's folder holds beside its description and its claims."""
    names = sorted(entry.name for entry in folder.iterdir() if not entry.name.startswith("."))
    what, mend = "belongs to no part of a source", f"A source is {_DESCRIPTION} and {_CLAIMS}/: move it out of data/"
    return [
        ReadingError(f"data/{folder.name}/{name}", 0, what, mend)
        for name in names
        if name not in (_DESCRIPTION, _CLAIMS)
    ]


def _take_all(sources: Sources, paths: list[Path], part: str, faults: list[ReadingError]) -> None:
    for path in paths:
        try:
            _take(sources, path, part, faults)
        except ReadingErrors as error:
            faults.extend(error.faults)


def _files(root: Path, folder: str, required: bool, faults: list[ReadingError]) -> list[Path]:
    """Return the files of a folder in a stable order; a folder that cannot be listed is a fault."""
    place = root / folder
    if not required and not place.exists():
        return []
    try:
        paths = [path for entry in sorted(place.iterdir()) for path in _within(entry)]
    except OSError as error:
        mend = "Check that the folder exists and that you may read it"
        faults.append(ReadingError(folder, 0, f"the folder cannot be read: {error.strerror}", mend))
        return []
    for path in paths:
        if folder.startswith("data/") and path.suffix not in FORMATS and not path.name.startswith("."):
            name = path.relative_to(root).as_posix()
            what = f"no data file: only {' and '.join(FORMATS)} are read"
            faults.append(ReadingError(name, 0, what, "Give it the right ending, or move it out of data/"))
    return [path for path in paths if path.suffix in FORMATS]


def _within(entry: Path) -> list[Path]:
    """Return an entry itself, or what lies beneath it if it is a folder."""
    if not entry.is_dir():
        return [entry]
    return [path for child in sorted(entry.iterdir()) for path in _within(child)]


def _take(sources: Sources, path: Path, part: str, faults: list[ReadingError]) -> None:
    """Read one file into its part of the dataset."""
    name = path.relative_to(sources.root).as_posix()
    quads, index = parse_file(path, name, blank_nodes=part == "shapes")
    if part == "shapes":
        sources.shapes.extend(quads)
        sources.shape_places |= {one.subject: Place(name, one.line) for one in reversed(index.statements)}
        return
    sources.digests[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    if part == "claims":
        _take_claims(sources, quads)
        faults.extend(_duplicates(sources, name, index))
    else:
        getattr(sources, part).extend(quads)
    _keep_places(sources, name, index, {quad.subject.value for quad in quads if quad.predicate == RDF_TYPE})


def _take_claims(sources: Sources, quads: list[Quad]) -> None:
    for quad in quads:
        if isinstance(quad.graph_name, DefaultGraph):
            sources.descriptions.append(quad)
        elif isinstance(quad.graph_name, NamedNode):
            sources.claims.setdefault(quad.graph_name.value, []).append(quad)


def _keep_places(sources: Sources, name: str, index: LineIndex, typed: set[str]) -> None:
    for graph, line in index.graphs:
        sources.graphs.setdefault(graph, Place(name, line))
    for statement in index.statements:
        place = Place(name, statement.line)
        if statement.graph is None:
            sources.subjects.setdefault(statement.subject, place)
            if statement.subject in typed:
                sources.entries.setdefault(statement.subject, place)
        else:
            sources.graph_subjects.setdefault((statement.graph, statement.subject), place)


def _duplicates(sources: Sources, name: str, index: LineIndex) -> list[ReadingError]:
    """Return a fault for each claim whose graph is opened, or which is described, in a second place."""
    described = [
        (statement.subject, statement.line)
        for statement in index.statements
        if statement.graph is None and is_claim(statement.subject)
    ]
    return [
        *_repeated(index.graphs, sources.graphs, name, "its graph is opened"),
        *_repeated(described, sources.subjects, name, "it is described"),
    ]


def _repeated(found: list[tuple[str, int]], known: dict[str, Place], name: str, verb: str) -> list[ReadingError]:
    seen: dict[str, Place] = {}
    faults = []
    for iri, line in found:
        first = known.get(iri) or seen.setdefault(iri, Place(name, line))
        if first != Place(name, line):
            what = f"the claim {shorten(iri)} stands twice: {verb} in {first.file}:{first.line} too"
            faults.append(ReadingError(name, line, what, "Give the second claim a letter of its own, or merge the two"))
    return faults
