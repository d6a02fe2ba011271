from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import pytest

from pipeline.providers.connections import connected, kept_open


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
            await super().aclose()
            raise OSError("gone")

    async def go() -> None:
        async with kept_open():
            await ask(lines, "one")
            async with connected("stuck", Stuck):
                pass
            await ask(lines, "two")

    with pytest.raises(OSError, match="gone"):
        asyncio.run(go())
    assert [line.closed for line in lines] == [1, 1]
