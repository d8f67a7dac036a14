"""What a worker can reach (nothing), and what happens to the pool when workers go."""

import asyncio
import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from narkom.errors import StoreError
from narkom.serving.nursery import Nursery
from narkom.serving.pool import Busy, Killed, Pool
from narkom.serving.settings import Settings

SETTINGS = Settings(Path(), Path(), memory=64 * 2**20)


def _reach(what: str, place: str) -> str:
    """Try to get out of a worker, and say how that ended."""
    try:
        if what == "file":
            Path(place).read_bytes()
        elif what == "write":
            Path(place).write_bytes(b"x")
        elif what == "socket":
            socket.create_connection(("127.0.0.1", int(place)), timeout=1)
        elif what == "service":
            store = ox.Store()
            list(store.query(f"SELECT * {{ SERVICE <http://127.0.0.1:{place}/> {{ ?s ?p ?o }} }}"))
        elif what == "load":
            ox.Store().update(f"LOAD <{place}>")
        elif what == "memory":
            bytearray(2**30)
        elif what == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        elif what == "hang":
            while True:
                pass
    except (OSError, MemoryError) as error:
        return type(error).__name__
    return "reached"


class Answering:
    """Stands for the site."""

    prepared = False

    def prepare(self) -> None:
        self.prepared = True

    def __call__(self, fields: dict, body: bytes) -> tuple[dict, bytes]:
        if fields["what"] == "fault":
            raise KeyError("secret")
        return {"said": _reach(fields["what"], fields.get("place", "")), "prepared": self.prepared}, body


def _load(settings: Settings) -> tuple[Answering, dict]:
    return Answering(), {"ready": True}


@pytest.fixture
def nursery() -> Iterator[Nursery]:
    found = Nursery(_load, SETTINGS)
    found.wait_ready()
    yield found
    found.close()


def _ask(nursery: Nursery, *requests: dict, size: int = 1, seconds: float = 5, queue: int = 8) -> list:
    """Ask a fresh pool one request after another; an error stands for an answer."""

    async def ask() -> list:
        pool = Pool(nursery, size, queue, patience=60)
        await pool.start()
        found: list = []
        for request in requests:
            try:
                found.append(await pool.ask(request, b"body", seconds))
            except (Killed, Busy) as error:
                found.append(error)
        await pool.close()
        return found

    return asyncio.run(ask())


def test_a_worker_reaches_no_file_and_no_network(nursery: Nursery, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = str(listening.getsockname()[1])
        listening.settimeout(0.2)
        wishes = [
            ("file", "/etc/passwd"), ("file", __file__), ("write", str(tmp_path / "x")), ("socket", port),
            ("service", port), ("load", f"http://127.0.0.1:{port}/"), ("load", "file:///etc/passwd"),
        ]  # fmt: skip
        answers = _ask(nursery, *({"what": what, "place": place} for what, place in wishes))
        assert [answer[0]["said"] for answer in answers] == ["OSError"] * len(wishes)
        with pytest.raises(TimeoutError):
            listening.accept()
    assert not (tmp_path / "x").exists()


def test_memory_is_limited(nursery: Nursery) -> None:
    assert _ask(nursery, {"what": "memory"})[0][0]["said"] == "MemoryError"


def test_a_worker_that_dies_or_hangs_is_replaced(nursery: Nursery) -> None:
    found = _ask(nursery, {"what": "die"}, {"what": "hang"}, {"what": "nothing"}, seconds=0.5)
    assert [str(answer) for answer in found[:2]] == ["resources", "time"]
    assert found[2][0]["said"] == "reached"


def test_workers_forked_later_are_prepared(nursery: Nursery) -> None:
    before = _ask(nursery, {"what": "nothing"})
    nursery.prepare()
    after = _ask(nursery, {"what": "nothing"})
    assert [found[0][0]["prepared"] for found in (before, after)] == [False, True]


def test_a_fault_is_named_and_not_told(nursery: Nursery) -> None:
    fields, _ = _ask(nursery, {"what": "fault"})[0]
    assert fields["status"] == 500
    assert fields["error"].startswith("KeyError at ")
    assert "secret" not in fields["error"]


def test_the_queue_is_bounded(nursery: Nursery) -> None:
    async def crowd() -> list:
        pool = Pool(nursery, 1, queue=1, patience=60)
        await pool.start()
        asked = [asyncio.ensure_future(pool.ask({"what": "hang"}, b"", 0.6)) for _ in range(3)]
        found = await asyncio.gather(*asked, return_exceptions=True)
        await pool.close()
        return [type(error) for error in found]

    assert sorted(asyncio.run(crowd()), key=str) == sorted([Killed, Killed, Busy], key=str)


def test_a_pool_without_its_first_worker_is_new_and_not_busy(nursery: Nursery) -> None:
    """Whoever asks for a page while the server still reads them waits, however little patience there is with queues."""

    async def early() -> tuple:
        pool = Pool(nursery, 1, queue=1, patience=0.01)
        first = asyncio.ensure_future(pool.ask({"what": "nothing"}, b"x", 60))
        await asyncio.sleep(0.3)
        assert not first.done()
        await pool.start()
        found = await first
        # Later on a queue is left as soon as the patience is over.
        taken = asyncio.ensure_future(pool.ask({"what": "hang"}, b"", 0.6))
        await asyncio.sleep(0)
        with pytest.raises(Busy):
            await pool.ask({"what": "nothing"}, b"", 60)
        await asyncio.gather(taken, return_exceptions=True)
        await pool.close()
        return found

    assert asyncio.run(early())[1] == b"x"


def test_long_questions_leave_the_way_to_short_ones(nursery: Nursery) -> None:
    """However few questions run at once at first, those that last keep only their workers."""

    async def crowd() -> None:
        pool = Pool(nursery, 6, queue=64, patience=60)
        await pool.start()
        long = [asyncio.ensure_future(pool.ask({"what": "hang"}, b"", 120)) for _ in range(5)]
        short = [pool.ask({"what": "nothing"}, b"", 60) for _ in range(20)]
        assert len(await asyncio.gather(*short)) == 20
        assert not any(one.done() for one in long)
        for one in long:
            one.cancel()
        await asyncio.gather(*long, return_exceptions=True)
        # The workers that were killed are replaced, and every turn has been given back.
        again = await asyncio.gather(*(pool.ask({"what": "nothing"}, b"", 60) for _ in range(20)))
        assert len(again) == 20
        await pool.close()

    asyncio.run(crowd())


def test_a_request_that_is_dropped_while_it_waits_leaves_the_queue(nursery: Nursery) -> None:
    async def drop() -> tuple:
        pool = Pool(nursery, 1, queue=1, patience=60)
        await pool.start()
        first = asyncio.ensure_future(pool.ask({"what": "hang"}, b"", 0.6))
        second = asyncio.ensure_future(pool.ask({"what": "nothing"}, b"", 60))
        while not pool._waiting:
            await asyncio.sleep(0)
        second.cancel()
        await asyncio.gather(first, second, return_exceptions=True)
        third = await pool.ask({"what": "nothing"}, b"x", 60)
        await pool.close()
        return third

    assert asyncio.run(drop())[1] == b"x"


def test_a_nursery_that_fails_says_so() -> None:
    def load(settings: Settings) -> tuple:
        raise StoreError("no store")

    def die(settings: Settings) -> tuple:
        os.kill(os.getpid(), signal.SIGKILL)

    for wrong in (load, die):
        nursery = Nursery(wrong, SETTINGS)
        with pytest.raises(StoreError if wrong is die else Exception, match="store"):
            nursery.wait_ready()
        nursery.close()
