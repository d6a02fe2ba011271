"""A studio to walk through: a web server, a worker that makes tiny films, Alice and Bob."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from pixora.accounts import sessions
from pixora.embedded.paths import CHECKOUT
from tests.e2e.browser import browsing

PICTURES = CHECKOUT / ".ci" / "out" / "screenshots"
GRAVE = ("serious", "critical")


@dataclass(frozen=True)
class Site:
    url: str
    tokens: Mapping[str, str]
    """Of sessions, by the user's name."""

    @contextmanager
    def opened(
        self,
        path: str = "/",
        *,
        who: str = "alice",
        width: int = 1280,
        dark: bool = False,
        touch: bool = False,
        forgives: str = "",
    ) -> Iterator[Page]:
        """A complaint fails the test, unless `forgives` is part of it; `touch` makes it a phone.

        Nothing is asked of the database within: Playwright keeps an event loop in this thread."""
        cookie = (sessions.COOKIE, self.tokens[who]) if who else None
        with browsing(self.url, cookie=cookie, width=width, dark=dark, touch=touch) as (page, complaints):
            page.goto(self.url + path)
            yield page
            left = [each for each in complaints.found if not forgives or forgives not in each]
            assert not left, left


def picture(page: Page, name: str) -> None:
    """Take a picture to be looked at afterwards."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png")


def barriers(page: Page) -> list[str]:
    """List what axe finds to keep people out."""
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {node['html'][:160]}" for each in found if each["impact"] in GRAVE for node in each["nodes"]
    ]


def small_targets(page: Page, least: int = 44) -> list[str]:
    """List what is to be pressed and smaller than a finger needs; a field that is not seen counts as its label."""
    return list(
        page.evaluate(
            """(least) => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, label")]
                .filter((one) => !one.matches(".skip, .unseen, [type=radio], [type=checkbox]"))
                .filter((one) => one.tagName !== "LABEL" || one.querySelector("input"))
                .filter((one) => one.checkVisibility({visibilityProperty: true}))
                .map((one) => ({box: one.getBoundingClientRect(), html: one.outerHTML}))
                .filter(({box}) => box.width + 0.5 < least || box.height + 0.5 < least)
                .map(({box, html}) => `${box.width} x ${box.height}: ${html.slice(0, 160)}`)""",
            least,
        )
    )


def overflow(page: Page) -> float:
    """Return by how many pixels the page, or the stage in it, is wider than it shows."""
    return float(
        page.evaluate(
            """() => Math.max(...[document.documentElement, document.getElementById("stage")]
                .map((box) => box.scrollWidth - box.clientWidth))"""
        )
    )
