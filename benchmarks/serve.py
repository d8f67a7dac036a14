"""Throughput and latency of ten stored questions by the SPARQL 1.1 Protocol, beside the `oxigraph` server.

    pip install oxigraph
    python benchmarks/serve.py [--store FOLDER] [--oxigraph PROGRAM] [--seconds 1.0]

Both servers hold the same snapshot and run one after the other in turns, question by question, in one run; ours with
its isolation as it is by default. A client keeps its connection, and is a process of its own, so that no client waits
for another; all of them share the machine with the servers. Prints Markdown. Nothing is asserted: machines differ.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import socket
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from servers import Server, memory, ours, oxigraph, program

from narkom.asking.questions import find_question
from narkom.config import find_root, store_folder

QUESTIONS = (
    "career", "arrested-in", "course-of", "footnotes", "successions", "deputies", "contradictions", "attended-with",
    "arrests-by-month", "meeting-chain",
)  # fmt: skip
CLIENTS = (1, 8)


def main() -> None:
    """Run both servers side by side and print the tables."""
    options = _options()
    store = store_folder(options.store)
    questions = {name: find_question(find_root(), name).text for name in QUESTIONS}
    with ours(store) as narkom, oxigraph(options.oxigraph, store) as other:
        servers = (narkom, other)
        print(f"{os.cpu_count()} cores, {options.seconds} s for each cell, in turns\n")
        results = {s.name: {} for s in servers}
        idle = {s.name: memory(s.process.pid) for s in servers}
        for name, query in questions.items():
            answers = [_rows(server, query) for server in servers]
            assert answers[0] == answers[1], f"{name}: the two servers differ"
            for clients in CLIENTS:
                for server in servers:
                    results[server.name][name, clients] = load(server, query, clients, options.seconds)
        _print(results, servers)
        print("\n| server | memory idle, MB | after the run, MB |\n| --- | --- | --- |")
        for server in servers:
            print(f"| {server.name} | {idle[server.name]:.0f} | {memory(server.process.pid):.0f} |")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path, help="folder of the built store")
    parser.add_argument("--oxigraph", default=program(), help="the oxigraph program")
    parser.add_argument(
        "--seconds", type=float, default=1.0, help="time for each question, server and number of clients"
    )
    return parser.parse_args()


# -- clients -----------------------------------------------------------------------------------------------------------


class Client:
    """One connection that asks the same over and over, with as little work of its own as can be."""

    def __init__(self, server: Server, query: str) -> None:
        """Connect."""
        self._sock = socket.create_connection(("127.0.0.1", server.port))
        self._sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        head = f"GET {server.path}?query={quote(query)} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        self._request = (head + "Accept: application/sparql-results+json\r\n\r\n").encode()
        self._left = b""

    def ask(self) -> bytes:
        """Ask once and return the body; raises RuntimeError for an answer that is not 200."""
        self._sock.sendall(self._request)
        head = self._until(b"\r\n\r\n").lower()
        if b" 200 " not in head.split(b"\r\n", 1)[0]:
            raise RuntimeError(head.decode())
        if b"transfer-encoding: chunked" in head:
            return b"".join(self._chunks())
        return self._exactly(int(head.split(b"content-length:")[1].split(b"\r\n")[0]))

    def _chunks(self) -> Iterator[bytes]:
        while size := int(self._until(b"\r\n"), 16):
            yield self._exactly(size)
            self._exactly(2)
        self._exactly(2)

    def _until(self, mark: bytes) -> bytes:
        while mark not in self._left:
            self._left += self._sock.recv(2**16)
        found, _, self._left = self._left.partition(mark)
        return found

    def _exactly(self, size: int) -> bytes:
        while len(self._left) < size:
            self._left += self._sock.recv(2**18)
        found, self._left = self._left[:size], self._left[size:]
        return found


def _rows(server: Server, query: str) -> list:
    """The rows of an answer, sorted: the order within equal keys is each engine's own."""
    rows = json.loads(Client(server, query).ask())["results"]["bindings"]
    return sorted(json.dumps(row, sort_keys=True) for row in rows)


def load(server: Server, query: str, clients: int, seconds: float) -> list[float]:
    """Have so many clients ask for so long; return the latencies in milliseconds."""
    results: multiprocessing.Queue = multiprocessing.Queue()
    barrier = multiprocessing.Barrier(clients)
    workers = [
        multiprocessing.Process(target=_ask_for, args=(server, query, seconds, barrier, results))
        for _ in range(clients)
    ]
    for worker in workers:
        worker.start()
    found = [latency for _ in workers for latency in results.get()]
    for worker in workers:
        worker.join()
    return found


def _ask_for(server: Server, query: str, seconds: float, barrier, results) -> None:
    client = Client(server, query)
    client.ask()
    barrier.wait()
    latencies = []
    end = time.perf_counter() + seconds
    while (begun := time.perf_counter()) < end:
        client.ask()
        latencies.append(1000 * (time.perf_counter() - begun))
    results.put(latencies)


# -- the tables --------------------------------------------------------------------------------------------------------


def _print(results: dict, servers: tuple[Server, ...]) -> None:
    for clients in CLIENTS:
        print(f"\n{clients} client{'s' if clients > 1 else ''}: requests a second (median and 95th percentile in ms)\n")
        print("| question | narkom | oxigraph | ratio |\n| --- | --- | --- | --- |")
        ratios = []
        for name in QUESTIONS:
            cells = []
            rates = []
            for server in servers:
                latencies = sorted(results[server.name][name, clients])
                rates.append(1000 * clients / statistics.mean(latencies))
                at = latencies[min(int(len(latencies) * 0.95), len(latencies) - 1)]
                cells.append(f"{rates[-1]:,.0f} ({statistics.median(latencies):.1f}, {at:.1f})")
            ratios.append(rates[0] / rates[1])
            print(f"| {name} | {cells[0]} | {cells[1]} | {ratios[-1]:.2f} |")
        print(f"\nGeometric mean of the ratios: {statistics.geometric_mean(ratios):.2f}")


if __name__ == "__main__":
    main()
