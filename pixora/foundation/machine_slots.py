"""Slots for the children that may compute on this machine at once, over all of its processes.

Slots are locked files, so the kernel frees those of a process that died. Within a process the most urgent waits
least.
"""

from __future__ import annotations

import asyncio
import fcntl
import heapq
import itertools
import os
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

POLL_S = 0.05
"""How often slots held by other processes are looked at while somebody here waits."""


def machine_folder() -> Path:
    """Return the slots' folder, one for all checkouts of this user."""
    return Path(tempfile.gettempdir()) / f"pixora-slots-{os.geteuid()}"


class Machine:
    def __init__(self, folder: Path, slots: int) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._files = [folder / f"slot-{number}" for number in range(slots)]
        self._waiting: list[tuple[int, int, asyncio.Future[int]]] = []
        self._order = itertools.count()
        self._poll: asyncio.TimerHandle | None = None

    @asynccontextmanager
    async def slot(self, urgency: int) -> AsyncIterator[None]:
        """Hold one slot; a lower `urgency` number goes first, equal ones in order of arrival."""
        future: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (urgency, next(self._order), future))
        self._hand_out()
        try:
            await future
            yield
        finally:
            if future.done() and not future.cancelled():
                os.close(future.result())
            self._hand_out()

    def _hand_out(self) -> None:
        while self._waiting:
            if self._waiting[0][2].done():
                heapq.heappop(self._waiting)
                continue
            lock = self._free_slot()
            if lock is None:
                self._look_again_soon()
                return
            heapq.heappop(self._waiting)[2].set_result(lock)

    def _look_again_soon(self) -> None:
        if self._poll is None:
            self._poll = asyncio.get_running_loop().call_later(POLL_S, self._look_again)

    def _look_again(self) -> None:
        self._poll = None
        self._hand_out()

    def _free_slot(self) -> int | None:
        for path in self._files:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(descriptor)
            else:
                return descriptor
        return None
