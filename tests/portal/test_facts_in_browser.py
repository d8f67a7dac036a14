"""The filter of a thing's facts in a real browser: what it shows, that the address holds it, and without scripts."""

from collections.abc import Iterator

import pytest

from narkom.portal import entity
from narkom.vocabulary import BASE

from .watching import Watched, watching

PAGE = "event/death-slutskii.html"
_SHOWN = """() => [...document.querySelectorAll("ol.facts > li")].filter((one) => one.checkVisibility()).length"""
_STANCES = """() => [...new Set([...document.querySelectorAll("ol.facts > li")].filter((one) => one.checkVisibility())
  .map((one) => one.dataset.stance))].sort()"""
# Headings above a list of facts that show, without a fact that does.
_LONELY = """() => [...document.querySelectorAll("section")].filter((one) => one.checkVisibility() &&
  one.querySelector("ol.facts") && ![...one.querySelectorAll("ol.facts > li")].some((item) => item.checkVisibility())
).map((one) => one.textContent.slice(0, 60))"""


@pytest.fixture
def page(browser, host: str) -> Iterator[Watched]:
    with watching(browser, host) as found:
        yield found
        assert found.wrongs == []


def test_a_stance_narrows_the_facts_down_and_stands_in_the_address(page: Watched, host: str, library) -> None:
    its = page.open(host + PAGE).page
    found = entity.describe(library, f"{BASE}event/death-slutskii")
    whole = len(found.accepted) + sum(map(len, found.charged.values()))
    assert its.evaluate(_SHOWN) == whole
    its.check("input[name=stance][value=testified]")
    assert its.evaluate(_STANCES) == ["testified"]
    assert its.evaluate(_SHOWN) == len(found.charged["testified"])
    assert its.evaluate(_LONELY) == []
    assert its.url.endswith("?stance=testified")
    its.check("input[name=stance][value=hedged]")
    assert its.evaluate(_STANCES) == ["hedged", "testified"]
    its.go_back()
    assert its.evaluate(_STANCES) == ["testified"]
    its.click("button[type=reset]")
    its.wait_for_function("() => !location.search")
    assert its.evaluate(_SHOWN) == whole


@pytest.mark.parametrize(("top", "language"), [("", ""), ("ru/", "en")])
@pytest.mark.parametrize("name", [PAGE, "attitude/stalin-wish-iagoda-conspirator.html", "office/nkvd-commissar.html"])
def test_each_link_to_a_claim_beside_a_value_says_its_sentence(
    page: Watched, host: str, library, name: str, top: str, language: str
) -> None:
    its = page.open(f"{host}{top}{name}").page
    told = its.evaluate(
        """() => [...document.querySelectorAll("main span.where > a[href*='/claim/']")].filter((one) =>
        !one.closest("ol.facts")).map((one) => [one.href.split("/claim/")[1], one.title, one.lang])"""
    )
    assert len(told) > 1
    for claim, title, lang in told:
        assert title == library.claims[f"{BASE}ssc/claim/{claim.removesuffix('.html')}"].note.gloss, claim
        assert lang == language


def test_a_shared_address_opens_as_it_was(page: Watched, host: str) -> None:
    its = page.open(f"{host}ru/{PAGE}?stance=hedged&about=Meeting").page
    assert its.evaluate(_SHOWN) == 1
    assert its.locator("input[value=hedged]").is_checked()
    assert its.locator("select[name=about]").input_value() == "Meeting"
    assert its.locator("[role=status]").inner_text().startswith("показано фактов: 1 / ")


def test_that_nothing_is_left_is_said_in_words(page: Watched, host: str) -> None:
    its = page.open(f"{host}{PAGE}?stance=rejected&about=Meeting").page
    assert its.evaluate(_SHOWN) == 0
    assert its.locator("[role=status]").inner_text() == "No fact of this page is of this stance and kind."
    assert its.evaluate(_LONELY) == []


def test_the_filter_is_used_by_the_keyboard(page: Watched, host: str) -> None:
    its = page.open(host + PAGE).page
    its.focus("input[name=stance]")
    its.keyboard.press("Space")
    assert its.evaluate(_STANCES) == ["asserted"]
    its.focus("select[name=about]")
    its.keyboard.type("publication")
    assert "about=Publication" in its.url


def test_what_no_page_knows_in_an_address_hides_nothing_for_good(page: Watched, host: str) -> None:
    its = page.open(f"{host}{PAGE}?about=Nonsense").page
    assert its.evaluate(_SHOWN) > 20


def test_without_scripts_there_is_no_filter_and_every_fact(browser, host: str) -> None:
    with watching(browser, host, java_script_enabled=False) as page:
        page.open(f"{host}{PAGE}?stance=rejected")
        assert not page.page.locator("form.facts-filter").is_visible()
        assert page.page.evaluate(_SHOWN) > 20
