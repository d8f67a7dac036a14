"""The three ways to ask, each plain and cited in turns, so that whatever else the machine does hits both alike.

A way is a function that asks one question in one kind (plain, cited, or bare, which is plain at another server) and
returns what came and the time. Beside it stands the processor time: where more runs than there are cores, an answer
that takes long waits for them over and over, and a short one does not, so that the wall time is unfair to the former.

A round asks every kind once. The first round does not count unless it is the only one, which it is where it takes over
`ENOUGH` seconds or a kind is not answered.
"""

from __future__ import annotations

import http.client
import math
import multiprocessing
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox
from servers import Server, processor

from narkom.asking.citing import answer
from narkom.asking.evidence import Evidence
from narkom.asking.questions import Question
from narkom.building.snapshot import open_store

PLAIN, CITED, BARE = "plain", "cited", "bare"
OVER = "over the cap"
REPEATS, ENOUGH = 3, 2.0
_GAP = b"cannot be traced"
Timed = tuple[bytes, float, float]
"""An answer, and the milliseconds of wall time and of processor time that it took."""
Way = Callable[[Question, str], Timed]


class UnansweredError(Exception):
    """A question had no answer; the message says why, in a few words."""


@dataclass(slots=True)
class Asked:
    """One question: milliseconds by kind, of wall and of processor time, why there was no answer by kind."""

    times: dict[str, float] = field(default_factory=dict)
    processor: dict[str, float] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)
    gap: bool = False
    """Whether a row could not be traced."""

    def pair(self) -> tuple[float, float] | None:
        """Return the plain and the cited time, None unless both were answered."""
        return (self.times[PLAIN], self.times[CITED]) if {PLAIN, CITED} <= self.times.keys() else None


def measured(way: Way, question: Question, kinds: Iterable[str] = (PLAIN, CITED), repeats: int = REPEATS) -> Asked:
    """Ask a question in each kind, in rounds, one more than are to be counted, and return the least time of each.

    Whatever else the machine does only ever adds to a time.
    """
    begun, asked = time.perf_counter(), Asked()
    rounds: list[dict[str, list[float]]] = []
    while not rounds or (len(rounds) <= repeats and not asked.failures and time.perf_counter() - begun < ENOUGH):
        rounds.append({})
        for kind in kinds:
            if kind == CITED and PLAIN in asked.failures:
                # A cited answer begins with the plain one.
                asked.failures[CITED] = asked.failures[PLAIN]
                continue
            try:
                found, *rounds[-1][kind] = way(question, kind)
            except UnansweredError as why:
                asked.failures[kind] = str(why)
                continue
            asked.gap = asked.gap or (kind == CITED and _GAP in found)
    counted = rounds[1:] or rounds
    known = [kind for kind in rounds[0] if kind not in asked.failures]
    asked.times = {kind: min(one[kind][0] for one in counted) for kind in known}
    asked.processor = {kind: min(one[kind][1] for one in counted) for kind in known}
    return asked


def _timed(call: Callable[[], bytes], processor_time: Callable[[], float]) -> Timed:
    before, begun = processor_time(), time.perf_counter()
    found = call()
    wall = 1000 * (time.perf_counter() - begun)
    return found, wall, processor_time() - before


# -- in Python ---------------------------------------------------------------------------------------------------------


def in_python(folder: Path, questions: list[Question], cap: float) -> tuple[str, dict[str, Asked]]:
    """Ask in a process that keeps the store and the evidence, as whoever uses the Python interface does.

    Returns what loading took, in words, and the times. The engine cannot be interrupted: a process that is over the
    cap is ended, and another forked from this one, which asks nothing itself.
    """
    begun = time.perf_counter()
    store = open_store(folder)
    loaded = time.perf_counter()
    evidence = Evidence(store)
    _ = evidence.trials
    told = f"{len(store):,} quads loaded in {loaded - begun:.1f} s, the registers of the evidence in "
    told += f"{time.perf_counter() - loaded:.1f} s"
    interpreter = _Interpreter(store, evidence, cap)
    try:
        return told, {question.name: measured(interpreter.ask, question) for question in questions}
    finally:
        interpreter.end()


class _Interpreter:
    """A forked process that answers one question after another, made anew where one had to be ended."""

    def __init__(self, store: ox.Store, evidence: Evidence, cap: float) -> None:
        self._given = store, evidence
        self._cap = cap
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("fork")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_answer_all, args=(*self._given, theirs))
        self._process.start()
        theirs.close()

    def ask(self, question: Question, kind: str) -> Timed:
        """Ask, and return nothing but whether a row could not be traced: the rows stay where they were made."""
        return _timed(lambda: self._asked(question.text, kind == CITED), lambda: processor(self._process.pid))

    def _asked(self, text: str, cite: bool) -> bytes:
        self._pipe.send((text, cite))
        if self._pipe.poll(self._cap):
            return self._pipe.recv()
        self.end()
        self._start()
        raise UnansweredError(OVER)

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()


