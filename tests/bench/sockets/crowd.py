"""Thousands of clients in one event loop."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

DOORS = 32
"""So many knock at once."""
PATIENCE_S = 60.0

Frame = dict[str, Any]


@dataclass
class Crowd:
    """`sockets` in the order of `people`, as far as they have come in."""

    address: str
    people: Sequence[Frame]
    greeted: bool
    """The server says `ready`."""
    sockets: list[ClientConnection] = field(default_factory=list)

    async def grow(self, size: int) -> float:
        """Let people in until there are so many; return how many came in a second."""
        coming = self.people[len(self.sockets) : size]
        doors, began = asyncio.Semaphore(DOORS), time.monotonic()

        async def come(person: Frame) -> ClientConnection:
            async with doors:
                return await self._open(person["token"])

        self.sockets += await asyncio.gather(*(come(person) for person in coming))
        return len(coming) / (time.monotonic() - began)

    async def _open(self, token: str) -> ClientConnection:
        headers = {"Authorization": f"Bearer {token}"}
        socket = await connect(
            self.address, additional_headers=headers, compression=None, max_size=None, proxy=None, ping_interval=None
        )
        if self.greeted:
            await wait_for(socket, "ready")
        return socket

    async def each(self, work: Callable[[ClientConnection, Frame], Awaitable[Any]], count: int) -> list[Any]:
        """The first of them, all at the same time."""
        first = zip(self.sockets[:count], self.people, strict=False)
        return await asyncio.gather(*(work(socket, person) for socket, person in first))


@asynccontextmanager
async def crowd(address: str, people: Sequence[Frame], *, greeted: bool) -> AsyncIterator[Crowd]:
    gathered = Crowd(address, people, greeted)
    try:
        yield gathered
    finally:
        await asyncio.gather(*(socket.close() for socket in gathered.sockets))


async def wait_for(socket: ClientConnection, type_: str) -> Frame:
    async with asyncio.timeout(PATIENCE_S):
        while True:
            frame: Frame = json.loads(await socket.recv())
            if frame["type"] == type_:
                return frame


async def follow(socket: ClientConnection, person: Frame) -> None:
    await socket.send(json.dumps({"type": "subscribe", "task_id": person["film"]}))
    await wait_for(socket, "subscribed")


async def delays(
    sockets: Iterable[ClientConnection], expected: int, telling: Callable[[], Awaitable[None]]
) -> list[float]:
    """Seconds from `sent_at` in a frame's data to its arrival, of so many frames that are told."""
    found: list[float] = []
    all_came = asyncio.Event()

    async def listen(socket: ClientConnection) -> None:
        async for text in socket:
            arrived = time.monotonic()
            sent_at = json.loads(text).get("data", {}).get("sent_at")
            if sent_at is not None:
                found.append(arrived - sent_at)
            if len(found) >= expected:
                all_came.set()

    listeners = [asyncio.create_task(listen(socket)) for socket in sockets]
    await telling()
    async with asyncio.timeout(PATIENCE_S):
        await all_came.wait()
    for listener in listeners:
        listener.cancel()
    await asyncio.gather(*listeners, return_exceptions=True)
    assert len(found) == expected, f"{len(found)} came"
    return found
