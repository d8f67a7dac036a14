"""The facets of lists in a real browser: two of them together, the address, the way back, and lists without scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from narkom.portal import facets
from narkom.portal.figures.happenings import Told
from narkom.vocabulary import BASE

from .watching import Watched, watching

_SHOWN = """() => [...document.querySelectorAll("#things > li")].filter((one) => one.checkVisibility())
  .map((one) => new URL(one.querySelector("a").href).pathname.split("/").slice(-2).join("/"))"""
# What is offered: each value that shows in an open facet, with its count.
_OFFERED = """() => Object.fromEntries([...document.querySelectorAll("form.facets input")]
  .filter((box) => !box.parentElement.hidden)
  .map((box) => [`${box.name}:${box.value}`, Number(box.parentElement.querySelector("small").textContent)]))"""
# Of a kind, a value of each of two facets that leave some things together, and fewer than either alone.
PAIRS = {
    "body": ({"above": "nkvd"}, {"territory": "ussr"}),
    "event": ({"class": "Arrest"}, {"month": "1937-05"}),
    "document": ({"actor": "person/ezhov"}, {"class": "Order"}),
}


@pytest.fixture
def page(browser, host: str) -> Iterator[Watched]:
    with watching(browser, host) as found:
        yield found
        assert found.wrongs == []


def members(library, kind: str, *wanted: dict[str, str]) -> set[str]:
    """Return the pages of those in a list that have some values."""
    _, having = facets.of_list(Told(library), kind, library.kinds[kind])
    pairs = [pair for one in wanted for pair in one.items()]
    return {
        f"{iri.removeprefix(BASE)}.html"
        for iri, its in having.items()
        if all(value in its.get(name, ()) for name, value in pairs)
    }


def box(name: str, value: str) -> str:
    return f'input[name="{name}"][value="{value}"]'


@pytest.mark.parametrize("kind", PAIRS)
def test_two_facets_narrow_down_together_and_back_leads_back(page: Watched, host: str, library, kind: str) -> None:
    first, second = PAIRS[kind]
    its = page.open(f"{host}{kind}/index.html").page
    # All of them are there to be ticked, folded away or not.
    its.evaluate("document.querySelectorAll('.facets details').forEach((one) => { one.open = true })")
    assert len(its.evaluate(_SHOWN)) == len(library.kinds[kind])
    ((one, value),), ((other, narrower),) = first.items(), second.items()
    its.check(box(one, value))
    assert set(its.evaluate(_SHOWN)) == members(library, kind, first)
    left = len(members(library, kind, first, second))
    # What stands beside a value is how many it would leave.
    assert its.evaluate(_OFFERED)[f"{other}:{narrower}"] == left
    its.check(box(other, narrower))
    both = set(its.evaluate(_SHOWN))
    assert both == members(library, kind, first, second)
    assert 0 < len(both) < min(len(members(library, kind, first)), len(members(library, kind, second)))
    assert its.locator("#count").inner_text() == f"{left} / {len(library.kinds[kind])}"
    address = its.url
    its.go_back()
    assert set(its.evaluate(_SHOWN)) == members(library, kind, first)
    assert not its.locator(box(other, narrower)).is_checked()
    its.goto(address)
    assert set(its.evaluate(_SHOWN)) == both
    assert its.locator(box(one, value)).is_checked() and its.locator(box(other, narrower)).is_visible()
    its.click("button[type=reset]")
    its.wait_for_function("() => !location.search")
    assert len(its.evaluate(_SHOWN)) == len(library.kinds[kind])


def test_two_values_of_one_facet_leave_what_has_either(page: Watched, host: str, library) -> None:
    its = page.open(f"{host}ru/place/index.html?within=moscow&within=siberia").page
    either = members(library, "place", {"within": "moscow"}) | members(library, "place", {"within": "siberia"})
    assert set(its.evaluate(_SHOWN)) == either


def test_what_would_leave_nothing_is_not_offered(page: Watched, host: str, library) -> None:
    its = page.open(f"{host}ssc/claim/index.html?stance=rejected").page
    offered = its.evaluate(_OFFERED)
    assert min(count for name, count in offered.items() if not name.startswith("stance:")) > 0
    # The other stances are: they would add to what is shown.
    assert offered["stance:asserted"] > 1000
    heads = "[...document.querySelectorAll('.facet')].filter((one) => one.checkVisibility()).length"
    assert its.evaluate(heads) > 3
    # Where all that is left is folded away, the fold stands open.
    assert its.evaluate(
        "[...document.querySelectorAll('.facet:not([hidden]) fieldset')].every((one) =>"
        " one.querySelector(':scope > label:not([hidden])') || one.querySelector('details[open]'))"
    )


def test_on_a_phone_the_facets_stand_folded_above_the_list(page: Watched, host: str) -> None:
    page.page.set_viewport_size({"width": 390, "height": 844})
    its = page.open(f"{host}person/index.html").page
    assert its.locator(".facets input:visible").count() == 0
    assert its.locator("#things > li").first.bounding_box()["y"] < 844
    its.locator(".facet > summary").first.press("Enter")
    assert its.locator(".facets input:visible").count() > 1


def test_without_scripts_the_list_is_whole_and_there_is_no_form(browser, host: str, library) -> None:
    with watching(browser, host, java_script_enabled=False) as page:
        page.open(f"{host}event/index.html?class=Arrest")
        assert not page.page.locator("form.facets").is_visible()
        assert len(page.page.evaluate(_SHOWN)) == len(library.kinds["event"])


def test_events_stand_by_their_days(page: Watched, host: str, library) -> None:
    told = Told(library)
    listed = page.open(f"{host}event/index.html").page.evaluate(_SHOWN)
    days = [told.days(f"{BASE}{address.removesuffix('.html')}") for address in listed]
    first = [day.first or day.last or "9999" for day in days]
    assert first == sorted(first)
    assert first[0] < "1930" and first[-1] == "9999"
