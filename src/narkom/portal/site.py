"""The site as a folder of files, for any static host: pages in every language, dumps, descriptions, scripts."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from narkom.asking.evidence import Evidence
from narkom.asking.works import issued
from narkom.building.snapshot import write_flushed
from narkom.errors import StoreError, UsageError
from narkom.portal.assets import STATIC, assets
from narkom.portal.hosting import ZIPPED, feed, htaccess, robots, sitemap
from narkom.portal.languages import ENGLISH, LANGUAGES
from narkom.portal.pages import Pages
from narkom.portal.portal import Portal
from narkom.portal.prepared import can_be, prepared
from narkom.portal.questions import FILES
from narkom.portal.things import FROZEN
from narkom.publishing.files import CHECKSUMS, DUMPS, PACKED, packed
from narkom.publishing.rebase import rebase_text
from narkom.vocabulary import BASE

# A name that only a folder of this program has: what stands beside it may be replaced.
MARK = f"{DUMPS}{CHECKSUMS}"
# Smaller files gain nothing.
_LEAST_ZIPPED = 1400
# What scripts alone read, and unpack by themselves: it stands here compressed and in no other form.
_PACKED = ("data/answers/", "data/views/", "static/vendor/oxigraph/web_bg.wasm")


@dataclass(slots=True)
class Written:
    """How much was written: files and bytes, in all and by kind (pages, descriptions, answers, dumps …)."""

    files: dict[str, int]
    bytes: dict[str, int]


def write_site(
    portal: Portal, folder: Path, dumps: dict[str, bytes], base: str = BASE, tell: Callable[[str], None] = print
) -> Written:
    """Write the site into a folder, whole or not at all; a site that stands there is replaced.

    `dumps` are the files of a publication by name. Raises UsageError for a folder that holds something else,
    StoreError where it cannot be written.
    """
    check_folder(folder)
    fresh = folder.with_name(f"{folder.name}.new")
    try:
        shutil.rmtree(fresh, ignore_errors=True)
        written = _write_all(fresh, _files(portal, dumps, base, tell))
        shutil.rmtree(folder, ignore_errors=True)
        fresh.rename(folder)
    except OSError as error:
        shutil.rmtree(fresh, ignore_errors=True)
        raise StoreError(f"{folder}: cannot be written: {error.strerror}. Name a folder you own") from error
    return written


def check_folder(folder: Path) -> None:
    """Raise UsageError for a folder that holds something else than a site of this program."""
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not (folder / MARK).is_file())):
        raise UsageError(f"{folder}: holds something else than a site of this program. Name a new folder")


def _write_all(folder: Path, files: Iterable[tuple[str, str, bytes]]) -> Written:
    written = Written({}, {})
    for kind, name, data in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_flushed(path, data) if kind == "dumps" else path.write_bytes(data)
        written.files[kind] = written.files.get(kind, 0) + 1
        written.bytes[kind] = written.bytes.get(kind, 0) + len(data)
    return written


def _files(
    portal: Portal, dumps: dict[str, bytes], base: str, tell: Callable[[str], None]
) -> Iterator[tuple[str, str, bytes]]:
    """Yield every file: its kind, its name and what it holds."""
    pages = []
    for language, its in portal.pages.items():
        tell(f"pages: {LANGUAGES[language]}")
        top = "" if language == ENGLISH else f"{language}/"
        for name in _pages(its):
            pages.append(top + name)
            yield "pages", top + name, _based(portal.get(f"/{top}{name}").body, base)
    tell("descriptions")
    for name in portal.pages[ENGLISH].identifiers():
        for suffix in FROZEN:
            yield "descriptions", f"{name}.{suffix}", _based(portal.get(f"/{name}.{suffix}").body, base)
    tell("answers")
    answers = dict(_answers(portal))
    tell("dumps")
    scripts = {f"static/{name}": path.read_bytes() for name, path in assets().items()}
    scripts |= {name.removeprefix("/"): _based(made().body, base) for name, made in portal.data.items()}
    for kind, files in (
        ("dumps", {DUMPS + name: data for name, data in dumps.items()}),
        ("answers", {name: _based(data, base) for name, data in answers.items()}),
        ("scripts", scripts),
    ):
        for name, data in files.items():
            if name.startswith(_PACKED):
                yield kind, name + PACKED, packed(data)
                continue
            yield kind, name, data
            if name.rpartition(".")[2] in ZIPPED and len(data) >= _LEAST_ZIPPED:
                yield "compressed", name + PACKED, packed(data)
    for_hosts = _for_hosts(portal, pages, base, [data for name, data in dumps.items() if name.endswith(".html")])
    yield from (("pages", name, data) for name, data in for_hosts.items())


def _answers(portal: Portal) -> Iterator[tuple[str, bytes]]:
    """Yield the files of each question: of its usual answer, and of all where these can be prepared."""
    library = portal.library
    evidence = Evidence(library.store, "accepted")
    for name, question in sorted(library.questions.items()):
        for suffix in FILES:
            yield f"question/{name}.{suffix}", portal.get(f"/question/{name}.{suffix}").body
        if can_be(library, question):
            text = json.dumps(prepared(library, question, evidence), ensure_ascii=False, separators=(",", ":"))
            yield f"data/answers/{name}.json", text.encode()


def _for_hosts(portal: Portal, pages: list[str], base: str, beside: list[bytes]) -> dict[str, bytes]:
    """Return what hosts and programs look for at the top of a site; `beside` are pages with styles of their own."""
    # A host sends this page for addresses of any depth, so that it can name no file beside it.
    missing = _based(portal.pages[ENGLISH].missing(BASE, STATIC / "style.css").body, base)
    return {
        "404.html": missing,
        ".htaccess": htaccess([missing, *beside]).encode("ascii"),
        "favicon.svg": (STATIC / "favicon.svg").read_bytes(),
        "robots.txt": robots(base).encode(),
        "sitemap.xml": sitemap(pages, base).encode(),
        "feed.xml": feed(base, issued(portal.library.store)).encode(),
    }


def _pages(pages: Pages) -> Iterator[str]:
    """Yield the name of every page of a language."""
    yield from pages.single
    yield from (f"question/{name}.html" for name in sorted(pages.library.questions))
    for folder in (*pages.library.sources, *pages.kinds):
        yield f"{folder}/index.html"
    yield from (f"{name}.html" for name in pages.identifiers())


def _based(body: bytes, base: str) -> bytes:
    return body if base == BASE else rebase_text(body.decode(), base).encode()
