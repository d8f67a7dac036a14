"""`narkom push`."""

import tempfile
from pathlib import Path

from narkom.building.snapshot import open_store, read_snapshot, sorted_nquads
from narkom.commands.progress import tell
from narkom.config import store_folder
from narkom.publishing.push import Wishes, push
from narkom.publishing.target import Target


def run(target: Target, wishes: Wishes, view: str, file: Path | None, store: Path | None) -> int:
    """Push a file, or the built store under a view; print what the engine then holds and return the exit code."""
    if file is not None:
        return _push(file, target, file.parent, wishes)
    folder = store_folder(store)
    with tempfile.TemporaryDirectory() as place:
        data = Path(place) / "narkom.nq"
        data.write_bytes(_snapshot(folder, view))
        return _push(data, target, folder, wishes)


def _snapshot(folder: Path, view: str) -> bytes:
    if view == "accepted":
        return read_snapshot(folder)[0]
    return sorted_nquads(open_store(folder, view))


def _push(file: Path, target: Target, memory: Path, wishes: Wishes) -> int:
    report = push(file, target, memory, wishes, tell)
    resumed = f" ({report.skipped:,} were there already)" if report.skipped else ""
    print(
        f"Pushed {report.sent:,} quads{resumed} to {target.url}. Verified: {report.default:,} triples in the default "
        f"graph, {report.named:,} quads in claims' graphs, SHA-256 {report.digest}"
    )
    return 0
