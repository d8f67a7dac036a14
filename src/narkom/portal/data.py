"""What the scripts of the pages read, as JSON at addresses of its own; the pages tell the same in words."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache

from narkom.portal import searching
from narkom.portal.figures.atlas import atlas
from narkom.portal.figures.network import network
from narkom.portal.figures.timeline import timeline
from narkom.portal.library import Library
from narkom.portal.reply import Reply


def published(library: Library) -> dict[str, Callable[[], Reply]]:
    """Return what makes each of these files, by its path on the site; made once, when it is first asked for."""
    makers = {
        "search": searching.things,
        "search-claims": searching.claims,
        "timeline": timeline,
        "network": network,
        "map": atlas,
    }
    return {f"/data/{name}.json": _made(maker, library) for name, maker in makers.items()}


def _made(maker: Callable[[Library], object], library: Library) -> Callable[[], Reply]:
    @cache
    def body() -> bytes:
        return json.dumps(maker(library), ensure_ascii=False, separators=(",", ":")).encode()

    return lambda: Reply(200, {"Content-Type": "application/json"}, body())
