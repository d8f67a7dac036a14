"""Every phrase that the portal shows has its Russian, and the catalogue has no other."""

import ast
import html
import re
from collections.abc import Iterator
from pathlib import Path

import jinja2
import polib
import pyoxigraph as ox
import pytest

import narkom.portal
from narkom.asking.asked import asked_with
from narkom.asking.names import resolve
from narkom.asking.questions import ALL, Question, load_all
from narkom.config import find_root
from narkom.portal.definitions import definition
from narkom.portal.languages import Words, words
from narkom.portal.library import Library
from narkom.portal.naming import term_in_words
from narkom.portal.portal import Portal
from narkom.portal.wording import Wording
from narkom.vocabulary import BASE, term

from .kinds import STATIC

PORTAL = Path(narkom.portal.__file__).parent
TEMPLATES = sorted((PORTAL / "templates").glob("*.html"))
# What asking refuses and what the server says of a page is told on pages too.
SOURCES = [path for name in ("portal", "asking", "serving") for path in sorted((PORTAL.parent / name).rglob("*.py"))]
QUESTIONS = load_all(find_root())
CATALOGUE = list(polib.pofile(str(PORTAL / "locale" / "ru.po")))
CYRILLIC = re.compile("[А-Яа-яЁё]")
LOOKED_UP = ("_", "gettext", "gettext_noop", "ngettext", "pgettext", "say", "Phrase")
# Names and marks that have no letters of their own in Russian.
NOT_TRANSLATED = {("", "“%(typed)s”"), ("column", "sha256")}

# A phrase with the context that it is looked up in; mostly there is none.
Phrase = tuple[str, str]


def of_template(text: str) -> Iterator[Phrase]:
    """Yield the phrases that a template looks up and that stand in it."""
    environment = jinja2.Environment(extensions=["jinja2.ext.i18n"])
    for _line, function, found in environment.extract_translations(text):
        parts = found if isinstance(found, tuple) else (found,)
        context, phrase = parts[:2] if function == "pgettext" else ("", parts[0])
        if phrase is not None:
            yield context, phrase


def of_source(text: str) -> Iterator[Phrase]:
    """Yield the phrases that a module looks up, or marks for whoever shows them."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first = node.args[0] if node.args else None
            if name in LOOKED_UP and isinstance(first, ast.Constant) and len(node.args) == 1:
                yield "", first.value


def in_words(name: str) -> str:
    """Return a name of a query as it is shown."""
    return name.replace("_", " ")


def columns_of(question: Question) -> list[str]:
    """Return the names of the columns of a question."""
    head = re.search(r"(?s)\nSELECT\s+(?:DISTINCT\s+)?(.*?)\s*\bWHERE\b", question.text)[1]
    return re.findall(r"\?(\w+)", re.sub(r"(?s)\(.*?\bAS\s+(\?\w+)\s*\)", r"\1", head))


def written_by(question: Question) -> set[str]:
    """Return the phrases that a question's query writes into its answer."""
    query = "\n".join(line for line in question.text.splitlines() if not line.startswith("#"))
    return set(re.findall(r'"([a-z][^"\n]+)"(?![@^])', re.sub(r'LANG\(\?\w+\) = "en"', "", query)))


def shown() -> set[Phrase]:
    """Return every phrase that has to have its Russian."""
    found = {phrase for path in TEMPLATES for phrase in of_template(path.read_text(encoding="utf-8"))}
    found |= {phrase for path in SOURCES for phrase in of_source(path.read_text(encoding="utf-8"))}
    own = {(entry.msgctxt, entry.msgid) for entry in CATALOGUE if " of " in (entry.msgctxt or "")}
    for question in QUESTIONS:
        found.add(("theme", question.theme))
        found |= {("parameter", in_words(parameter.name)) for parameter in question.parameters}
        for context, phrases in (("cell", written_by(question)), ("column", map(in_words, columns_of(question)))):
            for phrase in phrases:
                special = (f"{context} of {question.name}", phrase)
                found.add(special if special in own else (context, phrase))
    return found


def terms(library: Library) -> set[Phrase]:
    """Return what the properties of other vocabularies are called that things with a page have: those have no label."""
    things = {ox.NamedNode(iri) for iris in library.kinds.values() for iri in iris}
    names = {quad.predicate.value for quad in library.quads(None, None, None) if quad.subject in things}
    return {("term", term_in_words(name)) for name in names if not library.labels.get(name)}


def placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"%\(\w+\)s|\{\w*\}", text))


def test_every_phrase_has_its_russian(library: Library) -> None:
    there = {(entry.msgctxt or "", entry.msgid) for entry in CATALOGUE if entry.msgstr or entry.msgstr_plural}
    assert sorted((shown() | terms(library)) - there) == []


def test_the_catalogue_has_no_phrase_that_nothing_shows_and_none_twice(library: Library) -> None:
    there = [(entry.msgctxt or "", entry.msgid) for entry in CATALOGUE]
    assert sorted(set(there) - shown() - terms(library)) == []
    assert len(there) == len(set(there))


