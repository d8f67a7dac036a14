"""Figures: drawn from an answer, the same file each time, with the sources beneath."""

import pyoxigraph as ox
import pytest

from narkom.asking.citing import Answer, Citation
from narkom.asking.plotting import plot
from narkom.asking.render import Rendered
from narkom.errors import UsageError

pytest.importorskip("matplotlib", reason="figures need the extra 'plot'")
CLAIM = "https://w3id.org/narkom/claim/p22s1c"
HOW = {
    "timeline": {"kind": "timeline", "label": "who", "start": "day", "end": "day"},
    "bars": {"kind": "bars", "label": "who", "value": "number"},
    "network": {"kind": "network", "from": "who", "to": "other"},
}


@pytest.fixture
def rendered(store):
    row = tuple(ox.Literal(value) for value in ("Iagoda & <Co>", "1937-03-29", "3", "Ezhov"))
    return Rendered(store, Answer(["who", "day", "number", "other"], [row], [Citation((CLAIM,))]))


@pytest.mark.parametrize("kind", HOW)
def test_a_figure_names_what_it_shows_and_its_sources(rendered, tmp_path, kind):
    paths = [tmp_path / "a.svg", tmp_path / "b.svg"]
    for path in paths:
        plot(rendered, HOW[kind], "A title", path)
    text = paths[0].read_text()
    assert "Iagoda &amp; &lt;Co&gt;" in text
    assert "notes 36" in text
    assert "A title" in text
    assert text == paths[1].read_text()


def test_a_png_is_written(rendered, tmp_path):
    plot(rendered, HOW["bars"], "A title", tmp_path / "a.png")
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("how", "file", "message"),
    [
        ({}, "a.svg", "no figure"),
        (HOW["bars"], "a.pdf", "one of these endings"),
        ({"kind": "bars", "label": "who", "value": "missing"}, "a.svg", "column missing"),
    ],
)
def test_a_figure_that_cannot_be_drawn_is_refused(rendered, tmp_path, how, file, message):
    with pytest.raises(UsageError, match=message):
        plot(rendered, how, "A title", tmp_path / file)
    assert not (tmp_path / file).exists()


def test_an_empty_answer_has_no_figure(store, tmp_path):
    with pytest.raises(UsageError, match="no rows"):
        plot(Rendered(store, Answer(["who"], [], [])), HOW["bars"], "A title", tmp_path / "a.svg")
