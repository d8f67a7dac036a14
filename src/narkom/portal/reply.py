"""What a worker answers: an HTTP status, headers and a body."""

from dataclasses import dataclass, field

from narkom.vocabulary import BASE


@dataclass(slots=True)
class Reply:
    """An answer to be sent as it is."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    def from_top(self) -> "Reply":
        """Return the same page with links that begin at the top of the site."""
        body = self.body
        for attribute in (b'href="', b'action="'):
            for target in (b"static/", b"person/", b"event/", b"questions", b"ontology.html", b"sparql/ui", b"search"):
                body = body.replace(attribute + target, attribute + b"/" + target)
        return Reply(self.status, self.headers, body.replace(b'class="name" href="./"', b'class="name" href="/"'))

    def from_anywhere(self, style: bytes) -> "Reply":
        """Return the same page with its style sheet in it and links to identifiers, which lead on from any address.

        For a static host, which sends the page for addresses of any depth, below a folder that it does not know.
        """
        body = self.from_top().body.replace(b'<link rel="stylesheet" href="/static/style.css">', _inline(style))
        body = body.replace(b'href="/', f'href="{BASE}'.encode()).replace(
            b'href="index.html"', f'href="{BASE}"'.encode()
        )
        return Reply(self.status, self.headers, body.replace(b'/index.html"', b'/"'))


def _inline(style: bytes) -> bytes:
    return b"<style>\n" + style + b"</style>"


def html(page: str, status: int = 200) -> Reply:
    """Return a page."""
    return Reply(status, {"Content-Type": "text/html; charset=utf-8"}, page.encode())


def text(line: str, status: int = 200, headers: dict[str, str] | None = None) -> Reply:
    """Return plain text."""
    return Reply(status, {"Content-Type": "text/plain; charset=utf-8", **(headers or {})}, line.encode())
