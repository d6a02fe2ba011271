"""The balances that one process's sockets were told: each hears of every change, whatever film it follows.

A broadcast is only a hint here too. Every look asks the ledger which accounts got a line lately, and tells whoever was
told something else, so nobody sees an old balance longer than that.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from datetime import timedelta
from typing import Protocol
from uuid import UUID

from pixora.accounts import ledger
from pixora.accounts.ledger import Account
from pixora.foundation.async_database import Database

LONGEST_TRANSACTION_S = 30.0
"""A line is dated when it is written, and seen when its transaction commits."""
BROADCAST_WITHIN_S = 2.0
"""Younger lines are still on their way."""


class Socket(Protocol):
    user_id: UUID

    @property
    def is_full(self) -> bool:
        """Its client has not taken yet what was sent."""

    async def send_text(self, text: str) -> None: ...


class Balances:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._told: dict[Socket, Account] = {}
        self._late: dict[Socket, str] = {}
        """The newest text for each socket that was full: nobody else waits until its client reads."""
        self._looked_at = time.monotonic()

    def join(self, socket: Socket, account: Account) -> None:
        self._told[socket] = account

    def leave(self, socket: Socket) -> None:
        self._told.pop(socket, None)
        self._late.pop(socket, None)

    async def hear(self, user_id: UUID, text: str) -> None:
        """Pass a `credits_updated` on to all sockets of this user."""
        told = json.loads(text)["data"]
        await self._tell(self._of(user_id), Account(told["balance"], told["held"]), text)

    async def look(self) -> None:
        await self._tell_late()
        users = {socket.user_id for socket in self._told}
        if not users:
            return
        now = time.monotonic()
        within = timedelta(seconds=now - self._looked_at + LONGEST_TRANSACTION_S)
        older_than = timedelta(seconds=BROADCAST_WITHIN_S)
        changes = await self._database(ledger.changes, users, within=within, older_than=older_than)
        self._looked_at = now
        for change in changes:
            missed = [socket for socket in self._of(change.line.user_id) if self._told[socket] != change.account]
            await self._tell(missed, change.account, json.dumps(change.as_message(), ensure_ascii=False))

    def _of(self, user_id: UUID) -> list[Socket]:
        return [socket for socket in self._told if socket.user_id == user_id]

    async def _tell(self, sockets: Iterable[Socket], account: Account, text: str) -> None:
        for socket in sockets:
            if socket in self._told:
                self._told[socket] = account
                self._late[socket] = text
        await self._tell_late()

    async def _tell_late(self) -> None:
        for socket in list(self._late):
            if not socket.is_full and (text := self._late.pop(socket, None)):
                await socket.send_text(text)
