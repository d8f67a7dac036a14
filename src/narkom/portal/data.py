"""What the scripts of the pages read, as JSON at addresses of its own; the pages tell the same in words."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache, partial

from narkom.asking.bibliography import MEDIA, whole
from narkom.portal import citing, searching
from narkom.portal.figures.atlas import atlas
from narkom.portal.figures.network import network
from narkom.portal.figures.timeline import timeline
from narkom.portal.library import Library
from narkom.portal.reply import Reply

# What to cite for the whole, in the forms that programs for references read.
CITED = {"bibtex": "data/narkom.bib", "ris": "data/narkom.ris", "csl-json": "data/narkom.csl.json"}


def published(library: Library, changes: Mapping[str, bytes]) -> dict[str, Callable[[], Reply]]:
    """Return what makes each of these files, by its path on the site; made once, when it is first asked for.

    `changes` are the files that make other views of the accepted one, by the name of the view.
    """
    makers = {
        "search": searching.things,
        "search-claims": searching.claims,
        "citing": citing.told,
        "timeline": timeline,
        "network": network,
        "map": atlas,
    }
    cited = {f"/{name}": _cited(form, library) for form, name in CITED.items()}
    views = {f"/data/views/{view}.json": partial(_json, change) for view, change in changes.items()}
    return {f"/data/{name}.json": _made(maker, library) for name, maker in makers.items()} | views | cited


def _made(maker: Callable[[Library], object], library: Library) -> Callable[[], Reply]:
    @cache
    def body() -> bytes:
        return json.dumps(maker(library), ensure_ascii=False, separators=(",", ":")).encode()

    return lambda: _json(body())


def _cited(form: str, library: Library) -> Callable[[], Reply]:
    @cache
    def body() -> bytes:
        return whole(library.store, library.sources.values())[form].encode()

    return lambda: Reply(200, {"Content-Type": f"{MEDIA[form]}; charset=utf-8"}, body())


def _json(body: bytes) -> Reply:
    return Reply(200, {"Content-Type": "application/json"}, body)
