"""What the tests of the portal share."""

import pyoxigraph as ox
import pytest

from narkom.asking.questions import load_all
from narkom.config import find_root
from narkom.portal.library import Library


@pytest.fixture(scope="session")
def library(store: ox.Store) -> Library:
    """Return the store with its labels, claims and questions at hand."""
    found = Library(store, load_all(find_root()))
    found.read()
    return found
