"""Gives a client's request, which has passed our own layers, to the SDK, and answers with what that sends."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

from chat.mcp.callers import Caller
from chat.mcp.server import CALLER, server

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]


@dataclass
class Answer:
    """The answer as far as it was sent."""

    status: int = 500
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytearray = field(default_factory=bytearray)

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], list(message.get("headers", ()))
        else:
            self.body += message.get("body", b"")

    def response(self) -> HttpResponse:
        made = HttpResponse(bytes(self.body), status=self.status)
        for name, value in self.headers:
            made[name.decode("latin1")] = value.decode("latin1")
        return made


async def answered(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Answer in JSON, as one body. A manager lives as long as its request: it keeps nothing, and a session that it
    would keep might be asked for at another web server."""
    assert isinstance(request, ASGIRequest)
    manager = StreamableHTTPSessionManager(server(), json_response=True, stateless=True)
    answer = Answer()
    async with manager.run():
        await manager.handle_request({**request.scope, CALLER: caller}, _body(request.body), answer.send)
    return answer.response()


def _body(content: bytes) -> Receive:
    """The whole body at once, and then nothing more: who goes away ends this task."""
    left: list[Message] = [{"type": "http.request", "body": content, "more_body": False}]

    async def receive() -> Message:
        if left:
            return left.pop()
        await asyncio.Event().wait()
        raise AssertionError("nothing sets this event")

    return receive
