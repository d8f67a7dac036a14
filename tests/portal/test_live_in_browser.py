"""The pages that only a server has, in a real browser, under the headers that it sends."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest
from tests.serving.conftest import serving, wait_until

from narkom.building.build import build
from narkom.config import find_root

from .kinds import LANGUAGES, LIVE
from .test_in_browser import _RUN_AXE, _TOO_WIDE, AXE
from .test_saving_in_browser import copied
from .watching import Watched, watching

EVERY = [f"{top}{name}" for name in LIVE.values() for top in LANGUAGES.values() if name != LIVE["files"]]


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a server whose pages are there."""
    folder: Path = tmp_path_factory.mktemp("live")
    build(find_root(), folder / "store")
    with serving(folder / "store", folder / "log", "--timeout", "60") as running:
        wait_until(lambda: httpx.get(running.url + "person/ezhov.html", timeout=60, trust_env=False).is_success, 120)
        yield running.url


@pytest.fixture
def page(browser, live: str) -> Iterator[Watched]:
    with watching(browser, live, permissions=["clipboard-read", "clipboard-write"]) as found:
        yield found
        # A browser itself tells the status of a page that refuses.
        assert [one for one in found.wrongs if "responded with a status of 40" not in one] == []


@pytest.mark.parametrize("name", EVERY)
def test_a_page_of_a_server_is_quiet_accessible_and_fits_a_phone(page: Watched, live: str, name: str) -> None:
    page.page.set_viewport_size({"width": 320, "height": 640})
    page.open(live + name)
    page.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    assert page.page.evaluate(_TOO_WIDE) == []
    page.page.evaluate(AXE)
    assert page.page.evaluate(_RUN_AXE, None) == []


def test_the_address_of_an_answer_of_a_server_is_copied_with_its_values_and_view(page: Watched, live: str) -> None:
    values = {"person": "Ягода", "view": "wide"}
    page.open(f"{live}question/career?{urlencode(values)}")
    assert copied(page.page) == f"{live}question/career?{urlencode(values)}"
    page.open(f"{live}ru/question/career")
    page.page.click(".share button")
    page.page.wait_for_selector(".share output:has-text('Скопировано')")
    assert page.page.evaluate("navigator.clipboard.readText()") == f"{live}ru/question/career"


def test_a_refusal_of_a_server_has_no_address(page: Watched, live: str) -> None:
    page.open(f"{live}{LIVE['refusal']}")
    assert page.page.locator("[role=alert]").count() == 1 and page.page.locator(".share").count() == 0


@pytest.mark.parametrize(("view", "evidence"), [("all", True), ("all", False), ("accepted", False)])
def test_rows_of_a_mixed_view_without_evidence_say_so(page: Watched, live: str, view: str, evidence: bool) -> None:
    page.open(f"{live}sparql.html#{urlencode({'query': 'SELECT * { person:iagoda ?p ?o } LIMIT 3', 'view': view})}")
    page.page.set_checked("input[name=evidence]", evidence)
    page.page.click("button[name=run]")
    page.page.wait_for_selector("#answer table")
    told = page.page.locator("#answer .outside").all_inner_texts()
    assert [("charges and rejected accounts" in one) for one in told] == (
        [True] if view == "all" and not evidence else []
    )
    assert copied(page.page) == page.page.url and f"view={view}" in page.page.url
