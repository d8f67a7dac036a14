"""`narkom push`: a sorted N-Quads file into another engine, in chunks, and then held against what the engine has.

A chunk is a run of whole subjects. Chunks are sets of quads without blank nodes: sending one twice changes nothing. So
a push that broke off can go on from the last chunk that was confirmed, which a small file beside the store remembers.

Afterwards everything is fetched back, chunk by chunk, and compared quad by quad; with equal totals no graph holds a
quad more or less. The digest of what was sent and of what came back is that of the sorted N-Quads, numbers in their
canonical form, because engines keep the value of a number and not its spelling (2273.0 comes back as 2273).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from narkom.asking.remote import subjects_query
from narkom.building.snapshot import write_flushed
from narkom.errors import NarkomError, UsageError
from narkom.publishing.numbers import with_canonical_number
from narkom.publishing.target import Target
from narkom.vocabulary import is_claim, space_of

_DEFAULT = DefaultGraph()
_SUBJECTS = 500


@dataclass(frozen=True)
class Wishes:
    """How to push: quads in a chunk, whether to clear first, and the datatypes to be sent as plain text."""

    chunk: int = 2000
    replace: bool = False
    as_text: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """What a push came to: numbers of quads sent now and found before, and the digest that both sides agree on."""

    sent: int
    skipped: int
    default: int
    named: int
    digest: str


class Mismatch(NarkomError):
    """The engine holds something else than was sent."""

    exit_code = 1


def push(file: Path, target: Target, memory: Path, wishes: Wishes, tell: Callable[[str], None]) -> Report:
    """Load a sorted N-Quads file into an engine and verify it.

    `memory` is the folder in which the progress is remembered. Raises EndpointError when the engine fails, UsageError
    when it already holds other data or the file is not sorted, Mismatch when it does not hold what was sent.
    """
    texts = frozenset(_datatype(name) for name in wishes.as_text)
    note = _Note(memory, file, target, wishes)
    done = _begin(target, note, wishes)
    sent = skipped = 0
    for number, chunk in enumerate(chunks(file, wishes.chunk, texts), 1):
        if number <= done:
            skipped += len(chunk)
            continue
        target.write(chunk)
        note.remember(number, sent + skipped + len(chunk))
        sent += len(chunk)
        tell(f"{sent + skipped:,} quads sent")
    default, named, digest = verify(chunks(file, wishes.chunk, texts), target, tell)
    return Report(sent, skipped, default, named, digest)


def _begin(target: Target, note: _Note, wishes: Wishes) -> int:
    """Return the number of chunks that need not be sent again, the engine made ready for the others."""
    if wishes.replace:
        note.forget()
        target.clear()
        return 0
    held = sum(target.counts())
    done, quads = note.progress()
    if held and not done:
        raise UsageError(
            f"{target.endpoint.url}: holds {held:,} quads already, which no push of this file has sent. "
            "Clear them with --replace"
        )
    # The engine may have been emptied since: then the memory is worth nothing.
    return done if held >= quads else 0


# -- reading what is sent -------------------------------------------------------------------------------------------


def chunks(file: Path, size: int, texts: frozenset[str] = frozenset()) -> Iterator[list[Quad]]:
    """Yield the quads of a sorted N-Quads file in runs of whole subjects, each of `size` quads or little more.

    Literals of the datatypes in `texts` become plain text. Raises UsageError where the file is no N-Quads, holds a
    blank node, or comes back to a subject.
    """
    chunk: list[Quad] = []
    last = ""
    for quad in _quads(file):
        if not isinstance(quad.subject, NamedNode) or not isinstance(quad.object, NamedNode | Literal):
            raise UsageError(f"{file}: holds a blank node, which would be doubled if a chunk were sent again")
        # In sorted lines the sign that ends an IRI counts as well.
        subject = f"<{quad.subject.value}>"
        if subject < last:
            raise UsageError(f"{file}: is not sorted. Sort it: LC_ALL=C sort -u")
        if len(chunk) >= size and subject != last:
            yield chunk
            chunk = []
        last = subject
        chunk.append(_plain(quad, texts))
    if chunk:
        yield chunk


def _quads(file: Path) -> Iterator[Quad]:
    try:
        with file.open("rb") as source:
            yield from parse(input=source, format=RdfFormat.N_QUADS)
    except SyntaxError as error:
        raise UsageError(f"{file}: is no N-Quads: {error.msg}") from error
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from error


def _datatype(name: str) -> str:
    prefix, colon, local = name.partition(":")
    return space + local if colon and (space := space_of(prefix)) else name


def _plain(quad: Quad, texts: frozenset[str]) -> Quad:
    if isinstance(quad.object, Literal) and quad.object.datatype.value in texts:
        return Quad(quad.subject, quad.predicate, Literal(quad.object.value), quad.graph_name)
    return quad


# -- holding what came back against it -------------------------------------------------------------------------------


def verify(sent: Iterator[list[Quad]], target: Target, tell: Callable[[str], None]) -> tuple[int, int, str]:
    """Return the counts of default and claims' graphs, and the digest; raises Mismatch at the first difference."""
    wanted, found = hashlib.sha256(), hashlib.sha256()
    default = named = 0
    for chunk in sent:
        ours, theirs = {_line(quad) for quad in chunk}, set(_fetched(target, chunk))
        if ours != theirs:
            raise Mismatch(*_differences(target, ours, theirs))
        wanted.update("".join(sorted(ours)).encode())
        found.update("".join(sorted(theirs)).encode())
        default += sum(quad.graph_name == _DEFAULT for quad in chunk)
        named += sum(quad.graph_name != _DEFAULT for quad in chunk)
        tell(f"{default + named:,} quads verified")
    if target.counts() != (default, named):
        there = "{:,} triples in the default graph and {:,} quads in claims' graphs".format(*target.counts())
        raise Mismatch(
            f"{target.endpoint.url}: holds {there}, but {default:,} and {named:,} were sent. "
            "Push again with --replace, which clears the rest"
        )
    if wanted.digest() != found.digest():
        raise Mismatch(f"{target.endpoint.url}: the digests differ")
    return default, named, found.hexdigest()


