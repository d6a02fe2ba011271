"""A page of the studio in a fresh Chromium: how much came for it, when there was something to read, and what moved."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, CDPSession, sync_playwright

from tests.e2e.browser import FLAGS, chromium

MEDIA = frozenset({"Image", "Media"})
COOKIE = "pixora_session"
QUIET_MS = 2_500
WATCH = """
window.shifted = 0
new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value
}).observe({ type: "layout-shift", buffered: true })
"""
LOOK_THROUGH = """async () => {
    for (const box of [document.getElementById("stage"), document.scrollingElement].filter(Boolean)) {
        for (let place = 0; place <= box.scrollHeight; place += box.clientHeight) {
            box.scrollTo({ top: place, behavior: "instant" })
            await new Promise((done) => setTimeout(done, 50))
        }
    }
}"""
"""Pictures further down are loaded when one comes to them."""
FIRST_TEXT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


@dataclass
class Visit:
    """The record of a visit: what travelled, `first_text_ms` after the navigation, and the page's cumulative layout
    shift."""

    requests: int = 0
    bytes: int = 0
    bytes_without_media: int = 0
    first_text_ms: float = 0
    useful_ms: float = 0
    shift: float = 0
    _media: set[str] = field(default_factory=set)

    def watch(self, session: CDPSession) -> None:
        session.send("Network.enable")
        session.on("Network.responseReceived", self._response)
        session.on("Network.loadingFinished", self._finished)

    def _response(self, event: dict[str, Any]) -> None:
        self.requests += 1
        if event["type"] in MEDIA:
            self._media.add(event["requestId"])

    def _finished(self, event: dict[str, Any]) -> None:
        self.bytes += event["encodedDataLength"]
        if event["requestId"] not in self._media:
            self.bytes_without_media += event["encodedDataLength"]


@contextmanager
def chromium_open() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), headless=True, args=list(FLAGS))
        yield browser
        browser.close()


def visit(
    browser: Browser, site: str, token: str, *, path: str = "/", seen: str = "textarea", latency_ms: int = 0
) -> Visit:
    """Stay until `seen` is there, all of the page was looked at, and the network is quiet. Nothing is in the cache."""
    found, context = Visit(), browser.new_context()
    context.add_cookies([{"name": COOKIE, "value": token, "url": site}])
    page = context.new_page()
    page.add_init_script(WATCH)
    session = context.new_cdp_session(page)
    found.watch(session)
    if latency_ms:
        session.send("Network.emulateNetworkConditions", {
            "offline": False, "latency": latency_ms, "downloadThroughput": -1, "uploadThroughput": -1,
        })  # fmt: skip
    page.goto(site + path, wait_until="commit")
    page.wait_for_selector(seen, state="visible")
    found.useful_ms = page.evaluate("performance.now()")
    page.evaluate(LOOK_THROUGH)
    page.wait_for_timeout(QUIET_MS)
    found.first_text_ms, found.shift = page.evaluate(FIRST_TEXT), page.evaluate("window.shifted")
    context.close()
    return found
