"""The build, from files to snapshot."""

from collections.abc import Callable
from pathlib import Path

from narkom.building.dataset import derive
from narkom.building.snapshot import write_snapshot
from narkom.building.views import VIEWS
from narkom.checking.findings import ERROR, FindingsError
from narkom.checking.report import quick_check
from narkom.reading.sources import load

OTHER_VIEWS = VIEWS[1:]


def build(root: Path, folder: Path, tell: Callable[[str], None] = lambda step: None) -> dict:
    """Read, check and derive what lies under `root`, swap it in as the snapshot of `folder`, return the manifest.

    `tell` is called with the name of each step as it begins. Raises ReadingErrors, FindingsError (dates and
    references; the slower checks are `narkom check`) or StoreError; after any of them the old snapshot stands.
    """
    tell("reading")
    sources = load(root)
    tell("checking dates and references")
    errors = [found for found in quick_check(sources) if found.severity == ERROR]
    if errors:
        raise FindingsError(errors)
    tell("deriving")
    dataset = derive(sources)
    others = {view: derive(sources, view) for view in OTHER_VIEWS}
    tell("writing")
    return write_snapshot(dataset, folder, sources.digests, others)
