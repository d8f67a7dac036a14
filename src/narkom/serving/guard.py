"""How long a client may take: for the head of a request here, for its body and for taking in the answer in app.py."""

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol


def guarded(seconds: float) -> type[H11Protocol]:
    """Return uvicorn's HTTP/1.1 protocol with a deadline for every request's head.

    uvicorn itself waits for ever for a head that has begun, and for the first one.
    """

    class Guarded(H11Protocol):
        """A connection that is closed when a head is not complete in time."""

        _deadline: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:
            super().connection_made(transport)
            self._watch()

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            self._watch()

        def connection_lost(self, exc: Exception | None) -> None:
            if self._deadline:
                self._deadline.cancel()
            super().connection_lost(exc)

        def _watch(self) -> None:
            """Start the clock when a head is awaited, stop it when the head is there."""
            awaited = self.conn.their_state is h11.IDLE
            if awaited and self._deadline is None:
                self._deadline = self.loop.call_later(seconds, self._late)
            elif not awaited and self._deadline is not None:
                self._deadline.cancel()
                self._deadline = None

        def _late(self) -> None:
            self._deadline = None
            if self.conn.their_state is h11.IDLE and not self.transport.is_closing():
                self.transport.close()

    return Guarded
