"""What a page does in the browser that it should not: errors, requests to elsewhere, breaches of its own policy."""

import contextlib
from collections.abc import Iterator
from urllib.parse import urlsplit

_LISTENING = """
addEventListener("securitypolicyviolation", (event) => {
  console.error(`policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
});
"""


class Watched:
    """A page in the browser, and further ones of the same profile, with a list of what they did wrong."""

    def __init__(self, context, own: str) -> None:
        self.wrongs: list[str] = []
        self._context = context
        self._own = urlsplit(own).netloc
        self.page = self.fresh()

    def fresh(self):
        """Return one page more, which is watched too."""
        page = self._context.new_page()
        page.add_init_script(_LISTENING)
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.wrongs.append(f"error: {error}"))
        page.on("request", self._asked)
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)
        return page

    def _said(self, message) -> None:
        if message.type in ("error", "warning"):
            self.wrongs.append(f"{message.type}: {message.text}")

    def _asked(self, request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and address.netloc != self._own:
            self.wrongs.append(f"elsewhere: {request.url}")

    def _failed(self, request) -> None:
        # Whoever leaves a page breaks off what it still loads.
        if "ERR_ABORTED" not in str(request.failure):
            self.wrongs.append(f"failed: {request.url} {request.failure}")

    def _answered(self, response) -> None:
        if response.status >= 400 and response.request.resource_type != "document":
            self.wrongs.append(f"{response.status}: {response.url}")

    def open(self, address: str) -> "Watched":
        """Load a page and wait until nothing more is loaded."""
        self.page.goto(address, wait_until="networkidle")
        return self


@contextlib.contextmanager
def watching(browser, own: str, **settings) -> Iterator[Watched]:
    """Yield a fresh page of a fresh profile; `own` is the address of the site, `settings` those of the profile."""
    context = browser.new_context(**settings)
    context.set_default_timeout(60_000)
    try:
        yield Watched(context, own)
    finally:
        context.close()
