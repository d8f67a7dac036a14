"""Every kind of page of the published site in a real browser, under a path and the policy that the site asks for."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from .kinds import LANGUAGES, STATIC
from .watching import Watched, watching

AXE = (Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
# The tags of WCAG 2.2 AA and the best practices that come with them.
_RUN_AXE = """async (only) => {
  const options = only ? { runOnly: only } : {};
  const found = await axe.run(document, { resultTypes: ["violations"], ...options });
  return found.violations.filter((one) => ["serious", "critical"].includes(one.impact)).map((one) =>
    `${one.id}: ${one.help}: ` + one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | "));
}"""
# Elements that reach out of the page to the right, the innermost ones.
_TOO_WIDE = """() => {
  const page = document.documentElement;
  if (page.scrollWidth <= page.clientWidth) return [];
  const wide = [...document.body.querySelectorAll("*")].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width && box.right > page.clientWidth + 1 && box.left >= 0;
  });
  const told = wide.filter((one) => !wide.some((other) => other !== one && one.contains(other)));
  return [`${page.scrollWidth} > ${page.clientWidth}`, ...told.slice(0, 5).map((one) => one.outerHTML.slice(0, 120))];
}"""
# Elements that hide a part of their own text; a table may be scrolled to by itself (WCAG 1.4.10), but not on paper.
_CUT = """(paper) => [...document.querySelectorAll("main, main *, footer *")].filter((one) => {
  const style = getComputedStyle(one), hides = /hidden|clip|auto|scroll/;
  if (!one.textContent.trim() || style.display === "none" || one.closest(".skip, .figure, svg, canvas")) return false;
  if (!paper && one.matches(".scroll") && one.firstElementChild.matches("table")) return false;
  const across = hides.test(style.overflowX) && one.scrollWidth > one.clientWidth + 1;
  const down = hides.test(style.overflowY) && one.scrollHeight > one.clientHeight + 1;
  return across || down || style.textOverflow === "ellipsis";
}).slice(0, 5).map((one) => one.outerHTML.slice(0, 160))"""
# What takes part in the order of Tab, and a record of what was reached and how it showed.
_RECORD = """() => {
  window.reached = [];
  document.addEventListener("focusin", () => {
    const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
    const drawn = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
    const seen = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    reached.push([one, (drawn || style.boxShadow !== "none") && seen]);
  }, true);
  const controls = [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex], [contenteditable=true]")];
  window.wanted = controls.filter((one) => !one.disabled && one.tabIndex >= 0 && one.checkVisibility(
    { visibilityProperty: true }));
  return wanted.length;
}"""
_REACHED = "new Set(reached.map(([one]) => one)).size"
_MISSED = """() => {
  const told = (one) => one.outerHTML.slice(0, 120), all = new Set(reached.map(([one]) => one));
  const missed = wanted.filter((one) => !all.has(one) && !(one.type === "radio" && one.name)).map(told);
  return [missed.slice(0, 5), reached.filter(([, shown]) => !shown).map(([one]) => told(one)).slice(0, 5)];
}"""
# What a page tells, folded or not, without the marks of a figure, which stand in its lists as well.
_TOLD = """() => {
  const main = document.querySelector("main").cloneNode(true);
  main.querySelectorAll("#figure, figure.chart, form, script").forEach((one) => one.remove());
  return main.textContent;
}"""
EVERY = [f"{top}{name}" for name in STATIC.values() for top in LANGUAGES.values()]
# For what does not depend on the language: a page in Russian has the same controls and the same style.
ONCE = list(STATIC.values())
# Pages with more links than this take minutes; what they are made of stands on the others.
_MOST_STOPS = 600


@pytest.fixture
def page(browser, host: str) -> Iterator[Watched]:
    with watching(browser, host) as found:
        yield found


@pytest.mark.parametrize("name", EVERY)
def test_a_page_is_quiet_and_asks_nobody_else(page: Watched, host: str, name: str) -> None:
    page.open(host + name)
    assert page.page.locator("h1").count() == 1
    # What stands folded is opened too, and what is fetched for it.
    page.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    page.page.wait_for_load_state("networkidle")
    assert page.wrongs == []


@pytest.mark.parametrize("name", EVERY)
def test_a_page_is_accessible_in_light_and_dark(page: Watched, host: str, name: str) -> None:
    page.open(host + name)
    page.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    page.page.evaluate(AXE)
    assert page.page.evaluate(_RUN_AXE, None) == []
    page.page.emulate_media(color_scheme="dark")
    assert page.page.evaluate(_RUN_AXE, ["color-contrast", "link-in-text-block"]) == []


@pytest.mark.parametrize("name", EVERY)
def test_no_page_scrolls_sideways_on_a_phone_or_in_large_letters(page: Watched, host: str, name: str) -> None:
    page.page.set_viewport_size({"width": 320, "height": 640})
    page.open(host + name)
    assert page.page.evaluate(_TOO_WIDE) == []
    page.page.set_viewport_size({"width": 1280, "height": 900})
    page.page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.page.evaluate(_TOO_WIDE) == []
    assert page.page.evaluate(_CUT, False) == []


@pytest.mark.parametrize("name", ONCE)
def test_the_keyboard_reaches_everything_and_shows_where_it_is(page: Watched, host: str, name: str) -> None:
    page.page.emulate_media(reduced_motion="reduce")
    page.open(host + name)
    stops = page.page.evaluate(_RECORD)
    assert stops > 5
    if stops > _MOST_STOPS:
        pytest.skip(f"{stops} stops")
    missed, reached = [""], -1
    # What a figure adds while it is drawn takes turns of its own: go on as long as a round reaches something new.
    while missed and page.page.evaluate(_REACHED) > reached:
        reached = page.page.evaluate(_REACHED)
        for _ in range(stops + 2):
            page.page.keyboard.press("Tab")
        missed, unseen = page.page.evaluate(_MISSED)
    assert missed == []
    assert unseen == []


@pytest.mark.parametrize("name", ONCE)
def test_paper_has_the_whole_text(page: Watched, host: str, name: str) -> None:
    page.page.set_viewport_size({"width": 680, "height": 960})
    page.page.emulate_media(media="print")
    page.open(host + name)
    assert page.page.evaluate(_TOO_WIDE) == []
    assert page.page.evaluate(_CUT, True) == []
    assert page.page.evaluate("[...document.querySelectorAll('main h1')].every((one) => one.checkVisibility())")


@pytest.mark.parametrize("name", ONCE)
def test_a_page_tells_the_same_without_scripts(browser, host: str, name: str) -> None:
    told = []
    for scripts in (True, False):
        with watching(browser, host, java_script_enabled=scripts) as page:
            page.open(host + name)
            told.append(set(page.page.evaluate(_TOLD).split()))
    with_scripts, without = told
    if "search.html?q=" in name:
        # A folder of files cannot search: the page says so, and leads to the lists.
        assert "JavaScript." in without
        return
    assert len(without) > 5
    # Scripts may add words of their own controls; they may not be what brings the facts.
    assert len(with_scripts - without) <= max(40, len(without) // 10)
