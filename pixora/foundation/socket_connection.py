"""The part of a WebSocket's connection that the web server lets an application see: an extension in its ASGI scope."""

from __future__ import annotations

import asyncio
from typing import Protocol

CONNECTION = "pixora.foundation.socket_connection"


class SocketConnection(Protocol):
    room: asyncio.Event
    """Set while the client takes what it is sent."""

    def limit_frames(self, most: int | None) -> None:
        """Limit frames to `most` bytes: a longer one ends the connection. None: the limit for everybody."""
