"""What the sockets of one process share: one ear for broadcasts, one watch over the tables, one place for turns.

A broadcast is only a hint. Each follower knows the number it has sent last; whatever does not continue it makes the
follower read the table. Every few seconds the numbers of all followed tasks are asked for in one query, so nothing
stays unseen longer, whatever the channel layer lost.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections import defaultdict
from collections.abc import Coroutine, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID
from weakref import WeakKeyDictionary

from channels.layers import get_channel_layer
from django.conf import settings
from django.db import InterfaceError, OperationalError
from redis.exceptions import RedisError

from chat.greeting import Greeter
from chat.protocol import NOT_AUTHENTICATED, TOO_MANY_SOCKETS, progress_update, subscribed
from chat.running import TurnRunner
from pipeline import events, overview
from pipeline.broadcast import group_of
from pipeline.engine.database import Database
from pixora.accounts import tokens

log = logging.getLogger(__name__)

WATCH_S = 3.0
REJOIN_WITHIN_TICKS = 20
RETRY_S = 0.5
THREADS = 6
AWAY = (RedisError, OSError)


class Socket(Protocol):
    user_id: UUID
    session_id: UUID
    ends_at: datetime

    async def send_text(self, text: str) -> None: ...
    async def end(self, code: int) -> None: ...


@dataclass(eq=False)
class Following:
    """One socket's view of one task."""

    socket: Socket
    task_id: str
    sent: int
    """The number of the last event it got."""
    heard: int = 0
    """The highest number that was broadcast."""
    reading: bool = True
    """It reads the table, and gets nothing from broadcasts meanwhile."""


