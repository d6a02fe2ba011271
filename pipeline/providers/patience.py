"""How a job is waited for, and what is not given up half-way."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import suppress
from itertools import islice
from typing import Any, TypeVar

T = TypeVar("T")

FETCHES = 8
"""How often a finished result is asked for before it counts as unreachable; making it again would be paid again."""


def looks() -> Iterator[float]:
    """Seconds until the next look at a job, without end: 0.25 growing to 3."""
    return growing(first_s=0.25, growth=1.3, longest_s=3.0)


def growing(*, first_s: float, growth: float, longest_s: float) -> Iterator[float]:
    delay_s = first_s
    while True:
        yield delay_s
        delay_s = min(delay_s * growth, longest_s)


def fetches() -> Iterator[float]:
    """Seconds to wait before each try to fetch a result; the first comes at once."""
    yield 0.0
    yield from islice(growing(first_s=0.25, growth=2, longest_s=10), FETCHES - 1)


async def to_its_end(work: Coroutine[Any, Any, T]) -> T:
    """Who is cancelled meanwhile is so afterwards: a paid request is not dropped before its answer is written down."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        while not task.done():
            with suppress(asyncio.CancelledError):
                await asyncio.wait([task])
        if not task.cancelled():
            task.exception()
        raise
