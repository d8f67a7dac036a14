"""A built store whose snapshot is the data so many times over, so that whatever reads a store can be measured on it."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generate import copies

from narkom.building.snapshot import point_to, read_snapshot

_QUADS = "narkom.nq"


@contextmanager
def scaled(store: Path, factor: int) -> Iterator[Path]:
    """Yield a folder whose accepted view and claims are those of `store` so many times over; it goes afterwards.

    Of the other views it has the files of `store` as they are: they must be there, and are not measured.
    """
    if factor == 1:
        yield store
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write(store, factor, folder)
        yield folder


def _write(store: Path, factor: int, folder: Path) -> None:
    data, manifest = read_snapshot(store)
    fresh = folder / "snapshots" / "new"
    shutil.copytree(store / "snapshots" / (store / "current").read_text(encoding="ascii").strip(), fresh)
    manifest["files"][_QUADS], lines = _copied(data, factor, fresh / _QUADS)
    manifest["counts"]["quads"] = lines
    text = json.dumps(manifest, indent=2, sort_keys=True).encode() + b"\n"
    (fresh / "manifest.json").write_bytes(text)
    # A snapshot is named after its manifest (building/snapshot.py).
    digest = hashlib.sha256(text).hexdigest()[:16]
    fresh.rename(fresh.with_name(digest))
    point_to(folder, digest)


def _copied(data: bytes, factor: int, target: Path) -> tuple[dict, int]:
    """Write the copies; return what the manifest says of the file, and its lines."""
    digest, size, count = hashlib.sha256(), 0, 0
    with target.open("wb") as out:
        for line in copies(data.splitlines(keepends=True), factor):
            digest.update(line)
            size, count = size + len(line), count + 1
            out.write(line)
    return {"bytes": size, "sha256": digest.hexdigest()}, count
