"""What workers do: the nursery loads the store and gets back what answers one request."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from narkom.asking.columns import chosen_columns
from narkom.asking.evidence import Evidence
from narkom.building.build import OTHER_VIEWS
from narkom.building.snapshot import open_store, read_snapshot
from narkom.errors import StoreError, UsageError
from narkom.serving import evidence, sparql
from narkom.serving.settings import Settings
from narkom.vocabulary import PREFIXES

if TYPE_CHECKING:
    from narkom.portal.library import Library
    from narkom.portal.reply import Reply

_DEFAULT = ox.DefaultGraph()


def load(settings: Settings) -> tuple[Site, dict]:
    """Return what answers requests, and what the server is told of the store.

    Raises StoreError when the store is missing, damaged or empty, EndpointError when the endpoint is.
    """
    if settings.endpoint is not None:
        from narkom.serving.distant import load_distant

        return load_distant(settings, settings.endpoint)
    store = open_store(settings.store)
    counts = read_snapshot(settings.store)[1]["counts"]
    if not counts["claim graphs"]:
        raise StoreError(f"{settings.store}: the store holds no claim. Run: narkom build")
    told = {"claims": counts["claim graphs"], "accepted": counts["default graph"], "quads": counts["quads"]}
    # The accepted rows must not be given for those of all claims: without the other views nothing is served.
    site = Site(store, settings, {view: read_snapshot(settings.store, view)[0] for view in OTHER_VIEWS})
    site.read_registers()
    return site, {**told, "views": site.views()}


class Site:
    """Queries can be answered at once, pages after `prepare`."""

    def __init__(self, store: ox.Store, settings: Settings, other_views: dict[str, bytes]) -> None:
        """Take an open store, and the other views as text: a worker can open no file, and a store takes 60 MB."""
        self._store = store
        self._settings = settings
        self._kept = other_views
        self._made: dict[str, ox.Store] = {}
        self._evidence: dict[str, Evidence] = {}

    def read_registers(self) -> None:
        """Read what the evidence of the accepted view needs in each worker, once, before any of them is forked.

        A worker that has run a long query is replaced: its successor would read this anew, and be a long one itself.
        """
        _ = self._evidence_of("accepted").trials

    def prepare(self) -> None:
        """Read all that pages and names need, before the workers for them are forked: they can open no file."""
        from rapidfuzz import fuzz, process  # noqa: F401

        from narkom.portal.portal import Portal
        from narkom.serving.dump import Dump
        from narkom.serving.openapi import reply
        from narkom.serving.reconciling import Reconciliation

        library = self.library()
        self._dump = Dump(library)
        views = self.views()
        beside = {"/openapi.json": lambda: reply(library.questions.values(), views)}
        self._pages = Portal(library, questions=(views, self.opened), beside=beside)
        self._names = Reconciliation(self._store)
        # The first name in Cyrillic reads the table of its romanisation.
        library.names.find("Ежов")

    def library(self) -> Library:
        """Return the store with its labels, claims and questions at hand."""
        from narkom.asking.questions import load_all
        from narkom.portal.library import Library

        library = Library(self._store, load_all(self._settings.root))
        library.read()
        return library

    def __call__(self, request: dict, body: bytes) -> tuple[dict, bytes]:
        """Answer one request."""
        if request["do"] == "query":
            return self._query(request, body)
        reply = self._page(request, body)
        return {"status": reply.status, "headers": reply.headers}, reply.body

    def _page(self, request: dict, body: bytes) -> Reply:
        if request["do"] == "reconcile":
            return self._names.get(request["path"], request["query"], body, request["url"])
        wanted = (request["path"], request["query"], request["accept"])
        return self._dump.get(*wanted) or self._pages.get(*wanted, request["languages"])

    def _query(self, request: dict, body: bytes) -> tuple[dict, bytes]:
        try:
            media, data = self._run(request, body.decode())
        except sparql.Refusal as refusal:
            return {"status": refusal.status, "message": refusal.message}, b""
        return {"status": 200, "headers": {"Content-Type": media, "Vary": "Accept"}}, data

    def _run(self, request: dict, query: str) -> tuple[str, bytes]:
        view, default = named_view(request["default"], request["named"], self.views())
        store, accept, limit = self.opened(view), request["accept"], self._settings.result
        columns = wanted_columns(request["evidence"])
        if not columns:
            return sparql.run(store, query, accept, default, request["named"], limit)
        if request["named"] or default not in ([], [sparql.ACCEPTED]):
            raise sparql.Refusal(400, "There is evidence for queries over a view, not over graphs that are named.")
        return evidence.run(self._evidence_of(view), query, accept, columns, limit)

    def _evidence_of(self, view: str) -> Evidence:
        """Return what is known of the evidence under a view, kept from query to query."""
        if view not in self._evidence:
            self._evidence[view] = Evidence(self.opened(view), view)
        return self._evidence[view]

    # -- views -------------------------------------------------------------------------------------------------------

    def views(self) -> tuple[str, ...]:
        """Return the views that questions can be asked under, the accepted one first."""
        return ("accepted", *self._kept)

    def opened(self, view: str) -> ox.Store:
        """Return the store under a view, made when it is first asked for in this worker."""
        if view not in self._kept:
            return self._store
        if view not in self._made:
            store = ox.Store()
            store.bulk_extend(
                q for q in self._store.quads_for_pattern(None, None, None, None) if q.graph_name != _DEFAULT
            )
            store.bulk_load(self._kept[view], ox.RdfFormat.N_TRIPLES)
            self._made[view] = store
        return self._made[view]


def named_view(default: list[str], named: list[str], views: tuple[str, ...]) -> tuple[str, list[str]]:
    """Return the view that a dataset is, and the dataset's default graphs over the store of that view.

    A view is a dataset by itself: its graph is named alone, by its IRI. Raises Refusal (400) for one among others.
    """
    asked = [iri.removeprefix(PREFIXES["view"]) for iri in default if iri.startswith(PREFIXES["view"])]
    others = [view for view in asked if view in views[1:]]
    if not others:
        return views[0], default
    if len(default) > 1 or named:
        raise sparql.Refusal(400, f"The view {others[0]} is asked by itself, without other graphs.")
    return others[0], [sparql.ACCEPTED]


def wanted_columns(text: str) -> tuple[str, ...]:
    """Return the columns of evidence that a request wants; raises Refusal (400)."""
    try:
        return chosen_columns(text)
    except UsageError as error:
        raise sparql.Refusal(400, f"{error}.") from None
