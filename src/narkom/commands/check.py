"""`narkom check`."""

import gc
import sys
from pathlib import Path

from narkom.building.chronology import check_chronology
from narkom.building.dataset import derive
from narkom.checking.findings import ERROR
from narkom.checking.formats import FORMATS
from narkom.checking.report import concerning, full_check, things_in
from narkom.commands.progress import tell
from narkom.config import find_root
from narkom.errors import UsageError
from narkom.reading.sources import Sources, load


def report(root: Path | None) -> int:
    """Print the measures of the whole with what falls short of each; return 0."""
    from narkom.checking.measures import measures

    sources = load(find_root(root))
    for one in measures(sources, derive(sources)):
        print(one)
        for name in () if one.reached else one.short:
            print(f"  {name}")
    return 0


def run(root: Path | None, files: list[Path], owl: bool, reference: bool, output: str) -> int:
    """Check, print the report in the given format, and return 1 if there is an error in it.

    With `files`, OWL is left out and only what concerns them is reported; errors elsewhere are counted. Raises
    UsageError for a file that is none of the project's.
    """
    # Nearly everything that is made here stays until the end: to look for garbage in between takes a third of the time.
    gc.disable()
    try:
        return _run(find_root(root), files, owl, reference, output)
    finally:
        gc.enable()


def _run(place: Path, files: list[Path], owl: bool, reference: bool, output: str) -> int:
    sources = load(place)
    names = {_name(file, place, sources) for file in files}
    tell("deriving")
    only = things_in(sources, names) if files and not reference else None
    found = full_check(sources, derive(sources), owl and not files, tell, reference, only)
    found = sorted({*found, *check_chronology(sources)})
    shown = concerning(found, sources, names) if files else found
    sys.stdout.write(FORMATS[output](shown, len(sources.claims), place))
    elsewhere = sum(one.severity == ERROR for one in found) - sum(one.severity == ERROR for one in shown)
    if elsewhere:
        # A change can break what another file says of the thing: the file itself is not sound before that is mended.
        print(f"{elsewhere} more in other files, by this change or another. Run: narkom check", file=sys.stderr)
    return 1 if any(one.severity == ERROR for one in found) else 0


def _name(file: Path, root: Path, sources: Sources) -> str:
    """Return the name by which findings call a file."""
    resolved = file.resolve()
    name = resolved.relative_to(root).as_posix() if resolved.is_relative_to(root) else ""
    if name not in sources.digests and not name.startswith("shapes/"):
        raise UsageError(f"{file}: no file of ontology/, shapes/ or data/ under {root}. Name one, or none to check all")
    return name
