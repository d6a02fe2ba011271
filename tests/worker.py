"""Makes whatever is asked for, in a thread of the tests' own process."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

from pipeline.engine.shift import Shift


@contextmanager
def working() -> Iterator[None]:
    done = threading.Event()
    thread = threading.Thread(target=_work, args=[done])
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _work(done: threading.Event) -> None:
    while not done.is_set():
        asyncio.run(Shift(told_to_stop=done.is_set, grace_s=0.0).work())
    connections.close_all()
