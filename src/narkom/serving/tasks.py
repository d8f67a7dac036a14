"""What workers do: the nursery loads the store and gets back the function that answers one request."""

from __future__ import annotations

from collections.abc import Callable

from narkom.asking.questions import load_all
from narkom.building.snapshot import open_store, read_snapshot
from narkom.errors import StoreError
from narkom.serving import sparql
from narkom.serving.library import Library
from narkom.serving.pages import Pages
from narkom.serving.reconciling import Reconciliation
from narkom.serving.settings import Settings


def open_library(settings: Settings) -> Library:
    """Open the store and read what pages need; raises StoreError when it is missing, damaged or empty."""
    store = open_store(settings.store)
    library = Library(store, load_all(settings.root))
    if not library.claims:
        raise StoreError(f"{settings.store}: the store holds no claim. Run: narkom build")
    library.read()
    return library


def load(settings: Settings) -> tuple[Callable[[dict, bytes], tuple[dict, bytes]], dict]:
    """Return the function that workers answer with, and what the server is told of the store."""
    library = open_library(settings)
    pages = Pages(library)
    names = Reconciliation(library.store)
    # A worker can open no file: what names need when they are looked up is brought in now.
    pages.names.find("Ежов")
    from rapidfuzz import fuzz, process  # noqa: F401

    counts = read_snapshot(settings.store)[1]["counts"]

    def answer(request: dict, body: bytes) -> tuple[dict, bytes]:
        if request["do"] == "query":
            return _query(library, request, body, settings.result)
        if request["do"] == "reconcile":
            reply = names.get(request["path"], request["query"], body, request["url"])
            return {"status": reply.status, "headers": reply.headers}, reply.body
        reply = pages.get(request["path"], request["query"], request["accept"])
        return {"status": reply.status, "headers": reply.headers}, reply.body

    return answer, {"claims": len(library.claims), "accepted": counts["default graph"], "quads": counts["quads"]}


def _query(library: Library, request: dict, body: bytes, limit: int) -> tuple[dict, bytes]:
    try:
        media, data = sparql.run(
            library.store, body.decode(), request["accept"], request["default"], request["named"], limit
        )
    except sparql.Refusal as refusal:
        return {"status": refusal.status, "message": refusal.message}, b""
    return {"status": 200, "headers": {"Content-Type": media, "Vary": "Accept"}}, data
