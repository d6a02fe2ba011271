"""The look at what the stills really show that clips are made from: taken once for each, and remembered.

A clip's prompt was written before its still was made. A cheap language model that sees looks at the still, and what it
says goes with the prompt. It is no part of any fingerprint, and whatever goes wrong here stops no clip.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from pathlib import Path

from pipeline.engine.state import State
from pipeline.models import AttemptStatus, SeenStill
from pipeline.planning.kinds import Kind
from pipeline.providers import registry
from pipeline.providers.base import Seen, Seer
from pipeline.steps.job import Job
from pipeline.vendor_limits import model_calls
from pipeline.vendor_limits.request_rate import Turns
from pixora.foundation.async_database import Database
from pixora.foundation.errors import PixoraError, ProviderError

log = logging.getLogger(__name__)

ROLE = "sight"
DEADLINE_S = 20.0
"""Of one look: a clip waits for it."""
PATIENCE_S = 45.0
"""Of all of it, the wait for a turn at the vendor's included."""
TRIES, PAUSE_S = 2, 1.0


class Sight:
    """One per event loop."""

    def __init__(self, database: Database, turns: Turns) -> None:
        self._database, self._turns = database, turns

    async def grounded(self, job: Job, state: State) -> Job:
        """A clip's job with what its still really shows; any other job as it is, and one that a vendor has already."""
        if job.component.kind is not Kind.CLIP or job.call.ticket:
            return job
        still, *_ = job.component.inputs
        hashed = state.selected(still).content_hash
        return replace(job, seen=await self.of(job.input(still).path, content_hash=hashed, task_id=state.task_id))

    async def of(self, still: Path, *, content_hash: str, task_id: str) -> str:
        """Say what a still shows; empty where nobody here can see, or where the looking failed."""
        seer = registry.seer()
        if seer is None:
            return ""
        try:
            async with asyncio.timeout(PATIENCE_S):
                known = await self._database(_recall, content_hash, seer.model)
                return known or await self._looked(seer, still, content_hash, task_id)
        except (PixoraError, TimeoutError, OSError) as error:
            log.warning("a clip is made without a look at its still: %s", type(error).__name__)
            return ""

    async def _looked(self, seer: Seer, still: Path, content_hash: str, task_id: str) -> str:
        """Once more where that may help and nothing may have been paid for."""
        for number in range(1, TRIES + 1):
            try:
                return (await self._look(seer, still, content_hash, task_id)).text
            except ProviderError as error:
                if error.unknown or not error.retryable or number == TRIES:
                    raise
                await asyncio.sleep(PAUSE_S)
        return ""

    async def _look(self, seer: Seer, still: Path, content_hash: str, task_id: str) -> Seen:
        """One call with its row, which is there before it. Raises ProviderError, and what forbids to spend."""
        await self._turns.wait(seer.name)
        call_id = await self._database(_begin, f"still:{content_hash[:16]}", task_id, seer.name)
        try:
            seen = await seer.describe(still, deadline_s=DEADLINE_S)
        except ProviderError as error:
            await self._database(model_calls.failed, call_id, error)
            raise
        except BaseException:
            await asyncio.shield(self._database(model_calls.end, call_id, AttemptStatus.UNKNOWN))
            raise
        await self._database(_end, call_id, seen, content_hash, seer.model)
        return seen


def _recall(content_hash: str, model: str) -> str:
    found = SeenStill.objects.filter(content_hash=content_hash, model=model).values_list("text", flat=True).first()
    return found or ""


def _begin(reason: str, task_id: str, vendor: str) -> str:
    model_calls.give_up_open(reason)
    return model_calls.begin(task_id=task_id, reason=reason, role=ROLE, vendor=vendor)


def _end(call_id: str, seen: Seen, content_hash: str, model: str) -> None:
    """Close the call and remember what was seen. Another worker may have looked at the same still meanwhile."""
    cost = {} if seen.cost_micros is None else {"cost_micros": seen.cost_micros}
    model_calls.end(call_id, AttemptStatus.SUCCEEDED, request_id=seen.request_id, **cost)
    found = SeenStill(content_hash=content_hash, model=model, text=seen.text)
    SeenStill.objects.bulk_create([found], ignore_conflicts=True)
