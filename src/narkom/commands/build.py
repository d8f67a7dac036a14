"""`narkom build`."""

from pathlib import Path

from narkom.building.build import build
from narkom.commands.progress import tell
from narkom.config import find_root, store_folder


def run(root: Path | None, store: Path | None) -> int:
    """Build, print one line with the counts, and return the exit code."""
    place = find_root(root)
    folder = store_folder(store, place)
    counts = build(place, folder, tell)["counts"]
    print(
        f"Built {folder}: {counts['claim graphs']:,} claims, {counts['quads']:,} quads, "
        f"{counts['default graph']:,} of them in the accepted view."
    )
    return 0
