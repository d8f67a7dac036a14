"""What the tests of the charts share: what a chart shows, and what the answer that it is drawn from has."""

from narkom.asking.answers import CitedAnswer
from narkom.asking.questions import load_all
from narkom.config import find_root

from .watching import Watched

QUESTIONS = {question.name: question for question in load_all(find_root())}
NEEDED = {"timeline": ("start", "end"), "bars": ("value", "least", "most"), "network": ("from", "to")}
OUTSIDE = {"testified", "charged", "rejected"}
MARKS = """(() => {
  const boxed = ({ x, y, width, height }) => ({ x, y, width, height });
  return [...document.querySelectorAll("figure.chart [data-rows]")].map((one) => ({
  rows: one.dataset.rows.split(" ").map(Number), not: one.classList.contains("not"),
  dash: getComputedStyle(one.querySelector(".bar, .span, .point, .open, .tie")).strokeDasharray !== "none",
  hatched: /hatch/.test(getComputedStyle(one.querySelector(".bar, .span, .point, .open, .tie")).fill),
  shape: ["circle", "rect:not(.reach)", ".open"].find((name) => one.querySelector(name)) ?? "",
  box: boxed(one.querySelector("circle, rect:not(.reach), .edge, .tie").getBBox()),
}));
})()"""


def opened(page: Watched, address: str):
    page.open(address)
    page.page.wait_for_selector("figure.chart [role=img] [data-rows]")
    return page.page


def columns_of(found: CitedAnswer, name: str) -> dict[str, list]:
    """Return the values of an answer by the fields of the question's figure."""
    rows = list(zip(*found.rows, strict=True))
    plot = QUESTIONS[name].plot
    return {field: rows[found.variables.index(its)] for field, its in plot.items() if its in found.variables}


def drawable(found: CitedAnswer, name: str) -> set[int]:
    """Return the numbers of the rows that have what a mark needs: a day, a number, both sides."""
    kind, columns = QUESTIONS[name].plot["kind"], columns_of(found, name)
    needed = [columns[field] for field in NEEDED[kind] if field in columns]
    enough = all if kind == "network" else any
    return {row for row in range(len(found)) if enough(column[row] is not None for column in needed)}


def outside(found: CitedAnswer) -> set[int]:
    """Return the numbers of the rows that rest on a claim the authors do not vouch for."""
    return {row for row in range(len(found)) if OUTSIDE & {note.stance for note in found.evidence(row)}}


def held(shown, found: CitedAnswer, name: str) -> None:
    """Assert that the chart has the rows of an answer, what is not vouched for apart, and tells what it lacks."""
    marks, expected, apart = shown.evaluate(MARKS), drawable(found, name), outside(found)
    assert len(expected) >= 2
    drawn = [row for mark in marks for row in mark["rows"]]
    assert sorted(drawn) == sorted(expected)
    for mark in marks:
        assert mark["not"] == mark["dash"] == (set(mark["rows"]) <= apart), mark
        # A line has nothing to hatch.
        assert mark["hatched"] == (mark["not"] and mark["shape"] not in ("", ".open")), mark
    told = shown.inner_text("figure.chart figcaption")
    assert ("hatched or dashed" in told) == any(mark["not"] for mark in marks)
    left = len(found) - len(expected)
    assert (f"{left} of the rows" in told) == (left > 0) == ("Not drawn" in told)
    assert "Without the evidence" not in told and shown.locator("figure.chart").count() == 1
    if QUESTIONS[name].plot["kind"] != "network":
        assert len(marks) == len(drawn)
