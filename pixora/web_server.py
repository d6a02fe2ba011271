"""Daphne that waits: `python -m pixora.web_server`, with Daphne's own options.

Daphne keeps what a slow client has not taken yet, and the whole body of a request, in memory; a player that pauses
would cost us the rest of the film, an upload its size. Here the application waits until its client has taken what was
sent, a request's body stays in its file until the application reads it, and no more of it is stored than may come.
Accesses are lines of our log: Daphne would print them into a buffer, which a crash loses.
"""

from __future__ import annotations

import asyncio
import logging
import os
import resource
import sys
from functools import partial
from typing import Any

import daphne.server
from daphne.access import AccessLogGenerator
from daphne.cli import CommandLineInterface
from daphne.http_protocol import HTTPFactory, WebRequest
from django.conf import settings
from twisted.internet.interfaces import IPushProducer
from zope.interface import implementer

BUFFER_BYTES = 256 << 10
LONGEST_FRAME = 2 << 20
"""Of a WebSocket; longer ones are dropped with their connection. Half of it is allowed, and the consumer says so."""

CONNECTIONS = "12"
"""To PostgreSQL, where nothing else is set: the hub's threads may use half of them, requests the rest."""

CLIENTS = 1 << 16
"""As many connections at once as this, where the system allows it."""

Message = dict[str, Any]

log = logging.getLogger("pixora.access")


@implementer(IPushProducer)
class Brake:
    """Told by the connection when it is full and when there is room again; open to whoever waits for that."""

    def __init__(self) -> None:
        self.room = asyncio.Event()
        self.room.set()

    def pauseProducing(self) -> None:  # noqa: N802 - Twisted's name, as the next ones
        self.room.clear()

    def resumeProducing(self) -> None:  # noqa: N802
        self.room.set()

    def stopProducing(self) -> None:  # noqa: N802
        self.room.set()


class Request(WebRequest):  # type: ignore[misc]
    def __init__(self, *args: Any, **options: Any) -> None:
        """Twisted would parse forms too, with all they hold in memory several times; Django does that."""
        self.brake = Brake()
        self._received = 0
        super().__init__(*args, **{**options, "parsePOSTFormSubmission": False})

    def handleContentChunk(self, data: bytes) -> None:  # noqa: N802
        """What is beyond the most that may come is dropped; who sent it is refused once all of it is here."""
        self._received += len(data)
        if self._received <= settings.PIXORA_MAX_REQUEST_BYTES:
            super().handleContentChunk(data)

    def handle_reply(self, message: Message) -> None:
        if message["type"] == "http.response.start" and not self.producer and self.channel:
            self.registerProducer(self.brake, True)
        super().handle_reply(message)

    def finish(self) -> None:
        if self.producer:
            self.unregisterProducer()
        super().finish()

    def connectionLost(self, reason: Any) -> None:  # noqa: N802
        self.brake.stopProducing()
        super().connectionLost(reason)


class Factory(HTTPFactory):  # type: ignore[misc]
    def buildProtocol(self, addr: Any) -> Any:  # noqa: N802
        protocol = super().buildProtocol(addr)
        protocol.requestFactory = Request
        return protocol


class Body(asyncio.Queue[Message]):
    """What an application receives. Parts of the body are lengths until it asks for them."""

    def __init__(self, file: Any) -> None:
        super().__init__()
        self._file, self._place = file, 0

    def put_nowait(self, item: Message) -> None:
        super().put_nowait({**item, "body": len(item["body"])} if "body" in item else item)

    async def get(self) -> Message:
        message = await super().get()
        if "body" not in message:
            return message
        if self._file.closed:
            return {"type": "http.disconnect"}
        self._file.seek(self._place)
        part = self._file.read(message["body"])
        self._place += len(part)
        return {**message, "body": part}


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
        """As Daphne's own, with another queue."""
        if scope["type"] != "http" or protocol not in self.connections:
            return super().create_application(protocol, scope)
        body = Body(protocol.content)
        scope.setdefault("asgi", {"version": "3.0"})
        instance = self.application(scope=scope, receive=body.get, send=partial(self.handle_reply, protocol))
        self.connections[protocol]["application_instance"] = asyncio.ensure_future(instance)
        return body

    async def handle_reply(self, protocol: Any, message: Message) -> None:
        await super().handle_reply(protocol, message)
        if message["type"] == "http.response.body" and message.get("more_body"):
            await protocol.brake.room.wait()

    def log_action(self, protocol: Any, action: str, details: Message) -> None:
        """Without the query, which may be a signature."""
        super().log_action(protocol, action, {**details, "path": str(details.get("path", "")).partition("?")[0]})


class Interface(CommandLineInterface):  # type: ignore[misc]
    server_class = Server


def allow_many_connections() -> None:
    """Each is an open file, and systems start a process with a thousand though it may ask for more."""
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CLIENTS if most == resource.RLIM_INFINITY else min(CLIENTS, most)
    if now != resource.RLIM_INFINITY and now < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


daphne.server.HTTPFactory = Factory  # its server makes the factory itself and cannot be given another

if __name__ == "__main__":
    os.environ["PIXORA_DATABASE_POOL"] = os.environ.get("PIXORA_DATABASE_POOL") or CONNECTIONS
    allow_many_connections()
    Interface().run(sys.argv[1:])
