"""The views of the query editor where there is no server: the same rows as this program gives under each."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from narkom.building.build import build
from narkom.building.snapshot import open_store
from narkom.building.views import VIEWS
from narkom.config import find_root
from narkom.vocabulary import PREFIXES

from .watching import Watched, watching

# Of the whole default graph, of what there is in it, of dates that more or fewer claims bound, and of single people.
QUERIES = {
    "triples": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "classes": "SELECT ?class (COUNT(?thing) AS ?things) { ?thing a ?class } GROUP BY ?class",
    "days": "SELECT ?event ?first ?last { ?event nk:earliest ?first OPTIONAL { ?event nk:latest ?last } }",
    "part": "SELECT ?what ?how { ?what ?how person:iagoda }",
}
MIXED = {"wide": "under interrogation", "all": "charges and rejected accounts"}


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ox.Store]:
    """Return what this program opens under each view."""
    folder = tmp_path_factory.mktemp("views")
    build(find_root(), folder)
    return {view: open_store(folder, view) for view in VIEWS}


@pytest.fixture
def page(browser, host: str) -> Iterator[Watched]:
    with watching(browser, host, accept_downloads=True) as found:
        yield found
        assert found.wrongs == []


def expected(store: ox.Store, query: str) -> list[str]:
    return sorted(store.query(query, prefixes=PREFIXES).serialize(format=ox.QueryResultsFormat.CSV).decode().split())


def asked(page) -> list[str]:
    """Ask what stands in the editor, and return the lines of the whole answer as it is saved."""
    page.click("button[name=run]")
    # It is shut from the click until there is an answer.
    page.wait_for_selector("button[name=run]:not([disabled])")
    with page.expect_download() as loading:
        page.click("#answer button:has-text('CSV')")
    page.wait_for_selector("button[name=run]:not([disabled])")
    return sorted(Path(loading.value.path()).read_text(encoding="utf-8").split())


def told(page) -> str:
    """Return what stands beside an answer as a warning."""
    return " ".join(page.locator("#answer .outside").all_inner_texts())


@pytest.mark.parametrize("name", QUERIES)
def test_each_view_gives_the_rows_that_this_program_gives(page: Watched, host: str, stores, name: str) -> None:
    wanted = {view: expected(store, QUERIES[name]) for view, store in stores.items()}
    # No view passes for another one here.
    assert len({tuple(lines) for lines in wanted.values()}) == len(VIEWS)
    page.open(f"{host}sparql.html#query={quote(QUERIES[name])}")
    # One engine is turned from each to each.
    for view in (*VIEWS, "wide", "strict", "all", "accepted"):
        page.page.select_option("#view", view)
        assert asked(page.page) == wanted[view], view
        assert MIXED.get(view, "") in told(page.page) and bool(told(page.page)) == (view in MIXED)


def test_the_address_holds_the_view_and_the_way_back_restores_it(page: Watched, host: str, stores) -> None:
    query = QUERIES["triples"]
    page.open(f"{host}sparql.html#query={quote(query)}&view=wide")
    assert page.page.input_value("#view") == "wide"
    assert asked(page.page) == expected(stores["wide"], query)
    page.page.select_option("#view", "strict")
    asked(page.page)
    assert page.page.url.endswith("&view=strict")
    page.page.go_back()
    page.page.wait_for_function("document.getElementById('view').value === 'wide'")
    page.page.evaluate("location.hash = 'view=none'")
    page.page.wait_for_function("document.getElementById('view').value === 'accepted'")


def test_what_is_saved_is_under_the_view_that_was_asked(page: Watched, host: str, stores) -> None:
    page.open(f"{host}sparql.html#query={quote(QUERIES['triples'])}&view=all")
    asked(page.page)
    page.page.select_option("#view", "accepted")
    with page.page.expect_download() as loading:
        page.page.click("#answer button:has-text('CSV')")
    assert sorted(Path(loading.value.path()).read_text().split()) == expected(stores["all"], QUERIES["triples"])
    assert loading.value.suggested_filename == "answer-all.csv"


@pytest.mark.parametrize("query", ["ASK { person:iagoda ?p ?o }", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 3"])
@pytest.mark.parametrize(("top", "words"), [("", MIXED["all"]), ("ru/", "отвергнутые версии")])
def test_a_mixed_view_is_told_beside_every_sort_of_answer(
    page: Watched, host: str, query: str, top: str, words: str
) -> None:
    page.open(f"{host}{top}sparql.html#query={quote(query)}&view=all")
    page.page.click("button[name=run]")
    page.page.wait_for_selector("#answer .outside")
    assert words in told(page.page)


def test_what_makes_a_view_is_fetched_when_it_is_chosen(page: Watched, host: str) -> None:
    fetched: list[str] = []
    page.page.on("request", lambda request: fetched.append(request.url))
    page.open(f"{host}sparql.html#query={quote(QUERIES['triples'])}")
    asked(page.page)
    assert not any("/data/views/" in address for address in fetched)
    page.page.select_option("#view", "wide")
    asked(page.page)
    assert [address.rpartition("/")[2] for address in fetched if "/data/views/" in address] == ["wide.json.gz"]
