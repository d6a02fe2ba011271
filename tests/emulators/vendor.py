"""What all emulated vendors have in common: operations that may fail on the wire, a ledger and knobs."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from tests.emulators.knobs import REFUSALS, REPLIES, Draw, Fault, Knobs
from tests.emulators.ledger import Ledger
from tests.emulators.mutations import mutated_body

HANG_UP = "hang_up"
"""In the scope: closes the connection under the server's feet, for which ASGI has no word."""
GARBAGE = b'<html>\x00\xff{"not": json'

Handler = Callable[[Request, "Vendor"], Awaitable[Response]]
Refuse = Callable[[Fault], Response]
"""The vendor's own way of saying 429, 5xx or that the account is empty."""


@dataclass
class Vendor:
    """`operation` adds a route; its handler validates, bills and answers."""

    name: str
    refuse: Refuse
    routes: list[Route] = field(default_factory=list)
    start: Callable[[Vendor], None] = lambda vendor: None
    """Called when the knobs and the ledger are reset: forget jobs and files too."""
    ledger: Ledger = field(init=False)
    knobs: Knobs = field(default_factory=Knobs)
    draw: Draw = field(default_factory=Draw)
    busy: int = 0
    most_busy: int = 0
    state: Any = None
    """What only this vendor keeps."""
    url: str = ""
    """Where the vendor is reached, known once the server listens."""

    def __post_init__(self) -> None:
        self.ledger = Ledger(self.name)

    def operation(self, name: str, method: str, path: str, *, counts: bool = True) -> Callable[[Handler], Handler]:
        """`counts`: against the limit of requests at once."""

        def add(handler: Handler) -> Handler:
            self.routes.append(Route(path, _Operation(self, name, handler, counts), methods=[method], name=name))
            return handler

        return add

    def turn(self, knobs: Knobs) -> None:
        self.knobs = knobs
        self.draw = Draw(chance=random.Random(knobs.seed))
        self.most_busy = 0

    def reset(self) -> None:
        self.turn(Knobs())
        self.ledger.bills.clear()
        self.start(self)


class _Operation:
    def __init__(self, vendor: Vendor, name: str, handler: Handler, counts: bool) -> None:
        self.vendor, self.name, self.handler, self.counts = vendor, name, handler, counts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        vendor = self.vendor
        fault = vendor.draw.fault(vendor.knobs, self.name, scope.get("path_params", {}).get("endpoint", ""))
        if self.counts and 0 < vendor.knobs.at_once <= vendor.busy:
            fault = Fault(kind="rate_limited", retry_after_s=0.05)
        if fault and fault.kind in REFUSALS:
            refusal = poisoned(fault) if fault.kind == "poisoned" else vendor.refuse(fault)
            await refusal(scope, receive, send)
            return
        request = Request(scope, receive)
        request.state.fault = fault
        wire = _Wire(send, fault, scope[HANG_UP], vendor.draw.chance) if fault and fault.kind in REPLIES else send
        await self._serve(request, wire)

    async def _serve(self, request: Request, send: Send) -> None:
        vendor = self.vendor
        vendor.busy += self.counts
        vendor.most_busy = max(vendor.most_busy, vendor.busy)
        began = time.monotonic()
        try:
            response = await self.handler(request, vendor)
            await asyncio.sleep(vendor.knobs.latency(self.name) - (time.monotonic() - began))
            await response(request.scope, request.receive, send)
        finally:
            vendor.busy -= self.counts


def poisoned(fault: Fault) -> Response:
    """An error of any vendor's form in which every text is the same."""
    words = fault.words
    body = {
        "error": {"message": words, "type": words, "param": words, "code": words},
        "detail": [{"loc": ["body", words], "msg": words, "type": words, "url": words, "input": words}],
        "title": words,
        "error_type": words,
    }
    headers = {"x-fal-error-type": words, "x-request-id": words, "retry-after": words}
    return JSONResponse(body, status_code=fault.status, headers=headers)


class _Wire:
    """Sends an answer the way a fault wants it sent."""

    def __init__(self, send: Send, fault: Fault, hang_up: Callable[[], None], chance: random.Random) -> None:
        self._send, self._fault, self._close, self._chance = send, fault, hang_up, chance
        self._gone = False

    async def __call__(self, message: Message) -> None:
        if self._gone:
            return
        kind = self._fault.kind
        if kind == "dropped":
            self._hang_up()
        elif message["type"] == "http.response.start":
            await self._send(_without_length(message) if kind in ("garbage", "mutated") else message)
        else:
            await self._send_body(message, kind)

    async def _send_body(self, message: Message, kind: str) -> None:
        body: bytes = message.get("body", b"")
        if kind == "garbage":
            await self._send({**message, "body": GARBAGE if body else b""})
        elif kind == "mutated":
            await self._send({**message, "body": mutated_body(body, self._chance)})
        elif kind == "truncated":
            await self._send({**message, "body": body[: len(body) // 2], "more_body": True})
            self._hang_up()
        else:
            await self._send({**message, "body": body[:1], "more_body": True})
            await asyncio.sleep(self._fault.seconds)
            await self._send({**message, "body": body[1:]})

    def _hang_up(self) -> None:
        self._gone = True
        self._close()


def _without_length(message: Message) -> Message:
    headers = [(name, value) for name, value in message["headers"] if name != b"content-length"]
    return {**message, "headers": headers}
