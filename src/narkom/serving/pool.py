"""A fixed number of workers and a bounded queue before them."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from narkom.serving.nursery import Nursery
from narkom.serving.wire import pack, read

_DEMOTE_AFTER = 0.3
_RETIRE_AFTER = 2000


class Busy(Exception):
    """Every worker is taken and the queue is full, or a request waited too long in it."""


class Killed(Exception):
    """A worker was ended before it had answered; the argument says why: time or resources."""


@dataclass(slots=True)
class _Worker:
    """A worker and the pipe to it."""

    pid: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    answered: int = field(default=0)
    demoted: bool = field(default=False)

    def demote(self, nursery: Nursery) -> None:
        """Let short requests go first: the worker yields to all others until it is replaced."""
        self.demoted = True
        nursery.demote(self.pid)

    async def ask(self, fields: dict, body: bytes) -> tuple[dict, bytes]:
        self.writer.write(pack(fields, body))
        await self.writer.drain()
        answer = await read(self.reader)
        self.answered += 1
        return answer


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

    async def start(self) -> None:
        """Fork the workers."""
        for _ in range(self._size):
            await self._bear()

    async def ask(self, fields: dict, body: bytes, seconds: float) -> tuple[dict, bytes]:
        """Have a worker answer; raises Busy or Killed."""
        worker = await self._take()
        alarm = asyncio.get_running_loop().call_later(_DEMOTE_AFTER, worker.demote, self._nursery)
        sound = False
        try:
            async with asyncio.timeout(seconds):
                answer = await worker.ask(fields, body)
            sound = True
        except TimeoutError:
            raise Killed("time") from None
        except (asyncio.IncompleteReadError, ConnectionError, ValueError):
            raise Killed("resources") from None
        finally:
            alarm.cancel()
            self._give_back(worker, sound)
        return answer

    async def _take(self) -> _Worker:
        if self._idle:
            return self._idle.pop()
        if len(self._waiting) >= self._queue:
            raise Busy
        turn: asyncio.Future[_Worker] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            async with asyncio.timeout(self._patience):
                return await turn
        except BaseException as error:
            self._give_up(turn)
            if isinstance(error, TimeoutError):
                raise Busy from None
            raise

    def _give_up(self, turn: asyncio.Future[_Worker]) -> None:
        """Leave the queue. The turn may have come in that very moment: then the worker goes to the next."""
        if turn.done() and not turn.cancelled():
            self._hand_on(turn.result())
        elif turn in self._waiting:
            self._waiting.remove(turn)

    def _give_back(self, worker: _Worker, sound: bool) -> None:
        if sound and not worker.demoted and worker.answered < _RETIRE_AFTER:
            self._hand_on(worker)
            return
        self._nursery.kill(worker.pid)
        worker.writer.close()
        if not self._closed:
            birth = asyncio.get_running_loop().create_task(self._bear())
            self._births.add(birth)
            birth.add_done_callback(self._births.discard)

    def _hand_on(self, worker: _Worker) -> None:
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(worker)
                return
        self._idle.append(worker)

    async def _bear(self) -> None:
        try:
            pid, sock = await asyncio.to_thread(self._nursery.fork)
        except OSError:
            if not self._closed:
                self._lost()
            return
        reader, writer = await asyncio.open_unix_connection(sock=sock, limit=2**20)
        self._hand_on(_Worker(pid, reader, writer))

    async def close(self) -> None:
        """Let the workers go; the nursery ends them."""
        self._closed = True
        await asyncio.gather(*self._births, return_exceptions=True)
        for worker in self._idle:
            worker.writer.close()
            with suppress(ConnectionError):
                await worker.writer.wait_closed()
