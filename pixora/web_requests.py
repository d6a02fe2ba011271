"""Daphne's requests, with limits: what a body may be is known from its headers, and a client has to get on.

A body that may not come is refused before any of it is read; one that says nothing of its length, as soon as it is
too long. Who sends slower than `SLOWEST` bytes a second, from `GRACE_S` on, or nothing for `IDLE_S`, is let go.
"""

from __future__ import annotations

import asyncio
import time
from io import BytesIO
from typing import Any

from daphne.http_protocol import HTTPFactory, WebRequest
from django.conf import settings
from twisted.internet.interfaces import IPushProducer
from twisted.web.http import HTTPChannel
from zope.interface import implementer

KEEP_ALIVE_S = 60.0
GRACE_S, IDLE_S, SLOWEST = 20.0, 20.0, 1_000
"""Of a request, its headers and its body together."""
LINGER_S = 3.0
"""After a refusal, what still comes is read and dropped for so long: a connection that is closed with bytes unread
takes the answer with it."""

HEALTH = frozenset({"/healthz", "/readyz"})

Message = dict[str, Any]


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


class Channel(HTTPChannel):
    """One connection and the requests that come over it."""

    transport: Any

    _began: float | None = None
    """When the first byte of the request came that is being received."""
    _came = 0
    _refused = False

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 - Twisted's names
        if self._refused:
            return
        if not self._handlingRequest:
            self._began = self._began or time.monotonic()
            self._came += len(data)
        super().dataReceived(data)

    def resetTimeout(self) -> None:  # noqa: N802
        if self._began is not None and not self._handlingRequest:
            left_s = self._began + GRACE_S + self._came / SLOWEST - time.monotonic()
            self.setTimeout(min(max(left_s, 0.01), IDLE_S))

    def allContentReceived(self) -> None:  # noqa: N802
        if self._refused:
            return
        self._began, self._came = None, 0
        self.setTimeout(KEEP_ALIVE_S)
        super().allContentReceived()

    def timeoutConnection(self) -> None:  # noqa: N802
        if self._began is not None and not self._refused:
            self.transport.write(b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
        super().timeoutConnection()

    def refuse(self, head: bytes, body: bytes) -> None:
        """Answer, and take nothing more."""
        self._refused = True
        self.transport.write(head + body)
        self.setTimeout(LINGER_S)

    def _send100Continue(self) -> None:  # noqa: N802
        if not self._refused:
            super()._send100Continue()


class Request(WebRequest):  # type: ignore[misc]
    def __init__(self, *args: Any, **options: Any) -> None:
        """Twisted would parse forms too, with all they hold in memory several times; Django does that."""
        self.brake = Brake()
        self._received, self._most = 0, 0
        super().__init__(*args, **{**options, "parsePOSTFormSubmission": False})

    def gotLength(self, length: int | None) -> None:  # noqa: N802 - Twisted's names
        """Check a request, and refuse it where need be, when all its headers are here and nothing of its body."""
        from pixora import request_bodies  # it needs the application, which this module is imported before

        path = self.channel._path.partition(b"?")[0].decode("latin1")
        if len(self.requestHeaders.getRawHeaders(b"Host") or ()) != 1 and not self._is_simple_check(path):
            self._refuse(400, "invalid", "This request does not say whom it is for: send one Host header.")
        headers = [(name, value) for name, values in self.requestHeaders.getAllRawHeaders() for value in values]
        self._most = request_bodies.most_bytes(path, headers) if length != 0 else 0
        if (length or 0) > self._most:
            self._refuse(413, "too_large", request_bodies.refusal(self._most))
        self.content = BytesIO()
        if self._most > request_bodies.STRANGERS_BYTES:
            super().gotLength(length)

    def _is_simple_check(self, path: str) -> bool:
        """Some load balancers ask in the language of before there were hosts."""
        version, hosts = self.channel._version, self.requestHeaders.getRawHeaders(b"Host")
        return version == b"HTTP/1.0" and not hosts and path in HEALTH

    def handleContentChunk(self, data: bytes) -> None:  # noqa: N802
        self._received += len(data)
        if self._received <= self._most:
            super().handleContentChunk(data)
        else:
            from pixora import request_bodies

            self._refuse(413, "too_large", request_bodies.refusal(self._most))

    def _refuse(self, status: int, code: str, sentence: str) -> None:
        """Once; as the application would have answered."""
        if self.channel._refused:
            return
        from pixora.foundation.error_responses import refuse

        answer = refuse(status, code, sentence)
        headers = {**answer.headers, "Content-Length": str(len(answer.content)), "Connection": "close"}
        if origin := self._allowed_origin():
            headers |= {"Access-Control-Allow-Origin": origin, "Access-Control-Allow-Credentials": "true"}
        lines = [f"HTTP/1.1 {status} {answer.reason_phrase}", *(f"{name}: {value}" for name, value in headers.items())]
        self.channel.refuse("\r\n".join([*lines, "", ""]).encode(), answer.content)
        path, method, size = (self.channel._path.decode("latin1"), self.channel._command.decode(), len(answer.content))
        said = {
            "path": path,
            "method": method,
            "status": status,
            "size": size,
            "client": getattr(self.client, "host", None),
        }
        self.server.log_action("http", "complete", said)

    def _allowed_origin(self) -> str:
        origin: str = (self.requestHeaders.getRawHeaders("origin") or [""])[0]
        return origin if origin in settings.CORS_ALLOWED_ORIGINS else ""

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
    protocol = Channel

    def buildProtocol(self, addr: Any) -> Any:  # noqa: N802
        protocol = super().buildProtocol(addr)
        protocol.requestFactory, protocol.timeOut = Request, KEEP_ALIVE_S
        return protocol


class Body(asyncio.Queue[Message]):
    """A request's messages to the application. Parts of the body are lengths until it asks for them."""

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
