"""What can be read of a page without a browser, and of a whole site of them."""

from __future__ import annotations

import posixpath
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

_ADDRESSES = {"href", "src", "action", "poster", "srcset"}
_OUTSIDE = ("https://", "http://", "data:", "mailto:")


class Page(HTMLParser):
    """Addresses, names, headings, language and title of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.links: list[dict] = []
        self.loaded: list[str] = []
        self.ids: list[str] = []
        self.headings: list[str] = []
        self.classes: set[str] = set()
        self.inline: list[str] = []
        self.language = self.title = ""
        self._in_title = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        its = dict(attrs)
        self.addresses += [value for name, value in attrs if name in _ADDRESSES and value is not None]
        if "id" in its:
            self.ids.append(its["id"])
        if tag in ("a", "link"):
            self.links.append({"tag": tag, **its})
        if "src" in its or its.get("rel") in ("stylesheet", "icon", "preload", "modulepreload"):
            self.loaded.append(its.get("src") or its["href"])
        if tag in ("h1", "h2", "h3", "h4"):
            self.headings.append(tag)
        self.classes |= set((its.get("class") or "").split())
        self.inline += [f"{tag} {name}" for name in its if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in its and "json" not in its.get("type", "")):
            self.inline.append(tag)
        if tag == "html":
            self.language = its.get("lang") or ""
        # A picture has titles of its own.
        self._in_title = tag == "title" and not self.title

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False

    def related(self, relation: str) -> list[dict]:
        """Return the links of a relation."""
        return [link for link in self.links if relation in (link.get("rel") or "").split()]


class Site:
    """A folder of pages."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
        self.names = sorted(name for name in self.files if name.endswith(".html"))

    @cache  # noqa: B019, a site lives as long as the tests
    def page(self, name: str) -> Page:
        """Return what can be read of a page."""
        return Page((self.folder / name).read_text(encoding="utf-8"))

    def target(self, name: str, address: str) -> tuple[str, str]:
        """Return the file that an address on a page leads to, empty for one outside, and the fragment."""
        path, _, fragment = address.partition("#")
        if path.startswith(_OUTSIDE):
            return "", ""
        path = unquote(path.partition("?")[0])
        found = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
        return found, unquote(fragment)
