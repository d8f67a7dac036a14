"""The SPARQL 1.1 Protocol as a client speaks it: from an HTTP request to a query and its dataset."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import parse_qsl

_MOST_FIELDS = 2000
_FORM, _QUERY, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_READ_ONLY = "This endpoint is read-only: it takes queries, no updates."


class Refused(Exception):
    """A request that is not answered: an HTTP status, a sentence for the client, further headers."""

    def __init__(self, status: int, message: str, headers: dict[str, str] | None = None) -> None:
        """Take what the client is told."""
        super().__init__(message)
        self.status = status
        self.message = message
        self.headers = headers or {}


@dataclass(frozen=True, slots=True)
class Query:
    """A query, the dataset that the protocol names for it (empty: the store's own), and what evidence it asks for.

    `evidence` is no part of the SPARQL 1.1 Protocol: the value of the field of that name, empty without one.
    """

    text: str
    default_graphs: list[str] = field(default_factory=list)
    named_graphs: list[str] = field(default_factory=list)
    evidence: str = ""


def from_url(query_string: bytes) -> Query | None:
    """Return the query of a GET request; None where none is asked. Raises Refused (400, 403)."""
    return _query(_fields(query_string))


def from_body(content_type: str, query_string: bytes, body: bytes) -> Query:
    """Return the query of a POST request. Raises Refused (400, 403, 415)."""
    kind, charset = _media_type(content_type)
    if kind == _UPDATE:
        raise Refused(403, _READ_ONLY)
    if kind not in (_FORM, _QUERY):
        raise Refused(415, f"Send a query as {_QUERY} or {_FORM}.", {"Accept-Post": f"{_QUERY}, {_FORM}"})
    if charset not in ("", "utf-8", "utf8"):
        raise Refused(415, "Send the query in UTF-8.")
    if kind == _FORM:
        found = _query(_fields(body))
        if found is None:
            raise Refused(400, "The field query is missing.")
        return found
    beside = _fields(query_string)
    if any(name in ("query", "update") for name, _ in beside):
        raise Refused(400, "Send one query, in the body or in the address.")
    return _with_dataset(_text(body), beside)


def _media_type(content_type: str) -> tuple[str, str]:
    kind, *parameters = (part.strip() for part in content_type.lower().split(";"))
    charset = next((p.partition("=")[2].strip(' "') for p in parameters if p.startswith("charset=")), "")
    return kind, charset


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused(400, "The query is not UTF-8.") from None


def _fields(data: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            data.decode("ascii"), keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=_MOST_FIELDS
        )
    except UnicodeDecodeError:
        raise Refused(400, "The request is not UTF-8 in percent-encoding.") from None
    except ValueError:
        raise Refused(400, "The request has too many fields.") from None


def _query(fields: list[tuple[str, str]]) -> Query | None:
    queries = [value for name, value in fields if name == "query"]
    if any(name in ("update", "using-graph-uri", "using-named-graph-uri") for name, _ in fields):
        raise Refused(403, _READ_ONLY)
    if len(queries) > 1:
        raise Refused(400, "Send one query at a time.")
    if not queries:
        return None
    return _with_dataset(queries[0], fields)


def _with_dataset(text: str, fields: list[tuple[str, str]]) -> Query:
    if not text.strip():
        raise Refused(400, "The query is empty.")
    evidence = [value for name, value in fields if name == "evidence"]
    if len(evidence) > 1:
        raise Refused(400, "Name evidence once.")
    return Query(
        text,
        [value for name, value in fields if name == "default-graph-uri"],
        [value for name, value in fields if name == "named-graph-uri"],
        "".join(evidence),
    )
