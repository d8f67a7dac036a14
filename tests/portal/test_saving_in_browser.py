"""What is taken along from an answer in a browser: files, references and its address, as this program has them."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from narkom.asking.answers import CitedAnswer
from narkom.asking.bibliography import FORMS, MEDIA, bibliography, whole
from narkom.asking.evidence import Evidence
from narkom.asking.knowledge import KnowledgeBase
from narkom.asking.questions import load_all
from narkom.config import find_root
from narkom.portal.entity import describe
from narkom.portal.references import cited as cited_on
from narkom.portal.things import NEVER_CITED, passages
from narkom.vocabulary import BASE

from .watching import Watched, watching

QUESTIONS = {question.name: question for question in load_all(find_root())}
# Labels with IRIs, other's words, an identifier, a stance and its English name, numbers, "all", and no row.
PREPARED = [
    ("career", {"person": "Yagoda"}),
    ("charges", {"accused": "Bukharin"}),
    ("versions-of", {"event": "mercury-staging"}),
    ("hedged", {"position": "reported"}),
    ("on-footnote", {"note": "109"}),
    ("passage-record", {"paragraph": "12"}),
    # A day, two days, all to a day, two numbers, two names, a name and days of which one is the usual.
    ("in-office-on", {"day": "1937-06-01"}),
    ("in-period", {"from": "1937-06-01", "to": "1937-06-12"}),
    ("arrested-in", {"from": "all", "to": "1937-05-22"}),
    ("footnotes", {"first": "7", "last": "19"}),
    ("message-chain", {"from": "Dukelskii", "to": "Ежов"}),
    ("in-office-during", {"body": "Razvedupr", "from": "1937-01-01", "to": "1936-12-31"}),
]
EMPTY = ("requests", {"asker": "Tukhachevskii"})
BARE = [("between", {"first": "telegram-stalin-politburo-1936-09-25", "second": "arrest-iagoda"})]
FILES = {"CSV": "csv", "JSON": "json"}
BUTTONS = {"BibTeX": "bibtex", "RIS": "ris", "CSL-JSON": "csl-json"}
# The scripts of the page, asked for two dozen answers of a prepared file at once: each as CSV, JSON and references.
_ALL = """async (name) => {
  const { root, up } = document.querySelector("form.search").dataset;
  const load = (file) => import(new URL(`${root}static/${file}.js`, location.href));
  const [{ prepared }, { csv, json }, { references }, { Names }, { unpacked }] =
    await Promise.all(["answers", "files", "citation", "results", "packed"].map(load));
  const base = JSON.parse(document.getElementById("given").textContent).base;
  const names = new Names({ root, up, base, language: "en" });
  const answers = unpacked(new URL(`${root}data/answers/${name}.json.gz`, location.href));
  const [citing, found] = await Promise.all([names.fetched("citing"), answers.then((one) => one.json()), names.read()]);
  const all = Object.keys(found.answers), step = Math.ceil(all.length / 25);
  return Promise.all(all.filter((_, at) => at % step === 0).map(async (value) => {
    const answer = prepared(found, { [found.listed[0]]: value }, base);
    const claims = new Set(answer.rows.flatMap((row) => row.claims));
    return [value, await csv(answer, [], names, citing), await json(answer, [], names, citing, ""),
      references(citing, claims, `${base}x?${value}`)];
  }));
}"""

# The references of these pages, by the script that makes them for their buttons.
_PAGES = """async (addresses) => {
  const { root } = document.querySelector("form.search").dataset;
  const load = (file) => import(new URL(`${root}static/${file}.js`, location.href));
  const [{ told }, { written }] = await Promise.all(["cite", "citation"].map(load));
  const citing = await (await fetch(`${root}data/citing.json`)).json();
  return Promise.all(addresses.map(async (address) => {
    const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
    const { places, url } = told(page.querySelector(".cite"));
    return written(citing, places, url);
  }));
}"""


@pytest.fixture
def page(browser, host: str) -> Iterator[Watched]:
    with watching(browser, host, accept_downloads=True) as found:
        yield found
        assert found.wrongs == []


@pytest.fixture(scope="module")
def kb(store) -> KnowledgeBase:
    return KnowledgeBase(store, "accepted", QUESTIONS.__getitem__, evidence=Evidence(store, "accepted"))


def opened(page: Watched, address: str):
    """Open a page with values in its address, and wait until what is to be taken along stands there."""
    page.open(address)
    page.page.wait_for_selector("#answer details.cite .formats button", state="attached")
    if "?" in address:
        # Until then the usual answer stood there.
        page.page.wait_for_selector(".share a[href*='?']", state="attached")
    return page.page


def saved(page, label: str) -> str:
    """Return what a button beneath the answer saves."""
    page.locator("#answer details").evaluate_all("all => all.forEach((one) => { one.open = true })")
    with page.expect_download() as loading:
        page.locator("#answer .formats button", has_text=label).first.click()
    return Path(loading.value.path()).read_bytes().decode()


def unordered(text: str, form: str):
    """Return a file without the order of its rows, which may differ where the question leaves it open."""
    if form == "csv":
        head, *lines = text.split("\n")
        return head, sorted(lines)
    told = json.loads(text)
    return told | {"rows": sorted(told["rows"], key=json.dumps)}


# -- files -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "values"), PREPARED)
def test_a_prepared_answer_is_saved_as_the_command_writes_it(page: Watched, host: str, kb, name: str, values) -> None:
    shown = opened(page, f"{host}question/{name}.html?{urlencode(values)}")
    expected = kb.ask(name, **values)
    assert len(expected) > 1
    for label, form in FILES.items():
        assert saved(shown, label) == expected.render(form)


@pytest.mark.parametrize(("name", "values"), BARE)
def test_an_answer_asked_here_is_saved_as_the_command_writes_it_without_evidence(
    page: Watched, host: str, kb, name: str, values
) -> None:
    shown = opened(page, f"{host}ru/question/{name}.html?{urlencode(values)}")
    expected = kb.ask(name, cite=False, **values)
    assert len(expected) > 1 and any(one.endswith("_iri") for one in expected.to_dicts()[0])
    for label, form in FILES.items():
        assert unordered(saved(shown, label), form) == unordered(expected.render(form), form)


@pytest.mark.parametrize("name", ["career", "in-office-on", "fates", "figures-for"])
@pytest.mark.parametrize("form", FILES.values())
def test_the_usual_answer_is_a_file_beside_its_page(page: Watched, host: str, kb, name: str, form: str) -> None:
    page.open(f"{host}ru/question/{name}.html")
    address = page.page.locator("#answer .formats a", has_text=form.upper()).first.evaluate("(one) => one.href")
    text = page.page.request.get(address).text()
    expected = kb.ask(name).render(form)
    assert text == expected if form == "csv" else json.loads(text) == json.loads(expected) and "\n" not in text


@pytest.mark.parametrize("name", ["committee-arithmetic", "spellings", "clients", "why-dated"])
def test_every_prepared_answer_gives_the_files_and_references_of_this_program(
    page: Watched, host: str, kb, name: str
) -> None:
    page.open(f"{host}question/{name}.html")
    told = page.page.evaluate(_ALL, name)
    assert len(told) > 8
    for value, csv, as_json, cited in told:
        found = _asked(kb, QUESTIONS[name], value)
        assert csv == found.render("csv"), value
        assert as_json == found.render("json"), value
        assert cited == {form: found.bibliography(form) for form in FORMS}, value


def _asked(kb: KnowledgeBase, question, value: str) -> CitedAnswer:
    """Return the answer with a term for the value, without a title."""
    text = question.with_values({question.parameters[0].name: value})
    found = kb.query(text, name=question.name)
    return CitedAnswer(found.answer, kb.store, text, url=f"{BASE}x?{value}")


def test_no_stored_question_shows_what_a_prepared_file_could_not_tell(store, published: Path) -> None:
    """An IRI would have its label beside it in files, a row that cannot be traced the reason in its references."""
    for question in QUESTIONS.values():
        terms = {type(term).__name__ for row in store.query(question.text) for term in row}
        assert terms <= {"Literal", "NoneType"}, question.name
    paths = sorted((published / "data" / "answers").iterdir())
    assert len(paths) > 50
    for path in paths:
        found = json.loads(gzip.decompress(path.read_bytes()))
        said = [row[len(found["variables"])] for rows in found["answers"].values() for row in rows]
        assert all("/claim/" in one or not one for one in said), path.name


# -- references ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "values"), [*PREPARED, EMPTY])
def test_a_prepared_answer_is_cited_with_its_places_and_address(
    page: Watched, host: str, kb, name: str, values
) -> None:
    shown = opened(page, f"{host}question/{name}.html?{urlencode(values)}")
    found = kb.ask(name, **values)
    assert urlencode(values) in found.bibliography()
    assert cited(shown) == {form: found.bibliography(form) for form in FORMS}


@pytest.mark.parametrize(("name", "values"), BARE)
def test_an_answer_asked_here_cites_the_texts_as_a_whole(page: Watched, host: str, library, name: str, values) -> None:
    shown = opened(page, f"{host}question/{name}.html?{urlencode(values)}")
    address = f"{BASE}question/{name}?{urlencode(values)}"
    found = whole(library.store, library.sources.values(), address)
    assert address in found["ris"] and "¶" not in found["ris"] and "Jansen" in found["ris"]
    assert cited(shown) == found


def cited(page) -> dict[str, str]:
    """Return the references of the answer that a page shows, by form."""
    found = {form: saved(page, label) for label, form in BUTTONS.items()}
    return {"citation": page.locator("#answer .cite p").first.inner_text().strip() + "\n", **found}


def test_every_page_of_a_thing_gives_the_references_of_this_program(page: Watched, host: str, library) -> None:
    rows = {kind: iris[:: max(1, len(iris) // 12)] for kind, iris in library.kinds.items() if kind not in NEVER_CITED}
    names = [iri.removeprefix(BASE) for iris in rows.values() for iri in iris]
    page.open(f"{host}ru/person/ezhov.html")
    found = page.page.evaluate(_PAGES, [f"{host}{'ru/' * (at % 2)}{name}.html" for at, name in enumerate(names)])
    assert len(found) == len(names) > 150 and len(rows) > 18
    for name, its in zip(names, found, strict=True):
        thing = describe(library, BASE + name)
        beside = [claim for _, its_claims in passages(library, thing.iri) for claim in its_claims]
        notes = cited_on(library, thing, beside if thing.kind == "paragraph" else ())
        assert its == {form: bibliography(library.store, notes, form, thing.iri) for form in FORMS}, name
    # Some have too many places to tell them one by one, some one, and some none.
    told = [its["ris"].partition("N1  - ")[2] for its in found]
    assert sum("¶¶" in one for one in told) > 4 and sum(";" not in one for one in told if one) > 20
    assert sum(not one for one in told) > 1


@pytest.mark.parametrize("name", ["ru/person/iagoda", "ssc/claim/p22s1c", "stance/charged"])
def test_the_references_of_a_page_are_saved(page: Watched, host: str, library, name: str) -> None:
    page.open(f"{host}{name}.html")
    page.page.locator("details.cite summary").click()
    thing = describe(library, BASE + name.removeprefix("ru/"))
    for label, form in BUTTONS.items():
        with page.page.expect_download() as loading:
            page.page.get_by_role("button", name=label, exact=True).click()
        text = Path(loading.value.path()).read_text(encoding="utf-8")
        assert text == bibliography(library.store, cited_on(library, thing), form, thing.iri)


def test_without_scripts_a_page_leads_to_the_references_of_the_whole(browser, host: str, library) -> None:
    expected = whole(library.store, library.sources.values())
    with watching(browser, host, java_script_enabled=False, accept_downloads=True) as found:
        shown = found.open(f"{host}person/iagoda.html").page
        shown.click("details.cite summary")
        assert "¶" in shown.inner_text("details.cite p") and f"{BASE}person/iagoda" in shown.inner_text(
            "details.cite p"
        )
        shown.click("details.cite .formats a")
        for suffix, form in {"bib": "bibtex", "ris": "ris", "csl.json": "csl-json"}.items():
            with shown.expect_download() as loading:
                shown.click(f"a[href$='narkom.{suffix}']")
            assert Path(loading.value.path()).read_text(encoding="utf-8") == expected[form]
        assert found.wrongs == []


def test_the_usual_answer_keeps_the_references_of_its_page(page: Watched, host: str, kb) -> None:
    shown = opened(page, f"{host}question/career.html")
    found = kb.ask("career")
    assert cited(shown) == {form: found.bibliography(form) for form in MEDIA}


# -- the address -----------------------------------------------------------------------------------------------------


def copied(page) -> str:
    """Copy the address of what a page shows, and return what is in the clipboard then."""
    page.click(".share button")
    page.wait_for_selector(".share output:has-text('Copied')")
    return page.evaluate("navigator.clipboard.readText()")


@pytest.fixture
def readable(page: Watched) -> Watched:
    """Return the page with leave to read the clipboard."""
    page.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return page


def test_the_address_of_an_answer_is_copied_and_leads_to_it(readable: Watched, host: str) -> None:
    shown = opened(readable, f"{host}question/career.html")
    assert copied(shown) == f"{host}question/career.html"
    shown.fill("input[name=person]", "Ягода")
    shown.click("form.ask button")
    shown.wait_for_selector("#answer:has-text('person = Ягода')")
    address = copied(shown)
    assert address == f"{host}question/career.html?{urlencode({'person': 'Ягода'})}"
    rows = shown.inner_text("#answer table")
    shown.goto(address)
    shown.wait_for_selector("#answer:has-text('person = Ягода')")
    assert shown.inner_text("#answer table") == rows
    assert shown.locator(".share a").evaluate("(one) => one.href") == address


def test_without_a_clipboard_the_address_is_copied_by_hand(readable: Watched, host: str) -> None:
    readable.page.add_init_script("Object.defineProperty(navigator.clipboard, 'writeText', { value: undefined })")
    shown = opened(readable, f"{host}question/career.html?person=Iagoda")
    assert copied(shown) == f"{host}question/career.html?person=Iagoda"
    assert shown.evaluate("document.activeElement.closest('.share') !== null")


def test_where_nothing_can_be_copied_the_page_says_so(page: Watched, host: str) -> None:
    page.page.add_init_script(
        "Object.defineProperty(navigator.clipboard, 'writeText', { value: undefined });"
        "document.execCommand = () => false;"
    )
    shown = opened(page, f"{host}question/career.html?person=Iagoda")
    shown.click(".share button")
    shown.wait_for_selector(".share output:has-text('did not copy')")


def test_what_is_no_answer_has_no_address(page: Watched, host: str) -> None:
    page.open(f"{host}question/career.html?person=Napoleon")
    page.page.wait_for_selector("#answer [role=alert]")
    assert page.page.locator(".share").is_hidden()


def test_the_address_of_a_query_is_copied(readable: Watched, host: str) -> None:
    readable.open(f"{host}sparql.html#query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D&view=wide")
    shown = readable.page
    assert shown.locator(".share").is_hidden()
    shown.click("button[name=run]")
    shown.wait_for_selector("#answer > *")
    assert copied(shown) == f"{host}sparql.html#query=ASK%7B%3Fs+%3Fp+%3Fo%7D&view=wide"
