"""Asking where there is no server: the editor with the engine in a worker, and the forms of the stored questions."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from narkom.asking.citing import answer
from narkom.asking.evidence import Evidence
from narkom.asking.questions import load_all
from narkom.config import find_root
from narkom.portal.admitted import admitted
from narkom.portal.prepared import can_be, prepared
from narkom.vocabulary import BASE, PREFIXES

from .watching import Watched, watching

QUESTIONS = {question.name: question for question in load_all(find_root())}
PERSON = f"{BASE}person/"


@pytest.fixture
def page(browser, host: str) -> Iterator[Watched]:
    with watching(browser, host, accept_downloads=True) as found:
        yield found
        assert found.wrongs == []


def rows(page) -> list[list[str]]:
    """Return the cells of the table that the page shows."""
    return page.evaluate(
        "[...document.querySelectorAll('#answer tbody tr')].map((row) => [...row.cells].map((cell) => cell.innerText))"
    )


def asked(page: Watched, address: str, query: str):
    """Open the editor with a query in its address, ask it, and wait for what it tells."""
    page.open(f"{address}sparql.html#query={quote(query)}")
    page.page.click("button[name=run]")
    page.page.wait_for_selector("#answer > *")
    return page.page


# -- the editor ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["fates", "arrest-to-death", "victims-counted", "awards", "successions"])
def test_the_engine_in_the_page_answers_as_this_program_does(page: Watched, host: str, store, name: str) -> None:
    page.open(f"{host}sparql.html")
    page.page.select_option("#stored", name)
    page.page.click("button[name=run]")
    page.page.wait_for_selector("#answer table")
    expected = [tuple(solution) for solution in store.query(QUESTIONS[name].text)]
    assert len(expected) > 2
    shown = rows(page.page)
    assert len(shown) == len(expected)
    literal = [at for at, value in enumerate(expected[0]) if value is not None and hasattr(value, "datatype")]
    told = [tuple(row[at] for at in literal) for row in shown]
    # Cells are shown with their white space as the browser folds it.
    wanted = [tuple("" if row[at] is None else " ".join(row[at].value.split()) for at in literal) for row in expected]
    assert sorted(told) == sorted(wanted)


def test_prefixes_need_no_declaration_and_things_are_links(page: Watched, host: str) -> None:
    shown = asked(page, host, "SELECT ?who { ?arrest a nk:Arrest ; nk:person ?who . FILTER(?who = person:iagoda) }")
    link = shown.locator("#answer td a").first
    assert (link.inner_text(), link.get_attribute("href")) == ("Iagoda", "person/iagoda.html")


def test_a_claim_is_a_graph_and_its_link_tells_the_sentence(page: Watched, host: str) -> None:
    shown = asked(page, host, "SELECT DISTINCT ?g { GRAPH ?g { ?e nk:person person:bukharin } } ORDER BY ?g LIMIT 1")
    link = shown.locator("#answer td a").first
    assert "/claim/" in link.get_attribute("href") and "Bukharin" in link.get_attribute("title")


def test_yes_and_triples_and_what_is_wrong(page: Watched, host: str) -> None:
    assert "Yes" in asked(page, host, "ASK { person:iagoda ?p ?o }").inner_text("#answer")
    page.page.goto("about:blank")
    query = "# all\nPREFIX x: <http://example.org/>\nCONSTRUCT { ?s x:of ?o } WHERE { ?s nk:person ?o } LIMIT 1"
    assert "<http://example.org/of> <https://w3id.org/narkom/" in asked(page, host, query).inner_text("#answer pre")
    page.page.goto("about:blank")
    shown = asked(page, host, "SELECT * {\n ?s ?p }")
    assert "2" in shown.inner_text("#answer [role=alert]")


def test_the_address_holds_the_query_and_the_way_back_restores_it(page: Watched, host: str) -> None:
    first, second = "ASK { person:iagoda ?p ?o }", "ASK { person:nobody ?p ?o }"
    shown = asked(page, host, first)
    shown.evaluate(f"location.hash = 'query=' + encodeURIComponent({json.dumps(second)})")
    shown.wait_for_selector(".cm-content:has-text('nobody')")
    shown.go_back()
    shown.wait_for_selector(".cm-content:has-text('iagoda')")


def test_rows_are_saved_as_csv(page: Watched, host: str) -> None:
    shown = asked(page, host, "SELECT ?o { person:iagoda skos:prefLabel ?o } ORDER BY ?o")
    with shown.expect_download() as loading:
        shown.click("#answer button:has-text('CSV')")
    lines = Path(loading.value.path()).read_text(encoding="utf-8").split()
    assert lines[0] == "o" and {"Iagoda", "Ягода"} <= set(lines)


def test_a_query_without_end_is_stopped_and_the_next_one_answered(page: Watched, host: str) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    page.open(f"{host}sparql.html#query={quote(query)}")
    page.page.click("button[name=run]")
    page.page.wait_for_selector("#state:has-text('Asking')")
    page.page.click("button[name=stop]")
    page.page.wait_for_selector("#state:has-text('Stopped')")
    page.page.select_option("#stored", "awards")
    page.page.click("button[name=run]")
    page.page.wait_for_selector("#answer table")


# -- the stored questions --------------------------------------------------------------------------------------------


def test_a_prepared_answer_shows_its_rows_and_the_claims_behind_each(page: Watched, host: str, store) -> None:
    page.open(f"{host}question/career.html?person=Yagoda")
    page.page.wait_for_selector("#answer .notes")
    question = QUESTIONS["career"]
    expected = answer(
        store, question.with_values({"person": f"<{PERSON}iagoda>"}), evidence=Evidence(store, "accepted")
    )
    told = page.page.evaluate("[...document.querySelectorAll('#answer .notes .where a')].map((one) => one.innerText)")
    claims = {claim.removeprefix(BASE).replace("/claim/", "/") for one in expected.citations for claim in one.claims}
    assert len(rows(page.page)) == len(expected.rows) > 3
    assert set(told) == claims and len(told) == len(claims)
    assert "n. 36" in page.page.inner_text("#answer .notes")


@pytest.mark.parametrize(
    ("name", "typed", "values"),
    [
        (
            "both-services",
            {"body": "defense-commissariat", "other_body": "Razvedupr"},
            {"body": "body/defense-commissariat", "other_body": "body/razvedupr"},
        ),
        ("in-office-on", {"day": "1937-06-01"}, {"day": "1937-06-01"}),
        ("dated-by-inference", {"to": "1936-11-30"}, {"to": "1936-11-30"}),
        ("footnotes", {"first": "07", "last": "all"}, {"first": "7"}),
        ("in-office-during", {"body": "Разведупр", "to": "1937-06-30"}, {"body": "body/razvedupr", "to": "1937-06-30"}),
    ],
)
@pytest.mark.parametrize("language", ["", "ru/"])
def test_several_values_days_and_numbers_come_with_their_evidence(
    page: Watched, host: str, store, name: str, typed: dict, values: dict, language: str
) -> None:
    page.open(f"{host}{language}question/{name}.html?{urlencode(typed)}")
    page.page.wait_for_selector("#answer .notes")
    page.page.wait_for_selector(".share a[href*='?']", state="attached")
    expected = answer(store, QUESTIONS[name].with_values({one: _term(its) for one, its in values.items()}))
    told = page.page.evaluate("[...document.querySelectorAll('#answer .notes .where a')].map((one) => one.innerText)")
    claims = {claim.removeprefix(BASE).replace("/claim/", "/") for one in expected.citations for claim in one.claims}
    assert len(rows(page.page)) == len(expected.rows) > 3
    assert set(told) == claims and len(told) == len(claims)
    assert page.page.locator("#answer p.outside").count() == 0


def _term(value: str) -> str:
    if "/" in value:
        return f"<{BASE}{value}>"
    return value if value.isdigit() else f'"{value}"^^<{PREFIXES["xsd"]}date>'


@pytest.mark.parametrize("day", ["1937-02-30", "1937-6-1", "0000-01-01"])
def test_what_is_no_day_is_refused(page: Watched, host: str, day: str) -> None:
    page.open(f"{host}question/in-office-on.html?day={day}")
    page.page.wait_for_selector("#answer [role=alert]")
    assert day in page.page.inner_text("#answer [role=alert]")


def test_a_note_says_whose_word_it_is_and_through_whom(page: Watched, host: str, library) -> None:
    page.open(f"{host}question/versions-of.html?event=mercury-staging")
    page.page.wait_for_selector("#answer .notes")
    notes = page.page.evaluate("[...document.querySelectorAll('#answer .notes li')].map((one) => one.innerText)")
    shown = [library.claims[f"{BASE}{name.split(' ')[0].replace('/', '/claim/')}"] for name in map(_name_in, notes)]
    assert any(claim.note.voices for claim in shown)
    for text, claim in zip(notes, shown, strict=True):
        assert all(voice in text for voice in (*claim.note.voices, *claim.relays)), text
        assert ("According to" in text) == bool(claim.note.voices), text
        assert text.count("inferred") >= bool(claim.inferred), text


def _name_in(note: str) -> str:
    return re.search(r"\bssc/\w+", note)[0]


def test_what_is_left_empty_is_asked_as_usual_and_shows_its_value(page: Watched, host: str) -> None:
    page.open(f"{host}question/career.html")
    before = page.page.inner_text("#answer")
    assert "n. 6" in before and "without their evidence" not in before
    page.page.fill("input[name=person]", "Iagoda")
    page.page.click("form.ask button")
    page.page.wait_for_selector("#answer:has-text('person = Iagoda')")
    assert f"({len(rows(page.page))})" in page.page.inner_text("#answer h2")
    page.page.fill("input[name=person]", "")
    page.page.click("form.ask button")
    page.page.wait_for_selector("#answer:has-text('person = Ezhov')")
    assert page.page.inner_text("#answer") == before
    assert page.page.input_value("input[name=person]") == "Ezhov"
    page.page.go_back()
    page.page.wait_for_selector("#answer:has-text('person = Iagoda')")


def test_a_value_that_was_not_prepared_is_asked_here_and_says_that_it_bears_no_evidence(
    page: Watched, host: str
) -> None:
    page.open(f"{host}question/between.html")
    page.page.fill("input[name=second]", "arrest-iagoda")
    page.page.click("form.ask button")
    page.page.wait_for_selector("#answer .outside")
    assert "without their evidence" in page.page.inner_text("#answer .outside")
    assert any("Ezhov" in cell for row in rows(page.page) for cell in row)
    assert "second=arrest-iagoda" in page.page.url


@pytest.mark.parametrize(("typed", "told"), [("Napoleon", "nothing of this kind"), ("Orlov", "more than one fits")])
def test_a_name_that_means_nothing_or_several_is_told(page: Watched, host: str, typed: str, told: str) -> None:
    page.open(f"{host}question/career.html?person={typed}")
    page.page.wait_for_selector("#answer [role=alert]")
    assert told in page.page.inner_text("#answer [role=alert]")


def test_a_browser_that_cannot_unpack_is_told_so(page: Watched, host: str) -> None:
    page.page.add_init_script("delete globalThis.DecompressionStream")
    its = page.open(f"{host}question/career.html?person=Artuzov").page
    its.locator("#answer p.outside", has_text="This browser is too old for it").wait_for()


def test_an_admitted_value_without_an_answer_says_so(page: Watched, host: str) -> None:
    page.open(f"{host}question/requests.html?asker=Tukhachevskii")
    page.page.wait_for_selector("#answer p:has-text('No row.')")
    assert rows(page.page) == []


def test_what_there_is_an_answer_for_is_offered(page: Watched, host: str) -> None:
    page.open(f"{host}question/clients.html")
    page.page.focus("input[name=patron]")
    page.page.wait_for_selector("#l-patron option", state="attached")
    offered = page.page.evaluate("[...document.querySelectorAll('#l-patron option')].map((one) => one.value)")
    assert "Ezhov" in offered and len(offered) < 20


# -- what was prepared -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["career", "charges", "on-footnote", "doubts", "hedged"])
def test_prepared_answers_are_those_of_this_program(library, store, name: str) -> None:
    question, evidence = QUESTIONS[name], Evidence(store, "accepted")
    parameter = question.parameters[0]
    found = prepared(library, question, evidence)
    values = admitted(library, parameter)
    assert set(found["answers"]) <= set(values)
    for value in values[::7]:
        expected = answer(store, question.with_values({parameter.name: value}), evidence=evidence)
        told = found["answers"].get(value, [])
        claims = [row[-1] for row in told]
        assert len(told) == len(expected.rows), value
        for cited, one in zip(claims, expected.citations, strict=True):
            assert {f"{BASE}{claim}" for claim in cited.split()} == set(one.claims), value


def test_every_question_with_parameters_but_one_is_prepared(library) -> None:
    """Of two events the answers are too many."""
    asking = {name for name, question in QUESTIONS.items() if question.parameters}
    assert {name for name in asking if not can_be(library, QUESTIONS[name])} == {"between"}
    assert not any(can_be(library, question) for name, question in QUESTIONS.items() if name not in asking)
