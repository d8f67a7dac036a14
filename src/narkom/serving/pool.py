"""A fixed number of workers and a bounded queue before them."""

from __future__ import annotations

import asyncio
import os
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from narkom.serving.nursery import Nursery
from narkom.serving.wire import pack, split

_SHORT = 0.03
_DEMOTE_AFTER = 0.3
_RETIRE_AFTER = 2000


class Busy(Exception):
    """Every worker is taken and the queue is full, or a request waited too long in it."""


class Killed(Exception):
    """A worker was ended before it had answered; the argument says why: time, resources, or that the client is gone."""


@dataclass(slots=True)
class _Asking:
    """What goes with a question: who demotes, the seconds it has, what is called when it is not a short one."""

    nursery: Nursery
    seconds: float
    lasts: Callable[[], None]
    gone: Callable[[], Awaitable[None]] | None


class _Worker(asyncio.Protocol):
    """The server's end of the pipe to a worker. Most requests cost one write, one read and one timer."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.answered = 0
        self.demoted = False
        self.brisk = False
        self._data = bytearray()
        self._answer: asyncio.Future[tuple[dict, bytes]] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._watcher: asyncio.Task | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._data += data
        try:
            message = split(self._data)
        except ValueError:
            self._fail("resources")
            return
        if message is not None and self._answer is not None and not self._answer.done():
            self._answer.set_result(message)

    def connection_lost(self, exc: Exception | None) -> None:
        self._fail("resources")

    def _fail(self, why: str) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(Killed(why))

    async def ask(self, fields: dict, body: bytes) -> tuple[dict, bytes]:
        """Return the answer; raises Killed when the worker dies or is given up."""
        if self._transport.is_closing():
            raise Killed("resources")
        self._data = bytearray()
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(pack(fields, body))
        answer = await self._answer
        self.answered += 1
        return answer

    def limit(self, asking: _Asking) -> None:
        """Give the question that comes its time. It is looked at again only when it takes longer than most."""
        self.brisk = True
        self._timer = asyncio.get_running_loop().call_later(_SHORT, self._lasts, asking)

    def _lasts(self, asking: _Asking) -> None:
        """The question is none of the short ones: it does not keep others from their turn."""
        self.brisk = False
        asking.lasts()
        left = min(_DEMOTE_AFTER, asking.seconds) - _SHORT
        self._timer = asyncio.get_running_loop().call_later(left, self._lingers, asking)

    def _lingers(self, asking: _Asking) -> None:
        """Let short requests go first: the worker yields to all others until it is replaced."""
        self.demoted = True
        asking.nursery.demote(self.pid)
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(max(asking.seconds - _DEMOTE_AFTER, 0), self._fail, "time")
        if asking.gone is not None:
            self._watcher = loop.create_task(self._watch(asking.gone))

    async def _watch(self, gone: Callable[[], Awaitable[None]]) -> None:
        await gone()
        self._fail("gone")

    def rest(self) -> None:
        """Forget the limits of the question that was answered."""
        if self._timer is not None:
            self._timer.cancel()
        if self._watcher is not None:
            self._watcher.cancel()

    def close(self) -> None:
        """Hang up: the worker ends."""
        self._transport.close()


class Pool:
    """Workers that take turns. Every request has a time limit, after which its worker is killed and replaced."""

    def __init__(
        self, nursery: Nursery, size: int, queue: int, patience: float, lost: Callable[[], None] = lambda: None
    ) -> None:
        """Take the nursery that forks the workers, and what to call when it is gone; `start` forks them."""
        self._lost = lost
        self._nursery = nursery
        self._size = size
        self._queue = queue
        self._patience = patience
        self._idle: list[_Worker] = []
        self._waiting: deque[asyncio.Future[_Worker]] = deque()
        self._births: set[asyncio.Task] = set()
        self._closed = False
        self._there = False
        # Short questions go through as many workers as there are cores: more would only fight over their caches.
        self._abreast = min(size, os.cpu_count() or 1)
        self._brisk = 0

    async def start(self) -> None:
        """Fork the workers."""
        for _ in range(self._size):
            await self._bear()

    async def ask(
        self, fields: dict, body: bytes, seconds: float, gone: Callable[[], Awaitable[None]] | None = None
    ) -> tuple[dict, bytes]:
        """Have a worker answer; raises Busy or Killed. `gone` returns when nobody waits for the answer any more."""
        worker = await self._take()
        worker.limit(_Asking(self._nursery, seconds, self._slower, gone))
        sound = False
        try:
            answer = await worker.ask(fields, body)
            sound = True
        finally:
            worker.rest()
            self._brisk -= worker.brisk
            self._give_back(worker, sound)
        return answer

    async def _take(self) -> _Worker:
        if self._idle and self._brisk < self._abreast:
            self._brisk += 1
            return self._idle.pop()
        if len(self._waiting) >= self._queue:
            raise Busy
        turn: asyncio.Future[_Worker] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            # A pool that never had a worker is not busy but new: the nursery reads what these need, and takes its time.
            async with asyncio.timeout(self._patience if self._there else None):
                return await turn
        except BaseException as error:
            self._give_up(turn)
            if isinstance(error, TimeoutError):
                raise Busy from None
            raise

    def _give_up(self, turn: asyncio.Future[_Worker]) -> None:
        """Leave the queue. The turn may have come in that very moment: then the worker goes to the next."""
        if turn.done() and not turn.cancelled():
            self._brisk -= 1
            self._hand_on(turn.result())
        elif turn in self._waiting:
            self._waiting.remove(turn)

    def _give_back(self, worker: _Worker, sound: bool) -> None:
        if sound and not worker.demoted and worker.answered < _RETIRE_AFTER:
            self._hand_on(worker)
            return
        self._next()
        self._nursery.kill(worker.pid)
        worker.close()
        if not self._closed:
            birth = asyncio.get_running_loop().create_task(self._bear())
            self._births.add(birth)
            birth.add_done_callback(self._births.discard)

    def _hand_on(self, worker: _Worker) -> None:
        self._idle.append(worker)
        self._next()

    def _slower(self) -> None:
        self._brisk -= 1
        self._next()

    def _next(self) -> None:
        """Let those who wait have their turn, as far as there are workers and they may."""
        while self._waiting and self._idle and self._brisk < self._abreast:
            turn = self._waiting.popleft()
            if not turn.done():
                self._brisk += 1
                turn.set_result(self._idle.pop())

    async def _bear(self) -> None:
        try:
            pid, sock = await asyncio.to_thread(self._nursery.fork)
        except OSError:
            if not self._closed:
                self._lost()
            return
        _, worker = await asyncio.get_running_loop().create_unix_connection(lambda: _Worker(pid), sock=sock)
        self._there = True
        self._hand_on(worker)

    async def close(self) -> None:
        """Let the workers go; the nursery ends them."""
        self._closed = True
        await asyncio.gather(*self._births, return_exceptions=True)
        for worker in self._idle:
            worker.close()
