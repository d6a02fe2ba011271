"""One WebSocket: who it is, what it asks, how fast; what it is told comes from the hub."""

from __future__ import annotations

import asyncio
import functools
import json
import logging
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ParamSpec, TypeVar
from uuid import UUID, uuid4

import pydantic_core
from channels.consumer import get_handler_name
from channels.generic.websocket import AsyncWebsocketConsumer
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from chat import protocol, services
from chat.protocol import ClientFrame
from chat.socket import commands, handshake
from chat.socket.frame_rate import SUBSCRIBING, Pace
from chat.socket.hub import Hub, hub
from pipeline.services.films import task_of
from pixora.accounts import scopes, tokens
from pixora.accounts.models import ApiKey, User
from pixora.accounts.scopes import Scope
from pixora.foundation.errors import Forbidden, Invalid, NotAuthenticated, PixoraError, RateLimited, ServiceDown
from pixora.foundation.socket_connection import CONNECTION, SocketConnection

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger(__name__)

AUTHENTICATE_WITHIN_S = 10.0


class TooLarge(PixoraError):
    code = "too_large"


class ChatConsumer(AsyncWebsocketConsumer):  # type: ignore[misc]
    channel_layer_alias = ""
    """The hub listens to the layer, once for all sockets of the process."""

    hub: Hub
    user: User | None = None
    user_id: UUID
    session_id: UUID
    key: ApiKey | None = None
    """The program's, where no person opened this."""
    ends_at: datetime
    _line: SocketConnection | None = None
    """The connection, where the web server shows it: how full it is, and how long its frames may be."""
    _timer: asyncio.TimerHandle | None = None
    _closed = False

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Leave the hub whatever ends this: the web server cancels what takes too long, and then nothing else is
        called."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._leave()

    async def dispatch(self, message: dict[str, Any]) -> None:
        """Call the handler without Channels' round trip to a thread for a database connection: none is used here."""
        await getattr(self, get_handler_name(message))(message)

    async def connect(self) -> None:
        """Accept first: a close before it reaches a browser as a bare 403."""
        self.hub, self.pace = hub(), Pace(seen_at=time.monotonic())
        self._line = self.scope.get("extensions", {}).get(CONNECTION)
        knock = handshake.knock(self.scope)
        if self._line and not knock.token:
            self._line.limit_frames(handshake.LONGEST_OF_STRANGERS)
        await self.accept(knock.subprotocol)
        if knock.refused_origin:
            await self.end(protocol.ORIGIN_REFUSED)
        elif knock.token:
            await self._guarded(functools.partial(self._authenticate, knock.token))
            if self.user is None:
                await self.end(protocol.NOT_AUTHENTICATED)
        else:
            self._end_in(AUTHENTICATE_WITHIN_S, protocol.NO_AUTHENTICATION_IN_TIME)

    def _leave(self) -> None:
        self._closed = True
        if self._timer:
            self._timer.cancel()
        if self.user is not None:
            self.hub.leave(self)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if self._closed:
            return
        if self.pace.allows(time.monotonic()):
            await self._guarded(functools.partial(self._receive, text_data), text_data or "")
        else:
            await self._refuse(RateLimited(retry_after_s=1))
        if self.pace.is_flooding:
            await self.end(protocol.FLOODING)

    async def _receive(self, text: str | None) -> None:
        if text is None:
            raise Invalid("This frame is binary; send JSON as text.")
        if len(text) > protocol.MAX_FRAME_BYTES or len(text.encode()) > protocol.MAX_FRAME_BYTES:
            raise TooLarge(f"A frame has at most {protocol.MAX_FRAME_BYTES} bytes.")
        frame = protocol.read_frame(text)
        if isinstance(frame, protocol.Authenticate):
            await self._authenticate(frame.token)
        elif self.user is None:
            raise NotAuthenticated("Send an authenticate message with your token first.")
        else:
            if frame.needs:
                scopes.check_key(self.key, frame.needs)
            await self._serve(self.user, frame)

    async def _serve(self, user: User, frame: ClientFrame) -> None:
        match frame:
            case protocol.Ping():
                await self._send(protocol.pong(now=time.time()))
            case protocol.Say():
                await self._say(user, frame)
            case protocol.Subscribe():
                await self._subscribe(user, frame)
            case protocol.Authenticate():
                return
            case _:
                for answer in await self._ask(commands.carry_out, user, frame, api_key=self.key):
                    await self._send(answer)

    async def _subscribe(self, user: User, frame: protocol.Subscribe) -> None:
        """Follow a film from a number on. A number that was not given out yet means the last one: a database that was
        restored from a backup counts on from there."""
        if not self.pace.allows(time.monotonic(), cost=SUBSCRIBING - 1):
            raise RateLimited(retry_after_s=1)
        task = await self._ask(task_of, user, frame.task_id)
        self.hub.follow(self, frame.task_id, after=min(frame.after, task.last_seq))

    async def _ask(self, query: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        """Carry it out while its sender is signed in. Raises NotAuthenticated, and ends the socket with it."""
        try:
            return await self.hub.database(_signed_in, self.session_id, functools.partial(query, *args, **named))
        except NotAuthenticated:
            await self.end(protocol.NOT_AUTHENTICATED)
            raise

    async def _say(self, user: User, said: protocol.Say) -> None:
        """Say something to a film and have its answer be heard: from the receipt on, where this socket has not
        subscribed. A key that may not see films hears the receipt alone.

        The receipt of a line that was sent again goes to this socket alone.
        """
        accepted = await self._ask(services.accept, user, said, message_id=uuid4(), api_key=self.key)
        if not scopes.allows(self.key, Scope.FILMS_READ):
            await self._send(accepted.receipt)
        elif not self.hub.follows(self, accepted.task_id):
            self.hub.follow(self, accepted.task_id, after=0 if accepted.opened else accepted.receipt["seq"] - 1)
        elif accepted.again:
            await self._send(accepted.receipt)
        self.hub.run(self.hub.turns.take_up())

    async def _authenticate(self, token: str) -> None:
        """The first time, or with a fresh token of the same user. Raises NotAuthenticated, Forbidden."""
        greeting = await self.hub.greeter.greet(token)
        session, ends_at = greeting.admitted.session, greeting.admitted.ends_at
        if self.user is not None and self.user.id != session.user_id:
            raise Forbidden("This token is somebody else's; open a socket of its own for it.")
        is_new, self.user = self.user is None, session.user
        self.user_id, self.session_id, self.ends_at = session.user_id, session.id, ends_at
        self.key = session.key
        self._end_in((ends_at - timezone.now()).total_seconds(), protocol.NOT_AUTHENTICATED)
        if is_new:
            if self._line:
                self._line.limit_frames(None)
            await self.hub.join(self, greeting.account)
        else:
            self.hub.came_again(self, greeting.account, may_follow=scopes.allows(self.key, Scope.FILMS_READ))
        await self._send(greeting.words)

    async def _guarded(self, work: Callable[[], Any], text: str = "") -> None:
        """Whatever goes wrong is told, and the socket stays open."""
        try:
            await work()
        except PixoraError as error:
            await self._refuse(error, text)
        except (OperationalError, InterfaceError):
            await self._refuse(ServiceDown("The database is away: please try again soon."), text)
        except Exception:
            log.exception("a frame could not be served")
            await self._refuse(PixoraError("Something went wrong on our side.", code="internal"), text)

    async def _refuse(self, error: PixoraError, text: str = "") -> None:
        named = _names(text)
        message_id, task_id = named.get("client_message_id"), named.get("task_id")
        await self._send(protocol.refusal(error, now=time.time(), task_id=task_id, client_message_id=message_id))

    def _end_in(self, seconds: float, code: int) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(max(seconds, 0), lambda: self.hub.run(self.end(code)))

    async def _send(self, message: Mapping[str, Any]) -> None:
        await self.send_text(json.dumps(message, ensure_ascii=False))

    @property
    def sees_account(self) -> bool:
        return scopes.allows(self.key, Scope.CREDITS_READ)

    @property
    def is_full(self) -> bool:
        return self._line is not None and not self._line.room.is_set()

    async def wait_for_room(self) -> None:
        if self._line:
            await self._line.room.wait()

    async def send_text(self, text: str) -> None:
        """Once the client has taken what was sent before."""
        if self.is_full:
            await self.wait_for_room()
        if not self._closed:
            await self.send(text_data=text)

    async def end(self, code: int) -> None:
        if not self._closed:
            self._leave()
            await self.close(code)


class NothingHere(AsyncWebsocketConsumer):  # type: ignore[misc]
    """Any other address; refused before it is accepted, as a page that does not exist."""

    channel_layer_alias = ""

    async def connect(self) -> None:
        await self.close()


def _signed_in(session_id: UUID, query: Callable[[], T]) -> T:
    """Run it while this session holds; what was signed out meanwhile changes nothing and is told nothing."""
    if tokens.ended_sessions({session_id}):
        raise tokens.nobody()
    return query()


def _names(text: str) -> dict[str, str]:
    """Return what a refused frame called itself, as far as it can be read."""
    if not text or len(text) > protocol.MAX_FRAME_BYTES:
        return {}
    try:
        found = pydantic_core.from_json(text)
    except ValueError:
        return {}
    names = ("client_message_id", "task_id")
    return {name: found[name] for name in names if isinstance(found, dict) and isinstance(found.get(name), str)}
