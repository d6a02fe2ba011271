"""The hub that one process's sockets share: one ear for broadcasts, one watch over the tables, one place for turns.

A broadcast is only a hint. Each follower knows the number it has sent last; whatever does not continue it makes the
follower read the table. Every few seconds the numbers of all followed tasks are asked for in one query, so nothing
stays unseen longer, whatever the channel layer lost.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Set
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from channels.layers import get_channel_layer
from django.conf import settings
from django.db import InterfaceError, OperationalError
from redis.exceptions import RedisError

from chat.agent.turn_runner import TurnRunner
from chat.llm.registry import get_ready
from chat.protocol import NOT_AUTHENTICATED, TOO_MANY_SOCKETS
from chat.socket.balances import Balances
from chat.socket.following import Follower, Following, Socket
from chat.socket.greeting import Greeter
from pipeline.event_delivery.deliverer import Deliverer
from pipeline.events import history
from pixora.accounts import tokens
from pixora.accounts.ledger import Account
from pixora.foundation.async_database import Database
from pixora.foundation.broadcast import ACCOUNTS, DELIVERIES, SIGN_OUTS, group_of

log = logging.getLogger(__name__)

WATCH_S = 3.0
REJOIN_WITHIN_TICKS = 20
RETRY_S = 0.5
THREADS = 6
AWAY = (RedisError, OSError)
Application = Callable[[Any, Any, Any], Awaitable[None]]
"""Of ASGI: scope, receive, send."""


class Hub:
    def __init__(self) -> None:
        self.database = Database(threads=THREADS)
        self.greeter = Greeter(self.database)
        self.turns = TurnRunner(self.database)
        self._balances = Balances(self.database)
        self._layer = get_channel_layer()
        self._sockets: dict[Socket, Follower] = {}
        self._of_user: defaultdict[UUID, dict[Socket, None]] = defaultdict(dict)
        """The oldest first."""
        self._followers: defaultdict[str, set[Following]] = defaultdict(set)
        self._channel = ""
        self._opening = asyncio.Lock()
        self._ticks = 0
        self._running: set[asyncio.Task[None]] = set()
        self._bell = asyncio.Event()
        """Rung where events may wait for addresses outside."""

    def start(self) -> None:
        for work in (self._listen(), self._watch(), self._deliver(), get_ready()):
            self.run(work)

    def run(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Run `work` as a task beside everything else, and keep the task until it is done."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._bury)
        return task

    def _bury(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("a task of the hub failed", exc_info=error)

    # Sockets

    async def join(self, socket: Socket, account: Account | None) -> None:
        """The oldest sockets of a user make room for a new one. `account` is what the socket was told it is; None where
        it may not know."""
        self._sockets[socket] = Follower(socket, self.database, self.run)
        if account:
            self._balances.join(socket, account)
        same = self._of_user[socket.user_id]
        same[socket] = None
        for oldest in list(same)[: max(len(same) - settings.PIXORA_SOCKETS_PER_USER, 0)]:
            await oldest.end(TOO_MANY_SOCKETS)

    def came_again(self, socket: Socket, account: Account | None, *, may_follow: bool) -> None:
        """It has shown another token, whose key may be one that sees less, or more."""
        if account:
            self._balances.join(socket, account)
        else:
            self._balances.leave(socket)
        if not may_follow and socket in self._sockets:
            self._part_all(self._sockets[socket])

    def leave(self, socket: Socket) -> None:
        """Forget a socket at once, whatever ends it; one that has left already may leave again."""
        self._balances.leave(socket)
        follower = self._sockets.pop(socket, None)
        if follower is None:
            return
        self._of_user[socket.user_id].pop(socket)
        if not self._of_user[socket.user_id]:
            del self._of_user[socket.user_id]
        self._part_all(follower)

    def _part_all(self, follower: Follower) -> None:
        followed = list(follower.films.values())
        follower.films.clear()
        for following in followed:
            self._part(following)

    def follow(self, socket: Socket, task_id: str, *, after: int) -> None:
        """Replay what came after, then go on with what comes. Subscribing again starts again. Raises Invalid."""
        follower = self._sockets.get(socket)
        if follower is None:
            return
        if old := follower.films.get(task_id):
            self._followers[task_id].discard(old)
        following = follower.follow(task_id, after=after)
        self._followers[task_id].add(following)
        self.run(self._begin(following))

    async def _begin(self, following: Following) -> None:
        await self._meet([group_of(following.task_id)])
        following.follower.read_later(following)

    def follows(self, socket: Socket, task_id: str) -> bool:
        return socket in self._sockets and task_id in self._sockets[socket].films

    # Broadcasts

    async def _listen(self) -> None:
        await self._meet(self._groups())
        while True:
            try:
                await self._hear(await self._layer.receive(await self._ear()))
            except AWAY as error:
                log.warning("the channel layer is away (%s)", type(error).__name__)
                await self._come_back()
            except Exception:
                log.exception("a broadcast could not be passed on")
                await self._come_back()

    async def _ear(self) -> str:
        """The one channel of this process, opened by whoever comes first."""
        async with self._opening:
            self._channel = self._channel or await self._layer.new_channel()
            return self._channel

    async def _come_back(self) -> None:
        """Redis may have forgotten who we are."""
        await asyncio.sleep(RETRY_S)
        await self._meet(self._groups())

    async def _hear(self, message: dict[str, Any]) -> None:
        if message["type"] == DELIVERIES:
            self._bell.set()
            return
        if message["type"] == SIGN_OUTS:
            await self._end_sockets({UUID(session_id) for session_id in message["session_ids"]})
            return
        if user_id := message.get("user_id"):
            await self._balances.hear(UUID(user_id), message["text"])
            return
        for following in tuple(self._followers.get(message["task_id"], ())):
            await following.pass_on(message["seq"], message["text"])

    async def _meet(self, groups: Iterable[str]) -> None:
        """Join these groups, as far as the layer is there."""
        try:
            channel = await self._ear()
            for group in groups:
                await self._layer.group_add(group, channel)
        except AWAY as error:
            log.info("groups not joined yet (%s)", type(error).__name__)

    def _part(self, following: Following) -> None:
        followers = self._followers[following.task_id]
        followers.discard(following)
        if not followers:
            del self._followers[following.task_id]
            self.run(self._leave_group(following.task_id))

    async def _leave_group(self, task_id: str) -> None:
        try:
            if task_id not in self._followers:
                await self._layer.group_discard(group_of(task_id), self._channel)
        except AWAY as error:
            log.info("a group was not left (%s)", type(error).__name__)

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
        self._bell.set()
        followed = list(self._followers)
        self._ticks += 1
        await self._meet(self._groups()[self._ticks % REJOIN_WITHIN_TICKS :: REJOIN_WITHIN_TICKS])
        if followed:
            numbers = await self.database(history.last_numbers, followed)
            for task_id, number in numbers.items():
                for following in self._followers.get(task_id, ()):
                    if number > following.sent:
                        following.catch_up()
        await self._balances.look()
        await self._close_ended()

    async def _deliver(self) -> None:
        """Send what is due to addresses outside, each time that the bell is rung."""
        deliverer = Deliverer(self.database, self._bell)
        while True:
            await self._bell.wait()
            self._bell.clear()
            try:
                await deliverer.look()
            except (OperationalError, InterfaceError) as error:
                log.warning("events could not be delivered (%s)", type(error).__name__)
            except Exception:
                log.exception("delivering failed")
                await asyncio.sleep(RETRY_S)

    def _groups(self) -> list[str]:
        return [ACCOUNTS, SIGN_OUTS, DELIVERIES, *map(group_of, self._followers)]

    async def _close_ended(self) -> None:
        sessions = {socket.session_id for socket in self._sockets}
        if sessions:
            await self._end_sockets(await self.database(tokens.ended_sessions, sessions))

    async def _end_sockets(self, ended: Set[UUID]) -> None:
        for socket in [socket for socket in self._sockets if socket.session_id in ended]:
            await socket.end(NOT_AUTHENTICATED)


_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, Hub] = WeakKeyDictionary()


def hub() -> Hub:
    """Return the hub of this event loop, started at its first use."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs[loop] = Hub()
        _hubs[loop].start()
    return _hubs[loop]


def watched(application: Application) -> Application:
    """The same application, whose first request starts the hub: turns that a killed server has left are taken up
    though nobody opens a socket."""

    async def answered(scope: Any, receive: Any, send: Any) -> None:
        hub()
        await application(scope, receive, send)

    return answered
