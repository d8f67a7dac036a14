"""Reconciliation Service API 0.2 (https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/).

OpenRefine and other clients send names as somebody has written them, in batches, and get back the entries of the
registers that are likely to be meant. Names are compared by their skeleton (asking/likeness.py), in which the usual
romanisations of Russian and Cyrillic fall together, word by word, so that order, initials and patronymics matter
little. The queries' `properties` are not used, since a name is all that counts: a query of properties alone is
answered with no candidate. What the schema of a query batch allows is never refused, and a query that it does not
allow is told so by itself, in a member `error` beside its empty result; the others of its batch are answered.

Everything but `routes` is a function of its arguments.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import parse_qs

import pyoxigraph as ox
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from narkom.asking.likeness import score, words
from narkom.asking.names import entries
from narkom.asking.notes import label_of
from narkom.vocabulary import BASE, ONTOLOGY, term

TYPES = {
    "person": "Person",
    "body": "Body",
    "office": "Office",
    "place": "Place",
    "group": "PersonGroup",
    "document": "Document",
    "event": "Event",
    "imputed": "ImputedAct",
}
BATCH = 50
MOST_CANDIDATES = 25
MOST_LETTERS = 200
MOST_BYTES = 256 << 10
_SURE, _APART, _LEAST = 95.0, 8.0, 55.0
_STRICT = ("any", "all", "should")
_GERMAN_Z = re.compile(r"(?<![tT])[zZ](?![hH])")
_HEADERS = {"Access-Control-Allow-Origin": "*"}


class BadRequest(ValueError):
    """A request that is none of this interface; the message says what is wanted."""


@dataclass(frozen=True)
class Entry:
    """An entry of a register: its path under the base, its type, its label, and the words of each of its names."""

    id: str
    type: str
    name: str
    names: tuple[tuple[str, ...], ...]
    spelled: tuple[str, ...]

    def as_candidate(self, score: float, match: bool) -> dict:
        """Return the entry as a reconciliation candidate."""
        others = sorted(set(self.spelled) - {self.name})
        return {
            "id": self.id,
            "name": self.name,
            "description": "; ".join(others[:4]),
            "score": round(score, 1),
            "match": match,
            "type": [{"id": self.type, "name": self.type}],
        }


def read_entries(store: ox.Store) -> list[Entry]:
    """Return every entry of the registers that has a type in TYPES, by its path."""
    found = []
    for kind, type_ in TYPES.items():
        for iri, labels in entries(store, kind).items():
            names = {words(label) for label in labels} - {()}
            label = label_of(store, ox.NamedNode(iri))
            found.append(Entry(iri.removeprefix(BASE), type_, label, tuple(sorted(names)), tuple(labels)))
    return sorted(found, key=lambda entry: entry.id)


def candidates(known: list[Entry], typed: str, types: Collection[str] = (), limit: int = 5) -> list[dict]:
    """Return the entries that a typed name may mean, the likeliest first, of equals people first.

    `types` names the types that an entry may have; empty, any. `match` is true for the first, if it is nearly certain
    and the second is clearly behind.
    """
    readings, order = _readings(typed[:MOST_LETTERS]), list(TYPES.values())
    scored = [(_best(readings, typed, entry), entry) for entry in known if not types or entry.type in types]
    likely = (pair for pair in scored if pair[0] >= _LEAST)
    ranked = sorted(likely, key=lambda pair: (-pair[0], order.index(pair[1].type), pair[1].id))[: max(limit, 2)]
    second = ranked[1][0] if len(ranked) > 1 else 0.0
    return [
        entry.as_candidate(points, i == 0 and points >= _SURE and points - second >= _APART)
        for i, (points, entry) in enumerate(ranked[:limit])
    ]


def _readings(typed: str) -> list[tuple[str, ...]]:
    """The ways to read a name: as it stands, and with a German z, which is a ц and no з."""
    return list(dict.fromkeys([words(typed), words(_GERMAN_Z.sub("ts", typed))]))


def _best(readings: list[tuple[str, ...]], typed: str, entry: Entry) -> float:
    if any(typed.strip().casefold() == label.casefold() for label in entry.spelled):
        return 100.0
    person = entry.type == TYPES["person"]
    fits = (score(wanted, name, person) - i for i, wanted in enumerate(readings) for name in entry.names)
    # Only the very letters are worth 100. What sounds alike keeps its distance from what sounds nearly so.
    return 0.99 * max(fits, default=0.0)


def manifest(url: str) -> dict:
    """Return the service's description; `url` is the address of the service itself."""
    return {
        "versions": ["0.2"],
        "name": "Narkom",
        "identifierSpace": BASE,
        "schemaSpace": ONTOLOGY,
        "defaultTypes": [{"id": name, "name": name} for name in TYPES.values()],
        "view": {"url": f"{BASE}{{{{id}}}}"},
        "preview": {"url": f"{url}/preview?id={{{{id}}}}", "width": 400, "height": 160},
        "suggest": {"entity": {"service_url": url, "service_path": "/suggest/entity"}},
        "batchSize": BATCH,
    }


def reconcile(known: list[Entry], text: str) -> dict:
    """Return the answer to a batch of queries in JSON; raises BadRequest."""
    try:
        queries = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise BadRequest("queries: JSON is wanted") from error
    if not isinstance(queries, dict) or len(queries) > BATCH:
        raise BadRequest(f"queries: an object with up to {BATCH} queries is wanted")
    return {name: _result(known, query) for name, query in queries.items()}


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _result(known: list[Entry], query: object) -> dict:
    try:
        typed, types, limit = _read(query)
    except BadRequest as error:
        return {"result": [], "error": str(error)}
    return {"result": [] if typed is None else candidates(known, typed, types, limit)}


