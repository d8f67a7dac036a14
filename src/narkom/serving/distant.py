"""What workers do where the knowledge base is on an engine elsewhere: queries are passed on, pages made from a copy."""

from __future__ import annotations

import pyoxigraph as ox

from narkom.asking.columns import NONE
from narkom.asking.endpoint import Endpoint, EndpointError
from narkom.asking.evidence import Evidence
from narkom.asking.remote import RemoteStore, require_view
from narkom.errors import UsageError
from narkom.portal.languages import LANGUAGES, gettext_noop, language_of, words
from narkom.portal.reply import Reply, text
from narkom.serving import reaching
from narkom.serving.log import tell
from narkom.serving.settings import Settings
from narkom.serving.sparql import Refusal
from narkom.serving.tasks import Site
from narkom.vocabulary import is_claim_sparql

MOST_QUADS = 300_000
_STARTING = 60
_TOO_LARGE = gettext_noop("There are no pages here: the knowledge base is too large. /sparql answers queries.")
_OF_CLAIMS = f"GRAPH ?g {{ ?s ?p ?o }} FILTER({is_claim_sparql('?g')})"


def load_distant(settings: Settings, asked: Endpoint) -> tuple[DistantSite, dict]:
    """Return what answers requests, and what the server is told of the endpoint.

    Raises EndpointError when it does not answer or holds no claim, UsageError when it holds another view.
    """
    endpoint = reaching.Reached(asked.url, asked.default_graph, _STARTING)
    counted = next(iter(endpoint.select(f"SELECT (COUNT(DISTINCT ?g) AS ?c) (COUNT(*) AS ?n) {{ {_OF_CLAIMS} }}")))
    claims, inside = int(counted["c"].value), int(counted["n"].value)
    if not claims:
        raise EndpointError(f"{asked.url}: holds no claim of the knowledge base. Put it there with narkom push")
    accepted = int(next(iter(endpoint.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")))["n"].value)
    try:
        require_view(RemoteStore(endpoint), "accepted")
    except UsageError as error:
        raise UsageError(f"{asked.url}: holds another view than the accepted one. Push that: narkom push") from error
    told = {"claims": claims, "accepted": accepted, "quads": inside + accepted, "views": ("accepted",)}
    return DistantSite(settings, endpoint, told["quads"]), told


class DistantSite(Site):
    """As Site, over an endpoint. Pages show what it held at the start; questions and queries ask it each time."""

    def __init__(self, settings: Settings, endpoint: reaching.Reached, quads: int) -> None:
        """Take the endpoint and the number of quads that it holds."""
        super().__init__(ox.Store(), settings, {})
        self._endpoint = endpoint
        self._quads = quads

    def prepare(self) -> None:
        """Fetch a copy for the pages; without it, where it would be too large, there are none."""
        if self._quads > MOST_QUADS:
            tell("no pages", quads=self._quads, most=MOST_QUADS)
            # A worker could not read them any more.
            _ = [words(language) for language in LANGUAGES]
            return
        super().prepare()

    def library(self):
        """Return the copy with its labels, claims and questions at hand; raises EndpointError."""
        if self._quads > MOST_QUADS:
            raise EndpointError(f"{self._endpoint.url}: holds more than {MOST_QUADS:,} quads, too many for pages")
        import SPARQLWrapper  # noqa: F401, a worker that asks a question could not read it any more

        self._store.bulk_extend(self._fetched("?s ?p ?o"))
        self._store.bulk_extend(self._fetched(_OF_CLAIMS))
        return super().library()

    def _fetched(self, pattern: str) -> list[ox.Quad]:
        graph = "?g" if "?g" in pattern else ""
        rows = self._endpoint.select(f"SELECT ?s ?p ?o {graph} {{ {pattern} }}")
        return [ox.Quad(row["s"], row["p"], row["o"], row["g"] if graph else ox.DefaultGraph()) for row in rows]

    def opened(self, view: str) -> RemoteStore:
        """Return the endpoint, fresh: nothing that an earlier question has fetched is kept."""
        return RemoteStore(self._endpoint)

    def views(self) -> tuple[str, ...]:
        """Return the one view that the endpoint holds."""
        return ("accepted",)

    def _page(self, request: dict, body: bytes) -> Reply:
        if self._quads > MOST_QUADS:
            language = language_of(request["path"])
            why = words(language).gettext(_TOO_LARGE)
            return text(f"{why}\n", 404, {"Content-Language": language})
        return super()._page(request, body)

    def _run(self, request: dict, query: str) -> tuple[str, bytes]:
        limit = self._settings.result
        if request["evidence"] in NONE:
            return reaching.run(self._endpoint, query, request["accept"], request["default"], request["named"], limit)
        reaching.check(self._endpoint, query)
        try:
            return super()._run(request, query)
        except EndpointError:
            raise Refusal(502, reaching.SILENT) from None

    def _evidence_of(self, view: str) -> Evidence:
        """Return what is known of the evidence: nothing yet, as with every question."""
        return Evidence(self.opened(view), view)
