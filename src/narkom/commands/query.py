"""`narkom query`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from narkom.asking.free import QueryError
from narkom.asking.prefixes import with_prefixes
from narkom.asking.silence import hints
from narkom.commands.limited import limited
from narkom.commands.opening import open_asked
from narkom.config import find_root

if TYPE_CHECKING:
    from narkom.asking.endpoint import Endpoint


def run(
    file: str,
    root: Path | None,
    store: Path | None,
    view: str,
    form: str,
    cite: bool,
    endpoint: Endpoint | None = None,
    seconds: int = 60,
) -> int:
    """Answer a SELECT query from a file or stdin (`-`) in `seconds`; return the exit code."""
    name = "stdin" if file == "-" else file
    text, place = _read(file, name), find_root(root)

    def answered() -> str:
        opened = open_asked(store, place, view, endpoint)
        found = opened.query(text, cite=cite, name=name)
        for hint in hints(opened.store, with_prefixes(text), empty=not found.rows):
            # Beside the answer, which a program may read.
            print(f"Hint: {hint}", file=sys.stderr)
        return found.render(form)

    # An endpoint has a limit for each request.
    sys.stdout.write(answered() if endpoint else limited(answered, seconds))
    return 0


def _read(file: str, name: str) -> str:
    try:
        # Some editors begin a file with a byte order mark, and a pipe hands it on.
        return (sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()).decode("utf-8-sig")
    except OSError as error:
        raise QueryError(f"{name}: cannot be read: {error.strerror}. Give a file, or - for standard input") from error
    except UnicodeDecodeError as error:
        raise QueryError(f"{name}: is not UTF-8 (byte {error.start + 1}). Save it as UTF-8") from error
