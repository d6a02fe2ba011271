"""Whoever opens a socket is looked up and greeted; those who come at the same time, in one go.

After a restart all clients come back at once, and asking for each alone would take the database many times as long.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from chat import protocol
from chat.llm.registry import agent_provider
from pipeline.engine.database import Database
from pipeline.providers.registry import chosen_vendors
from pixora.accounts import ledger, tokens
from pixora.accounts.ledger import Account
from pixora.accounts.services import renew_local_credits
from pixora.accounts.tokens import Admitted
from pixora.errors import NotAuthenticated

MOST_AT_ONCE = 64


@dataclass(frozen=True)
class Greeting:
    admitted: Admitted
    words: dict[str, Any]


@dataclass
class Greeter:
    """Of one event loop."""

    database: Database
    _waiting: list[tuple[str, asyncio.Future[Greeting]]] = field(default_factory=list)
    _work: asyncio.Task[None] | None = None

    async def greet(self, token: str) -> Greeting:
        """Raises NotAuthenticated, and what the database raises."""
        answer: asyncio.Future[Greeting] = asyncio.get_running_loop().create_future()
        self._waiting.append((token, answer))
        if self._work is None:
            self._work = asyncio.create_task(self._greet_the_waiting())
        return await answer

    async def _greet_the_waiting(self) -> None:
        try:
            while self._waiting:
                come, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
                await self._answer([token for token, _ in come], [answer for _, answer in come])
        finally:
            self._work = None

    async def _answer(self, brought: Sequence[str], answers: Sequence[asyncio.Future[Greeting]]) -> None:
        found: Sequence[Greeting | BaseException]
        try:
            found = await self.database(greetings, brought)
        except Exception as error:  # noqa: BLE001 - it is raised where they wait
            found = [error] * len(brought)
        for answer, each in zip(answers, found, strict=True):
            if answer.done():
                continue
            if isinstance(each, Greeting):
                answer.set_result(each)
            else:
                answer.set_exception(each)


def greetings(brought: Sequence[str]) -> list[Greeting | NotAuthenticated]:
    """By token, in the same order."""
    found = tokens.admit(brought)
    users = {each.session.user_id: each.session.user for each in found if isinstance(each, Admitted)}
    for user in users.values():
        renew_local_credits(user)
    accounts = ledger.accounts(users.values())
    return [_greeting(each, accounts[each.session.user_id]) if isinstance(each, Admitted) else each for each in found]


def _greeting(admitted: Admitted, account: Account) -> Greeting:
    user = admitted.session.user
    words = protocol.ready(
        user={"id": str(user.id), "email": user.email},
        providers={**chosen_vendors(), "agent": agent_provider()},
        credits={"balance": account.balance, "held": account.held},
        now=time.time(),
    )
    return Greeting(admitted, words)
