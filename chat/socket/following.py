"""The films that one socket follows. Their replays are read from the table one after the other, no faster than the
client takes them: while a client does not read, nothing of a replay waits in memory but a part of one page."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db import InterfaceError, OperationalError

from chat.protocol import progress_update, subscribed
from pipeline.events import history
from pipeline.queries import overview
from pixora.foundation.async_database import Database
from pixora.foundation.errors import Invalid

log = logging.getLogger(__name__)

MOST_FILMS = 200
"""Followed by one socket."""
FIRST_PAGE = 32
"""Events; how long the next page is depends on how long the texts of this one were."""
PAGE_CHARS = 128 << 10


class Socket(Protocol):
    user_id: UUID
    session_id: UUID
    ends_at: datetime

    @property
    def sees_account(self) -> bool:
        """It may be told what its user's account has."""

    @property
    def is_full(self) -> bool:
        """Its client has not taken yet what was sent."""

    async def wait_for_room(self) -> None: ...
    async def send_text(self, text: str) -> None: ...
    async def end(self, code: int) -> None: ...


@dataclass(eq=False)
class Following:
    """One socket's view of one task."""

    follower: Follower
    task_id: str
    sent: int
    """The number of the last event it got."""
    heard: int = 0
    """The highest number that was broadcast."""
    reading: bool = True
    """It reads the table, and gets nothing from broadcasts meanwhile."""
    is_new: bool = True
    """Its client is still to be told that the replay is complete."""
    page: int = FIRST_PAGE

    async def pass_on(self, seq: int, text: str) -> None:
        """A broadcast; `seq` is 0 for what is not stored. A client that is behind reads it from the table later."""
        self.heard = max(self.heard, seq)
        socket, is_next = self.follower.socket, seq == self.sent + 1
        if self.reading:
            return
        if seq > self.sent and (socket.is_full or not is_next):
            self.catch_up()
        elif (is_next or not seq) and not socket.is_full:
            self.sent = max(self.sent, seq)
            await self.follower.send(text)

    def catch_up(self) -> None:
        if not self.reading:
            self.reading = True
            self.follower.read_later(self)


class Follower:
    """One socket and its films, with at most one task that reads for it."""

    def __init__(self, socket: Socket, database: Database, run: Callable[[Coroutine[Any, Any, None]], object]) -> None:
        self.socket = socket
        self.films: dict[str, Following] = {}
        self._database, self._run = database, run
        self._ahead: dict[str, Following] = {}
        """Those to be read, by task."""
        self._is_reading = False

    def follow(self, task_id: str, *, after: int) -> Following:
        """Anew, where it is followed already; `read_later` begins the replay. Raises Invalid."""
        self.films.pop(task_id, None)
        if len(self.films) >= MOST_FILMS:
            raise Invalid(
                f"task_id: this socket follows {MOST_FILMS} films, and no more fit: open another.", field="task_id"
            )
        self.films[task_id] = Following(self, task_id, after)
        return self.films[task_id]

    async def send(self, text: str) -> None:
        """Send an event, without what its client may not see."""
        if not self.socket.sees_account and history.ACCOUNT in text:
            text = json.dumps(history.without_account(json.loads(text)), ensure_ascii=False)
        await self.socket.send_text(text)

    def read_later(self, following: Following) -> None:
        self._ahead[following.task_id] = following
        if not self._is_reading:
            self._is_reading = True
            self._run(self._read_all())

    async def _read_all(self) -> None:
        try:
            while self._ahead:
                following = self._ahead.pop(next(iter(self._ahead)))
                await self._read(following)
        finally:
            self._is_reading = False

    async def _read(self, following: Following) -> None:
        """Send what is in the table until nothing newer has been heard of."""
        try:
            await self._read_on(following)
        except (OperationalError, InterfaceError) as error:
            log.warning("a replay broke off (%s)", type(error).__name__)
        finally:
            following.reading = False

    async def _read_on(self, following: Following) -> None:
        is_all = False
        while not is_all and self._is_current(following):
            await self.socket.wait_for_room()
            page = await self._database(_texts, following.task_id, following.sent, following.page)
            is_all = await self._send_page(following, page) and len(page) < following.page
            following.page = _next_page(following.page, page)
        if following.is_new and self._is_current(following):
            following.is_new = False
            await self._tell_complete(following)

    async def _send_page(self, following: Following, page: list[tuple[int, str]]) -> bool:
        """Send one page, and return whether it was all that is known of."""
        for seq, text in page:
            if not self._is_current(following):
                break
            following.sent = seq
            await self.send(text)
        return not page or following.sent >= following.heard

    async def _tell_complete(self, following: Following) -> None:
        task_id, now = following.task_id, time.time()
        if at_work := await self._database(overview.progress_of, task_id):
            await self._send(progress_update(task_id, at_work, now=now))
        await self._send(subscribed(task_id, following.sent, now=now))

    async def _send(self, message: dict[str, Any]) -> None:
        await self.socket.send_text(json.dumps(message, ensure_ascii=False))

    def _is_current(self, following: Following) -> bool:
        """Its socket is there, and has not subscribed anew."""
        return self.films.get(following.task_id) is following


def _texts(task_id: str, after: int, limit: int) -> list[tuple[int, str]]:
    page = history.page(task_id, after=after, limit=limit)
    return [(event.seq, json.dumps(history.as_message(event), ensure_ascii=False)) for event in page]


def _next_page(limit: int, page: list[tuple[int, str]]) -> int:
    """Return as many events as would fill a page of texts like these."""
    chars = sum(len(text) for _, text in page)
    return max(1, min(history.PAGE, limit * PAGE_CHARS // max(chars, 1)))
