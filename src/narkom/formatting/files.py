"""Which files have a canonical layout, and laying one out without changing what it says."""

from pathlib import Path

from pyoxigraph import CanonicalizationAlgorithm, Dataset, parse

from narkom.formatting.query import layout_query
from narkom.formatting.turtle import LayoutError, layout
from narkom.reading.parsing import FORMATS, parse_file, read_query, read_text

FOLDERS = ("ontology", "shapes", "data", "queries")
SUFFIXES = (*FORMATS, ".rq")


def all_files(root: Path) -> list[Path]:
    """Return every file of a project that has a canonical layout, in a stable order."""
    found = (path for folder in FOLDERS for path in (root / folder).rglob("*") if path.suffix in SUFFIXES)
    return sorted(found)


def laid_out(path: Path, name: str) -> tuple[str, str]:
    """Return the text of a file and its canonical layout.

    Raises ReadingErrors where the file cannot be read, and LayoutError should the layout change what it says.
    """
    if path.suffix == ".rq":
        query = read_query(path, name)
        return path.read_bytes().decode(), layout_query(query)
    text = read_text(path, name)
    parse_file(path, name, blank_nodes=True)
    fresh = layout(text, path.suffix == ".trig")
    if text != fresh and _meaning(text, path) != _meaning(fresh, path):
        raise LayoutError(f"{name}: the layout would change what the file says; it is left alone. Report this file")
    return text, fresh


def _meaning(text: str, path: Path) -> Dataset:
    try:
        dataset = Dataset(parse(input=text, format=FORMATS[path.suffix]))
    except SyntaxError as error:
        raise LayoutError(
            f"{path.name}: the layout would break the file; it is left alone. Report this file"
        ) from error
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return dataset