def _read(query: object) -> tuple[str | None, list[str], int]:
    """Return a query's name (None where it has properties alone), types (empty: any) and limit; raises BadRequest.

    What is allowed is told by the schema reconciliation-query-batch of the interface's version 0.2.
    """
    if not isinstance(query, dict) or not ("query" in query or query.get("properties")):
        raise BadRequest('a query has a text, as in {"query": "Yezhov"}, or properties')
    typed, types, limit = query.get("query"), query.get("type", []), query.get("limit", 5)
    strict = query.get("type_strict", "any")
    types = [types] if isinstance(types, str) else types
    if "query" in query and not isinstance(typed, str):
        raise BadRequest("query is a text")
    if not isinstance(types, list) or not all(isinstance(name, str) for name in types):
        raise BadRequest(f"type is one or several of {', '.join(TYPES.values())}")
    if not isinstance(limit, int | float) or isinstance(limit, bool):
        raise BadRequest("limit is a number")
    if strict not in _STRICT:
        raise BadRequest(f"type_strict is one of {', '.join(_STRICT)}")
    if not isinstance(query.get("properties", []), list):
        raise BadRequest("properties is a list")
    if strict == "should":
        types = []
    elif strict == "all" and len(set(types)) > 1:
        # An entry has one type.
        limit = 0
    return typed, types, max(0, int(min(limit, MOST_CANDIDATES)))


def suggest(known: list[Entry], prefix: str, cursor: int = 0) -> dict:
    """Return the entries one of whose names has a word that begins like `prefix`, in any romanisation, people first."""
    typed, plain = " ".join(words(prefix[:MOST_LETTERS])), prefix.strip().casefold()
    order = list(TYPES.values())
    fits = [entry for entry in known if plain and _begins(entry, typed, plain)]
    fits.sort(key=lambda entry: (order.index(entry.type), entry.id))
    shown = fits[cursor : cursor + 10]
    return {
        "result": [
            {"id": e.id, "name": e.name, "description": e.type, "notable": [{"id": e.type, "name": e.type}]}
            for e in shown
        ]
    }


def _begins(entry: Entry, typed: str, plain: str) -> bool:
    if any(label.casefold().startswith(plain) for label in entry.spelled):
        return True
    return bool(typed) and any(" ".join(name[i:]).startswith(typed) for name in entry.names for i in range(len(name)))


def preview(store: ox.Store, known: list[Entry], id_: str) -> str | None:
    """Return a small page about an entry, None where there is none of that path."""
    entry = next((entry for entry in known if entry.id == id_), None)
    if entry is None:
        return None
    doubts = store.quads_for_pattern(ox.NamedNode(BASE + entry.id), term("nk:doubt"), None, ox.DefaultGraph())
    lines = [f"<strong>{html.escape(entry.name)}</strong> ({html.escape(entry.type)})"]
    lines += [html.escape("; ".join(sorted(set(entry.spelled) - {entry.name})))]
    lines += [f"<em>{html.escape(quad.object.value)}</em>" for quad in doubts if quad.object.language == "en"]
    body = "".join(f"<p>{line}</p>" for line in lines if line)
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{html.escape(entry.name)}</title>{body}</html>\n'
    )


def routes(store: ox.Store) -> list[Route]:
    """Return the routes of the service, to be mounted under /reconcile, over a built store."""
    known = read_entries(store)

    async def service(request: Request) -> Response:
        try:
            text = await _queries(request)
            if text is None:
                return _json(manifest(str(request.url.replace(query="")).rstrip("/")))
            return _json(await run_in_threadpool(reconcile, known, text))
        except BadRequest as error:
            return _json({"status": "error", "message": str(error)}, 400)

    async def suggestions(request: Request) -> Response:
        cursor = request.query_params.get("cursor", "0")
        if not (cursor.isascii() and cursor.isdigit() and len(cursor) < 7):
            return _json({"status": "error", "message": "cursor: a number is wanted"}, 400)
        return _json(suggest(known, request.query_params.get("prefix", ""), int(cursor)))

    async def previewed(request: Request) -> Response:
        page = preview(store, known, request.query_params.get("id", ""))
        if page is None:
            return HTMLResponse("<!doctype html><title>Not found</title><p>Not found</p>\n", 404, headers=_HEADERS)
        return HTMLResponse(page, headers=_HEADERS)

    return [
        Route("/", service, methods=["GET", "POST"]),
        Route("/suggest/entity", suggestions),
        Route("/preview", previewed),
    ]


async def _queries(request: Request) -> str | None:
    """Return the parameter `queries` of a GET or of a form, None where there is none; raises BadRequest."""
    if request.method != "POST":
        return request.query_params.get("queries")
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BYTES:
            raise BadRequest(f"queries: at most {MOST_BYTES >> 10} kB are taken at once")
    try:
        form = parse_qs(body.decode(), max_num_fields=20, errors="strict")
    except ValueError as error:
        raise BadRequest("a form in application/x-www-form-urlencoded is wanted") from error
    return form["queries"][0] if "queries" in form else None


def _json(content: dict, status: int = 200) -> JSONResponse:
    return JSONResponse(content, status, headers=_HEADERS)
