"""What the studio weighs, how steady its pages are, and how soon it answers."""

from __future__ import annotations

import asyncio
import json
import statistics
import time
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Browser

from chat import bundle
from tests.bench.figures import Figure
from tests.bench.sockets.crowd import PATIENCE_S, crowd
from tests.bench.studio.page import chromium_open, visit
from tests.crash.site import Site
from tests.web_server import WebServer, serving

FILL = "from tests.bench.studio.stock import main; main()"
MODULES = "tests.bench.studio.modules"
LATENCY_MS, ROUNDS, SENTENCES = 100, 3, 5
WORDS = ("agent_message_delta", "agent_message")


def measure(site: Site) -> Iterator[Figure]:
    stocked = json.loads(site.manage("shell", "--no-imports", "-c", FILL))
    assert bundle.make()
    apart = {**site.environment, "DJANGO_SETTINGS_MODULE": MODULES}
    with (
        serving(site.environment, site.home / "bundled.log") as bundled,
        serving(apart, site.home / "modules.log") as modules,
    ):
        with chromium_open() as browser:
            yield from _first_page(browser, bundled, modules, stocked["token"])
            yield from _pages(browser, bundled, stocked)
        first_words_s = asyncio.run(_first_words_s(bundled, stocked))
    yield Figure("studio: the agent's first words, seconds", first_words_s, 1)


def _first_page(browser: Browser, bundled: WebServer, modules: WebServer, token: str) -> Iterator[Figure]:
    """The first visit to each server is not counted: then it has read its files once."""
    visit(browser, bundled.url, token)
    visit(browser, modules.url, token)
    first = visit(browser, bundled.url, token)
    yield Figure("studio: the first page, requests", first.requests, 25)
    yield Figure("studio: the first page, KB", first.bytes / 1000, 250)
    yield Figure("studio: the first page without pictures, KB", first.bytes_without_media / 1000, 300)
    yield Figure("studio: the first useful paint, milliseconds", first.useful_ms)
    rounds = [
        [visit(browser, server.url, token, latency_ms=LATENCY_MS).first_text_ms for server in (bundled, modules)]
        for _ in range(ROUNDS)
    ]
    ratio = statistics.median(ours / before for ours, before in rounds)
    yield Figure(f"studio: first text with {LATENCY_MS} ms of latency ÷ module by module", ratio, 0.6)


def _pages(browser: Browser, server: WebServer, stocked: dict[str, Any]) -> Iterator[Figure]:
    """Pictures of films are seen here for the first time, so their thumbnails are made."""
    large, small = stocked["large"], stocked["small"]
    for name, path, seen in (
        ("Start", "/", "textarea"),
        ("My films", "/films/", ".films-page"),
        ("Script", f"/films/{large}/script", ".still img"),
        ("Production", f"/films/{large}/production", "img"),
        ("Film", f"/films/{small}/film", "video"),
    ):
        found = visit(browser, server.url, stocked["token"], path=path, seen=seen)
        if name == "Script":
            yield Figure("studio: the script page of 12 scenes, KB", found.bytes / 1000, 500)
        yield Figure(f"studio: layout shift of {name}", found.shift, 0.05)


async def _first_words_s(server: WebServer, stocked: dict[str, Any]) -> float:
    """The seconds from a question to the first words of its answer; the median."""
    people = [{"token": stocked["token"], "film": stocked["small"]}]
    address = f"{server.url.replace('http', 'ws')}/ws/chat/"
    waits = []
    async with crowd(address, people, greeted=True) as gathered, asyncio.timeout(PATIENCE_S):
        await gathered.grow(1)
        [socket] = gathered.sockets
        await socket.send(json.dumps({"type": "subscribe", "task_id": stocked["small"]}))
        for _ in range(SENTENCES):
            began = time.monotonic()
            await socket.send(
                json.dumps({"type": "message", "content": "how much will it cost?", "task_id": stocked["small"]})
            )
            told = [""]
            while told[-1] not in WORDS:
                told.append(json.loads(await socket.recv())["type"])
                if told[-1] in WORDS:
                    waits.append(time.monotonic() - began)
            while told[-1] != "agent_message":
                told.append(json.loads(await socket.recv())["type"])
    return statistics.median(waits)
