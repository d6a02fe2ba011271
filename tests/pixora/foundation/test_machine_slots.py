from __future__ import annotations

import asyncio
from pathlib import Path

from pixora.foundation.machine_slots import Machine


def test_the_most_urgent_goes_first(tmp_path: Path) -> None:
    machine, order = Machine(tmp_path, 1), []

    async def work(urgency: int) -> None:
        async with machine.slot(urgency):
            order.append(urgency)
            await asyncio.sleep(0.01)

    async def all_at_once() -> None:
        await asyncio.gather(*(work(urgency) for urgency in (9, 3, 7, 1)))

    asyncio.run(all_at_once())
    assert order == [9, 1, 3, 7]


def test_processes_share_the_slots(tmp_path: Path) -> None:
    here, there = Machine(tmp_path, 1), Machine(tmp_path, 1)

    async def scenario() -> list[str]:
        order: list[str] = []

        async def second() -> None:
            async with there.slot(0):
                order.append("second")

        async with here.slot(0):
            waiting = asyncio.create_task(second())
            await asyncio.sleep(0.15)
            order.append("first")
        await asyncio.wait_for(waiting, 5)
        return order

    assert asyncio.run(scenario()) == ["first", "second"]


def test_one_that_gave_up_waiting_holds_nothing(tmp_path: Path) -> None:
    machine = Machine(tmp_path, 1)

    async def hold() -> None:
        async with machine.slot(0):
            await asyncio.sleep(30)

    async def scenario() -> None:
        holding = asyncio.create_task(hold())
        waiting = asyncio.create_task(hold())
        await asyncio.sleep(0.05)
        waiting.cancel()
        holding.cancel()
        await asyncio.gather(holding, waiting, return_exceptions=True)
        async with asyncio.timeout(1), machine.slot(0):
            pass

    asyncio.run(scenario())
