"""Start and stop: the nursery first, then the listening socket, then HTTP."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from narkom.errors import UsageError
from narkom.serving.log import Lines, tell
from narkom.serving.nursery import Nursery
from narkom.serving.settings import Settings

if TYPE_CHECKING:
    import uvicorn


def serve(settings: Settings) -> int:
    """Serve until told to stop and return the exit code.

    Raises StoreError for a store that cannot be served, UsageError for an address that cannot be listened on.
    """
    begun = time.perf_counter()
    listening = listen(settings)
    # Before the first thread and before the libraries of HTTP: the nursery loads the store while they are imported.
    nursery = Nursery(_load, settings)
    try:
        import uvicorn  # noqa: F401
        import uvloop
        from starlette import applications  # noqa: F401

        from narkom.serving import app  # noqa: F401

        told = nursery.wait_ready()
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            code = runner.run(_serve(settings, listening, nursery, told, begun))
    finally:
        listening.close()
        nursery.close()
    tell("stopped")
    return code


def _load(settings: Settings) -> tuple:
    """Import what workers need in the nursery only."""
    from narkom.serving.tasks import load

    return load(settings)


def listen(settings: Settings) -> socket.socket:
    """Return a socket that listens at the settings' address; raises UsageError where that is not to be had."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((settings.host, settings.port))
        sock.listen(256)
    except (OSError, OverflowError) as error:
        sock.close()
        why = getattr(error, "strerror", None) or str(error)
        raise UsageError(
            f"{settings.host}:{settings.port}: cannot listen here: {why}. Choose another with --port or --host"
        ) from None
    sock.set_inheritable(False)
    return sock


async def _serve(settings: Settings, listening: socket.socket, nursery: Nursery, told: dict, begun: float) -> int:
    """Serve until a signal, or until the nursery is lost; return the exit code."""
    import uvicorn

    from narkom.serving.app import build
    from narkom.serving.guard import guarded
    from narkom.serving.pool import Pool

    _redirect_logs()
    lost = asyncio.Event()
    queries = Pool(nursery, settings.workers, settings.queue, settings.patience, lost.set)
    pages = Pool(nursery, settings.page_workers, settings.queue, settings.patience, lost.set)
    await queries.start()
    # Queries are answered from now on; a page that is asked for waits until its workers are there.
    nursery.prepare()
    starting = asyncio.get_running_loop().create_task(pages.start())
    told = {"url": address(listening), **told}
    config = uvicorn.Config(
        build(settings, queries, pages, told), http=guarded(settings.slow), ws="none", lifespan="off", loop="none",
        log_config=None, access_log=False, server_header=False, proxy_headers=False,
        limit_concurrency=settings.connections, timeout_keep_alive=int(settings.slow),
        timeout_graceful_shutdown=int(settings.stopping),
    )  # fmt: skip
    server = stoppable(uvicorn.Server(config))
    watching = asyncio.get_running_loop().create_task(_stop_when(lost, server))
    tell("ready", seconds=round(time.perf_counter() - begun, 2), **told)
    try:
        await server.serve(sockets=[listening])
    finally:
        watching.cancel()
        await asyncio.gather(starting, return_exceptions=True)
        await queries.close()
        await pages.close()
    return 2 if lost.is_set() else 0


async def _stop_when(lost: asyncio.Event, server: uvicorn.Server) -> None:
    """Without its nursery the server cannot answer any more: whoever watches over it shall see it end."""
    await lost.wait()
    tell("stopping", why="no workers can be made any more")
    server.should_exit = True


def address(listening: socket.socket) -> str:
    """Return the address that a socket listens at, as a URL."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def stoppable(server: uvicorn.Server) -> uvicorn.Server:
    """Return the server, to be stopped by a signal; a second one does not wait for running requests."""
    loop = asyncio.get_running_loop()

    def stop() -> None:
        tell("stopping")
        server.force_exit = server.should_exit
        server.should_exit = True

    # uvicorn would raise the signal anew when it is done, and end in a traceback or a code that says failure.
    server.capture_signals = _no_signals
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)
    return server


@contextmanager
def _no_signals() -> Iterator[None]:
    yield


def _redirect_logs() -> None:
    for name in ("uvicorn", "uvicorn.error", "asyncio"):
        logger = logging.getLogger(name)
        logger.handlers = [Lines()]
        logger.propagate = False
        logger.setLevel(logging.WARNING)
