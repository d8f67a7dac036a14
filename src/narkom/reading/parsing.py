"""One file into quads. pyoxigraph decides what is well-formed: it accepts no malformed file and names the line."""

import re
from codecs import BOM_UTF8
from pathlib import Path

from pyoxigraph import BlankNode, Quad, RdfFormat, Triple, parse

from narkom.reading.depth import longest, refuse_deep
from narkom.reading.errors import ReadingError, ReadingErrors
from narkom.reading.lines import LineIndex, index_lines

FORMATS = {".ttl": RdfFormat.TURTLE, ".trig": RdfFormat.TRIG}
_UNDECLARED = re.compile(r"The prefix (\S*?):? has not been declared")
_POSITION = re.compile(r"^Parser error at [^:]*: ")


def read_text(path: Path, name: str, mark: bool = False) -> str:
    """Return the text of a UTF-8 file; raises ReadingErrors when it cannot be opened or is not UTF-8.

    A byte order mark is dropped where `mark` allows one; in data it is a fault, since parsers differ over it.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReadingErrors(
            [ReadingError(name, 0, f"cannot be read: {error.strerror}", "Check that the file exists and its rights")]
        ) from error
    if data.startswith(BOM_UTF8) and mark:
        data = data.removeprefix(BOM_UTF8)
    elif data.startswith(BOM_UTF8):
        raise ReadingErrors(
            [ReadingError(name, 1, "begins with a byte order mark", "Save the file as UTF-8 without it")]
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ReadingErrors([ReadingError(name, line, "this line is not UTF-8", "Save the file as UTF-8")]) from error


def read_query(path: Path, name: str) -> str:
    """Return the text of a query, without the byte order mark that some editors put before it; raises ReadingErrors."""
    text = read_text(path, name, mark=True)
    refuse_deep(text, name)
    return text


def parse_file(path: Path, name: str, blank_nodes: bool = False) -> tuple[list[Quad], LineIndex]:
    """Return the quads of a file and the index of its lines.

    `name` is the file's name in error messages. Blank nodes are a fault unless allowed (shapes need lists).
    Raises ReadingErrors.
    """
    text = read_text(path, name)
    refuse_deep(text, name)
    try:
        quads = list(parse(input=text, format=FORMATS[path.suffix]))
    except SyntaxError as error:
        raise ReadingErrors([_syntax_fault(error, name)]) from error
    except MemoryError as error:
        # pyoxigraph keeps a token whole, up to 16 MB of it.
        what = "a name, text or comment of more than 16 MB begins here"
        raise ReadingErrors([ReadingError(name, longest(text), what, "Shorten it")]) from error
    index = index_lines(text)
    if not blank_nodes and any(_is_anonymous(quad) for quad in quads):
        line = index.blank_lines[0] if index.blank_lines else 1
        what = "a blank node, list or quoted triple; the data holds none, so that every thing can be cited"
        raise ReadingErrors([ReadingError(name, line, what, "Give the thing an IRI of its own")])
    return quads, index


def _is_anonymous(quad: Quad) -> bool:
    return any(isinstance(part, BlankNode | Triple) for part in (quad.subject, quad.object, quad.graph_name))


def _syntax_fault(error: SyntaxError, name: str) -> ReadingError:
    line = error.lineno or 1
    undeclared = _UNDECLARED.search(str(error.msg))
    if undeclared:
        prefix = undeclared.group(1)
        return ReadingError(
            name,
            line,
            f"the prefix {prefix}: is not declared",
            f"Add @prefix {prefix}: <…> . at the head of the file, or correct the name",
        )
    what = _POSITION.sub("", str(error.msg)).removesuffix(f" (line {line})")
    return ReadingError(
        name, line, f"not well-formed: {what}", "Correct the Turtle or TriG on this line or just before it"
    )
