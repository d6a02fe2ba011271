"""Word from a provider that a job may be done: it wakes whoever naps until the next look at that job."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import datetime


class Wakeups:
    def __init__(self) -> None:
        self._bells: dict[str, asyncio.Event] = {}
        self._heard: dict[str, datetime] = {}

    @property
    def awaited(self) -> Collection[str]:
        """The attempts that somebody waits for."""
        return list(self._bells)

    async def nap(self, attempt_id: str, seconds: float) -> None:
        """Wait for so many seconds, or until there is news of the attempt."""
        bell = self._bells[attempt_id] = asyncio.Event()
        try:
            with suppress(TimeoutError):
                await asyncio.wait_for(bell.wait(), seconds)
        finally:
            del self._bells[attempt_id]

    def spread(self, told_at: Mapping[str, datetime]) -> None:
        """Wake those whose news is newer than what was heard before."""
        for attempt_id, moment in told_at.items():
            if self._heard.get(attempt_id) != moment and attempt_id in self._bells:
                self._heard[attempt_id] = moment
                self._bells[attempt_id].set()
