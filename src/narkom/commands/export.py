"""`narkom export`."""

import sys
from pathlib import Path

from narkom.building.snapshot import read_snapshot
from narkom.config import store_folder
from narkom.errors import StoreError
from narkom.publishing.export import export


def run(store: Path | None, name: str, view: str | None, base: str, output: Path | None) -> int:
    """Write the export to a file, whole or not at all, or to stdout; return the exit code."""
    data = export(read_snapshot(store_folder(store))[0], name, view, base)
    if output is None:
        sys.stdout.buffer.write(data)
        return 0
    fresh = output.with_name(output.name + ".new")
    try:
        fresh.write_bytes(data)
        fresh.replace(output)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise StoreError(f"{output}: cannot be written: {error.strerror}. Choose another file with --output") from error
    return 0
