"""The server's own process: HTTP in, HTTP out. Whatever touches the data is done by workers."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from narkom.portal.assets import MEDIA_TYPES, assets
from narkom.portal.languages import ENGLISH, LANGUAGES, gettext_noop, language_of, words
from narkom.serving import protocol
from narkom.serving.description import description
from narkom.serving.log import tell
from narkom.serving.outer import App, Outer
from narkom.serving.pool import Busy, Killed, Pool
from narkom.serving.protocol import Refused
from narkom.serving.settings import Settings

_METHODS = "GET, HEAD, POST, OPTIONS"
EVIDENCE = "Narkom-Evidence"
"""The header by which a client that builds its own addresses asks for evidence."""
_ALL = ["GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE"]
_AGAIN = {"Retry-After": "5"}
_KILLED = {
    "time": gettext_noop("The query took longer than one may take here, and was ended."),
    "resources": gettext_noop("The query needed more memory or depth than one may take here, and was ended."),
    "gone": "The client has gone.",
}


def build(settings: Settings, queries: Pool, pages: Pool, told: dict) -> App:
    """Return the ASGI application over two pools: one for queries, one kept for pages."""
    # Read now: where a refusal is due, the server has other work to do than to read a catalogue.
    _ = [words(language) for language in LANGUAGES]
    server = _Server(settings, queries, pages, told)
    routes = [
        Route("/reconcile", server.reconcile, methods=_ALL),
        Route("/reconcile/{path:path}", server.reconcile, methods=_ALL),
        Route("/static/{name:path}", server.static, methods=["GET", "HEAD"]),
        Route("/{path:path}", server.page, methods=_ALL),
    ]
    # A path with a line feed matches no route.
    others = Starlette(routes=routes, exception_handlers={404: server.unmatched})

    async def app(scope: dict, receive: Callable, send: Callable) -> None:
        # The one address that is asked a thousand times a second does without the router and what surrounds it.
        if scope["type"] == "http" and scope["path"] == "/sparql":
            response = await server.sparql(Request(scope, receive, send))
            await response(scope, receive, send)
        else:
            await others(scope, receive, send)

    return Outer(app, settings.slow)


class _Server:
    """The endpoints."""

    def __init__(self, settings: Settings, queries: Pool, pages: Pool, told: dict) -> None:
        self._settings = settings
        self._queries = queries
        self._pages = pages
        self._told = told
        self._files = assets()

    # -- SPARQL ------------------------------------------------------------------------------------------------------

    async def sparql(self, request: Request) -> Response:
        """Answer by the SPARQL 1.1 Protocol."""
        try:
            return await self._sparql(request)
        except Refused as refused:
            return _plain(refused.status, refused.message, refused.headers)

    async def _sparql(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return _preflight()
        query = await self._read(request)
        if query is None:
            return self._describe(request)
        text = query.text.encode("utf-8", "surrogatepass")
        request.scope["narkom.log"] = {"query": hashlib.sha256(text).hexdigest()[:16], "query_bytes": len(text)}
        wanted = {
            "do": "query",
            "accept": _accept(request),
            "default": query.default_graphs,
            "named": query.named_graphs,
            "evidence": query.evidence or request.headers.get(EVIDENCE, ""),
        }
        fields, body = await self._ask(self._queries, request, wanted, text)
        if "message" in fields:
            return _plain(fields["status"], fields["message"], _AGAIN if fields["status"] == 503 else None)
        return Response(body, fields["status"], fields["headers"])

    async def _read(self, request: Request) -> protocol.Query | None:
        """Return the query that a request brings, None where it brings none; raises Refused."""
        address = request.scope["query_string"]
        if request.method in ("GET", "HEAD"):
            return protocol.from_url(address)
        if request.method != "POST":
            raise Refused(405, "Use GET or POST.", {"Allow": _METHODS})
        if request.headers.get("content-encoding", "identity").strip().lower() != "identity":
            raise Refused(415, "Send the query as it is, not compressed.")
        return protocol.from_body(request.headers.get("content-type", ""), address, await self._body(request))

    async def _body(self, request: Request) -> bytes:
        """Read a body of bounded length in bounded time; raises Refused (400, 408, 413)."""
        limit = self._settings.body
        length = request.headers.get("content-length", "0")
        # The rest of a body that is refused is not read: the connection ends with the answer.
        too_large = Refused(413, f"A request may have {limit:,} bytes.", {"Connection": "close"})
        if not length.isdecimal() or len(length) > 18 or int(length) > limit:
            raise too_large
        data = bytearray()
        try:
            async with asyncio.timeout(self._settings.slow):
                async for piece in request.stream():
                    data += piece
                    if len(data) > limit:
                        raise too_large
        except TimeoutError:
            raise Refused(408, "The request did not arrive in time.", {"Connection": "close"}) from None
        except ClientDisconnect:
            raise Refused(400, "The request broke off.") from None
        return bytes(data)

    def _describe(self, request: Request) -> Response:
        """Answer a GET without a query: people get the editor, programs the service description."""
        found = description(_accept(request), self._told)
        if found is None:
            return _plain(406, "The service description can be had as Turtle, N-Triples, RDF/XML or JSON-LD.")
        media, body = found
        if media == "text/html":
            return Response(status_code=303, headers={"Location": "sparql.html", "Vary": "Accept"})
        return Response(body, 200, {"Content-Type": media, "Vary": "Accept"})

    # -- pages -------------------------------------------------------------------------------------------------------

    async def page(self, request: Request) -> Response:
        """Have a worker make a page or answer a stored question."""
        if request.method == "OPTIONS":
            return _preflight()
        if request.method not in ("GET", "HEAD"):
            return _plain(405, "Use GET.", {"Allow": "GET, HEAD, OPTIONS"})
        wanted = {
            "do": "page",
            "path": request.scope["path"],
            "query": request.scope["query_string"].decode("ascii", "replace"),
            "accept": _accept(request),
            "languages": request.headers.get("accept-language"),
        }
        try:
            fields, body = await self._ask(self._pages, request, wanted, b"")
        except Refused as refused:
            return _plain(refused.status, refused.message, refused.headers, language_of(request.scope["path"]))
        return Response(body, fields["status"], fields["headers"])

    async def unmatched(self, request: Request, _: Exception) -> Response:
        """Answer what no route matches, as any page that there is not."""
        return await self.page(request)

    async def reconcile(self, request: Request) -> Response:
        """Match names for OpenRefine and the like: the Reconciliation Service API."""
        if request.method == "OPTIONS":
            return _preflight()
        wanted = {
            "do": "reconcile",
            "path": request.scope["path"],
            "query": request.scope["query_string"].decode("ascii", "replace"),
            "url": self._told["url"] + "reconcile",
        }
        try:
            if request.method not in ("GET", "HEAD", "POST"):
                raise Refused(405, "Use GET or POST.", {"Allow": _METHODS})
            form = await self._body(request) if request.method == "POST" else b""
            fields, body = await self._ask(self._pages, request, wanted, form)
        except Refused as refused:
            return _plain(refused.status, refused.message, refused.headers)
        return Response(body, fields["status"], fields["headers"])

    async def static(self, request: Request) -> Response:
        """Send a file of the program's own; the names are known beforehand, so no path is ever put together."""
        path = self._files.get(request.path_params["name"])
        if path is None:
            return _plain(404, "There is no such file.")
        data = path.read_bytes()
        tag = f'"{hashlib.sha256(data).hexdigest()[:16]}"'
        headers = {"Content-Type": MEDIA_TYPES[path.suffix], "Cache-Control": "no-cache", "ETag": tag}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        return Response(data, 200, headers)

    # -- workers -----------------------------------------------------------------------------------------------------

    async def _ask(self, pool: Pool, request: Request, wanted: dict, body: bytes) -> tuple[dict, bytes]:
        """Have a worker answer, unless the client goes first; raises Refused (500, 503)."""
        try:
            fields, data = await pool.ask(wanted, body, self._settings.seconds, lambda: _gone(request))
        except Busy:
            raise Refused(503, gettext_noop("All workers are taken. Try again."), _AGAIN) from None
        except Killed as killed:
            tell("killed", why=str(killed), **request.scope.get("narkom.log", {}))
            raise Refused(503, _KILLED[str(killed)], _AGAIN) from None
        if "killed" in fields:
            raise Refused(503, _KILLED["resources"], _AGAIN)
        if "error" in fields:
            tell("fault", path=request.scope["path"][:200], error=fields["error"])
            raise Refused(500, gettext_noop("Something went wrong here."))
        return fields, data


async def _gone(request: Request) -> None:
    """Wait until the client has hung up."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _accept(request: Request) -> str | None:
    """Return all Accept headers as one."""
    found = request.headers.getlist("accept")
    return ",".join(found) if found else None


def _preflight() -> Response:
    headers = {
        "Access-Control-Allow-Methods": _METHODS,
        "Access-Control-Allow-Headers": f"Accept, Content-Type, {EVIDENCE}",
        "Access-Control-Max-Age": "86400",
        "Allow": _METHODS,
    }
    return Response(status_code=204, headers=headers)


def _plain(status: int, message: str, headers: dict[str, str] | None = None, language: str = ENGLISH) -> Response:
    told = {"Content-Type": "text/plain; charset=utf-8", "Content-Language": language, **(headers or {})}
    return Response(f"{words(language).gettext(message)}\n", status, told)
