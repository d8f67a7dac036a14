"""What every answer has in common, whoever makes it: headers, a log line, no word of what went wrong inside."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from narkom.portal.hosting import ENGINE, ENGINE_POLICY, FREE_STYLES, FREELY_STYLED, HEADERS, POLICY, policy
from narkom.portal.languages import gettext_noop, language_of, words
from narkom.publishing.listing import listing
from narkom.serving.log import describe, tell

_PIECE = 2**16
# A preview is made to be shown inside another program's page.
_PREVIEW_POLICY = POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")
_DRAWN = (f"{start}/{name}{end}" for start in ("", "/ru") for name in FREELY_STYLED for end in ("", ".html"))
_POLICIES = {
    **dict.fromkeys(_DRAWN, FREE_STYLES),
    f"/static/{ENGINE}": ENGINE_POLICY,
    "/reconcile/preview": _PREVIEW_POLICY,
    "/dump/index.html": policy([listing([])]),
}
_ALWAYS = [
    (b"access-control-allow-origin", b"*"),
    *((name.lower().encode(), value.encode()) for name, value in HEADERS.items()),
]

App = Callable[[dict, Callable, Callable], Awaitable[None]]


class Outer:
    """An ASGI application around another."""

    def __init__(self, app: App, slow: float) -> None:
        """Take the application and the seconds a client may take over a piece of an answer."""
        self._app = app
        self._slow = slow

    async def __call__(self, scope: dict, receive: Callable, send: Callable) -> None:
        """Pass a request on; a fault inside becomes a plain 500, a client that does not read is dropped."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        sent = _Sent(send, _POLICIES.get(scope["path"], POLICY).encode(), self._slow)
        begun = time.perf_counter()
        try:
            await self._app(scope, receive, sent)
        except asyncio.CancelledError:
            # The server stops, and this request has had the time that running ones are given.
            if sent.status:
                raise
            why = gettext_noop("The server is stopping. Try again.")
            await _plain(sent, 503, why, scope["path"], [(b"retry-after", b"5")])
        except TimeoutError:
            tell("slow client", path=scope["path"][:200])
            raise
        except Exception as error:
            tell("fault", path=scope["path"][:200], error=describe(error))
            if not sent.status:
                await _plain(sent, 500, gettext_noop("Something went wrong here."), scope["path"])
        finally:
            took = round((time.perf_counter() - begun) * 1000, 1)
            extra = scope.get("narkom.log", {})
            path = scope["path"][:200]
            tell("request", method=scope["method"], path=path, status=sent.status, ms=took, bytes=sent.bytes, **extra)


class _Sent:
    """Sends an answer in pieces a slow client must take in time, and adds the headers that all answers have."""

    def __init__(self, send: Callable, policy: bytes, slow: float) -> None:
        self._send = send
        self._policy = policy
        self._slow = slow
        self._start: dict | None = None
        self.status = 0
        self.bytes = 0

    async def __call__(self, message: dict) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            own = [(name, _told(value) if name == b"content-type" else value) for name, value in message["headers"]]
            headers = [*own, *_ALWAYS, (b"content-security-policy", self._policy)]
            self._start = {**message, "headers": headers}
            return
        body, more = message.get("body", b""), message.get("more_body", False)
        self.bytes += len(body)
        for at in range(0, len(body) or 1, _PIECE):
            piece = body[at : at + _PIECE] if len(body) > _PIECE else body
            last = at + _PIECE >= len(body)
            async with asyncio.timeout(self._slow):
                # The head goes out with the first piece: it has the same time, and mostly the same packet.
                if self._start is not None:
                    start, self._start = self._start, None
                    await self._send(start)
                await self._send({"type": "http.response.body", "body": piece, "more_body": more or not last})


def _told(media: bytes) -> bytes:
    """Return the media type of a text with its encoding: many clients take what does not tell it for Latin 1."""
    return media + b"; charset=utf-8" if media.startswith(b"text/") and b"charset" not in media else media


async def _plain(
    send: Callable, status: int, why: str, path: str, more: list[tuple[bytes, bytes]] | None = None
) -> None:
    language = language_of(path)
    body = f"{words(language).gettext(why)}\n".encode()
    headers = [
        *(more or []),
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-language", language.encode()),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
