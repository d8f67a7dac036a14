"""What a worker answers: an HTTP status, headers and a body."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Reply:
    """An answer to be sent as it is."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


def html(page: str, status: int = 200) -> Reply:
    """Return a page."""
    return Reply(status, {"Content-Type": "text/html; charset=utf-8"}, page.encode())


def text(line: str, status: int = 200, headers: dict[str, str] | None = None) -> Reply:
    """Return plain text."""
    return Reply(status, {"Content-Type": "text/plain; charset=utf-8", **(headers or {})}, line.encode())
