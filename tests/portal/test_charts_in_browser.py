"""The charts of answers in a real browser, held against the answers that this program gives."""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pyoxigraph as ox
import pytest
from tests.serving.conftest import serving, wait_until

from narkom.asking.knowledge import KnowledgeBase
from narkom.building.build import OTHER_VIEWS
from narkom.building.dataset import derive
from narkom.building.snapshot import write_snapshot

from .charting import MARKS, QUESTIONS, columns_of, drawable, held, opened
from .watching import Watched, watching

SHORTEST = 4
# Of each kind, with and without rows that are left out or not vouched for.
USUAL = ("career", "fates", "arrested-in", "arrests-by-month", "how-many-of", "footnotes", "victims-counted",
         "accusations", "alleged-members", "handed-on", "who-met-whom", "order-of-steps")  # fmt: skip


@pytest.fixture
def page(browser, host: str) -> Iterator[Watched]:
    with watching(browser, host, viewport={"width": 1000, "height": 900}) as found:
        yield found
        assert found.wrongs == []


@pytest.fixture(scope="module")
def known(store) -> KnowledgeBase:
    return KnowledgeBase(store, "accepted", QUESTIONS.__getitem__)


# -- what stands in the page ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", USUAL)
def test_a_chart_has_the_rows_of_the_answer_and_tells_what_it_lacks(page: Watched, host: str, known, name) -> None:
    held(opened(page, f"{host}question/{name}.html"), known.ask(name), name)


@pytest.mark.parametrize("name", ["career", "arrested-in"])
def test_times_are_drawn_as_they_are_known(page: Watched, host: str, known, name) -> None:
    columns = columns_of(known.ask(name), name)
    spans = list(zip(columns["start"], columns["end"], strict=True))
    marks = {mark["rows"][0]: mark for mark in opened(page, f"{host}question/{name}.html").evaluate(MARKS)}
    for row, (first, last) in enumerate(spans):
        if first or last:
            shape = ("circle" if first == last else "rect:not(.reach)") if first and last else ".open"
            assert marks[row]["shape"] == shape, (row, first, last)
    # What is known on both sides lies between its days on one straight scale; no mark is too short to be seen.
    boxes = {row: (*span, marks[row]["box"]) for row, span in enumerate(spans) if all(span)}
    starts = sorted((first, _start(first, last, box)) for first, last, box in boxes.values())
    (low, left), (high, right) = starts[0], starts[-1]
    a_day = (right - left) / (high - low).days
    for first, last, box in boxes.values():
        assert abs(_start(first, last, box) - left - a_day * (first - low).days) < 1, first
        if first != last:
            assert abs(box["width"] - max(a_day * (last - first).days, SHORTEST)) < 1, (first, last)


def _start(first: datetime.date, last: datetime.date, box: dict) -> float:
    """Where the first day of a mark is: in the middle of a point, at the beginning of a bar."""
    return box["x"] + (box["width"] / 2 if first == last else 0)


def test_bars_are_as_long_as_their_numbers(page: Watched, host: str, known) -> None:
    values = columns_of(known.ask("voices"), "voices")["value"]
    marks = opened(page, f"{host}question/voices.html").evaluate(MARKS)
    lengths = {mark["rows"][0]: mark["box"]["width"] for mark in marks}
    unit = lengths[0] / values[0]
    assert all(abs(lengths[row] - unit * value) < 1 for row, value in enumerate(values))


def test_months_stand_in_the_order_of_the_calendar_with_those_that_have_no_row(page: Watched, host: str, known) -> None:
    labels = columns_of(known.ask("arrests-by-month"), "arrests-by-month")["label"]
    shown = opened(page, f"{host}question/arrests-by-month.html")
    marks = sorted(shown.evaluate(MARKS), key=lambda mark: mark["box"]["y"])
    assert [labels[mark["rows"][0]] for mark in marks] == sorted(labels)
    spans = {row for row, label in enumerate(labels) if "/" in label}
    hollow = shown.evaluate(
        "[...document.querySelectorAll('[data-rows]:has(.hollow)')].map((one) => +one.dataset.rows)"
    )
    assert set(hollow) == spans and 0 < len(spans) < len(labels)
    months = sorted(label for label in labels if len(label) == 7)
    (year, month), (to_year, to_month) = (map(int, one.split("-")) for one in (months[0], months[-1]))
    all_of_them = 12 * (to_year - year) + to_month - month + 1
    assert shown.locator("figure.chart .gap").count() == all_of_them - len(months)


