"""In a worker: the reconciliation service (reconcile.py) by HTTP, from a path and a form to a reply."""

from __future__ import annotations

import json
from urllib.parse import parse_qs

import pyoxigraph as ox

from narkom.portal.reply import Reply, html
from narkom.serving import reconcile

_ROOT = "/reconcile"


class Reconciliation:
    """The service over a store's registers."""

    def __init__(self, store: ox.Store) -> None:
        """Read the names once, before any fork."""
        self._store = store
        self._known = reconcile.read_entries(store)

    def get(self, path: str, query: str, form: bytes, url: str) -> Reply:
        """Return the answer to a GET (empty form) or POST of a path under /reconcile; `url` is the service's own."""
        try:
            fields = _fields(query) | _fields(form.decode())
            return self._answer(path.removeprefix(_ROOT).rstrip("/"), fields, url)
        except UnicodeDecodeError:
            return _json({"status": "error", "message": "a form in UTF-8 is wanted"}, 400)
        except reconcile.BadRequest as error:
            return _json({"status": "error", "message": str(error)}, 400)

    def _answer(self, path: str, fields: dict[str, str], url: str) -> Reply:
        if path == "" and "queries" in fields:
            return _json(reconcile.reconcile(self._known, fields["queries"]))
        if path == "":
            return _json(reconcile.manifest(url))
        if path == "/suggest/entity":
            cursor = fields.get("cursor", "0")
            if not (cursor.isascii() and cursor.isdigit() and len(cursor) < 7):
                raise reconcile.BadRequest("cursor: a number is wanted")
            return _json(reconcile.suggest(self._known, fields.get("prefix", ""), int(cursor)))
        page = reconcile.preview(self._store, self._known, fields.get("id", "")) if path == "/preview" else None
        return html(page) if page else _json({"status": "error", "message": "there is nothing here"}, 404)


def _fields(text: str) -> dict[str, str]:
    """The first value of each field; raises BadRequest for what is no form."""
    try:
        found = parse_qs(text, keep_blank_values=True, max_num_fields=20, errors="strict")
    except ValueError as error:
        raise reconcile.BadRequest("a form in application/x-www-form-urlencoded is wanted") from error
    return {name: values[0] for name, values in found.items()}


def _json(content: dict, status: int = 200) -> Reply:
    return Reply(status, {"Content-Type": "application/json"}, json.dumps(content, ensure_ascii=False).encode())
