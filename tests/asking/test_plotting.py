"""Figures: drawn from an answer, the same file each time, nothing cut or left out in silence, the sources beneath."""

import re

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from narkom.asking.citing import Answer, Citation, answer
from narkom.asking.networks import Sides
from narkom.asking.plotting import plot
from narkom.asking.questions import load_all
from narkom.asking.render import Rendered
from narkom.config import find_root
from narkom.errors import UsageError

pytest.importorskip("matplotlib", reason="figures need the extra 'plot'")
CLAIM = "https://w3id.org/narkom/ssc/claim/p22s1c"
HOW = {
    "timeline": {"kind": "timeline", "label": "who", "start": "day", "end": "day"},
    "bars": {"kind": "bars", "label": "who", "value": "number"},
    "network": {"kind": "network", "from": "who", "to": "other"},
}
SPANS = {"kind": "timeline", "label": "who", "start": "first", "end": "last"}
BOUNDS = {"kind": "bars", "label": "who", "value": "exact", "least": "least", "most": "most", "unit": "unit"}


@pytest.fixture
def rendered(store):
    row = tuple(ox.Literal(value) for value in ("Iagoda & <Co>", "1937-03-29", "3", "Ezhov"))
    return Rendered(store, Answer(["who", "day", "number", "other"], [row], [Citation((CLAIM,))]))


@pytest.fixture
def drawn(tmp_path):
    """Return a function that draws rows (texts or None) and returns the texts of the figure and the figure."""

    def draw(columns: str, rows: list[tuple], how: dict, title: str = "A title") -> tuple[list[str], str]:
        terms = [tuple(None if cell is None else ox.Literal(cell) for cell in row) for row in rows]
        path = tmp_path / "a.svg"
        plot(Rendered(ox.Store(), Answer(columns.split(), terms, [])), how, title, path)
        text = path.read_text(encoding="utf-8")
        return re.findall(r"<text [^>]*>([^<]*)</text>", text), text

    return draw


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


@pytest.mark.parametrize("question", [one for one in load_all(find_root()) if one.plot], ids=lambda one: one.name)
def test_every_figure_of_a_question_is_drawn(store, tmp_path, question):
    found = answer(store, question.text)
    plot(Rendered(store, found), question.plot, question.summary, tmp_path / "a.svg")
    text = (tmp_path / "a.svg").read_text(encoding="utf-8")
    assert "…" not in text.replace(question.summary, "")
    assert "Executioner" in text


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


@pytest.mark.parametrize("kind", HOW)
def test_an_empty_answer_has_no_figure(store, tmp_path, kind):
    with pytest.raises(UsageError, match="no rows"):
        plot(Rendered(store, Answer(["who"], [], [])), HOW[kind], "A title", tmp_path / "a.svg")


# -- timelines -------------------------------------------------------------------------------------------------------


def test_a_time_is_drawn_as_closely_as_it_is_told(drawn):
    rows = [
        ("a day", "1937-03-29", "1937-03-29"), ("a span", "1937-01-01", "1937-12-31"),
        ("a first day", "1937-02-01", None), ("a last day", None, "1937-05-01"), ("no day", None, None),
    ]  # fmt: skip
    texts, _ = drawn("who first last", rows, SPANS)
    assert [text for text in texts if text.startswith(("a ", "no"))] == ["a span", "a first day", "a day", "a last day"]
    assert any(
        all(sign in text for sign in ("● that day", "|—| within", "|→ not before", "←| not after")) for text in texts
    )
    assert "1 of 5 rows is not drawn: without a date." in texts


def test_the_legend_explains_only_what_is_there(drawn):
    texts, _ = drawn("who first last", [("a day", "1937-03-29", "1937-03-29")], SPANS)
    assert "● that day" in texts and not any("|—|" in text for text in texts)


def test_without_any_date_there_is_nothing_to_draw(drawn):
    with pytest.raises(UsageError, match="no row of the answer has a date"):
        drawn("who first last", [("no day", None, None)], SPANS)


# -- bars ------------------------------------------------------------------------------------------------------------


