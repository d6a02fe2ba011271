"""The studio's first page in a fresh Chromium: when there is something to write in, and how much came for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import CDPSession, sync_playwright

from tests.e2e.browser import FLAGS, chromium

MEDIA = frozenset({"Image", "Media"})
COOKIE = "pixora_session"
USEFUL = "textarea"


@dataclass
class Traffic:
    """What travelled, without media."""

    bytes: int = 0
    _media: set[str] = field(default_factory=set)

    def watch(self, session: CDPSession) -> None:
        session.send("Network.enable")
        session.on("Network.responseReceived", self._response)
        session.on("Network.loadingFinished", self._finished)

    def _response(self, event: dict[str, Any]) -> None:
        if event["type"] in MEDIA:
            self._media.add(event["requestId"])

    def _finished(self, event: dict[str, Any]) -> None:
        if event["requestId"] not in self._media:
            self.bytes += event["encodedDataLength"]


def open_studio(address: str, token: str) -> tuple[float, int]:
    """Milliseconds from the navigation until there is a field to write in, and bytes until the network is quiet."""
    traffic = Traffic()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), headless=True, args=list(FLAGS))
        context = browser.new_context()
        context.add_cookies([{"name": COOKIE, "value": token, "url": address}])
        page = context.new_page()
        traffic.watch(context.new_cdp_session(page))
        page.goto(address, wait_until="commit")
        page.wait_for_selector(USEFUL, state="visible")
        useful_ms: float = page.evaluate("performance.now()")
        page.wait_for_timeout(1_500)
        browser.close()
    return useful_ms, traffic.bytes
