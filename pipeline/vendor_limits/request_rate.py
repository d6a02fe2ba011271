"""The limit to how often a vendor may be asked in a minute, over all workers: a token bucket in Redis."""

from __future__ import annotations

import asyncio
import functools
import logging
from collections import Counter
from collections.abc import Sequence

from django.conf import settings
from redis import Redis
from redis.exceptions import RedisError

from pixora.foundation.batching import Batcher

log = logging.getLogger(__name__)

REDIS_S = 2.0
MOST_TURNS = 64
"""In one request."""
_TAKE_TURNS = """
local now = redis.call('TIME')
now = now[1] * 1000 + math.floor(now[2] / 1000)
local step, burst, turns = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local due = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now)
local waits = {}
for turn = 1, turns do
    due = due + step
    waits[turn] = math.max(0, math.ceil(due - now - burst))
end
redis.call('SET', KEYS[1], due, 'PX', math.ceil(due - now + burst))
return waits
"""
"""A token bucket as one number, the time (ms) at which it will be full again; answers the wait (ms) for each token."""


class Turns:
    """One per event loop: those who want a turn at the same time take it in the same request."""

    def __init__(self) -> None:
        self._waits = Batcher(_waits_s, most=MOST_TURNS)

    async def wait(self, vendor: str) -> None:
        """Take a turn on the account and wait until it comes. A minute's requests may come all at once.

        What is made on this machine (`vendor` is empty) takes none. Without Redis there is no wait: the vendor itself
        then says when it is too much.
        """
        if vendor:
            await asyncio.sleep(await self._waits.ask(vendor))


async def _waits_s(vendors: Sequence[str]) -> list[float]:
    """Seconds, of each turn in their order."""
    counts = Counter(vendors)
    waits = {vendor: iter(await asyncio.to_thread(_take, vendor, count)) for vendor, count in counts.items()}
    return [next(waits[vendor]) for vendor in vendors]


def _take(vendor: str, turns: int) -> list[float]:
    """Blocking."""
    per_minute: int = settings.PIXORA_PER_MINUTE[vendor]
    try:
        waits_ms = turns_ms(f"turns:{vendor}", step_ms=60_000 / per_minute, burst=per_minute, turns=turns)
    except RedisError as error:
        log.warning("requests to %s are not counted: %s", vendor, type(error).__name__)
        return [0.0] * turns
    return [wait_ms / 1000 for wait_ms in waits_ms]


def turns_ms(key: str, *, step_ms: float, burst: int, turns: int) -> list[int]:
    """Return the milliseconds to wait for each. `burst` turns come at once, then one each `step_ms`."""
    waits: list[int] = _redis(settings.REDIS_URL).eval(_TAKE_TURNS, 1, key, step_ms, step_ms * burst, turns)
    return waits


@functools.cache
def _redis(url: str) -> Redis:
    return Redis.from_url(url, socket_timeout=REDIS_S, socket_connect_timeout=REDIS_S)
