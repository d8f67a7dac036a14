"""Starting, stopping, and what is written down in between."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from narkom.building.build import OTHER_VIEWS
from narkom.building.dataset import derive
from narkom.building.snapshot import write_snapshot
from narkom.reading.sources import load

from .conftest import Server, descendants, serving, wait_for_runaways, wait_until

CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def test_the_log_tells_no_answers(server: Server, client: httpx.Client) -> None:
    def asked() -> list[dict]:
        return [line for line in server.lines() if line["event"] == "request" and line["path"] == "/sparql"]

    before = len(asked())
    client.get("sparql", params={"query": "SELECT ('geheimes' AS ?x) {}"})
    wait_until(lambda: len(asked()) > before)
    lines = server.lines()
    assert all({"time", "event"} <= set(line) for line in lines)
    text = server.log.read_text(encoding="utf-8")
    assert "geheimes" not in text
    assert "Traceback" not in text
    assert {"method", "status", "ms", "bytes", "query"} <= set(asked()[-1])
    assert not [line for line in lines if line["event"] == "fault"]


def _refuses(store: Path) -> None:
    command = [sys.executable, "-m", "narkom.cli", "serve", "--port", "0", "--store", str(store)]
    found = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert found.returncode == 2, found.stderr
    assert len(found.stderr.splitlines()) == 1
    assert "Traceback" not in found.stderr


def test_a_missing_store_is_not_served(tmp_path: Path) -> None:
    _refuses(tmp_path / "none")


def test_an_empty_store_is_not_served(tmp_path: Path) -> None:
    write_snapshot(ox.Dataset(), tmp_path, {}, dict.fromkeys(OTHER_VIEWS, ox.Dataset()))
    _refuses(tmp_path)


@pytest.mark.parametrize("view", OTHER_VIEWS)
def test_a_store_without_one_of_its_views_is_not_served(small_store: Path, view: str) -> None:
    next(small_store.glob(f"snapshots/*/{view}.nt")).unlink()
    _refuses(small_store)


def test_a_truncated_store_is_not_served(small_store: Path) -> None:
    data = next(small_store.glob("snapshots/*/narkom.nq"))
    data.write_bytes(data.read_bytes()[:-50])
    _refuses(small_store)


@pytest.fixture
def small_store(tmp_path: Path, small: Path) -> Path:
    sources = load(small)
    others = {view: derive(sources, view) for view in OTHER_VIEWS}
    write_snapshot(derive(sources), tmp_path / "store", {}, others)
    return tmp_path / "store"


def test_a_taken_port_is_one_line(server: Server, built: Path) -> None:
    command = [sys.executable, "-m", "narkom.cli", "serve", "--port", str(server.port), "--store", str(built)]
    found = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (found.returncode, len(found.stderr.splitlines())) == (2, 1)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_when_told_and_leaves_nobody(built: Path, tmp_path: Path, number: signal.Signals) -> None:
    with serving(built, tmp_path / "log", "--timeout", "60") as one:
        thread = threading.Thread(target=_ask_and_forget, args=(f"{one.url}sparql?query={CROSS}",))
        thread.start()
        wait_for_runaways(one)
        children = descendants(one.process.pid)
        one.process.send_signal(number)
        assert one.process.wait(60) == 0
        thread.join()
    wait_until(lambda: not any(map(_runs, children)))
    assert one.lines()[-1]["event"] == "stopped"


def test_a_query_under_way_is_told_that_the_server_stops(built: Path, tmp_path: Path) -> None:
    answers: list[httpx.Response] = []
    with serving(built, tmp_path / "log", "--timeout", "60") as one:
        url = f"{one.url}sparql?query={CROSS}"
        thread = threading.Thread(target=lambda: answers.append(httpx.get(url, timeout=120, trust_env=False)))
        thread.start()
        wait_for_runaways(one)
        one.process.send_signal(signal.SIGTERM)
        assert one.process.wait(60) == 0
        thread.join()
        lines = one.lines()
    assert [(one.status_code, "retry-after" in one.headers) for one in answers] == [(503, True)]
    assert "CancelledError" not in str(lines)


@pytest.mark.parametrize("closed", ["<&-", ">&-", "<&- >&-"])
def test_it_serves_with_descriptors_closed(built: Path, tmp_path: Path, closed: str) -> None:
    log = tmp_path / "log"
    command = f'exec "{sys.executable}" -m narkom.cli serve --port 0 --store "{built}" {closed} 2> "{log}"'
    process = subprocess.Popen(["sh", "-c", command])
    try:
        wait_until(
            lambda: process.poll() is not None or (log.exists() and '"ready"' in log.read_text(encoding="utf-8"))
        )
        told = next(json.loads(line) for line in log.read_text(encoding="utf-8").splitlines() if '"ready"' in line)
        query = {"query": "SELECT * { ?s ?p ?o } LIMIT 1"}
        for path, fields in (("sparql", query), ("person/ezhov.html", {}), ("question/career", {})):
            assert httpx.get(told["url"] + path, params=fields, timeout=60, trust_env=False).status_code == 200
    finally:
        process.terminate()
        assert process.wait(60) == 0


def test_it_serves_though_nobody_reads_its_log(built: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = f'exec "{sys.executable}" -m narkom.cli serve --port {port} --store "{built}" <&- >&- 2>&-'
    process = subprocess.Popen(["sh", "-c", command])
    try:
        wait_until(lambda: process.poll() is not None or _answers(port))
        assert process.poll() is None
    finally:
        process.terminate()
        assert process.wait(60) == 0


def _answers(port: int) -> bool:
    try:
        found = httpx.get(f"http://127.0.0.1:{port}/sparql", params={"query": "ASK {}"}, timeout=60, trust_env=False)
    except httpx.HTTPError:
        return False
    return found.status_code == 200


def _ask_and_forget(url: str) -> None:
    try:
        httpx.get(url, timeout=60, trust_env=False)
    except httpx.HTTPError:
        return


def test_workers_do_not_outlive_a_server_that_is_killed(built: Path, tmp_path: Path) -> None:
    with serving(built, tmp_path / "log") as one:
        children = descendants(one.process.pid)
        one.process.kill()
        one.process.wait()
    wait_until(lambda: not any(map(_runs, children)))


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_server_that_has_lost_its_nursery_ends(built: Path, tmp_path: Path) -> None:
    with serving(built, tmp_path / "log", "--workers", "1", "--timeout", "1") as one:
        assert httpx.get(f"{one.url}person/ezhov.html", timeout=60, trust_env=False).status_code == 200
        nursery = int(Path(f"/proc/{one.process.pid}/task/{one.process.pid}/children").read_text().split()[0])
        workers = descendants(nursery)
        os.kill(nursery, signal.SIGKILL)
        _ask_and_forget(f"{one.url}sparql?query={CROSS}")
        assert one.process.wait(60) == 2
    wait_until(lambda: not any(map(_runs, workers)))


def test_a_malformed_question_ends_the_server(small_store: Path, small: Path, tmp_path: Path) -> None:
    folder = small / "queries" / "theme"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "wrong.rq").write_text("SELECT * {}")
    with serving(small_store, tmp_path / "log", "--root", str(small)) as one:
        assert one.process.wait(60) == 2
    assert "wrong.rq" in str([line for line in one.lines() if line["event"] == "failed"])
