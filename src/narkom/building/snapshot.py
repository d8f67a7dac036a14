"""The snapshot: one sorted N-Quads file and its manifest, swapped in whole.

The store's folder holds ``snapshots/<name>/`` and the pointer file ``current`` that names one of them. A snapshot is
written under a temporary name, flushed to the disk, renamed, and only then pointed to; each of these steps happens or
does not. So a build that is killed, fails or fills the disk leaves the previous snapshot whole and pointed to. A
snapshot is named after its content, and no clock is in it: two builds of one commit are the same bytes. A build looks
into the folder that already bears its name and replaces one that does not hold what it should.
"""

import errno
import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pyoxigraph import Dataset, DefaultGraph, RdfFormat, Store, serialize

import narkom
from narkom.errors import StoreError

FORMAT = 2
_QUADS, _MANIFEST, _POINTER = "narkom.nq", "manifest.json", "current"


def sorted_nquads(dataset: Dataset) -> bytes:
    """Return the dataset as N-Quads, one line a quad, the lines sorted by their bytes."""
    return b"".join(sorted(serialize(dataset, format=RdfFormat.N_QUADS).splitlines(keepends=True)))


def sorted_view(dataset: Dataset) -> bytes:
    """Return the default graph alone, as sorted N-Triples."""
    default = Dataset(quad for quad in dataset if isinstance(quad.graph_name, DefaultGraph))
    return sorted_nquads(default)


def write_snapshot(
    dataset: Dataset, folder: Path, sources: dict[str, str], views: dict[str, Dataset] | None = None
) -> dict:
    """Write the dataset as the folder's current snapshot and return its manifest.

    `sources` are the digests of the files it was built from; `views` are further default graphs, by the name of the
    view, that the store can be opened with. Raises StoreError when the folder cannot be written or
    the disk is full; what was current before is current still.
    """
    data = sorted_nquads(dataset)
    files = {_QUADS: data, **{f"{name}.nt": sorted_view(one) for name, one in (views or {}).items()}}
    manifest = _manifest(files, dataset, sources)
    text = json.dumps(manifest, indent=2, sort_keys=True).encode() + b"\n"
    name = _named(text)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _locked(folder):
            _swap_in(folder, name, {**files, _MANIFEST: text})
    except OSError as error:
        raise _write_error(folder, error) from error
    return manifest


def _manifest(files: dict[str, bytes], dataset: Dataset, sources: dict[str, str]) -> dict:
    graphs = {quad.graph_name for quad in dataset}
    default = sum(isinstance(quad.graph_name, DefaultGraph) for quad in dataset)
    return {
        "format": FORMAT,
        "narkom": narkom.__version__,
        "files": {
            name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()} for name, data in files.items()
        },
        "counts": {
            "quads": len(dataset),
            "default graph": default,
            "claim graphs": sum(not isinstance(graph, DefaultGraph) for graph in graphs),
        },
        "sources": sources,
    }


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the folder's lock, so that two builds at once do not tread on each other."""
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _swap_in(folder: Path, name: str, files: dict[str, bytes]) -> None:
    snapshots = folder / "snapshots"
    if snapshots.exists() and not snapshots.is_dir():
        _remove(snapshots)
    snapshots.mkdir(exist_ok=True)
    # The lock is held: whatever bears a temporary name was left by a build that was killed.
    for stale in snapshots.glob(".new-*"):
        _remove(stale)
    fresh, final = snapshots / f".new-{name}", snapshots / name
    try:
        fresh.mkdir()
        for file, content in files.items():
            write_flushed(fresh / file, content)
        # A snapshot is named after what was meant to be in it. Whether it is, only a look can tell.
        if _holds(final, files):
            _remove(fresh)
        else:
            _remove(final)
            fresh.rename(final)
    except OSError:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    point_to(folder, name)
    for old in snapshots.iterdir():
        if old.name != name:
            shutil.rmtree(old, ignore_errors=True)


def _holds(place: Path, files: dict[str, bytes]) -> bool:
    """Tell whether a folder holds these files, whole."""
    try:
        return all((place / name).read_bytes() == content for name, content in files.items())
    except OSError:
        return False


def _remove(place: Path) -> None:
    """Remove whatever stands at a place: a folder, a file, a link that leads nowhere, or nothing."""
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)


def write_flushed(path: Path, content: bytes) -> None:
    """Write a file and have the disk confirm it, so that a full disk shows now and not later."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def point_to(folder: Path, name: str) -> None:
    """Make a snapshot the current one, in one step that happens or does not."""
    fresh, pointer = folder / f".{_POINTER}", folder / _POINTER
    for place in (fresh, pointer):
        if place.is_dir():
            _remove(place)
    write_flushed(fresh, name.encode() + b"\n")
    fresh.replace(pointer)


def _write_error(folder: Path, error: OSError) -> StoreError:
    kept = "the previous build, if there was one, is untouched"
    if error.errno == errno.ENOSPC:
        return StoreError(f"{folder}: the disk is full; {kept}. Free some space or choose another folder with --store")
    return StoreError(f"{folder}: cannot be written: {error.strerror}; {kept}. Choose a folder you own with --store")


def _read_pointer(folder: Path) -> str | None:
    try:
        return (folder / _POINTER).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None


def read_snapshot(folder: Path, view: str | None = None) -> tuple[bytes, dict]:
    """Return the current snapshot's N-Quads (or, of a view other than the accepted, its N-Triples) and manifest.

    Size and digest are compared. Raises StoreError when there is no snapshot or it is damaged.
    """
    file = f"{view}.nt" if view else _QUADS
    for _ in range(2):
        name = _read_pointer(folder)
        if not name:
            raise StoreError(f"{folder}: no knowledge base has been built here. Run: narkom build")
        place = folder / "snapshots" / name
        try:
            text = (place / _MANIFEST).read_bytes()
            data = (place / file).read_bytes()
            break
        except FileNotFoundError:
            # Another build may have swapped in its snapshot between the two reads: look once more.
            continue
        except (OSError, ValueError) as error:
            # ValueError: no name at all stands in the pointer.
            raise _damaged(place) from error
    else:
        raise _damaged(folder)
    manifest = _verified(text, place)
    recorded = manifest["files"].get(file, {})
    if recorded.get("bytes") != len(data) or recorded.get("sha256") != hashlib.sha256(data).hexdigest():
        raise _damaged(place)
    return data, manifest


def _named(manifest: bytes) -> str:
    """Return the name of the snapshot that has this manifest."""
    return hashlib.sha256(manifest).hexdigest()[:16]


def _verified(text: bytes, place: Path) -> dict:
    """Return a manifest that is whole, which the snapshot's name shows, and of this version's format."""
    if _named(text) != place.name:
        raise _damaged(place)
    manifest = json.loads(text)
    if manifest.get("format") != FORMAT:
        raise StoreError(f"{place}: written by another version of narkom. Run: narkom build")
    return manifest


def _damaged(place: Path) -> StoreError:
    return StoreError(f"{place}: the built store is damaged (truncated or changed). Run: narkom build")


def open_store(folder: Path, view: str = "accepted") -> Store:
    """Return the current snapshot as a store in memory, a view (accepted, strict, wide or all) as its default graph.

    Raises StoreError when there is no snapshot or it is damaged.
    """
    data, _ = read_snapshot(folder)
    store = Store()
    store.bulk_load(data, RdfFormat.N_QUADS)
    if view != "accepted":
        other, _ = read_snapshot(folder, view)
        store.clear_graph(DefaultGraph())
        store.bulk_load(other, RdfFormat.N_TRIPLES)
    return store
