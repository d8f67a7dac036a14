"""What `narkom serve` can be told, and its limits."""

from dataclasses import dataclass
from pathlib import Path

from narkom.asking.endpoint import Endpoint

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where to listen, what to serve, and the limits on a request."""

    root: Path
    store: Path
    host: str = LOOPBACK
    port: int = 8037
    workers: int = 8
    """Processes that answer queries."""
    page_workers: int = 4
    """Processes kept for pages and stored questions: these are answered while queries take all of the others."""
    queue: int = 64
    """Requests that may wait for a worker; one more is turned away."""
    patience: float = 5.0
    """Seconds a request waits for a worker before it is turned away."""
    seconds: float = 10.0
    """Wall time of one query."""
    memory: int = 512 * 2**20
    """Bytes a worker may take beyond the store."""
    result: int = 64 * 2**20
    """Bytes of one result."""
    body: int = 2**20
    """Bytes of one request's body."""
    slow: float = 10.0
    """Seconds that a client may take to send its head or its body, or to take in a piece of an answer."""
    connections: int = 256
    """Connections open at once."""
    stopping: float = 5.0
    """Seconds that running requests are given when the server stops."""
    endpoint: Endpoint | None = None
    """The engine elsewhere that holds the knowledge base, where it is not the store."""
