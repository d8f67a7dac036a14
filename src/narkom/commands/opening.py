"""Opens what `ask` and `query` ask: the built store, or an engine elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from narkom.config import store_folder
from narkom.errors import UsageError

if TYPE_CHECKING:
    from narkom.asking.endpoint import Endpoint


def endpoint_of(url: str | None, default_graph: str | None, timeout: int) -> Endpoint | None:
    """Return the endpoint that the options name, None where they name none; raises UsageError for a half of one."""
    if url is None and default_graph is not None:
        raise UsageError("--default-graph says where an endpoint keeps the view: give --endpoint too")
    if url is None:
        return None
    from narkom.asking.endpoint import Endpoint

    return Endpoint(url, default_graph, timeout)


def open_asked(store: Path | None, root: Path, view: str, endpoint: Endpoint | None):
    """Return a store under one view: the endpoint where there is one, else the built one.

    Raises StoreError where nothing is built, EndpointError and UsageError where the endpoint does not answer or holds
    another view.
    """
    if endpoint is None:
        from narkom.building.snapshot import open_store

        return open_store(store_folder(store, root), view)
    from narkom.asking.remote import RemoteStore, require_view

    remote = RemoteStore(endpoint)
    require_view(remote, view)
    return remote
