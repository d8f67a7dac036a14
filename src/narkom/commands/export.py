"""`narkom export` and `narkom publish`."""

import sys
from pathlib import Path

from narkom.asking.questions import load_all
from narkom.building.build import OTHER_VIEWS
from narkom.building.snapshot import open_store, read_snapshot, write_flushed
from narkom.commands.progress import tell
from narkom.config import find_root, store_folder
from narkom.errors import StoreError, UsageError
from narkom.publishing.changes import changes
from narkom.publishing.export import export
from narkom.publishing.publication import Site, descriptions, distributions, publication, theme_files


def run(
    store: Path | None, name: str, view: str | None, base: str, output: Path | None, profile: str | None = None
) -> int:
    """Write one export to a file, whole or not at all, or to stdout; return the exit code."""
    data = export(read_snapshot(store_folder(store))[0], name, view, base, profile)
    if output is None:
        sys.stdout.buffer.write(data)
    else:
        _write(output, data, "--output")
    return 0


def run_folders(
    root: Path | None, store: Path | None, base: str, endpoint: str | None, themes: Path | None, describe: Path | None
) -> int:
    """Write the files by theme and the descriptions into the folders that are named; return the exit code."""
    place, site = find_root(root), Site(base, endpoint)
    nquads = read_snapshot(store_folder(store, place))[0]
    if themes:
        files = theme_files(nquads, base)
        _write_all(themes, {name.removeprefix("themes/"): data for name, data in files.items()}, "--themes")
    if describe:
        files = distributions(nquads, base, tell)
        _write_all(describe, descriptions(nquads, load_all(place), files, site), "--describe")
    return 0


def run_publish(root: Path | None, store: Path | None, folder: Path, base: str, endpoint: str | None) -> int:
    """Write the whole site into a folder; return the exit code."""
    try:
        from narkom.portal.library import Library
        from narkom.portal.portal import Portal
        from narkom.portal.site import check_folder, write_site
    except ModuleNotFoundError as error:
        raise UsageError(f"{error.name} is missing: install the extra 'serve' (pip install 'narkom[serve]')") from error
    check_folder(folder)
    place, site = find_root(root), Site(base, endpoint)
    built, questions = store_folder(store, place), load_all(place)
    nquads = read_snapshot(built)[0]
    dumps = publication(nquads, questions, site, tell)
    tell("reading")
    views = changes(nquads, {view: read_snapshot(built, view)[0] for view in OTHER_VIEWS})
    library = Library(open_store(built), questions)
    library.read()
    written = write_site(Portal(library, live=False, changes=views), folder, dumps, base, tell)
    print(f"Wrote {sum(written.files.values()):,} files, {sum(written.bytes.values()):,} bytes, to {folder}:")
    for kind, count in written.files.items():
        print(f"  {kind:<12} {count:>7,} files {written.bytes[kind]:>12,} bytes")
    return 0


def check_alone(*given: str | Path | None) -> None:
    """Raise UsageError when a folder is asked for together with options that shape a single export."""
    if any(one is not None for one in given):
        raise UsageError("--themes and --describe write folders. Leave out --format, --view, --profile and --output")


def _write_all(folder: Path, files: dict[str, bytes], option: str) -> None:
    for name, data in files.items():
        _write(folder / name, data, option)


def _write(path: Path, data: bytes, option: str) -> None:
    """Write a file, whole or not at all, and the folders above it."""
    fresh = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_flushed(fresh, data)
        fresh.replace(path)
    except OSError as error:
        if fresh.is_file():
            fresh.unlink()
        raise StoreError(f"{path}: cannot be written: {error.strerror}. Choose another with {option}") from error
