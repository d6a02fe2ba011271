"""Daphne that waits: `python -m pixora.web_server`, with Daphne's own options.

Daphne keeps what a slow client has not taken yet, and the whole body of a request, in memory; a player that pauses
would cost us the rest of the film, an upload its size. Here the application waits until its client has taken what was
sent, a request's body stays in its file until the application reads it, and none is stored that may not come.
Accesses are lines of our log: Daphne would print them into a buffer, which a crash loses.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import resource
import sys
from functools import partial
from typing import Any

import daphne.server
from daphne.access import AccessLogGenerator
from daphne.cli import CommandLineInterface

from pixora.foundation.logs import without_tokens
from pixora.web_requests import Body, Factory, Message
from pixora.web_sockets import LONGEST_FRAME, Socket, SocketFactory

BUFFER_BYTES = 256 << 10

CONNECTIONS = "12"
"""To PostgreSQL, where nothing else is set: the hub's threads may use half of them, requests the rest."""

CLIENTS = 1 << 16
"""As many connections at once as this, where the system allows it."""

log = logging.getLogger("pixora.access")


class AccessLog(AccessLogGenerator):  # type: ignore[misc]
    """Stands in for Daphne's where that would print; a file that `--access-log` names is Daphne's to write."""

    def __init__(self) -> None:
        super().__init__(None)

    def write_entry(self, host: str, date: Any, request: str, status: Any = None, length: Any = None) -> None:
        """`request` is a method or what a WebSocket does, and the path."""
        log.info(request, extra={"fields": {"client": host, "status": status, "bytes": length}})


class Server(daphne.server.Server):  # type: ignore[misc]
    def __init__(self, *args: Any, action_logger: Any = None, **options: Any) -> None:
        if action_logger and action_logger.stream is sys.stdout:
            action_logger = AccessLog()
        options["action_logger"] = action_logger
        longest = {"websocket_max_message_size": LONGEST_FRAME, "websocket_max_frame_size": LONGEST_FRAME}
        super().__init__(*args, **{**options, **longest, "request_buffer_size": BUFFER_BYTES})

    def create_application(self, protocol: Any, scope: Message) -> Any:
        """Start the application as Daphne does, with another queue, and return that."""
        if protocol not in self.connections:
            return None
        queue = protocol.open_line(scope) if isinstance(protocol, Socket) else Body(protocol.content)
        scope.setdefault("asgi", {"version": "3.0"})
        instance = self.application(scope=scope, receive=queue.get, send=partial(self.handle_reply, protocol))
        self.connections[protocol]["application_instance"] = asyncio.ensure_future(instance)
        return queue

    async def handle_reply(self, protocol: Any, message: Message) -> None:
        await super().handle_reply(protocol, message)
        if message["type"] == "http.response.body" and message.get("more_body"):
            await protocol.brake.room.wait()

    def log_action(self, protocol: Any, action: str, details: Message) -> None:
        """Log an action as Daphne does, but without the query, which may be a signature, and without links' tokens."""
        path = without_tokens(str(details.get("path", "")).partition("?")[0])
        super().log_action(protocol, action, {**details, "path": path})


class Interface(CommandLineInterface):  # type: ignore[misc]
    server_class = Server


def allow_many_connections() -> None:
    """Ask for more open files, as each connection is one: systems start a process with a thousand at first."""
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CLIENTS if most == resource.RLIM_INFINITY else min(CLIENTS, most)
    if now != resource.RLIM_INFINITY and now < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


# its server makes the factories itself and cannot be given others
daphne.server.HTTPFactory, daphne.server.WebSocketFactory = Factory, SocketFactory


def main() -> None:
    gc.disable()  # until all is loaded, see `pixora.apps`
    os.environ["PIXORA_DATABASE_POOL"] = os.environ.get("PIXORA_DATABASE_POOL") or CONNECTIONS
    allow_many_connections()
    Interface().run(sys.argv[1:])


if __name__ == "__main__":
    main()
