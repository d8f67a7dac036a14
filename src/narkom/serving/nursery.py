"""The nursery: a process that loads the store once and forks workers from it, so that a worker costs milliseconds.

It runs nothing but this loop, in one thread, so that forking is safe. It is the workers' parent and alone signals
them: a number it signals is a child that has not been reaped, never a stranger. When the server goes, however it
goes, the control socket closes, and the nursery takes its workers with it.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import socket
import struct
import threading
from collections.abc import Callable

from narkom.errors import NarkomError, StoreError
from narkom.serving.log import describe, tell
from narkom.serving.settings import Settings
from narkom.serving.worker import Answer, limit_memory, open_limit, work

_ORDER = struct.Struct(">cI")
_FORK, _KILL, _YIELD, _PREPARE = b"F", b"K", b"Y", b"P"
_LOWEST = 19


class Nursery:
    """The server's end of the nursery."""

    def __init__(self, load: Callable[[Settings], Answer], settings: Settings) -> None:
        """Start the nursery; `load` runs there and returns what workers answer with. Call before any thread starts."""
        self._control, theirs = socket.socketpair()
        self._forking = threading.Lock()
        self.pid = os.fork()
        if self.pid == 0:
            self._control.close()
            _nurse(theirs, load, settings)
        theirs.close()

    def wait_ready(self) -> dict:
        """Wait until the store is loaded and return what the nursery tells of it.

        Raises the NarkomError that stopped it, or StoreError if it died.
        """
        with self._control.makefile("rb") as file:
            line = file.readline()
        if not line:
            raise StoreError("the store cannot be loaded: its process died. Run: narkom build")
        told = json.loads(line)
        if "error" in told:
            raise NarkomError(*told["error"])
        return told

    def fork(self) -> tuple[int, socket.socket]:
        """Return a new worker's process number and the socket to it; raises ConnectionError if the nursery is gone."""
        with self._forking:
            self._control.sendall(_ORDER.pack(_FORK, 0))
            data, descriptors, _, _ = socket.recv_fds(self._control, 4, 1)
        if not descriptors:
            raise ConnectionError("the nursery is gone")
        return struct.unpack(">I", data)[0], socket.socket(fileno=descriptors[0])

    def prepare(self) -> None:
        """Have the nursery read what the workers forked from now on need besides the store. Does not wait."""
        self._order(_PREPARE, 0)

    def kill(self, pid: int) -> None:
        """End a worker at once."""
        self._order(_KILL, pid)

    def demote(self, pid: int) -> None:
        """Have a worker yield to all others; it cannot be undone."""
        self._order(_YIELD, pid)

    def _order(self, order: bytes, pid: int) -> None:
        try:
            self._control.sendall(_ORDER.pack(order, pid))
        except OSError:
            return  # The nursery is gone, and its workers with it.

    def close(self) -> None:
        """End the nursery and all workers."""
        self._control.close()
        os.waitpid(self.pid, 0)


def _nurse(control: socket.socket, load: Callable[[Settings], Answer], settings: Settings) -> None:
    """Load, then obey orders until the control socket closes; never returns."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    # The listening socket is the server's alone: its port is free when the server has gone.
    os.closerange(3, control.fileno())
    os.closerange(control.fileno() + 1, open_limit())
    try:
        answer, told = load(settings)
    except NarkomError as error:
        control.sendall(json.dumps({"error": error.lines}).encode() + b"\n")
        os._exit(0)
    except BaseException as error:
        # Nothing may escape into the code that forked: this is another process.
        lines = [f"the store cannot be loaded: {type(error).__name__}: {error}"]
        control.sendall(json.dumps({"error": lines}).encode() + b"\n")
        os._exit(1)
    _settle()
    control.sendall(json.dumps(told).encode() + b"\n")
    children: set[int] = set()
    try:
        while _obey(control, children, answer, settings):
            pass
    finally:
        for child in children:
            os.kill(child, signal.SIGKILL)
        for child in children:
            os.waitpid(child, 0)
        os._exit(0)


def _prepare(answer: Answer) -> bool:
    """Prepare the workers to come; False when that fails, which the log tells."""
    try:
        answer.prepare()
    except NarkomError as error:
        tell("failed", message=error.lines)
        return False
    except Exception as error:
        tell("failed", error=describe(error))
        return False
    _settle()
    return True


def _settle() -> None:
    """Never collect what is loaded: workers share its pages instead of copying them at the first collection."""
    gc.collect()
    gc.freeze()


def _obey(control: socket.socket, children: set[int], answer: Answer, settings: Settings) -> bool:
    """Carry out one order, if there is one, and reap; False when the server has gone."""
    ready, _, _ = select.select([control], [], [], 1.0)
    _reap(children)
    if not ready:
        return True
    data = control.recv(_ORDER.size, socket.MSG_WAITALL)
    if len(data) < _ORDER.size:
        return False
    order, pid = _ORDER.unpack(data)
    if order == _FORK:
        children.add(_fork(control, answer, settings))
    elif order == _PREPARE:
        return _prepare(answer)
    elif pid in children and order == _KILL:
        os.kill(pid, signal.SIGKILL)
    elif pid in children:
        os.setpriority(os.PRIO_PROCESS, pid, _LOWEST)
    return True


def _reap(children: set[int]) -> None:
    while children:
        pid, _ = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            return
        children.discard(pid)


def _fork(control: socket.socket, answer: Answer, settings: Settings) -> int:
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        try:
            limit_memory(settings.memory)
            work(theirs, answer, settings)
        finally:
            os._exit(0)
    socket.send_fds(control, [struct.pack(">I", pid)], [ours.fileno()])
    ours.close()
    theirs.close()
    return pid