def test_each_unit_has_its_own_axis_and_a_bound_is_told_as_one(drawn):
    rows = [
        ("soldiers", "7000", None, None, "persons"), ("half", "50", None, None, "per cent"),
        ("many", None, "40001", None, "persons"), ("few", None, None, "9", "persons"),
        ("between", None, "2", "5", "persons"), ("none", None, None, None, "persons"),
    ]  # fmt: skip
    texts, svg = drawn("who exact least most unit", rows, BOUNDS)
    assert svg.count('<g id="axes_') == 2
    assert {"7,000", "50", "≥ 40,001", "≤ 9", "2–5", "persons", "per cent"} <= set(texts)
    assert "1 of 6 rows is not drawn: without a figure." in texts


def test_months_stand_in_the_calendar(drawn):
    rows = [("1936-11", "1"), ("1937-03", "2"), ("1938-11", "1")]
    texts, _ = drawn("who exact", rows, {"kind": "bars", "label": "who", "value": "exact"})
    assert {"1937", "1938"} <= {line for text in texts for line in text.split()}
    assert "A month without a column has no row in the answer." in texts


def test_a_numbered_series_has_its_zeros(drawn):
    texts, _ = drawn("who exact", [("1", "8"), ("4", "9")], {"kind": "bars", "label": "who", "value": "exact"})
    assert [text for text in texts if text in "1234"] == ["1", "2", "3", "4"]
    assert texts.count("0") == 2


# -- networks --------------------------------------------------------------------------------------------------------


def test_arrows_stand_on_ties_that_have_a_direction_alone(drawn):
    how = {"kind": "network", "from": "one", "to": "other"}
    rows = [("A", "B"), ("A", "B"), ("B", "C"), ("C", None)]
    plain, _ = drawn("one other", rows, how)
    directed, _ = drawn("one other", rows, {**how, "directed": True})
    round_, _ = drawn("one other", [*rows, ("B", "A")], {**how, "symmetric": True})
    assert not any("arrow" in text for text in plain + round_)
    assert any("An arrow leads from “one” to “other”." in text for text in directed)
    assert any("The broadest line stands for 2 rows." in text for text in plain)
    assert any("The broadest line stands for 3 rows." in text for text in round_)
    assert "1 of 4 rows is not drawn: only one side is named." in plain
    assert [round_.count(name) for name in "ABC"] == [1, 1, 1]


def test_a_charge_is_told_from_what_the_authors_hold(store, tmp_path):
    claims = {
        stance: next(
            q.subject.value
            for q in store.quads_for_pattern(None, ox.NamedNode("https://w3id.org/narkom/ontology#stance"), None)
            if q.object.value.endswith(stance)
        )
        for stance in ("asserted", "charged")
    }
    rows = [tuple(map(ox.Literal, pair)) for pair in (("A", "B"), ("A", "C"), ("A", "C"))]
    cited = [Citation((claims[stance],)) for stance in ("charged", "charged", "asserted")]
    for how in ({}, {"symmetric": True}):
        found = Rendered(store, Answer(["who", "other"], rows, cited))
        plot(found, {**HOW["network"], **how}, "A title", tmp_path / "a.svg")
        text = (tmp_path / "a.svg").read_text()
        assert "A dotted line is testified, charged or rejected." in text
        assert text.count("stroke-dasharray") == 1


@given(st.lists(st.tuples(st.sampled_from("abcdefg"), st.sampled_from("tuvwxyz")), min_size=1, max_size=40))
def test_every_tie_and_every_name_is_there_once(pairs):
    rows = [tuple(map(ox.Literal, pair)) for pair in pairs]
    sides = Sides(
        Rendered(ox.Store(), Answer(["one", "other"], rows, [])), {"from": 0, "to": 1}, {"from": "one", "to": "other"}
    )
    assert sorted(sides.left) == sorted({one for one, _ in pairs})
    assert sorted(sides.right) == sorted({other for _, other in pairs})
    assert sum(sides.ties.values()) == len(pairs)


# -- names -----------------------------------------------------------------------------------------------------------

LONG = "The state security officers of the western border districts who were arrested in the spring of the year "


@pytest.mark.parametrize("kind", HOW)
def test_names_that_begin_alike_stay_apart(drawn, kind):
    rows = [(LONG + end, "1937-03-29", "3", LONG + end + "!") for end in ("one", "two", "$three$")]
    texts, _ = drawn("who day number other", rows, HOW[kind])
    told = " ".join(" ".join(texts).split())
    assert all(f"{LONG}{end}" in told for end in ("one", "two", "$three$"))
