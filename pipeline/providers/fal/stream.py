"""fal says by itself that a job is done: one request that stays open, in place of a look each half second.

Described at fal.ai/docs/inference-api/queue/status-stream; fal_client does not know it. What is not heard here is asked
for, so nothing depends on it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable
from typing import Any

import httpx
from fal_client import AsyncRequestHandle
from httpx_sse import aconnect_sse

log = logging.getLogger(__name__)

SILENCE_S = 40.0
"""fal sends a comment every 15 s: what is silent for longer than two of them is broken."""
TIMEOUT = httpx.Timeout(10.0, read=SILENCE_S)


class StatusStream:
    """The stream of one job's status; use as an async context manager."""

    def __init__(self, job: AsyncRequestHandle) -> None:
        self._job = job
        self._listening: asyncio.Task[bool]

    async def __aenter__(self) -> StatusStream:
        self._listening = asyncio.create_task(_heard_of_its_end(self._job))
        return self

    async def __aexit__(self, *_: object) -> None:
        await _end(self._listening)

    @property
    def is_open(self) -> bool:
        return not self._listening.done()

    async def tells_during(self, nap: Awaitable[object]) -> bool:
        """True where fal says during a nap that the job is done. That ends the nap early, as does a broken stream."""
        napping = asyncio.ensure_future(nap)
        awaited = {napping, self._listening} if self.is_open else {napping}
        try:
            await asyncio.wait(awaited, return_when=asyncio.FIRST_COMPLETED)
            if napping.done():
                await napping
        finally:
            await _end(napping)
        return self._listening.done() and self._listening.result()


async def _heard_of_its_end(job: AsyncRequestHandle) -> bool:
    """False where the stream ends before the job does, or cannot be understood."""
    try:
        async with aconnect_sse(job.client, "GET", f"{job.status_url}/stream", timeout=TIMEOUT) as events:
            async for event in events.aiter_sse():
                if event.data and event.json()["status"] == "COMPLETED":
                    return True
    except Exception as error:  # noqa: BLE001 - whatever it is, the job goes on, and is looked at
        log.info("fal does not say by itself how a job stands: %s", type(error).__name__)
    return False


async def _end(task: asyncio.Future[Any]) -> None:
    task.cancel()
    await asyncio.wait({task})
