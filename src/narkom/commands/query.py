"""`narkom query`."""

import sys
from pathlib import Path

from narkom.asking.citing import answer
from narkom.asking.endpoint import Endpoint
from narkom.asking.free import QueryError, checked
from narkom.asking.render import render
from narkom.commands.opening import open_asked
from narkom.config import find_root


def run(
    file: str, root: Path | None, store: Path | None, view: str, form: str, cite: bool, endpoint: Endpoint | None = None
) -> int:
    """Answer a SELECT query from a file or stdin (`-`); return the exit code."""
    opened = open_asked(store, find_root(root), view, endpoint)
    name = "stdin" if file == "-" else file
    query = checked(opened, _read(file, name), name)
    try:
        found = answer(opened, query, view, cite)
    except (ValueError, OSError) as error:
        raise QueryError(f"{name}: the query fails: {error}") from error
    sys.stdout.write(render(opened, found, form))
    return 0


def _read(file: str, name: str) -> str:
    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except OSError as error:
        raise QueryError(f"{name}: cannot be read: {error.strerror}. Give a file, or - for standard input") from error
    except UnicodeDecodeError as error:
        raise QueryError(f"{name}: is not UTF-8 (byte {error.start + 1}). Save it as UTF-8") from error
