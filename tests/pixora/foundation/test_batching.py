from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from pixora.foundation.batching import Batcher


def test_who_comes_while_others_are_answered_is_answered_with_the_next() -> None:
    batches: list[list[int]] = []

    async def double(numbers: Sequence[int]) -> list[int | Exception]:
        batches.append(list(numbers))
        await asyncio.sleep(0)
        return [number * 2 for number in numbers]

    async def ask() -> list[int]:
        together = Batcher(double, most=3)
        first = asyncio.create_task(together.ask(1))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        return [await first, *await asyncio.gather(*map(together.ask, [2, 3, 4, 5]))]

    assert asyncio.run(ask()) == [2, 4, 6, 8, 10]
    assert batches == [[1], [2, 3, 4], [5]]


def test_who_asks_again_at_once_is_answered_again() -> None:
    async def echo(numbers: Sequence[int]) -> list[int | Exception]:
        return list(numbers)

    async def ask() -> list[int]:
        together = Batcher(echo, most=9)
        return [await asyncio.wait_for(together.ask(1), 5), await together.ask(2), await together.ask(3)]

    async def within_a_moment() -> list[int]:
        return await asyncio.wait_for(ask(), 5)

    assert asyncio.run(within_a_moment()) == [1, 2, 3]


def test_a_slow_answer_holds_up_nobody_where_some_run_side_by_side() -> None:
    async def ask() -> str:
        released = asyncio.Event()

        async def answer(words: Sequence[str]) -> list[str | Exception]:
            if "slow" in words:
                await released.wait()
            return list(words)

        together = Batcher(answer, most=9, at_once=2)
        slow = asyncio.create_task(together.ask("slow"))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        quick = await together.ask("quick")
        released.set()
        return quick + await slow

    assert asyncio.run(ask()) == "quickslow"


def test_who_is_given_no_answer_does_not_wait_for_ever() -> None:
    async def forget(words: Sequence[str]) -> list[str | Exception]:
        return list(words[1:])

    async def ask() -> None:
        await asyncio.wait_for(Batcher(forget, most=9).ask("why"), 5)

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(ask())


def test_an_error_is_raised_where_it_was_asked_for() -> None:
    async def half(numbers: Sequence[int]) -> list[int | Exception]:
        if 0 in numbers:
            raise ZeroDivisionError
        return [ValueError(number) if number % 2 else number // 2 for number in numbers]

    async def ask(*numbers: int) -> list[int | BaseException]:
        together = Batcher(half, most=9)
        return await asyncio.gather(*map(together.ask, numbers), return_exceptions=True)

    found = asyncio.run(ask(4, 3))
    assert found[0] == 2
    assert isinstance(found[1], ValueError)
    assert all(isinstance(each, ZeroDivisionError) for each in asyncio.run(ask(0, 2)))


def test_who_does_not_wait_any_more_does_not_hold_up_the_others() -> None:
    async def slowly(words: Sequence[str]) -> list[str | Exception]:
        await asyncio.sleep(0.01)
        return [word.upper() for word in words]

    async def ask() -> str:
        together = Batcher(slowly, most=9)
        gone = asyncio.create_task(together.ask("gone"))
        stays = asyncio.create_task(together.ask("stays"))
        await asyncio.sleep(0)
        gone.cancel()
        with pytest.raises(asyncio.CancelledError):
            await gone
        return await stays

    assert asyncio.run(ask()) == "STAYS"
