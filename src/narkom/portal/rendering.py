"""What fills the templates of one language: the words, the links and what every template may ask of the library."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import jinja2
from markupsafe import Markup

from narkom.asking.notes import Note
from narkom.portal.definitions import definition
from narkom.portal.kinds import NAMES_OF_ONE
from narkom.portal.languages import ENGLISH, LANGUAGES
from narkom.portal.library import Library
from narkom.portal.reply import Reply, html
from narkom.vocabulary import BASE, ONTOLOGY, PREFIXES, shorten

FORMAT_NAMES = {
    "ttl": "Turtle", "jsonld": "JSON-LD", "nt": "N-Triples", "rdf": "RDF/XML", "trig": "TriG", "nq": "N-Quads",
}  # fmt: skip
_TEMPLATES = Path(__file__).parent / "templates"


class Place:
    """Where a page stands, and the shortest way from it to others."""

    def __init__(self, language: str, depth: int, here: str | None) -> None:
        """Take the page's language, how deep it lies below the top of its pages, and its path from there, if known."""
        self.up = "../" * depth
        self._english = language == ENGLISH
        self.root = self.up if self._english else f"../{self.up}"
        self._here = here or ""
        folders = self._here.partition("?")[0].split("/")[:-1]
        self._folders = folders if len(folders) == depth else []

    def to(self, path: str) -> str:
        """Return the address of a path of this language's pages, without the folders that it shares with this page."""
        folders = path.partition("?")[0].split("/")[:-1]
        shared = 0
        for ours, theirs in zip(self._folders, folders, strict=False):
            if ours != theirs:
                break
            shared += 1
        return self.up[3 * shared :] + path.split("/", shared)[-1]

    def at_root(self, path: str) -> str:
        """Return the address of a path from the top of the site, which is that of the English pages."""
        return self.to(path) if self._english else self.root + path

    def in_language(self, code: str) -> str:
        """Return the address of this page in a language."""
        if (code == ENGLISH) == self._english:
            return self.to(self._here) or "./"
        return self.root + ("" if code == ENGLISH else f"{code}/") + self._here or "./"


class Renderer:
    """The templates in the language of a library, for a server (live) or for a folder of files."""

    def __init__(self, library: Library, live: bool) -> None:
        """Read every template now, so that workers need no file."""
        self._library = library
        self._live = live
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(_TEMPLATES),
            autoescape=True,
            trim_blocks=True,
            undefined=jinja2.StrictUndefined,
            extensions=["jinja2.ext.i18n"],
        )
        words = library.words
        self._environment.install_gettext_callables(
            words.gettext, words.ngettext, newstyle=True, pgettext=words.pgettext
        )
        self._environment.globals |= self._globals()
        for name in self._environment.list_templates():
            self._environment.get_template(name)

    def page(self, template: str, depth: int, status: int = 200, **values) -> Reply:
        """Fill a template; links are relative, so that the pages work under any address."""
        place = Place(self._library.language, depth, values.get("here"))

        def href(iri: str) -> str:
            if iri.startswith(BASE):
                local, mark, fragment = iri.removeprefix(BASE).partition("#")
                return f"{place.to(f'{local}.html')}{mark}{fragment}" if local else place.up or "./"
            return iri if iri.startswith(("https://", "http://")) else ""

        given = {
            "typed": "",
            "up": place.up,
            "root": place.root,
            "href": href,
            "style": "",
            "choices": None,
            "cite": (),
        }
        given |= {"at_root": place.at_root, "in_language": place.in_language, **values}
        page = self._environment.get_template(template).render(given)
        # All attributes stand in double quotes: an apostrophe can be one wherever it stands.
        return html(page.replace("&#39;", "'"), status)

    def _globals(self) -> dict:
        library = self._library
        return {
            "language": library.language,
            "languages": LANGUAGES,
            "base": BASE,
            "ontology": ONTOLOGY,
            "library": library,
            "label": library.label,
            "labels": library.labels,
            "claims": library.claims,
            "space": PREFIXES,
            "sources": library.sources,
            "short": shorten,
            "span": library.dates.span,
            "where": self._where,
            "date": library.dates.in_words,
            "definition": partial(definition, library),
            "kind_name": self._kind_name,
            "tongue": self._tongue,
            "outside_only": library.outside_only,
            "format_names": FORMAT_NAMES,
            "live": self._live,
            "index": "" if self._live else "index.html",
            "home": "" if self._live else "index.html",
            "page": "" if self._live else ".html",
        }

    def _where(self, note: Note) -> str:
        """The passage of a note as it is cited: ¶ 22, sentence 1."""
        return self._library.place(note.passage.rpartition("/")[2])

    def _tongue(self, iri: str) -> str:
        """The attribute that marks what a thing is called where that is not in the language of the page."""
        its = self._library.labels.get(iri) or ({ENGLISH: ""} if iri in self._library.claims else {})
        return Markup(" lang=en") if its and self._library.language not in its else ""

    def _kind_name(self, kind: str) -> str:
        """What one thing of a kind is called."""
        return self._library.words.gettext(NAMES_OF_ONE.get(kind, kind))