def test_ties_of_the_same_two_are_one_line_as_broad_as_its_rows(page: Watched, host: str, known) -> None:
    columns = columns_of(known.ask("accusations"), "accusations")
    rows = defaultdict(set)
    for row, pair in enumerate(zip(columns["from"], columns["to"], strict=True)):
        if all(pair):
            rows[pair].add(row)
    shown = opened(page, f"{host}question/accusations.html")
    assert sorted(map(sorted, rows.values())) == sorted(sorted(mark["rows"]) for mark in shown.evaluate(MARKS))
    broad = shown.evaluate(
        "[...document.querySelectorAll('[data-rows]')].map((one) => [one.dataset.rows.split(' ').length,"
        " +one.querySelector('.tie').getAttribute('stroke-width')])"
    )
    assert len({breadth for _, breadth in broad}) == len({count for count, _ in broad}) > 2
    assert sorted(broad) == sorted(broad, key=lambda one: one[1])
    assert shown.locator("figure.chart .tip").count() == len(rows)


def test_a_mark_leads_to_its_row(page: Watched, host: str) -> None:
    shown = opened(page, f"{host}question/career.html")
    shown.locator("[data-rows='7'] rect:not(.reach)").click()
    assert shown.evaluate("document.activeElement.rowIndex") == 8
    assert shown.locator("tr.shown").count() == 1
    shown.locator("[data-rows='2']").click()
    assert shown.evaluate("document.querySelector('tr.shown').rowIndex") == 3
    assert shown.locator("tr.shown").evaluate("(row) => row.getBoundingClientRect().top < innerHeight")


def test_a_page_in_russian_has_its_chart_in_russian(page: Watched, host: str, known) -> None:
    shown = opened(page, f"{host}ru/question/how-many-of.html")
    told = shown.inner_text("figure.chart figcaption")
    assert "Строк без числа, которых на диаграмме нет: 1." in told and "row" not in told
    assert len(shown.evaluate(MARKS)) == len(drawable(known.ask("how-many-of"), "how-many-of"))


# -- what the form of a static site brings ----------------------------------------------------------------------------


def test_a_prepared_answer_has_a_chart_of_its_own_and_the_usual_one_comes_back(page: Watched, host, known) -> None:
    shown = opened(page, f"{host}question/clients.html?patron=Yagoda")
    held(shown, known.ask("clients", patron="Iagoda"), "clients")
    shown.fill("input[name=patron]", "")
    shown.click("form.ask button")
    shown.wait_for_selector("#answer:has-text('patron = Ezhov') figure.chart [data-rows]")
    held(shown, known.ask("clients"), "clients")


@pytest.mark.parametrize(
    ("name", "values"),
    [("footnotes", {"first": "1", "last": "9"}), ("in-office-during", {"body": "Razvedupr", "to": "1937-06-30"})],
)
def test_a_chart_for_some_days_or_numbers_sets_apart_what_is_not_vouched_for(
    page: Watched, host: str, known, name: str, values: dict[str, str]
) -> None:
    shown = opened(page, f"{host}question/{name}.html?{urlencode(values)}")
    shown.wait_for_selector(f"#answer:has-text('= {values['to' if 'to' in values else 'last']}')")
    held(shown, known.ask(name, **values), name)


def test_an_answer_of_the_engine_in_the_page_says_that_nothing_is_set_apart(page: Watched, host: str, known) -> None:
    shown = opened(page, f"{host}question/between.html?second=arrest-iagoda")
    shown.wait_for_selector("figure.chart figcaption:has-text('Without the evidence')")
    found = known.ask("between", second="arrest-iagoda")
    assert {row for mark in shown.evaluate(MARKS) for row in mark["rows"]} == drawable(found, "between")
    assert shown.locator(".mark.not").count() == 0


def test_fewer_than_two_marks_are_no_chart(page: Watched, host: str, known) -> None:
    found = known.ask("how-many-of", whole="Politburo")
    assert len(drawable(found, "how-many-of")) < 2
    page.open(f"{host}question/how-many-of.html?whole=Politburo")
    page.page.wait_for_selector("#answer:has-text('Politburo')")
    assert page.page.locator("figure.chart").count() == 0


# -- answers that the data does not have now: another table in the place of the page's --------------------------------

_OTHER_TABLE = """(rows) => {
  const table = document.querySelector("table.answer"), made = table.cloneNode(true);
  const line = made.tBodies[0].rows[0];
  made.tBodies[0].replaceChildren(...rows.map((values) => {
    const row = line.cloneNode(true);
    row.className = "";
    [...row.cells].forEach((cell, at) => { if (at < values.length) cell.textContent = values[at]; });
    return row;
  }));
  table.replaceWith(made);
}"""


def other_table(shown, rows: list[list[str]]):
    shown.evaluate(_OTHER_TABLE, rows)
    shown.wait_for_function("(count) => document.querySelectorAll('[data-rows]').length === count", arg=len(rows))