def test_a_translation_has_the_placeholders_of_its_phrase() -> None:
    for entry in CATALOGUE:
        for text in (entry.msgstr_plural or {0: entry.msgstr}).values():
            assert placeholders(text) == placeholders(entry.msgid), entry.msgid


def test_a_translation_is_russian_and_of_every_plural_form() -> None:
    for entry in CATALOGUE:
        forms = [entry.msgstr] if not entry.msgid_plural else [entry.msgstr_plural[number] for number in range(3)]
        if (entry.msgctxt or "", entry.msgid) not in NOT_TRANSLATED:
            assert all(CYRILLIC.search(form) for form in forms), entry.msgid


def test_what_is_extracted_is_what_is_looked_up() -> None:
    template = """{{ _("one") }} {{ pgettext("theme", "two") }} {{ _(three) }}
        {% trans count=n %}{{ count }} row{% pluralize %}{{ count }} rows{% endtrans %}"""
    assert set(of_template(template)) == {("", "one"), ("theme", "two"), ("", "%(count)s row")}
    source = 'words.gettext("one"), gettext_noop("two"), other("three"), say(four), say("column", "five")'
    assert set(of_source(source)) == {("", "one"), ("", "two")}


def test_a_phrase_of_a_context_is_not_that_of_another() -> None:
    russian = words("ru")
    assert russian.pgettext("column", "sentence") == "предложение"
    assert russian.pgettext("column of trials", "sentence") == "приговор"
    assert russian.gettext("sentence") == "sentence" == words("en").pgettext("column of trials", "sentence")


@pytest.fixture(scope="module")
def russian(library: Library) -> Portal:
    return Portal(library, live=True)


def cells(page: str) -> list[list[str]]:
    """Return the rows of the answer on a page, without their notes."""
    body = page[page.index("<tbody>") : page.index("</tbody>")]
    rows = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL) for row in body.split("<tr")[1:]]
    return [[html.unescape(re.sub("<[^>]+>", "", cell)) for cell in row[:-1]] for row in rows]


def test_a_question_is_told_in_russian(russian: Portal) -> None:
    page = russian.get("/ru/question/charges").body.decode()
    question = next(one for one in QUESTIONS if one.name == "charges")
    assert question.description_ru in page and question.description not in page
    assert f"<title>{question.summary_ru}" in page and question.parameters[0].meaning_ru in page
    assert "обвиняемый = Генрих Григорьевич Ягода" in page and ">с чьих слов</th>" in page
    first = cells(page)[0]
    assert first[1:3] == ["Николай Иванович Ежов", "Обвинение Ежовым Ягоды, март 1937 года"]
    # A gloss has no Russian, and says so to those who read it aloud.
    assert re.search(r'<td [^>]*lang="en">By Ezhov', page) and '<span class="stance not">вменяется</span>' in page


def test_the_cells_of_an_answer_are_in_the_language_of_the_page(russian: Portal) -> None:
    def steps(path: str, column: int) -> set[str]:
        return {row[column] for row in cells(russian.get(path).body.decode())}

    assert "занимал" in steps("/ru/question/career", 1) and "held" in steps("/question/career", 1)
    # Only in the other of two questions this is somebody's order.
    assert steps("/ru/question/dated-by-inference", 1) <= {"по порядку событий", "по целому"}
    assert "приказал" in steps("/ru/question/arrested-by", 2)
    # Beside the concept there is a class of this name, which is called otherwise.
    assert "снятие с должности" in steps("/ru/question/army-purge-figures", 1)
    assert "подпись 1" in steps("/ru/question/without-footnote", 0) and "caption 1" in steps(
        "/question/without-footnote", 0
    )


def test_what_explains_a_thing_is_in_the_language_of_the_page(library: Library) -> None:
    spoken = library.spoken("ru")
    explained = {quad.subject.value for quad in library.quads(None, term("skos:definition"), None)}
    assert len(explained) > 350
    for iri in explained:
        assert definition(spoken, iri).language == "ru", iri
        assert CYRILLIC.search(definition(spoken, iri).text), iri
        assert definition(library, iri).language == "en", iri
    assert definition(library, f"{BASE}person/ezhov") is None


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("concept/acquaintance.html", "skos:definition"),
        ("group/unnamed-voice.html", "skos:editorialNote"),
        ("mapping/stalin-wikidata.html", "rdfs:comment"),
        ("place/nkvd-headquarters.html", "nk:doubt"),
    ],
)
def test_a_page_shows_one_of_two_languages(library: Library, russian: Portal, path: str, name: str) -> None:
    quads = library.quads(ox.NamedNode(BASE + path.removesuffix(".html")), term(name), None)
    told = {quad.object.language: quad.object.value for quad in quads}
    assert set(told) == {"en", "ru"}
    pages = {"en": f"/{path}", "ru": f"/ru/{path}"}
    for language, address in pages.items():
        page = html.unescape(russian.get(address).body.decode())
        assert [one for one in told if told[one] in page] == [language]


