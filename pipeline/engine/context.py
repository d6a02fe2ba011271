"""The things that builds share in one process: the database, the machine's slots, a folder for work, an observer."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from pipeline.engine.moderation import Moderation
from pipeline.engine.still_descriptions import Sight
from pipeline.engine.webhook_wakeups import Wakeups
from pipeline.planning.graph import Component
from pipeline.planning.kinds import BESIDE, Kind
from pipeline.vendor_limits.outages import Outages
from pipeline.vendor_limits.request_rate import Turns
from pixora.foundation.async_database import Database
from pixora.foundation.machine_slots import Machine

Observer = Callable[[str, str, str, float], None]
"""Called with run id, component, status and progress from 0 to 1."""

URGENCY: Mapping[Kind, int] = {
    kind: urgency + len(Kind) * (kind in BESIDE) for urgency, kind in enumerate(reversed(Kind))
}
"""What is nearest to the film goes first: a clip before the next still, a body before the next clip."""
SCRIPTS_AT_ONCE = 2
"""In one process, by programs of this machine. A script takes a moment and somebody watches for it: it waits for no
slot, which films in this and other processes hold for minutes."""


def nobody_watches(_run_id: str, _component: str, _status: str, _fraction: float) -> None:
    return None


@dataclass
class Context:
    database: Database
    moderation: Moderation
    machine: Machine
    folder: Path
    accounts: Mapping[str, asyncio.Semaphore] = field(default_factory=dict)
    """By vendor: as many as its account allows, so that in this process the next one goes on at once."""
    writing: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(SCRIPTS_AT_ONCE))
    observer: Observer = nobody_watches
    wakeups: Wakeups = field(default_factory=Wakeups)
    turns: Turns = field(default_factory=Turns)
    outages: Outages = field(init=False)

    def __post_init__(self) -> None:
        self.outages = Outages(self.database)

    @cached_property
    def sight(self) -> Sight:
        """The provider that looks at stills before clips are made of them."""
        return Sight(self.database, self.turns)

    @asynccontextmanager
    async def place(self, component: Component, *, vendor: str) -> AsyncIterator[None]:
        """Wait until this component may be worked on: for a slot of this machine, or of the vendor's account; a script
        for a few others alone."""
        async with AsyncExitStack() as held:
            if vendor in self.accounts:
                await held.enter_async_context(self.accounts[vendor])
            if not vendor and component.kind is Kind.SCRIPT:
                await held.enter_async_context(self.writing)
            elif not vendor:
                await held.enter_async_context(self.machine.slot(URGENCY[component.kind]))
            yield

    @asynccontextmanager
    async def bench(self, run_id: str, attempt_id: str) -> AsyncIterator[Path]:
        """An empty folder for one attempt, gone afterwards."""
        folder = self.folder / run_id / attempt_id
        await asyncio.to_thread(_empty, folder)
        try:
            yield folder
        finally:
            await asyncio.shield(asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True))

    async def clear(self, run_id: str) -> None:
        await asyncio.to_thread(shutil.rmtree, self.folder / run_id, ignore_errors=True)


def _empty(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
