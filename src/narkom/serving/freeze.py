"""The site as a folder of files, for any static host: every page, every description, the answers to the questions."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from narkom.commands.progress import tell
from narkom.errors import UsageError
from narkom.serving.pages import FROZEN, Pages
from narkom.serving.settings import Settings
from narkom.serving.tasks import open_library

_STATIC = Path(__file__).parent / "static"
# Media types by suffix, as Apache's own table does not have them all, and the encoding of what is text (RFC 6657).
_HTACCESS = """\
Options -MultiViews
DirectoryIndex index.html
AddDefaultCharset utf-8
AddType application/ld+json .jsonld
AddType application/n-quads .nq
AddType application/n-triples .nt
AddType application/rdf+xml .rdf
AddType application/trig .trig
AddType text/turtle .ttl
AddCharset utf-8 .css .csv .html .js .tsv .ttl .txt
<Files SHA256SUMS>
ForceType "text/plain; charset=utf-8"
</Files>
# Write the folder's own path before the name, where the site does not stand at the root of its host:
# ErrorDocument 404 /404.html
"""


def write(settings: Settings, folder: Path) -> int:
    """Write the site into a folder that is empty or not there yet, and return the exit code.

    Raises UsageError for a folder that holds something, StoreError for a store that cannot be served.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder}: is not empty. Name a new folder")
    pages = Pages(open_library(settings), live=False)
    count = 0
    try:
        for path in _paths(pages):
            target = folder / (path if path else "index.html")
            target.parent.mkdir(parents=True, exist_ok=True)
            if count % 500 == 0:
                tell(f"{count} files")
            target.write_bytes(pages.get(f"/{path}").body)
            count += 1
        style = _STATIC / "style.css"
        (folder / "404.html").write_bytes(pages.get("/nothing/here").from_anywhere(style.read_bytes()).body)
        (folder / ".htaccess").write_text(_HTACCESS, encoding="ascii")
        # The query editor needs a server; the style sheet does not.
        (folder / "static").mkdir()
        shutil.copy(style, folder / "static" / "style.css")
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written: {error.strerror}. Name a folder you own") from error
    print(f"Wrote {folder}: {count:,} files. Any static host can serve them; docs/serving.md tells how.")
    return 0


def _paths(pages: Pages) -> Iterator[str]:
    yield from ("index.html", "questions.html", "llms.txt")
    yield from (f"question/{name}.html" for name in sorted(pages.library.questions))
    for folder in (*pages.library.sources, *pages.kinds):
        yield f"{folder}/index.html"
    for name in pages.identifiers():
        yield from (f"{name}.{suffix}" for suffix in ("html", *FROZEN))
