"""Hosts on a free port: one that sends a folder under a path of its own, with what the site's .htaccess says, and one
that makes each page as it is asked for.
"""

import contextlib
import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from narkom.portal.assets import MEDIA_TYPES, assets
from narkom.portal.library import Library
from narkom.portal.portal import Portal
from narkom.publishing.files import MEDIA

# Deep enough that an address from the top of the host, or one step too far up, leads nowhere.
PLACE = "/some/where/"
# The library of the timeline brings a style sheet of its own; the others need no leave.
_STRICT = "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data:; style-src 'self'"
_POLICIES = {"timeline": f"{_STRICT} 'unsafe-inline'"}


class _Handler(SimpleHTTPRequestHandler):
    """Sends files below PLACE; for all else, the site's own page for nothing."""

    extensions_map = {  # noqa: RUF012
        **SimpleHTTPRequestHandler.extensions_map,
        **{f".{suffix}": media for suffix, media in MEDIA.items()},
        ".js": "text/javascript",
        ".wasm": "application/wasm",
    }

    def __init__(self, *args, told: dict[str, dict[str, str]], **kwargs) -> None:
        self._told = told
        super().__init__(*args, **kwargs)

    def translate_path(self, path: str) -> str:
        inside = path.startswith(PLACE)
        return super().translate_path(path.removeprefix(PLACE[:-1]) if inside else "/nothing-above-the-site")

    def end_headers(self) -> None:
        file = self.path.partition("?")[0].rpartition("/")[2]
        for name, value in {**self._told[""], **self._told.get(file, {})}.items():
            self.send_header(name, value)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = (Path(self.directory) / "404.html").read_bytes() if code == 404 else b""
        self.send_response(code, message)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_: object) -> None:
        pass


def headers(settings: str) -> dict[str, dict[str, str]]:
    """Return the headers that Apache's settings ask for: by the file's name, of all others under the empty name."""
    told: dict[str, dict[str, str]] = {"": {}}
    file = ""
    for line in settings.splitlines():
        if match := re.fullmatch(r"<(/?)Files ?(.*)>", line):
            file = match[2]
        elif match := re.fullmatch(r'Header always set (\S+) "(.*)"', line):
            told.setdefault(file, {})[match[1]] = match[2]
    return told


@contextlib.contextmanager
def hosting(folder: Path) -> Iterator[str]:
    """Send a site until the end, and yield its address."""
    told = headers((folder / ".htaccess").read_text(encoding="utf-8"))
    assert "Content-Security-Policy" in told[""]
    with _serving(partial(_Handler, directory=str(folder), told=told)) as address:
        yield f"{address}{PLACE}"


@contextlib.contextmanager
def answering(library: Library) -> Iterator[str]:
    """Send the pages of a library and what they use, each under a strict policy, and yield the address."""
    portal, files, lock = Portal(library, live=False), assets(), threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            name = path.removeprefix("/static/")
            if path.startswith("/static/") and name in files:
                status, media, body = 200, MEDIA_TYPES[files[name].suffix], files[name].read_bytes()
            else:
                with lock:
                    reply = portal.get(path)
                status, media, body = reply.status, reply.headers.get("Content-Type", "text/html"), reply.body
            self.send_response(status)
            figure = path.rpartition("/")[2].removesuffix(".html")
            self.send_header("Content-Security-Policy", _POLICIES.get(figure, _STRICT))
            self.send_header("Content-Type", media)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with _serving(Handler) as address:
        yield f"{address}/"


@contextlib.contextmanager
def _serving(handler) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
