"""`narkom format`."""

from pathlib import Path

from narkom.config import find_root
from narkom.errors import UsageError
from narkom.formatting.files import SUFFIXES, all_files, laid_out


def run(root: Path | None, files: list[Path], check: bool) -> int:
    """Lay the files out anew, or with `check` name those that are not; return 1 if there are such."""
    place = find_root(root)
    wrong = [file for file in files if file.suffix not in SUFFIXES]
    if wrong:
        raise UsageError(f"{wrong[0]}: has no layout. Name files that end in {', '.join(SUFFIXES)}")
    paths = files or all_files(place)
    changed = [path for path in paths if _changed(path, _name(path, place), check)]
    verb = "is not laid out; run: narkom format" if check else "laid out"
    for path in changed:
        print(f"{_name(path, place)}: {verb}")
    print(f"{len(paths)} files in {place}, {len(changed)} of them {'to be laid out' if check else 'laid out anew'}.")
    return 1 if check and changed else 0


def _name(path: Path, root: Path) -> str:
    resolved = path.resolve()
    return resolved.relative_to(root).as_posix() if resolved.is_relative_to(root) else str(path)


def _changed(path: Path, name: str, check: bool) -> bool:
    text, fresh = laid_out(path, name)
    if text != fresh and not check:
        path.write_text(fresh, encoding="utf-8")
    return text != fresh
