"""How long a reader with a phone of the middle class waits: for the first page, for the search, for a query's answer.

    python benchmarks/phone.py SITE [--rounds 3]

SITE is a folder that `narkom publish` wrote. Chromium is slowed down as Lighthouse slows it for "mobile": four times
less processor, 1.6 Mbit/s down, 150 ms there and back; each round has an empty cache. The site is sent by a host of
this program's own, with the compressed siblings as .htaccess asks for. A worker's own requests are neither slowed nor
counted, so that the answer to a query comes sooner here than on a phone, by some ten seconds of loading. Prints
Markdown, the least and the most of the rounds; asserts nothing: machines differ.
"""

from __future__ import annotations

import argparse
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

_NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
_PROCESSOR = 4


class _Host(SimpleHTTPRequestHandler):
    """Sends a file's compressed sibling where there is one."""

    def send_head(self):
        zipped = Path(f"{self.translate_path(self.path)}.gz")
        if not zipped.is_file():
            return super().send_head()
        data = zipped.open("rb")
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(self.translate_path(self.path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(zipped.stat().st_size))
        self.end_headers()
        return data

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def main() -> None:
    """Measure each wait in each round, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    waits = {
        "the first page is loaded": _first,
        "a typed name has its list, from the first letter": _search,
        "a stored question has its prepared answer": _prepared,
        "a first query has its rows (the worker not slowed)": _query,
    }
    print("| what | seconds | kB in all |\n|---|---:|---:|")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Host, directory=str(options.site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--disable-gpu"])
            for name, wait in waits.items():
                found = [
                    _slowly(browser, f"http://127.0.0.1:{server.server_port}/", wait) for _ in range(options.rounds)
                ]
                seconds, sizes = zip(*found, strict=True)
                print(f"| {name} | {min(seconds):.1f}–{max(seconds):.1f} | {max(sizes) / 1000:.0f} |", flush=True)
        server.shutdown()


def _slowly(browser, top: str, wait) -> tuple[float, int]:
    """Return the seconds of one wait and the bytes that were sent for the page until then."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=2, is_mobile=True)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", _NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": _PROCESSOR})
    sent: list[float] = []
    session.on("Network.loadingFinished", lambda told: sent.append(told["encodedDataLength"]))
    page.set_default_timeout(180_000)
    seconds = wait(page, top)
    page.wait_for_load_state("networkidle")
    context.close()
    return seconds, int(sum(sent))


def _first(page: Page, top: str) -> float:
    begun = time.perf_counter()
    page.goto(f"{top}index.html")
    return time.perf_counter() - begun


def _search(page: Page, top: str) -> float:
    page.goto(f"{top}index.html")
    begun = time.perf_counter()
    page.locator("#q").press_sequentially("Jeschow")
    page.wait_for_selector("#suggested [role=option]")
    return time.perf_counter() - begun


def _prepared(page: Page, top: str) -> float:
    begun = time.perf_counter()
    page.goto(f"{top}question/career.html?person=Yagoda")
    page.wait_for_selector("#answer .notes")
    return time.perf_counter() - begun


def _query(page: Page, top: str) -> float:
    page.goto(f"{top}sparql.html")
    begun = time.perf_counter()
    page.click("button[name=run]")
    page.wait_for_selector("#answer table")
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
