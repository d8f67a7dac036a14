"""Opens what `ask` and `query` ask: the built store, or an engine elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from narkom.errors import UsageError

if TYPE_CHECKING:
    from narkom.asking.endpoint import Endpoint
    from narkom.asking.knowledge import KnowledgeBase


def endpoint_of(url: str | None, default_graph: str | None, timeout: int) -> Endpoint | None:
    """Return the endpoint that the options name, None where they name none; raises UsageError for a half of one."""
    if url is None and default_graph is not None:
        raise UsageError("--default-graph says where an endpoint keeps the view: give --endpoint too")
    if url is None:
        return None
    from narkom.asking.endpoint import Endpoint

    return Endpoint(url, default_graph, timeout)


def open_asked(store: Path | None, root: Path, view: str, endpoint: Endpoint | None) -> KnowledgeBase:
    """Return the knowledge base under one view: that of the endpoint where there is one, else the built one.

    Raises StoreError where nothing is built, EndpointError and UsageError where the endpoint does not answer or holds
    another view.
    """
    from narkom.asking.knowledge import open_knowledge_base

    if endpoint is None:
        return open_knowledge_base(store, view=view, root=root)
    at = {"endpoint": endpoint.url, "default_graph": endpoint.default_graph, "timeout": endpoint.timeout}
    return open_knowledge_base(view=view, root=root, **at)