class Hub:
    def __init__(self) -> None:
        self.database = Database(threads=THREADS)
        self.greeter = Greeter(self.database)
        self.turns = TurnRunner(self.database)
        self._layer = get_channel_layer()
        self._sockets: dict[Socket, dict[str, Following]] = {}
        self._followers: defaultdict[str, set[Following]] = defaultdict(set)
        self._channel = ""
        self._ticks = 0
        self._running: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        for work in (self._listen(), self._watch()):
            self.run(work)

    def run(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Beside everything else; kept until it is done."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._bury)
        return task

    def _bury(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("a task of the hub failed", exc_info=error)

    # Sockets

    async def join(self, socket: Socket) -> None:
        """The oldest sockets of a user make room for a new one."""
        self._sockets[socket] = {}
        same = [other for other in self._sockets if other.user_id == socket.user_id]
        for oldest in same[: max(len(same) - settings.PIXORA_SOCKETS_PER_USER, 0)]:
            await oldest.end(TOO_MANY_SOCKETS)

    async def leave(self, socket: Socket) -> None:
        for following in self._sockets.pop(socket, {}).values():
            followers = self._followers[following.task_id]
            followers.discard(following)
            if not followers:
                await self._part(following.task_id)

    async def follow(self, socket: Socket, task_id: str, *, after: int) -> None:
        """Replay what came after, then go on with what comes. Subscribing again starts again."""
        if socket not in self._sockets:
            return
        if old := self._sockets[socket].pop(task_id, None):
            self._followers[task_id].discard(old)
        following = Following(socket, task_id, after)
        self._sockets[socket][task_id] = following
        self._followers[task_id].add(following)
        await self._meet([task_id])
        await self._read(following)
        if at_work := await self.database(overview.progress_of, task_id):
            await self._send(following, progress_update(task_id, at_work, now=time.time()))
        await self._send(following, subscribed(task_id, following.sent, now=time.time()))

    def follows(self, socket: Socket, task_id: str) -> bool:
        return task_id in self._sockets.get(socket, {})

    # Broadcasts

    async def _listen(self) -> None:
        while True:
            try:
                self._channel = self._channel or await self._layer.new_channel()
                await self._hear(await self._layer.receive(self._channel))
            except AWAY as error:
                log.warning("the channel layer is away (%s)", type(error).__name__)
                await self._come_back()
            except Exception:
                log.exception("a broadcast could not be passed on")
                await self._come_back()

    async def _come_back(self) -> None:
        """Redis may have forgotten who we are."""
        await asyncio.sleep(RETRY_S)
        await self._meet(list(self._followers))

    async def _hear(self, message: dict[str, Any]) -> None:
        task_id, seq, text = message["task_id"], message["seq"], message["text"]
        for following in tuple(self._followers.get(task_id, ())):
            await self._pass_on(following, seq, text)

    async def _pass_on(self, following: Following, seq: int, text: str) -> None:
        following.heard = max(following.heard, seq)
        if following.reading:
            return
        if not seq:
            await following.socket.send_text(text)
        elif seq == following.sent + 1:
            following.sent = seq
            await following.socket.send_text(text)
        elif seq > following.sent:
            self._catch_up(following)

    async def _meet(self, task_ids: Iterable[str]) -> None:
        """Join the groups of these tasks, as far as the layer is there."""
        try:
            self._channel = self._channel or await self._layer.new_channel()
            for task_id in task_ids:
                await self._layer.group_add(group_of(task_id), self._channel)
        except AWAY as error:
            log.info("groups not joined yet (%s)", type(error).__name__)

    async def _part(self, task_id: str) -> None:
        del self._followers[task_id]
        try:
            await self._layer.group_discard(group_of(task_id), self._channel)
        except AWAY as error:
            log.info("a group was not left (%s)", type(error).__name__)

    # The table

    def _catch_up(self, following: Following) -> None:
        if not following.reading:
            following.reading = True
            self.run(self._read(following))

    async def _read(self, following: Following) -> None:
        """Send what is in the table until nothing newer has been heard of; a page at a time, however much it is."""
        try:
            while True:
                page = await self.database(_texts, following.task_id, following.sent)
                if not self._is_current(following):
                    return
                for seq, text in page:
                    following.sent = seq
                    await following.socket.send_text(text)
                if not page or (len(page) < events.PAGE and following.sent >= following.heard):
                    return
        finally:
            following.reading = False

    def _is_current(self, following: Following) -> bool:
        """Its socket is there, and has not subscribed anew."""
        return self._sockets.get(following.socket, {}).get(following.task_id) is following

    async def _send(self, following: Following, message: dict[str, Any]) -> None:
        await following.socket.send_text(json.dumps(message, ensure_ascii=False))

    # The watch

    async def _watch(self) -> None:
        while True:
            try:
                await self._look()
            except (OperationalError, InterfaceError) as error:
                log.warning("the watch could not look (%s)", type(error).__name__)
            except Exception:
                log.exception("the watch failed")
            await asyncio.sleep(WATCH_S)

    async def _look(self) -> None:
        await self.turns.look()
        followed = list(self._followers)
        if followed:
            self._ticks += 1
            await self._meet(followed[self._ticks % REJOIN_WITHIN_TICKS :: REJOIN_WITHIN_TICKS])
            numbers = await self.database(events.last_numbers, followed)
            for task_id, number in numbers.items():
                for following in self._followers.get(task_id, ()):
                    if number > following.sent:
                        self._catch_up(following)
        await self._close_ended()

    async def _close_ended(self) -> None:
        sessions = {socket.session_id for socket in self._sockets}
        if not sessions:
            return
        ended = await self.database(tokens.ended_sessions, sessions)
        for socket in [socket for socket in self._sockets if socket.session_id in ended]:
            await socket.end(NOT_AUTHENTICATED)


def _texts(task_id: str, after: int) -> list[tuple[int, str]]:
    page = events.page(task_id, after=after)
    return [(event.seq, json.dumps(events.as_message(event), ensure_ascii=False)) for event in page]


_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, Hub] = WeakKeyDictionary()


def hub() -> Hub:
    """Of this event loop, started at its first use."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs[loop] = Hub()
        _hubs[loop].start()
    return _hubs[loop]
