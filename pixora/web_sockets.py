"""Daphne's WebSockets, bounded both ways: a client that does not read is not written to, and one that sends more than
is worked off is not read."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from daphne.ws_protocol import WebSocketFactory, WebSocketProtocol

from pixora.foundation.socket_connection import CONNECTION
from pixora.web_requests import Brake, Message

LONGEST_FRAME = 2 << 20
"""Longer ones are dropped with their connection. Half of it is allowed, and the consumer says so."""
MOST_WAITING, MOST_WAITING_BYTES = 64, 256 << 10
"""Frames that have come and are not worked off yet."""
MOST_PARTS = 1_000
"""Of one frame that is sent in parts. Empty ones add nothing to its length, and would never end."""
STUCK_S = 120.0
"""A client that took nothing for so long has gone, or means no good."""


class SocketLine(Brake):
    """The connection as its application sees it; see `pixora.foundation.socket_connection`."""

    def __init__(self, protocol: Any) -> None:
        super().__init__()
        self._protocol = protocol
        self.full_since: float | None = None

    def limit_frames(self, most: int | None) -> None:
        self._protocol.maxFramePayloadSize = self._protocol.maxMessagePayloadSize = most or LONGEST_FRAME

    def pauseProducing(self) -> None:  # noqa: N802 - Twisted's names
        super().pauseProducing()
        self.full_since = time.monotonic()

    def resumeProducing(self) -> None:  # noqa: N802
        super().resumeProducing()
        self.full_since = None

    def is_stuck(self) -> bool:
        return self.full_since is not None and time.monotonic() - self.full_since > STUCK_S


class Inbox(asyncio.Queue[Message]):
    """The messages that an application receives; the connection is read no further while much waits here."""

    def __init__(self, transport: Any) -> None:
        super().__init__()
        self._transport, self._bytes, self._paused = transport, 0, False

    def put_nowait(self, item: Message) -> None:
        super().put_nowait(item)
        self._bytes += _size(item)
        if not self._paused and (self.qsize() > MOST_WAITING or self._bytes > MOST_WAITING_BYTES):
            self._paused = True
            self._transport.pauseProducing()

    async def get(self) -> Message:
        item = await super().get()
        self._bytes -= _size(item)
        if self._paused and self.qsize() < MOST_WAITING // 2 and self._bytes < MOST_WAITING_BYTES // 2:
            self._paused = False
            self._transport.resumeProducing()
        return item


def _size(item: Message) -> int:
    return len(item.get("text") or item.get("bytes") or "")


class Socket(WebSocketProtocol):  # type: ignore[misc]
    _parts = 0
    """Of the frame that is being received."""

    def open_line(self, scope: Message) -> Inbox:
        """The application finds the line in its scope."""
        self.line = SocketLine(self)
        self.transport.unregisterProducer()  # the connection's, from when it spoke HTTP
        self.transport.registerProducer(self.line, True)
        scope.setdefault("extensions", {})[CONNECTION] = self.line
        return Inbox(self.transport)

    def onPing(self, payload: bytes) -> None:  # noqa: N802 - Autobahn's names
        """Answer a ping, but not of a client that does not read: the answers would pile up here."""
        if self.line.room.is_set():
            super().onPing(payload)

    def onMessageBegin(self, isBinary: bool) -> None:  # noqa: N802, N803
        self._parts = 0
        super().onMessageBegin(isBinary)

    def onMessageFrameBegin(self, length: int) -> None:  # noqa: N802
        self._parts += 1
        if self._parts > MOST_PARTS:
            self.transport.abortConnection()
        super().onMessageFrameBegin(length)

    def check_timeouts(self) -> None:
        if self.line.is_stuck():
            self.transport.abortConnection()
        else:
            super().check_timeouts()


class SocketFactory(WebSocketFactory):  # type: ignore[misc]
    protocol = Socket
