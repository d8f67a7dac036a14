"""EDTF bounds: what the library gets wrong is put right, and a second library agrees on what is a date at all."""

import re
from contextlib import redirect_stderr, redirect_stdout, suppress
from datetime import date, timedelta
from io import StringIO

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


# The examples of the specification (https://www.loc.gov/standards/datetime/), level by level; none: it has no two ends
# here, or lies outside the years of a calendar.
LEVELS = {
    "0": """1985-04-12 1985-04-12 1985-04-12|1985-04 1985-04-01 1985-04-30|1985 1985-01-01 1985-12-31
|1985-04-12T23:20:30 1985-04-12 1985-04-12|1985-04-12T23:20:30Z 1985-04-12 1985-04-12
|1985-04-12T23:20:30-04 1985-04-12 1985-04-12|1985-04-12T23:20:30+04:30 1985-04-12 1985-04-12
|1964/2008 1964-01-01 2008-12-31|2004-06/2006-08 2004-06-01 2006-08-31|2004-02-01/2005-02-08 2004-02-01 2005-02-08
|2004-02-01/2005-02 2004-02-01 2005-02-28|2004-02-01/2005 2004-02-01 2005-12-31|2005/2006-02 2005-01-01 2006-02-28""",
    "1": """Y170000002|Y-170000002|2001-21 2001-03-01 2001-05-31|1984? 1984-01-01 1984-12-31
|2004-06~ 2004-06-01 2004-06-30|2004-06-11% 2004-06-11 2004-06-11|201X 2010-01-01 2019-12-31
|20XX 2000-01-01 2099-12-31|2004-XX 2004-01-01 2004-12-31|1985-04-XX 1985-04-01 1985-04-30
|1985-XX-XX 1985-01-01 1985-12-31|1985-04-12/..|1985-04/..|1985/..|../1985-04-12|../1985-04|../1985|1985-04-12/
|1985-04/|1985/|/1985-04-12|/1985-04|/1985|-1985""",
    "2": """Y-17E7|1950S2 1900-01-01 1999-12-31|Y171010000S3|Y3388E2S3|2001-34 2001-04-01 2001-06-30
|[1667,1668,1670..1672] 1667-01-01 1672-12-31|[..1760-12-03]|[1760-12..]|[1760-01,1760-02,1760-12..]
|[1667,1760-12] 1667-01-01 1760-12-31|[..1984]|{1667,1668,1670..1672} 1667-01-01 1672-12-31
|{1960,1961-12} 1960-01-01 1961-12-31|{..1984}|2004-06-11% 2004-06-11 2004-06-11|2004-06~-11 2004-06-11 2004-06-11
|2004?-06-11 2004-06-11 2004-06-11|?2004-06-~11 2004-06-11 2004-06-11|2004-%06-11 2004-06-11 2004-06-11
|156X-12-25 1560-12-25 1569-12-25|15XX-12-25 1500-12-25 1599-12-25|XXXX-12-XX 0001-12-01 9999-12-31
|1XXX-XX 1000-01-01 1999-12-31|1XXX-12 1000-12-01 1999-12-31|1984-1X 1984-10-01 1984-12-31
|2004-06-~01/2004-06-~20 2004-06-01 2004-06-20|2004-06-XX/2004-07-03 2004-06-01 2004-07-03""",
}
EXAMPLES = [(level, *line.split()) for level, text in LEVELS.items() for line in text.replace("\n", "").split("|")]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"level {example[0]}: {example[1]}")
def test_the_specifications_own_examples(example: tuple[str, ...], capfd) -> None:
    _, text, *ends = example
    if ends:
        assert bounds(text) == Bounds(*map(date.fromisoformat, ends))
    else:
        with pytest.raises(DateError):
            bounds(text)
    assert capfd.readouterr() == ("", "")


SEASONS = {25: (3, 5), 26: (6, 8), 27: (9, 11), 29: (9, 11), 31: (3, 5), 32: (6, 8)}


@pytest.mark.parametrize("number", [*SEASONS, 28, 30])
def test_seasons_of_north_and_south(number: int) -> None:
    first, last = SEASONS.get(number, (12, 2))
    found = bounds(f"1937-{number}")
    assert (found.earliest.month, found.latest.month) == (first, last)
    assert found.latest.year - found.earliest.year == (first == 12)


_DIGIT = st.sampled_from("X0123456789")


@given(
    st.tuples(st.sampled_from(["1936", "1937", "19X6", "193X"]), st.tuples(_DIGIT, _DIGIT), st.tuples(_DIGIT, _DIGIT)),
    st.integers(1, 3),
)
@settings(max_examples=300, deadline=None)
def test_open_digits_mean_every_day_that_fits(parts: tuple, count: int) -> None:
    texts = ["".join(part) for part in parts][:count]
    form = [re.compile(text.replace("X", "[0-9]")) for text in texts]
    days = (date(1900, 1, 1) + timedelta(days=n) for n in range(36525))
    fitting = [
        day for day in days if all(f.fullmatch(part) for f, part in zip(form, day.isoformat().split("-"), strict=False))
    ]
    text = "-".join(texts)
    if fitting:
        assert bounds(text) == Bounds(fitting[0], fitting[-1])
    elif count < 2 or not 21 <= int(texts[1].replace("X", "9")) <= 41 or count == 3:
        with pytest.raises(DateError):
            bounds(text)


@given(st.text(alphabet="0123456789X-/~?%[]{}.,STZYE:", min_size=1, max_size=14))
@settings(max_examples=500, deadline=None)
def test_nothing_is_printed_and_nothing_else_is_raised(text: str) -> None:
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err), suppress(DateError):
        bounds(text)
    assert (out.getvalue(), err.getvalue()) == ("", "")
