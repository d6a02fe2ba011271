"""The studio as somebody sees it who is signed in, on a server with a worker whose generators do as they are told."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from axe_playwright_python.sync_playwright import Axe
from django.db import connections
from playwright.sync_api import Page, expect

from pipeline import quotes, services
from pipeline.engine.shift import Shift
from pipeline.models import Run, Task, TaskStatus
from pixora.accounts import sessions, tokens
from pixora.accounts.models import User
from tests.e2e.browser import browsing
from tests.pipeline.doubles import Studio as Doubles

Answer = TypeVar("Answer")

LOOKS = os.environ.get("PIXORA_LOOKS", "")
"""A folder for pictures of each state; nothing is kept without it."""
PATIENCE_MS = 30_000
expect.set_options(timeout=PATIENCE_MS)
SETTLED = """() => Promise.race([
    new Promise((resolve) => setTimeout(resolve, 1000)),
    Promise.allSettled(document.getAnimations().filter(({effect}) => effect.getTiming().iterations !== Infinity)
        .map(({finished}) => finished)),
]).then(() => null)"""
"""A colour on its way to another is no contrast to judge. The content policy forbids to wait by `wait_for_function`."""


@dataclass
class Gate:
    """Holds up generators whose label has one of these words in it, until it is opened."""

    shuts: set[str] = field(default_factory=set)

    async def __call__(self, label: str) -> None:
        while any(word in label for word in self.shuts):  # noqa: ASYNC110 - it is opened by another thread
            await asyncio.sleep(0.05)


@dataclass(frozen=True)
class Site:
    url: str
    user: User
    doubles: Doubles
    gate: Gate

    @contextmanager
    def opened(
        self,
        path: str = "/",
        *,
        width: int = 1280,
        refused: Collection[int] = (),
        user: User | None = None,
        **more: Any,
    ) -> Iterator[Page]:
        """A page that must not complain. Playwright keeps an event loop in this thread: see `aside`."""
        cookie = aside(_token, user or self.user)
        with browsing(self.url, cookie=(sessions.COOKIE, cookie), width=width, refused=refused, **more) as (page, said):
            page.set_default_timeout(PATIENCE_MS)
            page.goto(self.url + path)
            yield page
            self.gate.shuts.clear()
            assert said.found == []


def aside(work: Callable[..., Answer], *given: Any) -> Answer:
    """Ask the database from another thread: Django refuses where an event loop runs."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(_closing, work, given).result()


def _closing(work: Callable[..., Answer], given: tuple[Any, ...]) -> Answer:
    try:
        return work(*given)
    finally:
        connections.close_all()


def _token(user: User) -> str:
    return tokens.issue(sessions.open_session(user), life=tokens.SESSION_LIFE).token


@contextmanager
def working() -> Iterator[None]:
    """Whatever is asked for is made, in a thread of this process."""
    done = threading.Event()

    def work() -> None:
        while not done.is_set():
            asyncio.run(Shift(told_to_stop=done.is_set, grace_s=0.0).work())
        connections.close_all()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def drive(run: Run) -> None:
    """To its end, in this thread."""
    asyncio.run(Shift(only=run.id).work())


def finish(task: Task) -> Task:
    """Pay for everything and have it made."""
    drive(quotes.use(task=task, quote_id=quotes.quote(task=task).id))
    task.refresh_from_db()
    assert task.status == TaskStatus.COMPLETE
    return task


def scripted(user: User, **fields: Any) -> Task:
    """A film whose script was just written by the doubles."""
    task = services.create_task(user=user, **fields)
    drive(services.write_script(task=task))
    task.refresh_from_db()
    return task


def violations(page: Page) -> list[str]:
    """What axe calls serious or critical."""
    page.evaluate(SETTLED)
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {node['html'][:160]}"
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


def check(page: Page, name: str) -> None:
    """No serious violation, no scrolling sideways; a picture for looking where one is wanted."""
    if LOOKS:
        Path(LOOKS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{LOOKS}/{name}.png")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    found = violations(page)
    assert not found, f"{name}: {found}"
