"""Tells those who are listening how far a run is, at most four times a second."""

from __future__ import annotations

import asyncio
import time

from pipeline.engine import step_rows
from pipeline.engine.leases import Claim
from pipeline.events import history
from pipeline.planning.progress import Progress
from pixora.foundation.async_database import Database

TICK_S = 0.25


class Ticker:
    """Use as an async context manager. The percent is written down before it is told, so it never goes back."""

    def __init__(self, database: Database, claim: Claim, *, shown: int) -> None:
        self.progress = Progress(claim.run_id, shown)
        self._database, self._claim = database, claim
        self._written = shown
        self._began = time.monotonic()
        self._task: asyncio.Task[None]

    async def __aenter__(self) -> Ticker:
        self._task = asyncio.create_task(self._tick_for_ever())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    def finish(self) -> None:
        history.tick(self._claim.task_id, "progress_update", data=self.progress.finished(now=time.time()))

    async def _tick_for_ever(self) -> None:
        while True:
            await self._tick()
            await asyncio.sleep(TICK_S)

    async def _tick(self) -> None:
        news = self.progress.take_news(now=time.time(), elapsed_s=time.monotonic() - self._began)
        if news is None:
            return
        if self.progress.shown > self._written:
            self._written = self.progress.shown
            await self._database(step_rows.note_progress, self._claim, self._written)
        history.tick(self._claim.task_id, "progress_update", data=news)
