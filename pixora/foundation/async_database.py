"""The event loop's queries: in a thread, on a connection known to live, again when the server was away."""

from __future__ import annotations

import asyncio
import contextvars
import functools
import logging
import math
import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from django.db import InterfaceError, OperationalError, close_old_connections, connections
from django.db.backends.base.base import BaseDatabaseWrapper

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger(__name__)

OUTAGE_S = 60.0
"""How long a database may be away before what needs it fails."""
FRESH_S = 1.0


class Database:
    """Use as an async context manager; its threads' connections are closed at the end."""

    def __init__(self, threads: int = 4) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="pixora-db")
        self._opened: set[BaseDatabaseWrapper] = set()
        self._lock = threading.Lock()
        self._thread = threading.local()

    async def __aenter__(self) -> Database:
        return self

    async def __aexit__(self, *_: object) -> None:
        await asyncio.to_thread(self._close)

    async def __call__(self, query: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `query` in a thread. It may run twice when the server went away: it must bear that."""
        context = contextvars.copy_context()
        call = functools.partial(context.run, self._in_thread, functools.partial(query, *args, **kwargs))
        loop = asyncio.get_running_loop()
        gives_up_at = loop.time() + OUTAGE_S
        delay_s = 0.1
        while True:
            try:
                return await loop.run_in_executor(self._threads, call)
            except (OperationalError, InterfaceError) as error:
                if loop.time() > gives_up_at:
                    raise
                log.warning("database away (%s), asking again", type(error).__name__)
            await asyncio.sleep(delay_s * random.uniform(0.5, 1.0))  # noqa: S311 - jitter, not a secret
            delay_s = min(delay_s * 2, 2.0)

    def _close(self) -> None:
        self._threads.shutdown()
        for connection in self._opened:
            connection.inc_thread_sharing()
            connection.close()

    def _in_thread(self, query: Callable[[], T]) -> T:
        if not self._is_fresh():
            close_old_connections()
        try:
            return query()
        finally:
            self._thread.used_at = time.monotonic()
            with self._lock:
                self._opened.update(connections.all(initialized_only=True))

    def _is_fresh(self) -> bool:
        """This thread's connection has just been used and nothing went wrong: to ask whether it lives costs a query."""
        idle_s = time.monotonic() - getattr(self._thread, "used_at", -math.inf)
        return idle_s < FRESH_S and not any(one.errors_occurred for one in connections.all(initialized_only=True))