def _fetched(target: Target, chunk: list[Quad]) -> Iterator[str]:
    """Yield a line for every quad that the engine has of a chunk's subjects."""
    subjects = iter(dict.fromkeys(quad.subject.value for quad in chunk))
    while batch := list(islice(subjects, _SUBJECTS)):
        for solution in target.endpoint.select(subjects_query(batch)):
            graph = solution["g"]
            if graph is None or is_claim(graph.value):
                yield _line(Quad(solution["s"], solution["p"], solution["o"], graph or _DEFAULT))


def _line(quad: Quad) -> str:
    """Return a quad as a line, a number in its canonical form."""
    return f"{with_canonical_number(quad)}\n"


def _differences(target: Target, ours: set[str], theirs: set[str]) -> list[str]:
    lines = [f"{target.endpoint.url}: does not hold what was sent. Push again with --replace"]
    for word, quads in (("missing", ours - theirs), ("not sent", theirs - ours)):
        lines += [f"  {word}: {line.rstrip()}" for line in sorted(quads)[:3]]
    return lines


# -- remembering how far it came -------------------------------------------------------------------------------------


class _Note:
    """The file that remembers how many chunks of what an engine has confirmed."""

    def __init__(self, folder: Path, file: Path, target: Target, wishes: Wishes) -> None:
        what = [target.url, target.protocol, target.endpoint.default_graph, wishes.chunk, sorted(wishes.as_text)]
        self._what = {"to": what, "data": _digest(file)}
        self._file = folder / f"push-{hashlib.sha256(json.dumps(what).encode()).hexdigest()[:12]}.json"

    def progress(self) -> tuple[int, int]:
        """Return the numbers of chunks and quads that were confirmed, both 0 where nothing is remembered."""
        try:
            noted = json.loads(self._file.read_bytes())
            if {name: noted[name] for name in self._what} == self._what:
                return int(noted["chunks"]), int(noted["quads"])
        except (OSError, ValueError, KeyError, TypeError):
            pass
        return 0, 0

    def remember(self, chunks: int, quads: int) -> None:
        """Note that a chunk was confirmed, in one step that happens or does not."""
        fresh = self._file.with_suffix(".new")
        try:
            write_flushed(fresh, json.dumps({**self._what, "chunks": chunks, "quads": quads}).encode())
            fresh.replace(self._file)
        except OSError as error:
            raise UsageError(f"{self._file}: cannot be written: {error.strerror}. Choose another --store") from error

    def forget(self) -> None:
        """Drop the note."""
        self._file.unlink(missing_ok=True)


def _digest(file: Path) -> str:
    try:
        with file.open("rb") as source:
            return hashlib.file_digest(source, "sha256").hexdigest()
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from error
