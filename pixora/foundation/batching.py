"""Questions that are asked at the same time, answered in one go."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextvars import Context
from typing import Generic, TypeVar

Question = TypeVar("Question")
Answer = TypeVar("Answer")
Asker = tuple[Question, asyncio.Future[Answer]]


class Batcher(Generic[Question, Answer]):
    """A batcher of questions, one per event loop: those that come while some are being answered wait and are next.

    `answer` gets at most `most` questions and returns as many answers in their order; an exception among them, or
    raised for all of them, is raised where the question was asked. It runs `at_once` times side by side at most, so
    that one slow answer does not hold up everybody.
    """

    def __init__(
        self,
        answer: Callable[[Sequence[Question]], Awaitable[Sequence[Answer | Exception]]],
        *,
        most: int,
        at_once: int = 1,
    ) -> None:
        self._answer, self._most, self._at_once = answer, most, at_once
        self._waiting: list[Asker[Question, Answer]] = []
        self._works: set[asyncio.Task[None] | None] = set()

    async def ask(self, question: Question) -> Answer:
        answered: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((question, answered))
        if len(self._works) < self._at_once:
            self._works.add(asyncio.create_task(self._work(), context=Context()))
        return await answered

    async def _work(self) -> None:
        try:
            await self._answer_the_waiting()
        finally:  # within its last step: whoever asks in the next one must find that nobody is at work any more
            self._works.discard(asyncio.current_task())

    async def _answer_the_waiting(self) -> None:
        while asked := self._next():
            try:
                answers = await self._answers([question for question, _ in asked])
                for (_, answered), found in zip(asked, answers, strict=True):
                    _settle(answered, found)
            finally:
                for _, answered in asked:
                    answered.cancel()

    def _next(self) -> list[Asker[Question, Answer]]:
        """Take the next ones, without those who do not wait any more."""
        waiting = [asker for asker in self._waiting if not asker[1].done()]
        self._waiting = waiting[self._most :]
        return waiting[: self._most]

    async def _answers(self, questions: Sequence[Question]) -> Sequence[Answer | Exception]:
        try:
            return await self._answer(questions)
        except Exception as error:  # noqa: BLE001 - it is raised where they wait
            return [error] * len(questions)


def _settle(answered: asyncio.Future[Answer], found: Answer | Exception) -> None:
    if answered.done():
        return
    if isinstance(found, Exception):
        answered.set_exception(found)
    else:
        answered.set_result(found)
