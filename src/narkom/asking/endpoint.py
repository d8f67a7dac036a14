"""An engine elsewhere, reached by the SPARQL 1.1 Protocol: one query out, one answer back, every failure in one line.

The request itself is SPARQLWrapper's; this module sets its limits and puts what can go wrong into words.
"""

from __future__ import annotations

import http.client
import os
import time
import urllib.error
from ast import literal_eval
from dataclasses import dataclass
from urllib.parse import urlsplit

import pyoxigraph as ox

from narkom.errors import NarkomError, UsageError

MOST_BYTES = 1 << 30
_PIECE = 1 << 16
_JSON = "application/sparql-results+json"
# Virtuoso says with this header that it cut an answer short; the status is 200 all the same.
_CUT = ("X-SPARQL-MaxRows", "X-SQL-State")


class EndpointError(NarkomError):
    """An endpoint cannot be reached, refuses, is too slow, or answers with something that is no answer."""


@dataclass(frozen=True)
class Endpoint:
    """Where queries go.

    `default_graph` names the graph that holds the accepted view, for engines that have no default graph of their own
    (Virtuoso); None is the engine's own. `timeout` counts in seconds, for the whole of an answer. The name and the
    password, where the engine wants them, stand in the environment: NARKOM_USER, NARKOM_PASSWORD.
    """

    url: str
    default_graph: str | None = None
    timeout: int = 60

    def __post_init__(self) -> None:
        """Raise UsageError for an address that is none."""
        checked_address(self.url, "--endpoint")

    def select(self, query: str) -> ox.QuerySolutions:
        """Return the solutions of a SELECT query; raises EndpointError."""
        return parsed(self.fetch(query))

    def fetch(self, query: str) -> bytes:
        """Return the answer to a SELECT query as the engine wrote it, in SPARQL's JSON; raises EndpointError."""
        try:
            with self._request(query) as response:
                answer = self._read(response)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise failure(self.url, error, self.timeout) from error
        # Solutions are read when they are asked for: an answer that breaks off would show too late.
        _check(answer, self.url)
        return answer

    def _request(self, query: str):
        from SPARQLWrapper import JSON, POST, SPARQLWrapper
        from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

        client = SPARQLWrapper(self.url, returnFormat=JSON, defaultGraph=self.default_graph)
        client.setMethod(POST)
        client.setTimeout(self.timeout)
        client.setOnlyConneg(True)
        client.addCustomHttpHeader("Accept", _JSON)
        name, password = credentials()
        if name:
            client.setCredentials(name, password)
        client.setQuery(query)
        # The wrapper guesses the form from the text and takes what it cannot guess for a SELECT: here it always is one.
        client.queryType = "SELECT"
        try:
            return client.query().response
        except SPARQLWrapperException as error:
            # The status stands in the HTTP error behind it; the engine's words, as bytes' repr, end its message.
            words = literal_eval(str(error).partition("Response:\n")[2].strip() or "b''")
            status = getattr(error.__context__, "code", "of an error")
            raise EndpointError(_status(self.url, status, words.decode("utf-8", "replace"))) from error

    def _read(self, response) -> bytes:
        """Read an answer to its end, within the time and the size that are allowed."""
        limit, pieces, size = time.monotonic() + self.timeout, [], 0
        while piece := response.read(_PIECE):
            pieces.append(piece)
            size += len(piece)
            if time.monotonic() > limit:
                raise TimeoutError
            if size > MOST_BYTES:
                raise EndpointError(f"{self.url}: the answer is larger than {MOST_BYTES >> 20} MB. Ask for fewer rows")
        kind = response.headers.get_content_type()
        if kind != _JSON:
            raise EndpointError(f"{self.url}: answers with {kind}, not with {_JSON}. Is it a SPARQL query endpoint?")
        for header in _CUT:
            if response.headers.get(header):
                raise EndpointError(
                    f"{self.url}: the engine cuts its answers short ({header}: {response.headers[header]}). "
                    "Raise its limit, or ask for fewer rows with LIMIT"
                )
        return b"".join(pieces)


def parsed(answer: bytes) -> ox.QuerySolutions:
    """Return the solutions in an answer that `fetch` has returned."""
    return ox.parse_query_results(answer, format=ox.QueryResultsFormat.JSON)


def _check(answer: bytes, url: str) -> None:
    """Raise EndpointError where an answer is no rows, from its first sign to its last."""
    fault = _fault(answer)
    if fault:
        raise EndpointError(f"{url}: {fault}")


def _fault(answer: bytes) -> str:
    """What is wrong with an answer, empty if nothing is. In words: an exception would keep the engine's solutions
    alive in its traceback, and these must go in the thread they came from."""
    try:
        result = parsed(answer)
        sound = isinstance(result, ox.QuerySolutions) and all(True for _ in result)
    except (SyntaxError, ValueError) as error:
        return f"the answer is malformed: {_one_line(str(error))}"
    return "" if sound else "the answer has no rows where rows were asked for"


def credentials() -> tuple[str, str]:
    """Return the name and the password that the environment gives, both empty where it gives none."""
    return os.environ.get("NARKOM_USER", ""), os.environ.get("NARKOM_PASSWORD", "")


def checked_address(url: str, option: str) -> str:
    """Return an address of a server; raises UsageError for anything else."""
    try:
        parts = urlsplit(url)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1)
    except ValueError:
        sound = False
    if not sound or not url.isascii() or any(sign.isspace() for sign in url):
        raise UsageError(f"{option} {url}: an address is wanted, such as http://127.0.0.1:7878/query")
    return url


def failure(url: str, error: Exception, timeout: int) -> EndpointError:
    """Return what went wrong with a request, in one line."""
    reason = getattr(error, "reason", error)
    if isinstance(error, urllib.error.HTTPError):
        with error:
            # An error that urllib raises itself, such as a failed digest, has no body, which older versions give as "".
            words = error.read(2000) or b""
            return EndpointError(_status(url, error.code, words.decode("utf-8", "replace")))
    if isinstance(error, TimeoutError) or isinstance(reason, TimeoutError):
        return EndpointError(f"{url}: no answer within {timeout} seconds. Allow more with --timeout")
    if isinstance(error, urllib.error.URLError) and isinstance(reason, OSError):
        said = reason.strerror or str(reason)
        return EndpointError(f"{url}: cannot be reached: {said}. Is the server running?")
    return EndpointError(f"{url}: the connection failed: {_one_line(str(reason)) or type(error).__name__}")


def _status(url: str, code: object, words: str) -> str:
    said = _one_line(words)
    return f"{url}: HTTP status {code}{': ' + said if said else ''}"


def _one_line(text: str, most: int = 200) -> str:
    """Return a server's words on one line and without anything that a terminal would obey."""
    words = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return words if len(words) <= most else words[: most - 1] + "…"
