"""A small project of two claims that each test copies and breaks in one place, and the knowledge base itself."""

import fcntl
import gzip
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.asking.law import Law

from narkom.asking.questions import load_all
from narkom.building.build import build
from narkom.building.dataset import derive
from narkom.building.snapshot import sorted_nquads
from narkom.config import find_root
from narkom.publishing.publication import publication
from narkom.reading.sources import Sources, load

SMALL = Path(__file__).parent / "fixtures" / "small"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return the root of a fresh copy of the small project."""
    root = tmp_path / "project"
    shutil.copytree(SMALL, root)
    return root


@pytest.fixture
def claims(small: Path) -> Path:
    """Return the claim file of the small project."""
    return small / "data" / "small" / "claims" / "p01.trig"


@pytest.fixture
def edit():
    """Return a function that replaces a text that must stand in a file."""

    def replace(path: Path, old: str, new: str) -> None:
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {path.name}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace


@pytest.fixture(scope="session")
def sources() -> Sources:
    """Return the sources of the knowledge base itself."""
    return load(find_root())


@pytest.fixture(scope="session")
def dataset(sources: Sources) -> ox.Dataset:
    """Return the whole dataset, the accepted view as its default graph."""
    return derive(sources)


@pytest.fixture(scope="session")
def store(dataset: ox.Dataset) -> ox.Store:
    """Return the knowledge base as a store."""
    store = ox.Store()
    store.bulk_extend(dataset)
    return store


@pytest.fixture(scope="session")
def law(sources: Sources) -> Law:
    """Return the judge of citations under the accepted view."""
    return Law(sources)


@pytest.fixture(scope="session")
def files(dataset: ox.Dataset) -> dict[str, bytes]:
    """Return every file of the publication of the knowledge base, by name."""
    return publication(sorted_nquads(dataset), load_all(find_root()))


@pytest.fixture(scope="session")
def contents(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return what these files hold, by name, as if none were compressed."""
    return {
        name.removesuffix(".gz"): gzip.decompress(data) if name.endswith(".gz") else data
        for name, data in files.items()
    }


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the whole site as `narkom publish` writes it: once for all workers, who only read it."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder, store = shared / "published", shared / "published-store"
    with (shared / "published.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        # The command leaves a whole site or none.
        if not folder.is_dir():
            build(find_root(), store, lambda step: None)
            command = [sys.executable, "-m", "narkom.cli", "publish", str(folder), "--store", str(store)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stderr
    return folder
