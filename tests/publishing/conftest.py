"""What is published, once for all tests: the knowledge base as N-Quads and as an index."""

import pyoxigraph as ox
import pytest

from narkom.building.snapshot import sorted_nquads
from narkom.publishing.facts import Facts


@pytest.fixture(scope="session")
def whole(dataset: ox.Dataset) -> bytes:
    """Return the knowledge base as sorted N-Quads."""
    return sorted_nquads(dataset)


@pytest.fixture(scope="session")
def facts(dataset: ox.Dataset) -> Facts:
    """Return the knowledge base as an index."""
    return Facts(dataset)
