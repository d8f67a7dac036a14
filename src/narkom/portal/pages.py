"""The pages of one language: from a path to HTML, RDF, a redirect or a refusal. Knows the store and no network."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from urllib.parse import parse_qsl

from markupsafe import Markup

from narkom.asking.bibliography import whole
from narkom.portal import editor, facets, lives, schema_org
from narkom.portal.answered import Answers
from narkom.portal.data import CITED
from narkom.portal.figures import FIGURES
from narkom.portal.figures.happenings import STANCES, Told
from narkom.portal.figures.strip import months
from narkom.portal.figures.told import TOLD
from narkom.portal.kinds import HEADINGS, NEVER_VOUCHED_FOR
from narkom.portal.languages import ENGLISH, gettext_noop, words
from narkom.portal.library import Library
from narkom.portal.llms import llms_text
from narkom.portal.questions import QuestionPages
from narkom.portal.rendering import Renderer
from narkom.portal.reply import Reply, text
from narkom.portal.things import NOTHING, Things, passages
from narkom.vocabulary import (
    BASE,
    NUMBERED,
    local_name,
)  # fmt: skip

# What refusals say.
_TOO_MANY = gettext_noop("The address has too many fields.")
# What the first page offers: a life, a fate, a charge, and what the sources disagree on.
MOST_ASKED = ("career", "life", "fates", "arrested-in", "charges", "versions-of", "figures-for", "who-met-whom")
_FOLDER = r"/((?:[a-z][a-z0-9]*/)?[a-z][a-z0-9-]*)/"
_NAME = re.compile(rf"{_FOLDER}([\w-]+)(?:\.([a-z]+))?$", re.ASCII)
_LIST = re.compile(rf"{_FOLDER}(?:index\.html)?$")
_DOCUMENT = re.compile(r"/([a-z-]+)(?:\.([a-z]+))?$")


class Pages:
    """Every page of the site in one language, for a server (live) or for a folder of files."""

    def __init__(
        self,
        library: Library,
        live: bool = True,
        answers: Answers | None = None,
        language: str = ENGLISH,
        views: tuple[str, ...] = (),
    ) -> None:
        """Read names and templates now, so that workers need no file.

        `answers` is what answers the stored questions; without it they are asked of the library's store. `views` are
        those that the query editor can ask under.
        """
        self.library = library if language == ENGLISH else library.spoken(language)
        self.library.read()
        self.live = live
        self.words = words(language)
        self._here = ""
        self._views = views
        self._renderer = Renderer(self.library, live)
        self._things = Things(self.library, self._render, self.refusal, live)
        self.questions = QuestionPages(self.library, self._render, answers or Answers(library))

    def get(self, path: str, query: str = "", accept: str | None = None) -> Reply:
        """Return the answer to a GET of a path, which begins at the top of this language's pages."""
        # For the way to the same page in another language; one page is made at a time.
        self._here = path[1:] + (f"?{query}" if query else "")
        if path in self._fixed:
            return self._fixed[path](query)
        if path.startswith("/question/"):
            return self._question(path.removeprefix("/question/").removesuffix(".html"), query)
        match = _LIST.match(path)
        if match and match[1] in self.library.sources:
            return self._source(match[1])
        if match and match[1] in self.kinds:
            return self._list(match[1])
        match = _DOCUMENT.match(path)
        if match and match[1] in self.library.documents:
            return self._things.get(match[1], match[2], accept)
        if path[1:] in (*self.kinds, *self.library.sources):
            return Reply(301, {"Location": f"{path.rpartition('/')[2]}/"})
        match = _NAME.match(path)
        if match:
            return self._things.get(f"{match[1]}/{match[2]}", match[3], accept)
        return self.refusal(404, *NOTHING)

    @property
    def kinds(self) -> list[str]:
        """The kinds of things that have a list."""
        order = list(HEADINGS)
        found = ((kind.rpartition("/")[2], kind) for kind in self.library.kinds)
        return [kind for last, kind in sorted(found, key=lambda one: (_place_in(order, one[0]), one[1]))]

    @property
    def single(self) -> list[str]:
        """The pages that are no list and of no thing."""
        return [
            "index.html",
            "questions.html",
            "search.html",
            "sparql.html",
            "about.html",
            "cite.html",
            *(f"{name}.html" for name in FIGURES),
            *(["llms.txt"] if self.words.language == ENGLISH else []),
        ]

    def identifiers(self) -> Iterator[str]:
        """Yield the name of everything that has a page, relative to the base."""
        yield from self.library.documents
        for iris in self.library.kinds.values():
            yield from (iri.removeprefix(BASE) for iri in iris)

    @cached_property
    def _fixed(self) -> dict:
        return {
            "/": lambda _: self._index(),
            "/index.html": lambda _: self._index(),
            "/search": self._search,
            "/search.html": self._search,
            "/questions": lambda _: self._question_list(),
            "/questions.html": lambda _: self._question_list(),
            **{f"/{name}{end}": self._figure(name) for name in FIGURES for end in ("", ".html")},
            "/about.html": lambda _: self._about(),
            "/cite.html": lambda _: self._render(
                "cite.html", 0, files=CITED, whole=whole(self.library.store, self.library.sources.values())
            ),
            "/sparql.html": lambda _: self._editor(),
            "/llms.txt": lambda _: self._llms(),
            "/robots.txt": lambda _: text("User-agent: *\nDisallow: /sparql\nDisallow: /search\n"),
        }

    def _render(self, template: str, depth: int, status: int = 200, **values) -> Reply:
        return self._renderer.page(template, depth, status, **{"here": self._here, **values})

    def refusal(self, status: int, heading: str, message: str) -> Reply:
        """Return an error's page. Its links are from the top: the address it answers may have any depth."""
        top = "/" if self.words.language == ENGLISH else f"/{self.words.language}/"
        return self._render("error.html", 0, status, heading=heading, message=message, up=top, root="/", here=None)

    def missing(self, top: str, style: Path) -> Reply:
        """Return the page of a static host for an address where there is nothing: it carries its style in itself."""
        sheet = Markup(style.read_text(encoding="utf-8"))
        return self._render(
            "error.html", 0, 404, heading=NOTHING[0], message=NOTHING[1], up=top, root=top, here=None, style=sheet,
        )  # fmt: skip

    def _list(self, kind: str) -> Reply:
        iris = self.library.kinds[kind]
        outside = {iri for iri in iris if kind not in NEVER_VOUCHED_FOR and self.library.outside_only(iri)}
        depth, heading = kind.count("/") + 1, self._heading(kind)
        days = {iri: self._told.days(iri) for iri in iris} if kind == "event" else {}
        if days:
            iris = sorted(iris, key=lambda iri: days[iri].in_order)
        shown, having = facets.of_list(self._told, kind, iris)
        return self._render(
            "list.html", depth, kind=kind, heading=heading, iris=iris, outside_iris=outside, facets=shown,
            having=having, lives=lives, days=days,
        )  # fmt: skip

    @cached_property
    def _told(self) -> Told:
        """What claims say of each thing: lists are narrowed down by it."""
        return Told(self.library)

    def _heading(self, kind: str) -> str:
        """The heading of a list, with the title of the source where there are several."""
        key, _, name = kind.rpartition("/")
        heading = self.words.gettext(HEADINGS.get(name) or name.replace("-", " ").capitalize())
        return f"{heading} – {self.library.sources[key].title}" if key and len(self.library.sources) > 1 else heading

    # -- the site ----------------------------------------------------------------------------------------------------

    def _index(self) -> Reply:
        kinds = self.library.kinds
        paragraphs = {key: self._paragraphs(key) for key in self.library.sources}
        headings = [(kind, self._heading(kind)) for kind in self.kinds]
        admitted = self.library.accepted_stances
        return self._render(
            "index.html", 0, counts={kind: len(iris) for kind, iris in kinds.items()}, headings=headings,
            paragraphs=paragraphs, asked=[q for name in MOST_ASKED if (q := self.library.questions.get(name))],
            months=months(self.library), stances=[(stance, stance in admitted) for stance in STANCES],
            schema=schema_org.script(schema_org.DATASET),
        )  # fmt: skip

    def _paragraphs(self, key: str) -> list[tuple[str, str, int]]:
        """The paragraphs of a source, each with what it is called in a grid and the number of its claims."""
        found, photo = [], self.words.gettext("photo {0}")
        for iri in self.library.kinds[f"{key}/paragraph"]:
            name = local_name(iri)
            count = sum(len(its) for _, its in passages(self.library, iri))
            found.append((iri, f"¶ {name[1:]}" if name.startswith("p") else photo.format(name[1:]), count))
        return found

    def _source(self, key: str) -> Reply:
        """What the store has of one source."""
        kinds = self.library.kinds
        headings = [
            (kind, self.words.gettext(HEADINGS[kind]), len(kinds[f"{key}/{kind}"]))
            for kind in NUMBERED
            if f"{key}/{kind}" in kinds
        ]
        source, paragraphs = self.library.sources[key], self._paragraphs(key)
        return self._render("source.html", 1, source=source, headings=headings, paragraphs=paragraphs)

    def _search(self, query: str) -> Reply:
        try:
            typed = " ".join(value for name, value in _fields(query) if name == "q").strip()[:200]
        except ValueError:
            return self.refusal(400, gettext_noop("No such search"), _TOO_MANY)
        found = self.library.names.find(typed)
        claims = [self.library.claims[iri] for iri in found.claims]
        headings = [(kind, self._heading(kind)) for kind in self.kinds]
        return self._render("search.html", 0, typed=typed, things=found.things, claims=claims, headings=headings)

    def _question(self, name: str, query: str) -> Reply:
        stem, _, suffix = name.partition(".")
        try:
            return self.questions.file(stem, suffix) or self.questions.page(name, _fields(query))
        except ValueError:
            return self.refusal(400, gettext_noop("No such question"), _TOO_MANY)

    def _figure(self, name: str) -> Callable[[str], Reply]:
        """Return what makes the page of a figure, which tells in words what the figure shows."""
        return lambda _: self._render(f"{name}.html", 0, **TOLD[name](self.library))

    def _question_list(self) -> Reply:
        return self._render("questions.html", 0, themes=self.questions.themes)

    def _llms(self) -> Reply:
        questions = [question for _, its in self.questions.themes for question in its]
        return text(llms_text(self.library.sources.values(), questions, self.live))

    def _about(self) -> Reply:
        admitted = self.library.accepted_stances
        return self._render("about.html", 0, stances=[(stance, stance in admitted) for stance in STANCES])

    def _editor(self) -> Reply:
        return self._render(
            "sparql.html", 0, themes=self.questions.themes, views=self._views,
            first=editor.first(self.library), given=editor.for_editor(self.library, self.live),
        )  # fmt: skip


def _fields(query: str) -> list[tuple[str, str]]:
    """Read a query string; what is not UTF-8 is replaced. Raises ValueError for more fields than any form has."""
    return parse_qsl(query, keep_blank_values=True, errors="replace", max_num_fields=50)


def _place_in(order: list[str], kind: str) -> int:
    return order.index(kind) if kind in order else len(order)
