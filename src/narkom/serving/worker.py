"""A worker: answers requests one after another, and can reach nothing but its store and its socket."""

import os
import resource
import signal
import socket
from pathlib import Path
from typing import Protocol

from narkom.serving.log import describe
from narkom.serving.settings import Settings
from narkom.serving.wire import pack, receive

_SOCKET = 3
_GRACE = 2.0
DESCRIPTORS = 64
"""How many a worker may have open while it speaks with an engine: sockets, certificates, the resolver's files."""


class Answer(Protocol):
    """What answers requests; `prepare` is called once before the workers that answer more than queries are forked."""

    def prepare(self) -> None:
        """Read what is needed besides the store."""

    def __call__(self, request: dict, body: bytes) -> tuple[dict, bytes]:
        """Answer one request: its fields and body, to the fields and body of a reply."""


def work(sock: socket.socket, answer: Answer, settings: Settings) -> None:
    """Answer requests until the server hangs up. Runs in a process of its own and never raises to its caller."""
    sock = _confine(sock, settings)
    # The server ends a worker in time. Should server and nursery be gone, the kernel does, even amid native code.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    while (message := receive(sock)) is not None:
        signal.setitimer(signal.ITIMER_REAL, settings.seconds + _GRACE)
        try:
            reply, body = answer(*message)
        except MemoryError:
            reply, body = {"status": 503, "killed": "memory"}, b""
        except Exception as error:
            # What went wrong is for the log, and the name of the error is enough there; the client learns nothing.
            reply, body = {"status": 500, "error": describe(error)}, b""
        signal.setitimer(signal.ITIMER_REAL, 0)
        sock.sendall(pack(reply, body))


def _confine(sock: socket.socket, settings: Settings) -> socket.socket:
    """Close everything but the socket, and have the kernel refuse any further descriptor.

    Without descriptors there is no file and no connection: SERVICE, LOAD or a fault in the engine reach nothing.
    """
    kept = os.dup(sock.detach())
    quiet = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(quiet, standard)
    if kept != _SOCKET:
        os.dup2(kept, _SOCKET)
    os.closerange(_SOCKET + 1, open_limit())
    # An engine elsewhere is reached by reaching.py, which raises the limit for that moment; without one nothing can.
    most = _SOCKET + 1 if settings.endpoint is None else DESCRIPTORS
    resource.setrlimit(resource.RLIMIT_NOFILE, (_SOCKET + 1, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return socket.socket(fileno=_SOCKET)


def open_limit() -> int:
    """Return a number above every descriptor that can be open."""
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return 65536 if limit == resource.RLIM_INFINITY else min(limit, 65536)


def limit_memory(extra: int) -> None:
    """Limit this process's address space to what it has now and `extra` bytes. Does nothing where that is unknown."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return
    limit = pages * resource.getpagesize() + extra
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
