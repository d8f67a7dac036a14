"""The page on Python shows what Python does."""

import doctest
from pathlib import Path

import pytest

from narkom.building.build import build
from narkom.config import find_root

PAGE = Path(__file__).parents[1] / "docs" / "python.md"


def test_what_is_shown_is_what_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(find_root(), tmp_path, lambda step: None)
    monkeypatch.setenv("NARKOM_STORE", str(tmp_path))
    monkeypatch.setattr("sys.displayhook", lambda value: print(repr(value)))
    outcome = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert outcome.attempted > 8
    assert outcome.failed == 0
