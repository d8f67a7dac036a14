"""The figures in a real browser: what they show, that the address holds their state, and that lists go with them."""

from collections.abc import Iterator

import pytest

from narkom.portal.figures import FIGURES
from narkom.vocabulary import BASE

from .watching import watching


@pytest.fixture
def open_page(browser, host: str) -> Iterator:
    """Return what opens a page of the site and waits until its figure is drawn; at the end nothing may have failed."""
    with watching(browser, host, viewport={"width": 1280, "height": 900}, timezone_id="America/New_York") as watched:

        def opened(address: str):
            page = watched.fresh()
            page.goto(host + address)
            page.wait_for_selector("#figure[data-drawn]")
            return page

        yield opened
        assert watched.wrongs == []


def shown(page, attribute: str) -> list[str]:
    """Return what of the lists beside a figure is not filtered out."""
    query = f"[...document.querySelectorAll('[{attribute}]')].filter((one) => !one.hidden && !one.closest('[hidden]'))"
    return page.evaluate(f"{query}.map((one) => one.getAttribute('{attribute}'))")


def counted(page) -> int:
    return int(page.locator("output[name=count]").inner_text().split()[0])


@pytest.mark.parametrize("top", ["", "ru/"])
@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_drawn_and_shows_nothing_that_is_not_vouched_for(open_page, name: str, top: str) -> None:
    page = open_page(f"{top}{name}.html")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    assert page.locator("form.filters").is_visible() and page.locator(".stance:visible").count()
    outside = page.locator(".stance.not:visible, .unvouched:visible, path.not:visible, #outside:visible")
    assert outside.count() == 0
    page.locator("input[name=outside]").check()
    outside.first.wait_for()
    assert "outside=1" in page.url
    page.locator("input[name=outside]").uncheck()
    page.wait_for_function("() => !location.search.includes('outside')")
    assert outside.count() == 0


def test_the_timeline_filters_figure_and_list_together_and_the_address_holds_it(open_page) -> None:
    page = open_page("timeline.html?kind=Arrest+Execution&person=person/artuzov")
    assert shown(page, "data-iri") == ["event/arrest-artuzov", "event/execution-artuzov"]
    drawn = page.locator(".vis-item a")
    assert {one.get_attribute("href") for one in drawn.all()} == {f"{iri}.html" for iri in shown(page, "data-iri")}
    page.locator("select[name=person]").select_option("")
    assert counted(page) == len(shown(page, "data-iri")) > 60
    assert "person" not in page.url and "kind=Arrest+Execution" in page.url
    page.locator(".vis-item a").first.click()
    page.wait_for_url("**/event/*.html")
    page.go_back()
    page.wait_for_selector("#figure[data-drawn]")
    assert page.locator("input[value=Execution]").is_checked() and counted(page) > 60


def test_a_day_is_the_same_day_west_of_greenwich(open_page) -> None:
    page = open_page("timeline.html?person=person/iagoda&kind=Arrest&from=1937-03-24&to=1937-04-03")
    mark = page.locator(".vis-dot").bounding_box()
    day = page.locator(".vis-time-axis.vis-foreground .vis-minor").get_by_text("29", exact=True).first.bounding_box()
    assert 0 <= mark["x"] + mark["width"] / 2 - day["x"] < day["width"] * 0.6
    assert page.locator(".vis-item a").get_attribute("title").startswith("Arrest of Iagoda (asserted): 29 March 1937")


def test_what_is_charged_is_dashed_and_bears_the_word(open_page) -> None:
    page = open_page("timeline.html?outside=1&kind=ImputedAct&from=1932-01-01&to=1937-12-31")
    marks = page.locator(".vis-item.unvouched.vis-range")
    assert marks.count() >= 2
    for mark in marks.all():
        assert mark.evaluate("(one) => getComputedStyle(one).borderTopStyle") == "dashed"
        assert mark.inner_text().startswith("charged: Alleged")
    assert all(iri.startswith("imputed/") for iri in shown(page, "data-iri"))


def test_the_part_of_the_time_is_kept_in_the_address_and_narrows_the_list(open_page) -> None:
    page = open_page("timeline.html")
    whole = counted(page)
    assert "from=" not in page.url
    for _ in range(4):
        before = page.url
        page.locator("button[name=in]").click()
        page.wait_for_function("(before) => location.href !== before", arg=before)
    assert "from=" in page.url and counted(page) == len(shown(page, "data-iri")) < whole
    page.locator("button[name=year]").click()
    page.wait_for_function("() => !location.search.includes('from=')")
    assert counted(page) == whole


def edges(page) -> list[dict]:
    """Return the lines that the network draws, as the library that draws them holds them."""
    return page.evaluate("""document.getElementById("figure")._cyreg.cy.edges().map((edge) => ({
        ...edge.data(), line: edge.style("line-style"), label: edge.style("label") }))""")


