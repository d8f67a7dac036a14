"""Dates that a gloss prints and the data has not, or has otherwise."""

from dataclasses import replace

import pytest
from pyoxigraph import Literal, Quad

from narkom.checking.dates import check_dates
from narkom.checking.datings import check_datings
from narkom.checking.printed import Printed, printed_in
from narkom.reading.sources import Sources
from narkom.vocabulary import EDTF, source_space

IAGODA, CONFRONTATION = source_space("ssc", "claim") + "p22s1c", "1937-01-23/1937-01-30"


def changed(sources: Sources, old: str, new: str | None, claim: str = "") -> tuple[Sources, str]:
    """Return the sources with another date, or without it, in the first claim that has it; and that claim."""
    claim = claim or next(
        name
        for name, quads in sources.claims.items()
        for q in quads
        if isinstance(q.object, Literal) and q.object.value == old
    )
    quads = [
        quad
        if quad.object != Literal(old, datatype=EDTF)
        else Quad(quad.subject, quad.predicate, Literal(new, datatype=EDTF), quad.graph_name)
        for quad in sources.claims[claim]
        if new is not None or quad.object != Literal(old, datatype=EDTF)
    ]
    assert quads != sources.claims[claim]
    return replace(sources, claims={**sources.claims, claim: quads}), claim


def test_the_data_is_sound(sources: Sources) -> None:
    assert check_datings(sources) == []


@pytest.mark.parametrize("new", [None, "1937-03-28", "1937-03-30", "1937-04-29", "1936-03-29", "1937-03", "1937"])
def test_a_date_that_is_lost_or_another_is_an_error(sources: Sources, new: str | None) -> None:
    wrong, claim = changed(sources, "1937-03-29", new, IAGODA)
    found = check_datings(wrong)
    assert {(one.claim, one.severity) for one in found} == {(claim, "error")}
    assert all(one.file.endswith("p22.trig") and one.line and one.mend for one in found)


@pytest.mark.parametrize(
    "new",
    ["1934-01-23/1937-01-30", "1937-01-22/1937-01-30", "1937-01-23/1937-01-31", "1937-01-23/1938-01-30", None],
)
def test_each_end_of_a_span_is_held_to_the_gloss(sources: Sources, new: str | None) -> None:
    wrong, claim = changed(sources, CONFRONTATION, new)
    assert claim in {one.claim for one in check_datings(wrong)}


@pytest.mark.parametrize("year", ["2190", "0193", "1849", "2003", "9999"])
def test_a_year_of_which_the_work_cannot_speak_is_an_error(sources: Sources, year: str) -> None:
    wrong, claim = changed(sources, "1937-03-29", f"{year}-03-29", IAGODA)
    assert [(one.check, one.claim, one.severity) for one in check_dates(wrong)] == [("date-year", claim, "error")]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("on 29 March 1937", [(1937, 3, 29)]),
        ("on March 29, 1937", [(1937, 3, 29)]),
        ("from 23 to 30 January 1937", [(1937, 1, 23), (1937, 1, 30)]),
        ("from 27 February to 3 March 1937", [(1937, 2, 27), (1937, 3, 3)]),
        ("on 3, 4 and 5 May 1937", [(1937, 5, 3), (1937, 5, 4), (1937, 5, 5)]),
        ("in June 1937 and on 2 July", [(1937, 6, None), (1937, 7, 2)]),
        ("in 1936-38", [(1936, None, None), (1938, None, None)]),
        ("in 1936–1938", [(1936, None, None), (1938, None, None)]),
        ("the 1,937 people, 1937 rubles", [(1937, None, None)]),
        ("an archive of 12345 files", []),
        ("may he march on", []),
    ],
)
def test_what_a_text_prints(text: str, parts: list) -> None:
    assert [(one.year, one.month, one.day) for one in printed_in(text)] == parts


def test_decades_and_relations() -> None:
    assert printed_in("a finding of the 1980s") == [Printed(1980, decade=True)]
    assert [one.relation for one in printed_in("after 11 June 1937, on 12 June, until 20 June 1937")] == [
        "after",
        "",
        "before",
    ]
