"""Carries the agent's turns out, beside the sockets: a turn goes on when its user is gone."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from uuid import uuid4

from chat.agent import announcing, loop, speakers, turns
from chat.models import Turn
from pixora.foundation.async_database import Database

log = logging.getLogger(__name__)

MOST_AT_ONCE = 16


class TurnRunner:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._active: dict[asyncio.Task[None], turns.Claim] = {}
        self._claiming = asyncio.Lock()
        self._is_wanted = False
        """Somebody waits to claim, and will see what comes until then."""

    async def look(self) -> None:
        """Keep what is ours, and take what is nobody's: new turns, and those of processes that have gone."""
        if self._active:
            await self._database(turns.extend, list(self._active.values()))
        await self.take_up()

    async def take_up(self) -> None:
        if self._is_wanted:
            return
        self._is_wanted = True
        async with self._claiming:
            self._is_wanted = False
            while len(self._active) < MOST_AT_ONCE:
                claim = await self._database(turns.claim)
                if claim is None:
                    return
                task = asyncio.create_task(self._carry_out(claim))
                self._active[task] = claim
                task.add_done_callback(self._active.pop)

    async def _carry_out(self, claim: turns.Claim) -> None:
        with suppress(turns.TurnLost):
            try:
                await self._answer(claim)
            except turns.TurnLost:
                raise
            except Exception:
                log.exception("a turn failed")
                await self._say(claim, await self._database(turns.apology, claim), Turn.FAILED)
        asyncio.get_running_loop().call_soon(self._go_on)

    async def _answer(self, claim: turns.Claim) -> None:
        if sentence := await self._database(turns.interruption, claim):
            wait = await self._database(announcing.owed, claim)
            await self._say(claim, sentence, Turn.FAILED, wait)
            return
        if await self._database(announcing.is_due, claim):
            await self._database(announcing.announce, claim)
            return
        if sentence := await self._database(speakers.refusal, claim):
            await self._say(claim, sentence, Turn.FAILED)
            return
        await loop.answer(claim, self._database)

    async def _say(self, claim: turns.Claim, sentence: str, status: Turn, wait: turns.Wait | None = None) -> None:
        await self._database(turns.finish, claim, sentence, answer_id=uuid4(), status=status, wait=wait)

    def _go_on(self) -> None:
        """The next turn of the same film may have waited for this one."""
        task = asyncio.ensure_future(self.take_up())
        task.add_done_callback(_log_failure)


def _log_failure(task: asyncio.Future[None]) -> None:
    if not task.cancelled() and (error := task.exception()):
        log.warning("turns could not be taken up (%s)", type(error).__name__)
