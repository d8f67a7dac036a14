"""The whole site: the pages of every language, and what stands beside them under an address of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from narkom.portal.answered import Answers
from narkom.portal.data import published
from narkom.portal.languages import ENGLISH, LANGUAGES, language_of
from narkom.portal.library import Library
from narkom.portal.negotiation import choose_language
from narkom.portal.pages import Pages
from narkom.portal.reply import Reply

Beside = Mapping[str, Callable[[], Reply]]


class Portal:
    """Every address of the site, for a server (live) or for a folder of files."""

    def __init__(
        self,
        library: Library,
        live: bool = True,
        questions: tuple[tuple[str, ...], Callable] | None = None,
        beside: Beside | None = None,
        changes: Mapping[str, bytes] | None = None,
    ) -> None:
        """Take the library, the views to ask under with what opens a store under one, and what else has an address.

        `changes` say what makes other views of the accepted one: by them a browser has these too, without a server.
        """
        self.library = library
        answers = Answers(library, *(questions or ()), kept=not live)
        views = (*answers.views, *(changes or ()))
        self.pages = {language: Pages(library, live, answers, language, views) for language in LANGUAGES}
        self.data = published(library, changes or {})
        self._beside = {**self.data, **(beside or {})}

    def get(self, path: str, query: str = "", accept: str | None = None, languages: str | None = None) -> Reply:
        """Return the answer to a GET of a path; `accept` and `languages` are what the client prefers (RFC 9110)."""
        if path in self._beside:
            return self._beside[path]()
        language, rest = split_language(path)
        wanted = choose_language(languages, list(LANGUAGES))
        if path == "/" and wanted != ENGLISH:
            return Reply(302, {"Location": f"{wanted}/", "Vary": "Accept-Language"})
        reply = self.pages[language].get(rest, query, accept)
        if reply.status == 303:
            reply.headers["Vary"] = "Accept, Accept-Language"
        # The name of a thing leads to its page in the reader's language; an address of a page is of one language.
        page = reply.headers.get("Location", "").endswith(".html")
        if reply.status == 303 and page and language == ENGLISH != wanted:
            reply.headers["Location"] = f"{'../' * (path.count('/') - 1)}{wanted}{path}.html"
        return reply


def split_language(path: str) -> tuple[str, str]:
    """Return the language of a path, and the path without the language's folder."""
    language = language_of(path)
    return language, path if language == ENGLISH else path.removeprefix(f"/{language}") or "/"
