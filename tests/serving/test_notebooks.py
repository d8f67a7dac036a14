"""The notebooks of docs/notebooks/ run from top to end, each in a kernel of its own, and show what they speak of."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from narkom.config import find_root

jupytext = pytest.importorskip("jupytext", reason="jupytext is not installed: it is of the group dev")
nbclient = pytest.importorskip("nbclient", reason="nbclient is not installed: it is of the group dev")
NOTEBOOKS = sorted((find_root() / "docs" / "notebooks").glob("*.py"))
# What must stand in the output, checked against the chapter.
SHOWN = {
    "first-hour": ["ssc/p22s1c", "29 March 1937", "person/ezhov", "0 in the accepted view", "charged", "ch. 3"],
    "careers-and-networks": ["image/svg+xml", "Graph with", "Ezhov", "¶ "],
    "figures-with-uncertainty": ["told", "¶ ", "image/png"],
    "over-an-endpoint": ["1937-03-29", "ssc/claim/p22s1c", "asserted", "charged"],
}


@pytest.fixture
def surroundings(built: Path, server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The store, the server and the project, as the notebooks find them."""
    monkeypatch.setenv("NARKOM_STORE", str(built))
    monkeypatch.setenv("NARKOM_ENDPOINT", f"{server.url}sparql")
    monkeypatch.chdir(find_root())


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(path: Path, surroundings: None) -> None:
    notebook = jupytext.read(path)
    nbclient.NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    told = str([cell.outputs for cell in cells])
    assert not [word for word in SHOWN[path.stem] if word not in told]
    # No cell but the last of those that only define something may be silent: what is run is shown.
    assert sum(not cell.outputs for cell in cells) <= 1


def test_of_each_notebook_it_is_known_what_it_shows() -> None:
    assert {path.stem for path in NOTEBOOKS} == set(SHOWN)


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
def test_the_page_for_r_runs(surroundings: None) -> None:
    blocks = re.findall(r"^```r\n(.*?)^```", (find_root() / "docs" / "r.md").read_text(encoding="utf-8"), re.M | re.S)
    has = subprocess.run(["Rscript", "-e", "library(httr2)"], capture_output=True, check=False)
    if has.returncode:
        pytest.skip("the R package httr2 is not installed")
    done = subprocess.run(
        ["Rscript", "-"], input="\n".join(blocks), capture_output=True, text=True, timeout=300, env={**os.environ}
    )
    assert done.returncode == 0, done.stderr
    assert "asserted" in done.stdout
