"""The pages of one language: from a path to HTML, RDF, a redirect or a refusal. Knows the store and no network."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from urllib.parse import parse_qsl

import jinja2
import pyoxigraph as ox
from markupsafe import Markup

from narkom.asking.bibliography import whole
from narkom.asking.notes import Note
from narkom.portal import editor, entity, facets, lives, rdf, schema_org, terms
from narkom.portal.answered import Answers
from narkom.portal.figures import FIGURES
from narkom.portal.figures.happenings import STANCES
from narkom.portal.figures.strip import months
from narkom.portal.figures.told import TOLD
from narkom.portal.kinds import HEADINGS, NAMES_OF_ONE, NEVER_VOUCHED_FOR
from narkom.portal.languages import ENGLISH, LANGUAGES, gettext_noop, words
from narkom.portal.library import Library
from narkom.portal.llms import llms_text
from narkom.portal.negotiation import choose
from narkom.portal.questions import QuestionPages
from narkom.portal.references import to_cite
from narkom.portal.reply import Reply, html, json, text
from narkom.vocabulary import (
    BASE,
    NUMBERED,
    ONTOLOGY,
    PREFIXES,
    folder_of,
    key_of,
    local_name,
    shorten,
    source_space,
    term,
)  # fmt: skip

_DOCUMENTS = {"html": "text/html", **{suffix: media for suffix, (media, _) in rdf.FORMATS.items()}}
_FORMAT_NAMES = {
    "ttl": "Turtle", "jsonld": "JSON-LD", "nt": "N-Triples", "rdf": "RDF/XML", "trig": "TriG", "nq": "N-Quads",
}  # fmt: skip
# What a folder of files has of each thing beside its page; a server has all formats.
FROZEN = ("ttl",)
# What to cite for a thing, in every form.
CITATION = "citation.json"
_NEVER_CITED = ("bound", "mapping")
# What refusals say: a heading and a reason.
_NOTHING = (gettext_noop("Nothing of this name"), gettext_noop("The knowledge base has no page at this address."))
_UNKNOWN = (_NOTHING[0], gettext_noop("The knowledge base knows nothing of this identifier."))
_UNCITED = (gettext_noop("Nothing to cite"), gettext_noop("What follows from claims is cited by these."))
_TOO_MANY = gettext_noop("The address has too many fields.")
# What the first page offers: a life, a fate, a charge, and what the sources disagree on.
MOST_ASKED = ("career", "life", "fates", "arrested-in", "charges", "versions-of", "figures-for", "who-met-whom")
_SOURCE_ORDER = ("note", "passage", "paragraph", "stance")
_FOLDER = r"/((?:[a-z][a-z0-9]*/)?[a-z][a-z0-9-]*)/"
_NAME = re.compile(rf"{_FOLDER}([\w-]+)(?:\.([a-z]+(?:\.json)?))?$", re.ASCII)
_LIST = re.compile(rf"{_FOLDER}(?:index\.html)?$")
_DOCUMENT = re.compile(r"/([a-z-]+)(?:\.([a-z]+))?$")
_DEFINITION = term("skos:definition")
_TEMPLATES = Path(__file__).parent / "templates"


class Pages:
    """Every page of the site in one language, for a server (live) or for a folder of files."""

    def __init__(
        self,
        library: Library,
        live: bool = True,
        answers: Answers | None = None,
        language: str = ENGLISH,
    ) -> None:
        """Read names and templates now, so that workers need no file.

        `answers` is what answers the stored questions; without it they are asked of the library's store.
        """
        self.library = library if language == ENGLISH else library.spoken(language)
        self.library.read()
        self.live = live
        self.words = words(language)
        self._here = ""
        self.environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(_TEMPLATES),
            autoescape=True,
            trim_blocks=True,
            undefined=jinja2.StrictUndefined,
            extensions=["jinja2.ext.i18n"],
        )
        say = self.words
        self.environment.install_gettext_callables(say.gettext, say.ngettext, newstyle=True, pgettext=say.pgettext)
        self.environment.globals |= self._globals()
        for name in self.environment.list_templates():
            self.environment.get_template(name)
        self.questions = QuestionPages(self.library, self._render, answers or Answers(library))

    def _globals(self) -> dict:
        return {
            "language": self.words.language,
            "languages": LANGUAGES,
            "base": BASE,
            "ontology": ONTOLOGY,
            "label": self.library.label,
            "labels": self.library.labels,
            "claims": self.library.claims,
            "space": PREFIXES,
            "sources": self.library.sources,
            "short": shorten,
            "span": self.library.dates.span,
            "where": self._where,
            "date": self.library.dates.in_words,
            "definition": self._definition,
            "kind_name": self._kind_name,
            "outside_only": self.library.outside_only,
            "format_names": _FORMAT_NAMES,
            "live": self.live,
            "index": "" if self.live else "index.html",
            "home": "" if self.live else "index.html",
            "page": "" if self.live else ".html",
        }

    def _where(self, note: Note) -> str:
        """The passage of a note as it is cited: ¶ 22, sentence 1."""
        return self.library.place(note.passage.rpartition("/")[2])

    def _kind_name(self, kind: str) -> str:
        """What one thing of a kind is called."""
        return self.words.gettext(NAMES_OF_ONE.get(kind, kind))

    def _definition(self, iri: str) -> str:
        """A thing's definition in the language of the pages, else in English."""
        found = {q.object.language: q.object.value for q in self.library.quads(ox.NamedNode(iri), _DEFINITION, None)}
        return found.get(self.words.language) or found.get(ENGLISH, "")

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
            return self._resource(match[1], match[2], accept)
        if path[1:] in (*self.kinds, *self.library.sources):
            return Reply(301, {"Location": f"{path.rpartition('/')[2]}/"})
        match = _NAME.match(path)
        if match:
            return self._resource(f"{match[1]}/{match[2]}", match[3], accept)
        return self.refusal(404, *_NOTHING)

    @property
    def _alternates(self) -> list[tuple[str, str]]:
        """The descriptions beside a page, by suffix and media type."""
        wanted = [suffix for suffix in _DOCUMENTS if suffix != "html"] if self.live else FROZEN
        return [(suffix, _DOCUMENTS[suffix]) for suffix in wanted]

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
                "cite.html", 0, cite=whole(self.library.store, self.library.sources.values())
            ),
            "/sparql.html": lambda _: self._editor(),
            "/llms.txt": lambda _: self._llms(),
            "/robots.txt": lambda _: text("User-agent: *\nDisallow: /sparql\nDisallow: /search\n"),
        }

    def _render(self, template: str, depth: int, status: int = 200, **values) -> Reply:
        """Fill a template; links are relative, so that the pages work under any address."""
        up = "../" * depth
        root = up if self.words.language == ENGLISH else f"../{up}"

        def href(iri: str) -> str:
            if iri.startswith(BASE):
                local, mark, fragment = iri.removeprefix(BASE).partition("#")
                return f"{up}{local}.html{mark}{fragment}" if local else up or "./"
            return iri if iri.startswith(("https://", "http://")) else ""

        given = {"typed": "", "up": up, "root": root, "here": self._here, "href": href, "style": "", **values}
        return html(self.environment.get_template(template).render(given), status)

    def refusal(self, status: int, heading: str, message: str) -> Reply:
        """Return an error's page. Its links are from the top: the address it answers may have any depth."""
        top = "/" if self.words.language == ENGLISH else f"/{self.words.language}/"
        return self._render("error.html", 0, status, heading=heading, message=message, up=top, root="/", here=None)

    def missing(self, top: str, style: Path) -> Reply:
        """Return the page of a static host for an address where there is nothing: it carries its style in itself."""
        sheet = Markup(style.read_text(encoding="utf-8"))
        return self._render(
            "error.html", 0, 404, heading=_NOTHING[0], message=_NOTHING[1], up=top, root=top, here=None, style=sheet,
        )  # fmt: skip

    # -- things ------------------------------------------------------------------------------------------------------

    def _resource(self, name: str, suffix: str | None, accept: str | None) -> Reply:
        iri = BASE + name
        if not self.library.exists(iri) or (suffix and suffix not in (*_DOCUMENTS, CITATION)):
            return self.refusal(404, *_UNKNOWN)
        if suffix is None:
            return self._see_other(name, accept)
        if suffix == CITATION:
            return self._citation(iri)
        if suffix != "html":
            return Reply(200, {"Content-Type": _DOCUMENTS[suffix]}, rdf.document(self.library, iri, suffix))
        return self._terms(name) if "/" not in name else self._entity(iri)

    def _see_other(self, name: str, accept: str | None) -> Reply:
        """The identifier is the thing's, not a document's: show the way to the document the client likes best."""
        media = choose(accept, ["text/html", "application/xhtml+xml", *list(_DOCUMENTS.values())[1:]])
        vary = {"Vary": "Accept"}
        if media is None:
            return text(f"This can be had as {', '.join(_DOCUMENTS.values())}.\n", 406, vary)
        suffix = next((s for s, its in _DOCUMENTS.items() if its == media), "html")
        return Reply(303, {"Location": f"{name.rpartition('/')[2]}.{suffix}", **vary})

    def _citation(self, iri: str) -> Reply:
        """What to cite for a thing's page, as JSON: in words, BibTeX, RIS and CSL-JSON."""
        found = entity.describe(self.library, iri)
        if found.kind in _NEVER_CITED:
            return self.refusal(404, *_UNCITED)
        forms = self._to_cite(found, self._passages(iri) if found.kind == "paragraph" else [])
        return json(forms)

    def _to_cite(self, found: entity.Entity, passages: list) -> dict[str, str]:
        return to_cite(self.library, found, (claim for _, its in passages for claim in its))

    def _entity(self, iri: str) -> Reply:
        found, depth = entity.describe(self.library, iri), folder_of(iri).count("/") + 1
        passages = self._passages(iri) if found.kind == "paragraph" else []
        values = {
            "e": found,
            "lives": lives,
            "library": self.library,
            "local": local_name(iri),
            "alternates": self._alternates,
            "schema": schema_org.embedded(self.library, found),
            "cite": {} if found.kind in _NEVER_CITED else self._to_cite(found, passages),
            "in_order": found.kind in _SOURCE_ORDER,
            "passages": passages,
            **self._neighbours(found.kind, iri),
        }
        claim = self.library.claims.get(iri)
        if claim is None:
            return self._render("entity.html", depth, **values)
        values["stance_definition"] = self._definition(PREFIXES["stance"] + claim.note.stance)
        told, more = entity.record(self.library, found)
        content = entity.content(self.library, claim)
        return self._render("claim.html", depth, claim=claim, content=content, told=told, more=more, **values)

    def _passages(self, paragraph: str) -> list[tuple[str, list]]:
        key = key_of(paragraph)
        prefix = source_space(key, "passage") + local_name(paragraph) + "s"
        passages = [iri for iri in self.library.kinds.get(f"{key}/passage", ()) if iri.startswith(prefix)]
        return [(iri, self.library.cited.get(iri, [])) for iri in passages]

    def _neighbours(self, kind: str, iri: str) -> dict[str, str | None]:
        """What stands before and behind a thing that a source numbers."""
        if kind not in NUMBERED:
            return {"previous": None, "next": None}
        row = self.library.kinds[folder_of(iri)]
        at = row.index(iri)
        return {"previous": row[at - 1] if at else None, "next": row[at + 1] if at + 1 < len(row) else None}

    def _list(self, kind: str) -> Reply:
        iris = self.library.kinds[kind]
        outside = {iri for iri in iris if kind not in NEVER_VOUCHED_FOR and self.library.outside_only(iri)}
        depth, heading = kind.count("/") + 1, self._heading(kind)
        shown, having = facets.of_list(self.library, kind, iris, self.library.label)
        return self._render(
            "list.html", depth, kind=kind, heading=heading, iris=iris, outside_iris=outside, facets=shown,
            having=having, lives=lives, library=self.library,
        )  # fmt: skip

    def _heading(self, kind: str) -> str:
        """The heading of a list, with the title of the source where there are several."""
        key, _, name = kind.rpartition("/")
        heading = self.words.gettext(HEADINGS.get(name) or name.replace("-", " ").capitalize())
        return f"{heading} – {self.library.sources[key].title}" if key and len(self.library.sources) > 1 else heading

    def _terms(self, name: str) -> Reply:
        """The ontology, or a scheme of concepts such as the stances, on one page."""
        return self._render(
            "ontology.html", 0, heading=self.library.label(BASE + name), iri=BASE + name, local=name,
            sections=terms.sections(self.library, name), alternates=self._alternates,
            others=[BASE + other for other in self.library.documents if other != name],
        )  # fmt: skip

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
            count = sum(len(its) for _, its in self._passages(iri))
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
        if name.removesuffix(f".{CITATION}") in self.library.questions and name.endswith(CITATION):
            return self.questions.citation(name.removesuffix(f".{CITATION}"))
        try:
            return self.questions.page(name, _fields(query))
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
            "sparql.html", 0, themes=self.questions.themes, views=self.questions.views,
            first=editor.first(self.library), given=editor.for_editor(self.library, self.live),
        )  # fmt: skip


def _fields(query: str) -> list[tuple[str, str]]:
    """Read a query string; what is not UTF-8 is replaced. Raises ValueError for more fields than any form has."""
    return parse_qsl(query, keep_blank_values=True, errors="replace", max_num_fields=50)


def _place_in(order: list[str], kind: str) -> int:
    return order.index(kind) if kind in order else len(order)
