"""The waiting for jobs, and for what is not given up half-way."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import suppress
from itertools import islice
from typing import Any, TypeVar

T = TypeVar("T")

FETCHES = 8
"""How often a finished result is asked for before it counts as unreachable; making it again would be paid again."""


FIRST_LOOK_S, LONGEST_LOOK_S = 0.5, 3.0
LATE = 0.025
"""A finished job is noticed this late at most, as a part of the time it has taken, or else half a second late."""


def looks() -> Iterator[float]:
    """Seconds until the next look at a job, without end: half a one, then a fortieth of what it took, at most 3."""
    waited_s = 0.0
    while True:
        delay_s = min(max(FIRST_LOOK_S, LATE * waited_s), LONGEST_LOOK_S)
        yield delay_s
        waited_s += delay_s


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
    """Shield `work` from cancellation; finish it, then re-raise, so that what was paid for is written down."""
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
