"""One process at work: claims runs, looks for new ones each second, ends when there is nothing left to do."""

from __future__ import annotations

import asyncio
import functools
import logging
import os
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from pipeline.engine import attempt_rows, leases
from pipeline.engine.build import Build
from pipeline.engine.context import Context, Observer, nobody_watches
from pipeline.engine.leases import Claim, Heart
from pipeline.engine.moderation import Moderation
from pipeline.engine.work_folders import sweep
from pipeline.models import Run
from pipeline.providers.connections import kept_open
from pipeline.providers.registry import make_ready
from pipeline.vendor_limits import account_limits
from pixora.foundation.async_database import Database
from pixora.foundation.machine_slots import Machine, machine_folder

log = logging.getLogger(__name__)

LOOK_S = 1.0
IDLE_S = 5.0
"""A shift with nothing to do ends after this long."""
GRACE_S = 20.0
"""What local steps get to finish in when the process is to stop."""


def never() -> bool:
    return False


class Shift:
    """`only` limits it to one run, which it then sees to its end whoever holds it now; `told_to_stop` is asked each
    second."""

    def __init__(
        self,
        *,
        only: str = "",
        length_s: float = 0.0,
        observer: Observer = nobody_watches,
        told_to_stop: Callable[[], bool] = never,
        grace_s: float = GRACE_S,
    ) -> None:
        self._only, self._length_s, self._observer = only, length_s, observer
        self._told_to_stop, self._grace_s = told_to_stop, grace_s
        self._builds: dict[str, tuple[Build, asyncio.Task[None]]] = {}
        self._stopping = self._hurried = False
        self._wake: asyncio.Event
        self._heart: Heart

    async def work(self) -> None:
        loop = asyncio.get_running_loop()
        self._wake = asyncio.Event()
        self._heart = Heart(
            lease_s=settings.PIXORA_LEASE_S, on_lost=lambda claim: loop.call_soon_threadsafe(self._lose, claim)
        )
        self._heart.start()
        try:
            await asyncio.to_thread(make_ready)
            async with Database() as database, kept_open():
                context = _workshop(database, self._observer)
                await database(sweep, context.folder)
                await self._until_done(context)
        finally:
            await asyncio.to_thread(self._heart.stop)

    def stop(self, *, grace_s: float | None = None) -> None:
        """Start nothing new; what is at work gets `grace_s` seconds."""
        self._stopping = True
        for build, _ in self._builds.values():
            build.stop(grace_s=self._grace_s if grace_s is None else grace_s)
        self._wake.set()

    def stop_on_interrupt(self) -> None:
        """Ctrl-C and SIGTERM stop at once and leave a run that can be taken up again."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, functools.partial(self.stop, grace_s=0.0))

    async def _until_done(self, context: Context) -> None:
        loop = asyncio.get_running_loop()
        ends_at = loop.time() + self._length_s if self._length_s else float("inf")
        idle_since = loop.time()
        try:
            while True:
                self._bury_the_finished()
                self._stop_when_it_is_time(loop.time() > ends_at)
                await self._look(context)
                await self._spread_news(context)
                if self._builds:
                    idle_since = loop.time()
                elif await self._nothing_to_come(context, loop.time() - idle_since):
                    return
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), LOOK_S)
                self._wake.clear()
        finally:
            await self._put_down()

    def _stop_when_it_is_time(self, over: bool) -> None:
        """The end of the shift lets local steps finish; being told to stop gives them only a moment."""
        if self._told_to_stop():
            if not self._hurried:
                self._hurried = True
                self.stop()
        elif over and not self._stopping:
            self.stop(grace_s=settings.LONGEST_LOCAL_STEP_S)
        if self._stopping:
            for build, _ in self._builds.values():
                build.leave_jobs()

    async def _look(self, context: Context) -> None:
        if self._builds:
            await self._pass_on_cancellations(context)
        while not self._stopping and len(self._builds) < settings.PIXORA_RUNS_PER_WORKER:
            claim = await context.database(
                leases.claim_run, worker=worker_name(), lease_s=settings.PIXORA_LEASE_S, only=self._only
            )
            if claim is None:
                return
            self._begin(context, claim)

    def _begin(self, context: Context, claim: Claim) -> None:
        self._heart.hold(claim)
        build = Build(context, claim, put_down=functools.partial(self._heart.let_go, claim))
        task = asyncio.create_task(build.drive())
        task.add_done_callback(lambda _: self._end(claim))
        self._builds[claim.run_id] = (build, task)

    def _end(self, claim: Claim) -> None:
        self._heart.let_go(claim)
        self._wake.set()

    def _bury_the_finished(self) -> None:
        for run_id, (_, task) in list(self._builds.items()):
            if task.done():
                del self._builds[run_id]
                if not task.cancelled() and (error := task.exception()):
                    log.error("%s stopped: %s", run_id, type(error).__name__, exc_info=error)

    async def _pass_on_cancellations(self, context: Context) -> None:
        for run_id in await context.database(_cancelled, list(self._builds)):
            self._builds[run_id][0].cancel()

    async def _spread_news(self, context: Context) -> None:
        if awaited := context.wakeups.awaited:
            context.wakeups.spread(await context.database(attempt_rows.told_by_webhook, awaited))

    async def _nothing_to_come(self, context: Context, idle_s: float) -> bool:
        """A run that another worker holds may become free any moment, so while there is one the shift stays."""
        if self._stopping:
            return True
        left = await context.database(leases.unfinished_runs, only=self._only)
        return not left and (bool(self._only) or idle_s >= IDLE_S)

    def _lose(self, claim: Claim) -> None:
        if claim.run_id in self._builds:
            self._builds[claim.run_id][0].lose()

    async def _put_down(self) -> None:
        tasks = [task for _, task in self._builds.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _workshop(database: Database, observer: Observer) -> Context:
    home = Path(settings.PIXORA_HOME)
    return Context(
        database=database,
        moderation=Moderation(database),
        machine=Machine(machine_folder(), settings.PIXORA_LOCAL_JOBS),
        folder=home / "work",
        accounts={vendor: asyncio.Semaphore(account_limits.open_at_once(vendor)) for vendor in settings.PIXORA_AT_ONCE},
        observer=observer,
    )


def _cancelled(run_ids: list[str]) -> list[str]:
    found = Run.objects.filter(id__in=run_ids, cancel_requested_at__isnull=False, status="running")
    return list(found.values_list("id", flat=True))


def worker_name() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"
