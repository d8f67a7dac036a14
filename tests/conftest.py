"""A small project of two claims that each test copies and breaks in one place."""

import shutil
from pathlib import Path

import pytest

SMALL = Path(__file__).parent / "fixtures" / "small"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return the root of a fresh copy of the small project."""
    root = tmp_path / "project"
    shutil.copytree(SMALL, root)
    return root


@pytest.fixture
def claims(small: Path) -> Path:
    """Return the claim file of the small project."""
    return small / "data" / "claims" / "p01.trig"


@pytest.fixture
def edit():
    """Return a function that replaces a text that must stand in a file."""

    def replace(path: Path, old: str, new: str) -> None:
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {path.name}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace
