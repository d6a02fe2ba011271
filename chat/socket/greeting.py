"""The greeting of whoever opens a socket: those who come at the same time are looked up and greeted in one go.

After a restart all clients come back at once, and asking for each alone would take the database many times as long.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from chat import protocol
from chat.llm.registry import agent_provider
from pipeline.providers.registry import chosen_vendors, own_models
from pixora.accounts import ledger, scopes, tokens
from pixora.accounts.ledger import Account
from pixora.accounts.scopes import Scope
from pixora.accounts.services import renew_local_credits
from pixora.accounts.tokens import Admitted
from pixora.foundation.async_database import Database
from pixora.foundation.batching import Batcher
from pixora.foundation.errors import NotAuthenticated

MOST_AT_ONCE = 64


@dataclass(frozen=True)
class Greeting:
    admitted: Admitted
    account: Account | None
    """None where its key may not see the balance."""
    words: dict[str, Any]


class Greeter:
    """The greeter of new sockets, one per event loop."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._greeted = Batcher(self._look_up, most=MOST_AT_ONCE)

    async def greet(self, token: str) -> Greeting:
        """Raises NotAuthenticated, and what the database raises."""
        return await self._greeted.ask(token)

    async def _look_up(self, brought: Sequence[str]) -> Sequence[Greeting | Exception]:
        return await self._database(greetings, brought)


def greetings(brought: Sequence[str]) -> list[Greeting | NotAuthenticated]:
    """Return a greeting or a refusal for each token, in the same order."""
    found = tokens.admit(brought)
    users = {each.session.user_id: each.session.user for each in found if isinstance(each, Admitted)}
    for user in users.values():
        renew_local_credits(user)
    accounts = ledger.accounts(users.values())
    return [_greeting(each, accounts[each.session.user_id]) if isinstance(each, Admitted) else each for each in found]


def _greeting(admitted: Admitted, account: Account) -> Greeting:
    user = admitted.session.user
    told = account if scopes.allows(admitted.session.key, Scope.CREDITS_READ) else None
    words = protocol.ready(
        user={"id": str(user.id), "email": user.email},
        providers={**chosen_vendors(), "agent": agent_provider()},
        own_models=own_models(),
        credits={"balance": told.balance, "held": told.held} if told else {},
        now=time.time(),
    )
    return Greeting(admitted, told, words)