def _answer_all(store: ox.Store, evidence: Evidence, pipe: Connection) -> None:
    while True:
        text, cite = pipe.recv()
        found = answer(store, text, cite=cite, evidence=evidence)
        pipe.send(_GAP if any(one.gap.startswith(_GAP.decode()) for one in found.citations) else b"")


# -- at the endpoint ---------------------------------------------------------------------------------------------------


def at_endpoint(narkom: Server, other: Server | None, questions: list[Question], cap: float) -> dict[str, Asked]:
    """Ask both servers over connections that are kept; the other one has no evidence, and gives the bare time."""

    def ask(question: Question, kind: str) -> Timed:
        server = other if kind == BARE and other else narkom
        fields = {"query": question.text, **({"evidence": "true"} if kind == CITED else {})}
        path = f"{server.path}?{urlencode(fields)}"
        return _timed(lambda: clients[server.name].get(path), lambda: processor(server.process.pid))

    clients = {server.name: _Client(server.port, cap) for server in (narkom, other) if server}
    _wait_for_pages(narkom)
    kinds = (PLAIN, CITED, BARE) if other else (PLAIN, CITED)
    return {question.name: measured(ask, question, kinds) for question in questions}


def _wait_for_pages(narkom: Server) -> None:
    """The server answers queries while it still reads what pages need: it is measured when that is done."""
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", narkom.port)
        connection.request("GET", "/openapi.json")
        reply = connection.getresponse()
        reply.read()
        connection.close()
        if reply.status == 200:
            return
        time.sleep(1)


class _Client:
    """A client that keeps its connection, and makes a new one after a failure."""

    def __init__(self, port: int, cap: float) -> None:
        self._port, self._cap = port, cap
        self._connection = self._connect()

    def _connect(self) -> http.client.HTTPConnection:
        # The server ends a query at the cap; what takes longer than that and a little is as good as ended.
        return http.client.HTTPConnection("127.0.0.1", self._port, timeout=self._cap + 10)

    def get(self, path: str) -> bytes:
        begun = time.perf_counter()
        try:
            try:
                reply, data = self._asked(path)
            except http.client.RemoteDisconnected:
                # A server hangs up on a connection that idles while another is asked: no fault of the question.
                self._connection = self._connect()
                reply, data = self._asked(path)
        except (OSError, http.client.HTTPException) as error:
            self._connection.close()
            self._connection = self._connect()
            raise UnansweredError(OVER if isinstance(error, TimeoutError) else type(error).__name__) from error
        if reply.status != 200:
            over = time.perf_counter() - begun >= self._cap
            raise UnansweredError(OVER if over else f"{reply.status}: {data.decode(errors='replace').strip()[:60]}")
        return data

    def _asked(self, path: str) -> tuple[http.client.HTTPResponse, bytes]:
        self._connection.request("GET", path, headers={"Accept": "application/sparql-results+json"})
        reply = self._connection.getresponse()
        return reply, reply.read()


# -- on the command line -----------------------------------------------------------------------------------------------


def on_command_line(folder: Path, questions: list[Question], cap: float, budget: float) -> dict[str, Asked]:
    """Ask in a new process each time, as long as the budget of seconds lasts; in an order that favours no theme."""
    limit = str(math.ceil(cap))

    def ask(question: Question, kind: str) -> Timed:
        cite = "--cite" if kind == CITED else "--no-cite"
        command = ["narkom.cli", "ask", question.name, "--store", str(folder), cite, "--timeout", limit]
        return _timed(lambda: _run(command), _children)

    begun, found = time.perf_counter(), {}
    for question in random.Random(0).sample(questions, len(questions)):
        if time.perf_counter() - begun > budget:
            break
        # A new process is as cold the second time.
        found[question.name] = measured(ask, question, repeats=0)
    return found


def _run(command: list[str]) -> bytes:
    run = subprocess.run([sys.executable, "-m", *command], capture_output=True, check=False)
    if run.returncode != 0:
        said = run.stderr.decode(errors="replace").strip()
        raise UnansweredError(OVER if "took longer than" in said else said[:60])
    return run.stdout


def _children() -> float:
    """The milliseconds of processor time of all children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (used.ru_utime + used.ru_stime)
