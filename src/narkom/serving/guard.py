"""How long a client may take: for the head of a request here, for its body and for taking in the answer in app.py."""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_LARGEST_HEAD = 2**16


class _Joining:
    """A transport that sends the head of an answer together with what follows it: one packet wakes the client once."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._held = b""

    def write(self, data: bytes) -> None:
        """Send a piece; a head waits for the next piece, or for `flush`."""
        if self._held:
            data, self._held = self._held + data, b""
        elif data.startswith(b"HTTP/1.1 ") and not data.startswith(b"HTTP/1.1 1"):
            self._held = data
            return
        self._transport.write(data)

    def flush(self) -> None:
        """Send a head that nothing follows."""
        if self._held:
            self._transport.write(self._held)
            self._held = b""

    def close(self) -> None:
        """Close when all is sent."""
        self.flush()
        self._transport.close()

    def is_closing(self) -> bool:
        """Whether nothing can be sent any more."""
        return self._transport.is_closing()


def guarded(seconds: float) -> type[HttpToolsProtocol]:
    """Return uvicorn's HTTP/1.1 protocol with a deadline, and a size, for every request's head.

    uvicorn itself waits for ever for a head that has begun, and for the first one.
    """

    class Guarded(HttpToolsProtocol):
        """A connection that is closed when a head is not complete in time."""

        _deadline: asyncio.TimerHandle | None = None
        _awaited = True
        _head = 0

        def connection_made(self, transport: asyncio.Transport) -> None:
            super().connection_made(transport)
            self._joining = _Joining(transport)
            self._watch()

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            self._head = self._head + len(data) if self._awaited else 0
            if self._head > _LARGEST_HEAD and not self.transport.is_closing():
                self.send_400_response("The head of the request is too large.")
            self._watch()

        def on_message_begin(self) -> None:
            super().on_message_begin()
            self._awaited = True

        def on_headers_complete(self) -> None:
            # Raised in the parser, which uvicorn answers with 400: HTTP/1.1 wants one host (RFC 9112, section 3.2).
            hosts = sum(name == b"host" for name, _ in self.headers)
            if hosts > 1 or (hosts == 0 and self.parser.get_http_version() == "1.1"):
                raise ValueError("one host is wanted")
            self._awaited = False
            # The cycle that answers is made by uvicorn and takes the connection's transport as it is at that moment.
            plain, self.transport = self.transport, self._joining
            try:
                super().on_headers_complete()
            finally:
                self.transport = plain

        def on_response_complete(self) -> None:
            self._joining.flush()
            super().on_response_complete()

        def connection_lost(self, exc: Exception | None) -> None:
            self._stop()
            super().connection_lost(exc)

        def _waits(self) -> bool:
            """Whether the client has to go on: its head is not complete, or its last request has been answered."""
            return self._awaited or self.cycle is None or self.cycle.response_complete

        def _watch(self) -> None:
            """Start the clock when a head is awaited, stop it when the head is there."""
            if not self._waits():
                self._stop()
            elif self._deadline is None:
                self._deadline = self.loop.call_later(seconds, self._late)

        def _stop(self) -> None:
            if self._deadline is not None:
                self._deadline.cancel()
                self._deadline = None

        def _late(self) -> None:
            self._deadline = None
            if self._waits() and not self.transport.is_closing():
                self.transport.close()

    return Guarded
