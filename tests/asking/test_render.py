"""Answers on paper: every format says the same, and no cell does harm."""

import csv
import io
import json

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from narkom.asking.citing import Answer, Citation, answer
from narkom.asking.render import FORMATS, Rendered, render

QUERY = """PREFIX nk: <https://w3id.org/narkom/ontology#> PREFIX person: <https://w3id.org/narkom/person/>
SELECT ?arrest ?date { ?arrest a nk:Arrest ; nk:person person:iagoda ; nk:date ?date }"""


def literals(*values: str) -> tuple:
    return tuple(ox.Literal(value) for value in values)


def test_every_format_carries_the_claim_and_its_footnote(store):
    found = answer(store, QUERY)
    for form in FORMATS:
        text = render(store, found, form, "Iagoda")
        assert "1937-03-29" in text
        assert "p22s1c" in text
        assert "36" in text
        assert text.endswith("\n")


def test_csv_has_citations_as_columns(store):
    rows = list(csv.DictReader(io.StringIO(render(store, answer(store, QUERY), "csv"))))
    assert rows == [
        {
            "arrest": "https://w3id.org/narkom/event/arrest-iagoda", "arrest_label": "Arrest of Iagoda",
            "date": "1937-03-29", "claims": "https://w3id.org/narkom/ssc/claim/p22s1c", "passages": "ssc/p22s1",
            "footnotes": "ssc/36", "notes": "¶ 22, sentence 1, n. 36", "stances": "asserted", "voices": "", "gap": "",
        }
    ]  # fmt: skip


def test_json_keeps_terms_whole(store):
    document = json.loads(render(store, answer(store, QUERY), "json"))
    assert document["rows"][0]["claims"] == ["ssc/p22s1c"]
    assert document["rows"][0]["values"]["date"]["datatype"] == "http://id.loc.gov/datatypes/edtf/EDTF"
    assert document["notes"]["ssc/p22s1c"]["footnotes"] == [36]


def test_without_citing_there_is_no_notes_column(store):
    assert "notes" not in render(store, answer(store, QUERY, cite=False), "table")


_WORD = st.text("Nnкаж[]-", min_size=1, max_size=10)
_CELL = st.lists(_WORD, max_size=6).map(" ".join)


@given(rows=st.lists(st.tuples(*[_CELL] * 5), min_size=1, max_size=4), width=st.integers(28, 140))
def test_no_table_breaks_a_word(rows: list[tuple[str, ...]], width: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", str(width))
        text = render(ox.Store(), Answer(list("abcde"), [literals(*row) for row in rows], []), "table", "Title")
    assert all(len(line) <= width for line in text.splitlines())
    assert set(text.split()) >= {word for row in rows for cell in row for word in cell.split()}


@pytest.mark.parametrize("columns", ["", "0", "-3", "1", "many", "100000"])
def test_any_width_can_be_asked_for(store, columns: str, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert "1937-03-29" in render(store, answer(store, QUERY), "table")


@pytest.mark.parametrize("cell", ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3", "\t=1", "\r=1"])
def test_a_spreadsheet_formula_is_defused(store, cell):
    text = render(store, Answer(["x"], [literals(cell)], []), "csv")
    assert next(csv.reader(io.StringIO(text.partition("\n")[2], newline="")))[0] == "'" + cell.replace("\r", "\n")


def test_a_negative_number_stays_a_number(store):
    assert render(store, Answer(["x"], [literals("-2.5")], []), "csv") == "x\n-2.5\n"


def test_markup_in_a_cell_stays_text(store):
    found = Answer(["x"], [literals("[bold]a|b*c* <script>[/bold]")], [])
    assert "[bold]a|b*c* <script>[/bold]" in render(store, found, "table")
    assert r"\[bold\]a\|b\*c\* \<script\>\[/bold\]" in render(store, found, "markdown")


def test_a_row_that_cannot_be_cited_says_so(store):
    found = Answer(["x"], [literals("a")], [Citation((), "cannot be traced: RAND")])
    assert Rendered(store, found).marks(0) == "cannot be traced: RAND"
    assert "cannot be traced: RAND" in render(store, found, "csv")


def test_a_charge_is_marked_in_its_row(store):
    query = "PREFIX nk: <https://w3id.org/narkom/ontology#> PREFIX stance: <https://w3id.org/narkom/stance/>"
    found = answer(store, query + " SELECT ?c { ?c nk:stance stance:charged } LIMIT 1")
    assert Rendered(store, found).marks(0) == "[1] charged"
