"""Rate limits: windows that begin with somebody's first request, counted in Redis for all processes."""

from __future__ import annotations

import time
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from redis.exceptions import RedisError

from pixora.foundation.errors import RateLimited, ServiceDown

A_DAY_S = 24 * 3_600


@dataclass(frozen=True)
class Limit:
    """`times` in `window_s` seconds, for each `who`; with `a_day` also at most so many in 24 hours."""

    name: str
    times: int
    window_s: int = 60
    a_day: int | None = None

    @property
    def told(self) -> dict[str, Any]:
        """The limit as an operation's `openapi_extra` tells it."""
        a_day = {} if self.a_day is None else {"a_day": self.a_day}
        return {"x-rate-limit": {"times": self.times, "window_s": self.window_s, **a_day}}

    def count_request(self, request: HttpRequest) -> None:
        """Count a request for the signed-in user, else for the address. Call it first in a view or operation."""
        self.count(_who_asks(request))

    def count(self, who: str) -> None:
        """Count a request by `who`. Raises RateLimited, or ServiceDown when there is nothing to count with."""
        whose = sha256(who.encode()).hexdigest()[:24]
        try:
            _count(f"limit:{self.name}:{whose}", self.times, self.window_s)
            if self.a_day is not None:
                _count(f"limit:{self.name}:day:{whose}", self.a_day, A_DAY_S)
        except RedisError as error:
            raise ServiceDown("Redis does not answer.") from error


def _count(key: str, most: int, window_s: int) -> None:
    end = time.time() + window_s
    ends_at: float = cache.get_or_set(key, end, window_s) or end
    if _incremented(f"{key}:{ends_at}", 2 * window_s) > most:
        raise RateLimited(retry_after_s=max(1, round(ends_at - time.time())))


def _incremented(counter: str, lives_s: int) -> int:
    """Add one to a counter. One that Redis has just forgotten, for want of room or emptied, begins anew."""
    cache.add(counter, 0, lives_s)
    try:
        return cache.incr(counter)
    except ValueError:
        cache.set(counter, 1, lives_s)
        return 1


def _who_asks(request: HttpRequest) -> str:
    user = getattr(request, "user", None)
    return f"user {user.pk}" if user is not None and user.is_authenticated else f"address {client_address(request)}"


def client_address(request: HttpRequest) -> str:
    """Return the address that asked the outermost of our own proxies; without proxies the header is anybody's word."""
    proxies: int = settings.PIXORA_PROXIES
    chain = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if proxies and len(chain) >= proxies:
        return chain[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))
