"""What the tests of the portal share: the library, the published site on a host of its own, and a real browser.

A test in the browser is skipped, with the reason, where there is no Chromium; with NARKOM_REQUIRE_ENGINES=1 it fails.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from narkom.asking.questions import load_all
from narkom.config import find_root
from narkom.portal.library import Library

from .hosts import hosting

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="session")
def library(store: ox.Store) -> Library:
    """Return the store with its labels, claims and questions at hand."""
    found = Library(store, load_all(find_root()))
    found.read()
    return found


@pytest.fixture(scope="session")
def host(published: Path) -> Iterator[str]:
    """Return the address of a static host that sends the whole site from a folder."""
    with hosting(published) as address:
        yield address


# Of a module: while it runs there is a loop of events on this thread, which other tests could not bear.
@pytest.fixture(scope="module")
def browser() -> Iterator:
    """Return a running Chromium."""
    if CHROMIUM is None:
        told = "Chromium is not installed. On Debian: apt install chromium"
        if os.environ.get("NARKOM_REQUIRE_ENGINES") == "1":
            pytest.fail(told)
        pytest.skip(told)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # Without a graphics card Chromium would draw with a second program, which takes a processor for itself.
        started = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking"],
        )
        yield started
        started.close()
