"""What is published, once for all tests: the knowledge base as N-Quads and as an index."""

import pyoxigraph as ox
import pytest

from narkom.asking.questions import load_all
from narkom.building.snapshot import sorted_nquads
from narkom.config import find_root
from narkom.publishing.facts import Facts
from narkom.publishing.publication import publication


@pytest.fixture(scope="session")
def whole(dataset: ox.Dataset) -> bytes:
    """Return the knowledge base as sorted N-Quads."""
    return sorted_nquads(dataset)


@pytest.fixture(scope="session")
def facts(dataset: ox.Dataset) -> Facts:
    """Return the knowledge base as an index."""
    return Facts(dataset)


@pytest.fixture(scope="session")
def files(whole: bytes) -> dict[str, bytes]:
    """Return every file of the publication of the knowledge base, by name."""
    return publication(whole, load_all(find_root()))
