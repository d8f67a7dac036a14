"""Where things are: the folders that people edit, and the folder that the build writes."""

import os
from pathlib import Path

from narkom.errors import UsageError

_PACKAGE = Path(__file__).resolve().parent


def find_root(given: Path | None = None) -> Path:
    """Return the folder that holds ontology/, shapes/, data/ and queries/.

    A given folder wins, then ``NARKOM_ROOT``, then the project in which the command is called (the current folder or
    the nearest above it), then the checkout the package lies in, then the copy inside an installed wheel. Raises
    UsageError when the folder holds no ontology.
    """
    named = given or (Path(os.environ["NARKOM_ROOT"]) if os.environ.get("NARKOM_ROOT") else None)
    candidates = [named] if named else [*_project_here(), _PACKAGE.parents[1], _PACKAGE / "_bundle"]
    for candidate in candidates:
        if (candidate / "ontology").is_dir():
            return candidate.resolve()
    raise UsageError(
        f"{candidates[0]}: no folder ontology/ here. Name the folder that holds ontology/, shapes/ and data/ "
        "with --root or NARKOM_ROOT"
    )


def _project_here() -> list[Path]:
    """Return the nearest project at or above the current folder, if there is one.

    One more of a project's folders must stand beside ontology/, which is a common name. A project that lacks some is
    a project all the same: to check another in its place would hide what is missing.
    """
    here = Path.cwd()
    projects = (
        place
        for place in (here, *here.parents)
        if (place / "ontology").is_dir() and any((place / name).is_dir() for name in ("shapes", "data", "queries"))
    )
    return [found for found in [next(projects, None)] if found]


def store_folder(given: Path | None = None, root: Path | None = None) -> Path:
    """Return the folder of the built store.

    A given folder wins, then ``NARKOM_STORE``; else build/ in the root. An installed wheel does not write into
    itself: its store stands in the user's data folder.
    """
    if given:
        return given
    if os.environ.get("NARKOM_STORE"):
        return Path(os.environ["NARKOM_STORE"])
    place = root or find_root()
    if place == _PACKAGE / "_bundle":
        return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "narkom"
    return place / "build"
