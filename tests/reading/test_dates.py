"""EDTF bounds: what the library gets wrong is put right, and a second library agrees on what is a date at all."""

from datetime import date

import pytest
from edtf import parse_edtf
from edtf_validate.valid_edtf import is_valid
from hypothesis import given, settings
from hypothesis import strategies as st

from narkom.reading.dates import Bounds, DateError, bounds

GOOD = {
    "1936-09-25": ("1936-09-25", "1936-09-25"),
    "1937-05": ("1937-05-01", "1937-05-31"),
    "1936-02": ("1936-02-01", "1936-02-29"),
    "1937": ("1937-01-01", "1937-12-31"),
    "193X": ("1930-01-01", "1939-12-31"),
    "1937-21": ("1937-03-01", "1937-05-31"),
    "1937-22": ("1937-06-01", "1937-08-31"),
    "1937-23": ("1937-09-01", "1937-11-30"),
    "1937-24": ("1937-12-01", "1938-02-28"),
    "1935-24~": ("1935-12-01", "1936-02-29"),
    "1936-33": ("1936-01-01", "1936-03-31"),
    "1936-36": ("1936-10-01", "1936-12-31"),
    "1933-37": ("1933-01-01", "1933-04-30"),
    "1933-39": ("1933-09-01", "1933-12-31"),
    "1936-40": ("1936-01-01", "1936-06-30"),
    "1936-41": ("1936-07-01", "1936-12-31"),
    "1938-11~": ("1938-11-01", "1938-11-30"),
    "1936-09-12?": ("1936-09-12", "1936-09-12"),
    "1937-01-23/1937-01-30": ("1937-01-23", "1937-01-30"),
    "1937-06-01/1937-06-10~": ("1937-06-01", "1937-06-10"),
    "1924~/1926~": ("1924-01-01", "1926-12-31"),
    "1937-21/1937-24": ("1937-03-01", "1938-02-28"),
    "1936-10~/1936-12": ("1936-10-01", "1936-12-31"),
    "[1936-09-28,1936-09-29]": ("1936-09-28", "1936-09-29"),
    "[1936-09-28, 1936-10]": ("1936-09-28", "1936-10-31"),
    "[1936-09-28..1936-09-30]": ("1936-09-28", "1936-09-30"),
    "{1937-03,1937-05}": ("1937-03-01", "1937-05-31"),
}
BAD = [
    "",
    " ",
    "/",
    "..",
    "1937/",
    "/1937",
    "1937/..",
    "../1937",
    "1937/1936",
    "1937-01-30/1937-01-23",
    "1936/1937/1938",
    "[..1937]",
    "[1937..]",
    "[]",
    "[1937,]",
    "[1937",
    "[1938..1937]",
    "1937-02-29",
    "1937-02-31",
    "1937-13",
    "1937-00",
    "1937-42",
    "Y17000000",
    "9999-24",
    "spring 1937",
    "29.3.1937",
    "1936-09-2X",
]


@pytest.mark.parametrize(("text", "expected"), GOOD.items())
def test_bounds(text: str, expected: tuple[str, str]) -> None:
    found = bounds(text)
    assert (found.earliest.isoformat(), found.latest.isoformat()) == expected


@pytest.mark.parametrize("text", GOOD)
def test_second_opinion_takes_every_good_date(text: str) -> None:
    assert is_valid(text.replace(", ", ","))


@pytest.mark.parametrize("text", BAD)
def test_no_date(text: str) -> None:
    with pytest.raises(DateError) as error:
        bounds(text)
    assert error.value.what
    assert error.value.mend


@settings(deadline=None)  # The first date that is not plain loads the library.
@given(st.dates(min_value=date(1900, 1, 1), max_value=date(1999, 12, 31)), st.integers(0, 4000))
def test_every_day_and_interval_is_its_own_bound(first: date, days: int) -> None:
    last = date.fromordinal(first.toordinal() + days)
    found = bounds(f"{first}/{last}")
    assert (found.earliest, found.latest) == (first, last)


@settings(deadline=None)  # The first date that is not plain loads the library.
@given(st.text(max_size=12))
def test_any_text_is_a_date_or_a_clear_error(text: str) -> None:
    try:
        found = bounds(text)
    except DateError:
        return
    assert found.earliest <= found.latest


@pytest.mark.parametrize(
    "text",
    ["1937", "1936-02", "1937-03-29", "1936~", "1937-01?", "1937-03-29%"]
    + [f"1937-{part}" for part in (21, 22, 23, *range(33, 42))],
)
def test_plain_dates_are_what_the_library_makes_of_them(text: str) -> None:
    lower, upper = parse_edtf(text).lower_strict(), parse_edtf(text).upper_strict()
    assert bounds(text) == Bounds(date(*lower[:3]), date(*upper[:3]))
