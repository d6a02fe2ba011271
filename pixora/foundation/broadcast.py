"""Tells the server processes what happens, over the channel layer: best effort, in order, never in the way.

What must not be lost is a row, and whoever misses a broadcast reads the row; so nothing here waits for Redis, and
nothing raises. One thread with an event loop of its own speaks for the whole process.
"""

from __future__ import annotations

import asyncio
import atexit
import json
import logging
import os
import threading
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any
from uuid import UUID

from channels.exceptions import ChannelFull
from channels.layers import get_channel_layer
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

GAP_S = 0.25
"""Between two ticks of one kind of one task: at most four a second."""
SEND_S = 2.0
LONGEST_QUEUE = 10_000
LAST_WORDS_S = 1.0
"""What waits when the process ends is still said, for so long."""

SIGN_OUTS = "sessions.ended"
"""The group that hears of sessions that ended, and the type of what is said there."""
ACCOUNTS = "accounts"
"""The one group for all accounts. They change rarely; a group for each would cost every socket a way to Redis."""

DELIVERIES = "deliveries.due"
"""The group that hears that events wait for addresses outside, and the type of what is said there."""

Message = dict[str, Any]
Said = tuple[str, Message]
"""A group, and what its members get."""
Gate = tuple[str, str]
"""A task and a kind of tick."""


def group_of(task_id: str) -> str:
    return f"task.{task_id}"


def tell(task_id: str, message: Mapping[str, Any]) -> None:
    """Send at once; `message` is what clients get."""
    _speaker().call(Speaker.tell, task_id, dict(message))


def tell_account(user_id: UUID, message: Mapping[str, Any]) -> None:
    """Send at once to all sockets of this user, whatever they follow."""
    _speaker().call(Speaker.tell_account, str(user_id), dict(message))


def ring_deliverers() -> None:
    """Tell all server processes that there may be something to deliver."""
    _speaker().call(Speaker.say, DELIVERIES, {"type": DELIVERIES})


def tick(task_id: str, message: Mapping[str, Any]) -> None:
    """Send now and then: of ticks of one type that come too fast the last is sent, of deltas their sum."""
    _speaker().call(Speaker.tick, task_id, dict(message))


def tell_sign_outs(session_ids: Iterable[UUID]) -> None:
    """Tell all processes that hold sockets of these sessions that the sessions have ended."""
    message = {"type": SIGN_OUTS, "session_ids": [str(each) for each in session_ids]}
    _speaker().call(Speaker.say, SIGN_OUTS, message)


class Speaker:
    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._queue: asyncio.Queue[Said | None] = asyncio.Queue(LONGEST_QUEUE)
        self._gates: dict[Gate, Message | None] = {}
        """Closed ones, each with what waits behind it."""
        self._thread = threading.Thread(target=self._run, name="pixora-broadcast", daemon=True)
        self._thread.start()
        atexit.register(self.end)

    def end(self) -> None:
        """End the thread before the interpreter does: a thread ended amid a call can take the process down."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._put, None)
            self._thread.join(LAST_WORDS_S)

    def call(self, method: Any, about: str, message: Message) -> None:
        self._loop.call_soon_threadsafe(method, self, about, message)

    def tell(self, task_id: str, message: Message) -> None:
        if message["type"] == "agent_message":
            self._gates.pop((task_id, "agent_message_delta"), None)  # the whole message holds what waits
        self.say(group_of(task_id), _as_said({"type": "task.told", "task_id": task_id}, message))

    def tell_account(self, user_id: str, message: Message) -> None:
        self.say(ACCOUNTS, _as_said({"type": "account.told", "user_id": user_id}, message))

    def say(self, group: str, message: Message) -> None:
        self._put((group, message))

    def _put(self, said: Said | None) -> None:
        """The oldest makes room."""
        if self._queue.full():
            self._queue.get_nowait()
        self._queue.put_nowait(said)

    def tick(self, task_id: str, message: Message) -> None:
        gate = (task_id, message["type"])
        if gate in self._gates:
            self._gates[gate] = joined(self._gates[gate], message)
        else:
            self._let_through(gate, message)

    def _let_through(self, gate: Gate, message: Message) -> None:
        self._gates[gate] = None
        self.tell(gate[0], message)
        self._loop.call_later(GAP_S, self._open, gate)

    def _open(self, gate: Gate) -> None:
        if waiting := self._gates.pop(gate, None):
            self._let_through(gate, waiting)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._speak())

    async def _speak(self) -> None:
        while said := await self._queue.get():
            try:
                async with asyncio.timeout(SEND_S):
                    await get_channel_layer().group_send(*said)
            except (RedisError, OSError, TimeoutError, ChannelFull, RuntimeError) as error:
                # RuntimeError: at the end of the interpreter no name is looked up any more
                log.info("a broadcast was lost: %s", type(error).__name__)


def _as_said(about: Mapping[str, str], message: Message) -> Message:
    """Return what the layer carries: `message` as its readers get it, and what it is about."""
    return {**about, "seq": message.get("seq", 0), "text": json.dumps(message, ensure_ascii=False)}


def joined(waiting: Message | None, newer: Message) -> Message:
    if waiting and "delta" in newer and waiting.get("message_id") == newer.get("message_id"):
        return {**newer, "delta": waiting["delta"] + newer["delta"]}
    return newer


@cache
def _speaker() -> Speaker:
    return Speaker()


os.register_at_fork(after_in_child=_speaker.cache_clear)
