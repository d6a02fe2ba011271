"""Questions that are asked at the same time, answered in one go."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Q = TypeVar("Q")
A = TypeVar("A")


class Together(Generic[Q, A]):
    """Of one event loop. While some are being answered those who come wait, and are the next to be answered.

    `answer` gets at most `most` questions and returns as many answers in their order; an exception among them, or
    raised for all of them, is raised where the question was asked.
    """

    def __init__(self, answer: Callable[[Sequence[Q]], Awaitable[Sequence[A | Exception]]], *, most: int) -> None:
        self._answer, self._most = answer, most
        self._waiting: list[tuple[Q, asyncio.Future[A]]] = []
        self._work: asyncio.Task[None] | None = None

    async def ask(self, question: Q) -> A:
        answered: asyncio.Future[A] = asyncio.get_running_loop().create_future()
        self._waiting.append((question, answered))
        if self._work is None:
            self._work = asyncio.create_task(self._answer_the_waiting())
        return await answered

    async def _answer_the_waiting(self) -> None:
        try:
            while self._waiting:
                come, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
                for (_, answered), found in zip(come, await self._found([each for each, _ in come]), strict=True):
                    if answered.done():
                        continue
                    if isinstance(found, Exception):
                        answered.set_exception(found)
                    else:
                        answered.set_result(found)
        finally:
            self._work = None

    async def _found(self, questions: Sequence[Q]) -> Sequence[A | Exception]:
        try:
            return await self._answer(questions)
        except Exception as error:  # noqa: BLE001 - it is raised where they wait
            return [error] * len(questions)
