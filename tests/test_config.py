"""Which project a command works on: the one in whose folder it is called, before the one that is installed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from narkom.config import find_root
from narkom.errors import UsageError


@pytest.fixture
def elsewhere(small: Path, tmp_path: Path, monkeypatch) -> Path:
    """Return another checkout than the one the package lies in, with nothing named in the environment."""
    monkeypatch.delenv("NARKOM_ROOT", raising=False)
    return Path(shutil.copytree(small, tmp_path / "elsewhere")).resolve()


@pytest.mark.parametrize("folder", [".", "data", "data/ssc/claims", "build/deep"])
def test_the_project_of_the_current_folder_is_taken(elsewhere: Path, folder: str, monkeypatch):
    (elsewhere / folder).mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(elsewhere / folder)
    assert find_root() == elsewhere


def test_a_project_that_lacks_a_folder_hides_behind_no_other(elsewhere: Path, monkeypatch):
    shutil.rmtree(elsewhere / "data")
    monkeypatch.chdir(elsewhere)
    assert find_root() == elsewhere


def test_a_folder_that_is_called_ontology_makes_no_project(tmp_path: Path, monkeypatch):
    monkeypatch.delenv("NARKOM_ROOT", raising=False)
    (tmp_path / "ontology").mkdir()
    monkeypatch.chdir(tmp_path)
    assert find_root() != tmp_path


def test_what_is_named_wins(elsewhere: Path, small: Path, tmp_path: Path, monkeypatch):
    monkeypatch.chdir(elsewhere)
    assert find_root(small) == small.resolve()
    monkeypatch.setenv("NARKOM_ROOT", str(small))
    assert find_root() == small.resolve()
    monkeypatch.setenv("NARKOM_ROOT", str(tmp_path))
    with pytest.raises(UsageError, match="no folder ontology/"):
        find_root()


@pytest.mark.parametrize("arguments", [("check", "--no-owl"), ("format", "--check"), ("build",)])
def test_a_command_says_on_which_project_it_worked(elsewhere: Path, arguments: tuple[str, ...]):
    environment = {name: value for name, value in os.environ.items() if name not in ("NARKOM_ROOT", "NARKOM_STORE")}
    done = subprocess.run(
        [sys.executable, "-m", "narkom.cli", *arguments],
        env=environment, cwd=elsewhere / "data", capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert str(elsewhere) in done.stdout, done.stderr
