from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import pytest
from pytest_django import Settings

from pipeline.providers.connections import connected, kept_open
from pipeline.providers.fal.client import account


@dataclass
class Line:
    """A client that only remembers whether it was closed."""

    made: list[Line] = field(default_factory=list)
    closed: int = 0

    async def aclose(self) -> None:
        self.closed += 1


@pytest.fixture
def lines() -> list[Line]:
    return []


async def ask(lines: list[Line], name: str = "vendor") -> Line:
    def make() -> Line:
        lines.append(Line())
        return lines[-1]

    async with connected(name, make) as line:
        await asyncio.sleep(0)
        assert not line.closed
        return line


def test_where_nothing_is_kept_each_use_has_its_own_client(lines: list[Line]) -> None:
    async def go() -> None:
        await asyncio.gather(ask(lines), ask(lines))

    asyncio.run(go())
    assert [line.closed for line in lines] == [1, 1]


def test_what_is_kept_open_is_shared_until_the_end(lines: list[Line]) -> None:
    async def go() -> None:
        async with kept_open():
            used = await asyncio.gather(ask(lines), ask(lines), ask(lines, "another"))
            assert used[0] is used[1] is not used[2]
            assert not any(line.closed for line in lines)

    asyncio.run(go())
    assert [line.closed for line in lines] == [1, 1]


def test_two_in_one_loop_close_with_the_second(lines: list[Line]) -> None:
    async def go() -> None:
        async with kept_open():
            async with kept_open():
                await ask(lines)
            assert (await ask(lines)).closed == 0

    asyncio.run(go())
    assert [line.closed for line in lines] == [1]


def test_loops_share_nothing(lines: list[Line]) -> None:
    async def go() -> None:
        async with kept_open():
            await ask(lines)

    asyncio.run(go())
    asyncio.run(go())
    assert [line.closed for line in lines] == [1, 1]


def test_all_are_closed_also_where_one_cannot_be(lines: list[Line]) -> None:
    class Stuck(Line):
        async def aclose(self) -> None:
            raise OSError("gone")

    async def go() -> None:
        async with kept_open():
            await ask(lines, "one")
            async with connected("stuck", Stuck):
                pass
            await ask(lines, "two")

    asyncio.run(go())
    assert [line.closed for line in lines] == [1, 1]


def test_what_is_paid_for_never_goes_into_a_connection_that_was_idle(settings: Settings) -> None:
    """fal's submissions each open one of their own; looking at jobs does not."""

    async def go() -> tuple[int, int]:
        async with queue() as (address, opened), kept_open():
            settings.PIXORA_KEYS, settings.PIXORA_BASE_URLS = {"fal": "a:b"}, {"fal": address}
            async with account() as fal:
                job = await fal.submit("fal-ai/kling-video/v1.6/pro/image-to-video", {})
                for _ in range(3):
                    await job.status()
                looked = len(opened)
                await fal.submit("fal-ai/kling-video/v1.6/pro/image-to-video", {})
                await job.status()
                return looked, len(opened)

    assert asyncio.run(go()) == (2, 3)


@asynccontextmanager
async def queue() -> AsyncIterator[tuple[str, list[asyncio.StreamWriter]]]:
    """Answers whatever it is asked with a job in a queue; its address, and the connections that were opened."""
    opened: list[asyncio.StreamWriter] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        opened.append(writer)
        with suppress(asyncio.IncompleteReadError):
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = re.search(rb"(?i)content-length: (\d+)", head)
                await reader.readexactly(int(length[1]) if length else 0)
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(said), said))

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    urls = {name: f"{address}/job" for name in ("response_url", "status_url", "cancel_url")}
    said = json.dumps({"status": "IN_QUEUE", "request_id": "r", "queue_position": 0, **urls}).encode()
    try:
        yield address, opened
    finally:
        server.close()
        for writer in opened:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()
