"""Films made for tests of the studio, and how its pages are checked."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import connections
from playwright.sync_api import Page

from pipeline.models import Task, TaskStatus
from pipeline.services import quotes
from tests.e2e.site import barriers, overflow, picture

Answer = TypeVar("Answer")

MADE_WITHIN_S = 90.0
MADE_WITHIN_MS = 1000 * MADE_WITHIN_S


@dataclass
class Gate:
    """Holds up generators whose label has one of these words in it, until it is opened; a double's `hold`."""

    shuts: set[str] = field(default_factory=set)

    async def __call__(self, label: str) -> None:
        while any(word in label for word in self.shuts):  # noqa: ASYNC110 - it is opened by another thread
            await asyncio.sleep(0.05)

    def open(self) -> None:
        self.shuts.clear()


def finish(task: Task) -> Task:
    """Pay for everything and wait until a worker has made it."""
    quotes.use(task=task, quote_id=quotes.quote(task=task).id)
    return until_complete(task)


def until_complete(task: Task) -> Task:
    deadline = time.monotonic() + MADE_WITHIN_S
    while task.status != TaskStatus.COMPLETE:
        assert time.monotonic() < deadline
        time.sleep(0.1)
        task.refresh_from_db()
    return task


def aside(work: Callable[[], Answer]) -> Answer:
    """Ask the database from another thread: Django refuses where Playwright's event loop runs."""

    def asked() -> Answer:
        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asked).result()


def check(page: Page, name: str) -> None:
    """Nobody is kept out, nothing is wider than it shows; a picture for looking."""
    picture(page, name)
    found: Any = (barriers(page), overflow(page))
    assert found == ([], 0), f"{name}: {found}"