def test_what_is_in_another_language_is_marked(library: Library, russian: Portal) -> None:
    doubtful = next(
        quad for quad in library.quads(None, term("nk:doubt"), None) if quad.subject.value in library.claims
    )
    page = html.unescape(russian.get(f"/ru/{doubtful.subject.value.removeprefix(BASE)}.html").body.decode())
    assert f"<span lang=en>{doubtful.object.value}</span>" in page
    assert "<span lang=en>Nikolai Yezhov</span>" in russian.get("/ru/person/ezhov.html").body.decode()
    page = russian.get("/person/ezhov.html").body.decode()
    assert "Nikolai Yezhov" in page and "lang=en" not in page
    quoted = next(
        quad for quad in library.quads(None, term("nk:quotedTerm"), None) if quad.object.language == "ru-latn"
    )
    page = html.unescape(russian.get(f"/{quoted.subject.value.removeprefix(BASE)}.html").body.decode())
    assert f"<span lang=ru-latn>{quoted.object.value}</span>" in page


def test_the_title_of_a_book_is_marked_as_english(russian: Portal) -> None:
    assert re.search("<a href=[^>]* lang=en>State Security Chief</a>", russian.get("/ru/ssc/note/1.html").body.decode())
    assert "<h1 lang=en>State Security Chief</h1>" in russian.get("/ru/work/state-security-chief.html").body.decode()
    assert "lang=en>State Security Chief" not in russian.get("/work/state-security-chief.html").body.decode()


def test_the_title_of_a_claim_is_in_the_language_of_the_page(library: Library, russian: Portal) -> None:
    claim = library.claims[f"{BASE}ssc/claim/p22s1c"]
    assert f"<title>{claim.note.gloss} – Narkom" in russian.get("/ssc/claim/p22s1c.html").body.decode()
    title = "<title>Утверждение ssc/p22s1c: абзац 22, предложение 1 – Narkom"
    assert title in russian.get("/ru/ssc/claim/p22s1c.html").body.decode()


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("career?person=Orlov", "лицо = Orlov: подходит несколько: person:orlov-a (A. Orlov"),
        ("career?person=NKVD", "лицо = NKVD: body:nkvd — это орган, а здесь требуется лицо."),
        (
            "career?person=Jeshoff",
            "лицо = Jeshoff: под этим именем в реестрах ничего нет (лицо). Ближе всего: person:ez",
        ),
        ("career?nobody=1", "nobody = 1: такого параметра нет. Параметры вопроса career: person=<person>"),
        ("between?first=nothing", "такого нет (событие)"),
        ("charges?view=none", "view = none: выберите одно из значений: accepted"),
        ("doubts?paragraph=ten", "требуется целое число"),
    ],
)
def test_what_a_question_cannot_be_asked_with_is_told_in_russian(russian: Portal, query: str, told: str) -> None:
    name, _, asked = query.partition("?")
    reply = russian.get(f"/ru/question/{name}", asked)
    line = re.search(r'<p class="outside" role="alert">(.*)</p>', reply.body.decode())[1]
    assert reply.status == 400 and told in html.unescape(line)


def test_a_claim_that_is_linked_is_marked_as_english(russian: Portal) -> None:
    page = russian.get("/ru/stance/rejected.html").body.decode()
    links = re.findall(r'<a href="\.\./ssc/claim/[^>]*>', page)
    assert len(links) > 10
    assert [link for link in links if not link.endswith("lang=en>")] == []


def test_what_stands_in_the_form_is_understood(library: Library) -> None:
    wording = Wording(library.spoken("ru"))
    for question in QUESTIONS:
        for parameter, one in zip(question.parameters, asked_with(library.store, question, {}), strict=True):
            found = resolve(library.store, parameter, wording.value(one))
            assert found == (one.term or ALL) or parameter.kinds[0] in ("date", "integer"), (question.name, one)


def test_no_page_looks_up_what_the_catalogue_lacks(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is looked up under a name that no extraction sees would stay English unnoticed."""
    asked: set[Phrase] = set()
    look_up, count = Words.pgettext, Words.ngettext

    def recorded(self: Words, context: str, phrase: str) -> str:
        # Whether a question means something of its own by it is asked first.
        if self.language == "ru" and " of " not in context:
            asked.add((context, phrase))
        return look_up(self, context, phrase)

    def counted(self: Words, one: str, many: str, number: int) -> str:
        asked.add(("", one))
        return count(self, one, many, number)

    monkeypatch.setattr(Words, "pgettext", recorded)
    monkeypatch.setattr(Words, "ngettext", counted)
    # What has no name of its own is made with the words of now, and shared between the tests.
    portal = Portal(Library(library.store, QUESTIONS))
    for address in STATIC.values():
        path, _, query = address.partition("?")
        path = path.removesuffix("index.html")
        assert portal.get(f"/ru/{path}", query).status == 200, path
    for path in ("person/nobody.html", "question/nothing", "nothing"):
        assert portal.get(f"/ru/{path}").status == 404
    there = {(entry.msgctxt or "", entry.msgid) for entry in CATALOGUE}
    assert len(asked) > 200
    assert sorted(asked - there) == []