def test_the_network_draws_what_its_lists_have_and_by_its_form(open_page) -> None:
    page = open_page("network.html?about=person/iagoda&outside=1")
    drawn = edges(page)
    assert sorted(shown(page, "data-tie")) == sorted(str(edge["at"]) for edge in drawn)
    assert counted(page) == len(drawn) > 50
    for edge in drawn:
        assert "person/iagoda" in (edge["source"], edge["target"])
        wanted = "dotted" if not edge["accepted"] else "dashed" if edge["sort"] == "accused" else "solid"
        assert edge["line"] == wanted
        assert bool(edge["label"]) != edge["accepted"]
    assert {edge["label"] for edge in drawn if not edge["accepted"]} >= {"charged"}


def test_by_default_only_what_is_vouched_for_is_drawn_and_listed(library, open_page) -> None:
    page = open_page("network.html")
    assert edges(page) and all(edge["accepted"] for edge in edges(page))
    page = open_page("timeline.html")
    accepted = {iri.removeprefix(BASE) for iri in library.kinds["event"] if not library.outside_only(iri)}
    assert set(shown(page, "data-iri")) == accepted and counted(page) == len(accepted)


def test_a_tie_lists_its_claims_with_links(open_page) -> None:
    page = open_page("network.html?sort=arrested")
    assert {edge["sort"] for edge in edges(page)} == {"arrested"}
    page.locator("details[data-sort=arrested] li button").first.click()
    claims = page.locator("#chosen [data-claim]")
    claims.first.locator(".gloss:not(:empty)").wait_for()
    for claim in claims.all():
        name = claim.get_attribute("data-claim")
        assert claim.locator("a").get_attribute("href") == f"{name.replace('/', '/claim/')}.html"
        assert "arrest" in claim.inner_text().lower()


def test_time_narrows_the_network_and_says_what_it_cannot_place(open_page) -> None:
    page = open_page("network.html?sort=tie+accused&until=1936-12")
    ties = page.evaluate("fetch('data/network.json').then((reply) => reply.json())")["ties"]
    for edge in edges(page):
        tie = ties[edge["at"]]
        assert (tie["first"] or tie["last"]) and tie["first"][:7] <= "1936-12"
    assert "without a day left out" in page.locator("output[name=count]").inner_text()
    assert page.locator("input[name=until]").get_attribute("aria-valuetext") == "December 1936"


def test_a_network_looks_the_same_each_time(open_page) -> None:
    places = """document.getElementById("figure")._cyreg.cy.nodes().map((node) => [node.id(), node.position()])"""
    one, other = (open_page("network.html").evaluate(places) for _ in range(2))
    assert one == other and len(one) > 50


def test_the_map_opens_a_place_by_key_and_by_address(open_page, host: str) -> None:
    page = open_page("map.html")
    page.locator("path[aria-label=Sochi]").focus()
    page.keyboard.press("Enter")
    popup = page.locator(".leaflet-popup-content")
    popup.wait_for()
    assert popup.locator("a[href='event/journey-iagoda-sochi-1936.html']").count() == 1
    assert popup.locator("a[href='event/attempt-iagoda-visit-stalin-dacha-1936.html']").count() == 1
    assert "place=place%2Fsochi" in page.url
    other = open_page(page.url.removeprefix(host))
    assert other.locator(".leaflet-popup-content strong").inner_text() == "Sochi"


def test_kiev_is_marked_only_with_what_the_authors_reject_and_with_the_word(open_page) -> None:
    page = open_page("map.html?place=place/kiev")
    assert page.locator(".leaflet-popup-content a").count() == 1
    page.get_by_label("also what is not vouched for").check()
    page.locator(".leaflet-popup-content .stance.not").wait_for()
    assert page.locator(".leaflet-popup-content .stance.not").inner_text() == "rejected"
    dash = page.locator("path[aria-label=Kiev]").evaluate("(one) => getComputedStyle(one).strokeDasharray")
    assert dash != "none"


def test_land_is_land_and_sea_is_sea(open_page) -> None:
    page = open_page("map.html")
    assert page.locator("path.place").count() == 15
    # From two towns whose coordinates are known to any place on the map (spherical Mercator).
    is_land = """([longitude, latitude]) => {
      const middle = (name) => {
        const box = document.querySelector(`path[aria-label=${name}]`).getBoundingClientRect();
        return [box.x + box.width / 2, box.y + box.height / 2];
      };
      const north = (degrees) => Math.log(Math.tan(Math.PI / 4 + (degrees * Math.PI) / 360));
      const [[x, y], [far, low]] = [middle("Moscow"), middle("Irkutsk")], land = document.querySelector("path.land");
      const across = x + ((longitude - 37.618) / (104.291 - 37.618)) * (far - x);
      const down = y + ((north(latitude) - north(55.752)) / (north(52.296) - north(55.752))) * (low - y);
      return land.isPointInFill(new DOMPoint(across, down).matrixTransform(land.getScreenCTM().inverse()));
    }"""
    places = {
        True: [(37.6, 55.7), (67, 48), (100, 60), (104.3, 52.3), (-3, 40), (20, 50), (100, 67), (60, 66)],
        False: [(40, 73), (34, 43.3), (51, 41), (4, 57), (18, 35), (2, 67), (5, 68.5)],
    }
    for wanted, its in places.items():
        for place in its:
            assert page.evaluate(is_land, place) is wanted, place