def test_bounds_are_bounds_and_each_unit_has_a_scale_of_its_own(page: Watched, host: str) -> None:
    shown = opened(page, f"{host}question/how-many-of.html")
    # group, what, extent, count, at least, at most, unit
    other_table(shown, [
        ["a", "exact", "", "100", "", "", "persons"], ["b", "bounded", "", "", "20", "60", "persons"],
        ["c", "at least", "", "", "50", "", "persons"], ["d", "at most", "", "", "", "80", "persons"],
        ["e", "alone", "", "3", "", "", "times"],
    ])  # fmt: skip
    texts = shown.evaluate(
        "[...document.querySelectorAll('[data-rows]')].map((one) => one.querySelector('text:last-of-type').textContent)"
    )
    assert texts == ["100", "20–60", "≥ 50", "≤ 80", "3"]
    parts = shown.evaluate("""[...document.querySelectorAll("[data-rows]")].map((one) =>
      [".bar", ".bound", ".open"].map((name) => one.querySelector(name)?.getBBox().width ?? 0))""")
    exact = parts[0][0]
    assert [[round(100 * width / exact) for width in its[:2]] for its in parts[:4]] == [
        [100, 0],
        [20, 40],
        [50, 0],
        [0, 80],
    ]
    assert [bool(its[2]) for its in parts] == [False, False, True, False, False]
    assert abs(parts[4][0] - exact) < 0.2 * exact
    assert shown.locator("figure.chart .head").all_text_contents() == ["persons", "times", "what"]


def test_a_long_chart_scrolls_by_itself_and_is_shown_whole_on_demand(page: Watched, host: str) -> None:
    shown = opened(page, f"{host}question/career.html")
    assert shown.locator("figure.chart button").is_hidden()
    other_table(shown, [["office", "held", "", "", "", "1937-01-01", f"193{8 + n % 2}-01-01"] for n in range(200)])
    box = shown.locator("figure.chart .figure")
    assert box.get_attribute("tabindex") == "0"
    assert box.evaluate("(one) => one.scrollHeight > one.clientHeight && one.clientHeight < innerHeight")
    shown.click("figure.chart button")
    assert box.evaluate("(one) => one.scrollHeight === one.clientHeight")


@pytest.mark.parametrize("width", [320, 768])
def test_labels_lie_within_the_chart_and_not_on_one_another(page: Watched, host: str, width: int) -> None:
    page.page.set_viewport_size({"width": width, "height": 900})
    for name in ("arrested-in", "victims-counted", "alleged-members", "order-of-steps"):
        shown = opened(page, f"{host}ru/question/{name}.html")
        assert (
            shown.evaluate("""() => {
          const svg = document.querySelector("figure.chart [role=img]");
          const across = svg.getBoundingClientRect();
          const boxes = [...svg.querySelectorAll("text")].map((one) => [one.textContent, one.getBoundingClientRect()]);
          const out = boxes.filter(([, box]) => box.left < across.left - 2 || box.right > across.right + 2);
          const meet = (one, two) => one.left < two.right - 2 && two.left < one.right - 2
            && one.top < two.bottom - 4 && two.top < one.bottom - 4;
          const on = boxes.filter(([, one], at) => boxes.slice(at + 1).some(([, two]) => meet(one, two)));
          return [...out, ...on].map(([text]) => text);
        }""")
            == []
        ), name


# -- a server ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def live(dataset, sources, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a server with every view."""
    folder: Path = tmp_path_factory.mktemp("charts")
    write_snapshot(dataset, folder / "store", {}, {view: derive(sources, view) for view in OTHER_VIEWS})
    with serving(folder / "store", folder / "log", "--timeout", "60") as running:
        wait_until(lambda: httpx.get(running.url + "questions", timeout=60, trust_env=False).is_success, 120)
        yield running.url


@pytest.mark.parametrize(
    ("name", "values", "view"),
    [("deaths", {}, "all"), ("life", {"person": "Yagoda"}, "accepted"), ("figures-for", {}, "strict"),
     ("correspondence", {}, "all")],
)  # fmt: skip
def test_a_server_draws_what_was_asked_under_each_view(browser, live: str, sources, name, values, view) -> None:
    store = ox.Store()
    store.bulk_extend(derive(sources, view))
    with watching(browser, live, viewport={"width": 1000, "height": 900}) as page:
        asked = "&".join(f"{key}={value}" for key, value in {**values, "view": view}.items())
        shown = opened(page, f"{live}question/{name}?{asked}")
        held(shown, KnowledgeBase(store, view, QUESTIONS.__getitem__).ask(name, **values), name)
        assert page.wrongs == []
