"""Connections to vendors: one TLS context for all, and clients that stay open while there is work for them."""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Protocol, TypeVar
from weakref import WeakKeyDictionary

import httpx

from pipeline.providers.addresses import refuse_inside
from pipeline.providers.bounded_answers import PLAIN, refuse_packed

log = logging.getLogger(__name__)

KEPT = httpx.Limits(max_connections=None, max_keepalive_connections=32, keepalive_expiry=2.0)
"""For what costs nothing. How much may be asked at once is the account's limit, not the connections'."""
FRESH = httpx.Limits(max_connections=None, max_keepalive_connections=0)
"""For what is paid for: each request gets a connection of its own. A server may just be closing one that was idle, and
then nobody knows whether it has read the request."""

FILES = httpx.Timeout(30.0, connect=10.0)


class Client(Protocol):
    async def aclose(self) -> None: ...


C = TypeVar("C", bound=Client)


@dataclass
class _Kept:
    """The connections of one event loop: they do not outlive it, and never cross a fork."""

    clients: dict[str, Any] = field(default_factory=dict)
    users: int = 0

    async def aclose(self) -> None:
        for name, client in self.clients.items():
            try:
                await client.aclose()
            except Exception as error:  # noqa: BLE001 - the work is done, whatever is wrong with a connection
                log.info("the connections to %s were not closed: %s", name, type(error).__name__)


_kept: WeakKeyDictionary[asyncio.AbstractEventLoop, _Kept] = WeakKeyDictionary()


@asynccontextmanager
async def kept_open() -> AsyncIterator[None]:
    """Keep the connections of this event loop open until the block ends.

    A film is dozens of requests to the same few servers, and need not shake hands for each. Whoever asks has his answer
    before the end.
    """
    loop = asyncio.get_running_loop()
    kept = _kept.setdefault(loop, _Kept())
    kept.users += 1
    try:
        yield
    finally:
        kept.users -= 1
        if not kept.users:
            del _kept[loop]
            await kept.aclose()


@asynccontextmanager
async def connected(name: str, make: Callable[[], C]) -> AsyncIterator[C]:
    """Yield the client of this name that is kept open here; where none is, one for this use alone."""
    kept = _kept.get(asyncio.get_running_loop())
    if kept is None:
        async with aclosing(make()) as client:
            yield client
        return
    if name not in kept.clients:
        kept.clients[name] = make()
    yield kept.clients[name]


@cache
def tls() -> ssl.SSLContext:
    """One for all connections: reading the certificates takes a tenth of a second, in which the event loop stands."""
    return httpx.create_ssl_context()


def file_client() -> httpx.AsyncClient:
    """Return a client for files that are brought to vendors and fetched from them; it has nobody's key."""
    return httpx.AsyncClient(
        headers=PLAIN,
        verify=tls(),
        limits=KEPT,
        timeout=FILES,
        event_hooks={"request": [refuse_inside], "response": [refuse_packed]},
    )
