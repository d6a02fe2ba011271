"""A client that does not read is not written to, costs next to nothing, and gets everything once it reads."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, ClassVar
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from websockets.exceptions import ConnectionClosed

from chat.socket.balances import Balances
from chat.socket.consumers import ChatConsumer
from chat.socket.following import MOST_FILMS, Follower
from chat.socket.hub import Hub, hub
from pipeline.events import history
from pipeline.models import Task
from pipeline.services import films
from pixora.accounts.ledger import Account
from pixora.accounts.models import User
from pixora.foundation.async_database import Database
from pixora.foundation.errors import Invalid
from pixora.foundation.socket_connection import CONNECTION
from pixora.web_sockets import MOST_PARTS, Socket, SocketLine
from tests.chat.server import Server
from tests.pipeline.scripts import TINY

LONG = 8_000 * "a"


@dataclass(eq=False)
class Reader:
    """A socket whose client takes what it is sent when it likes."""

    user_id: Any = field(default_factory=uuid4)
    session_id: Any = field(default_factory=uuid4)
    ends_at: datetime = datetime(2099, 1, 1, tzinfo=UTC)
    room: asyncio.Event = field(default_factory=asyncio.Event)
    told: list[dict[str, Any]] = field(default_factory=list)
    sees_account: bool = True

    @property
    def is_full(self) -> bool:
        return not self.room.is_set()

    async def wait_for_room(self) -> None:
        await self.room.wait()

    async def send_text(self, text: str) -> None:
        await self.wait_for_room()
        self.told.append(json.loads(text))

    async def end(self, code: int) -> None:
        raise AssertionError

    @property
    def numbers(self) -> list[int]:
        return [frame["seq"] for frame in self.told if "seq" in frame]


@pytest.fixture
def task(alice: User) -> Task:
    return films.order_film(user=alice, prompt="A film about a thing", settings=TINY, writes=False)


def write(task: Task, count: int, content: str = "") -> None:
    for _ in range(count):
        history.publish(task.id, "agent_message", {"content": content, "actions": []})


Script = Callable[[Follower, Reader], Awaitable[None]]


def play(script: Script) -> Reader:
    """Play the script with a follower whose reading is part of the event loop."""

    async def whole() -> Reader:
        running: set[asyncio.Task[None]] = set()

        def run(work: Coroutine[Any, Any, None]) -> None:
            running.add(asyncio.create_task(work))

        async with Database() as database:
            reader = Reader()
            await script(Follower(reader, database, run), reader)
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)
            return reader

    return asyncio.run(whole())


async def until(true: Callable[[], object]) -> None:
    async with asyncio.timeout(30):
        while not true():  # noqa: ASYNC110 - what is waited for is somebody else's
            await asyncio.sleep(0.01)


def test_nothing_is_sent_to_a_full_socket_and_all_of_it_once_there_is_room(task: Task) -> None:
    write(task, 3)

    async def script(follower: Follower, reader: Reader) -> None:
        following = follower.follow(task.id, after=0)
        follower.read_later(following)
        reader.room.set()
        await until(lambda: reader.told and reader.told[-1]["type"] == "subscribed")
        reader.room.clear()
        before = len(reader.told)
        await follower._database(write, task, 5)
        for seq in range(5, 10):
            await following.pass_on(seq, json.dumps({"type": "agent_message", "seq": seq}))
            await following.pass_on(0, json.dumps({"type": "progress_update"}))
        await asyncio.sleep(0.1)
        assert len(reader.told) == before
        reader.room.set()
        await until(lambda: reader.numbers[-1] == 9)

    assert play(script).numbers == list(range(1, 10))


def test_a_full_socket_is_told_its_newest_balance_later_and_nobody_waits_for_it(alice: User) -> None:
    async def whole() -> None:
        slow = Reader()
        quick = Reader(user_id=slow.user_id)
        quick.room.set()
        async with Database() as database:
            balances = Balances(database)
            for reader in (slow, quick):
                balances.join(reader, Account(0, 0))
            async with asyncio.timeout(30):
                for balance in (1, 2):
                    told = {"type": "credits_updated", "data": {"balance": balance, "held": 0}}
                    await balances.hear(slow.user_id, json.dumps(told))
                assert ([frame["data"]["balance"] for frame in quick.told], slow.told) == ([1, 2], [])
                slow.room.set()
                await balances.look()
        assert [frame["data"]["balance"] for frame in slow.told] == [2]

    asyncio.run(whole())


def test_asking_again_and_again_leaves_one_replay(task: Task) -> None:
    write(task, 3)

    async def script(follower: Follower, reader: Reader) -> None:
        for _ in range(100):
            follower.read_later(follower.follow(task.id, after=0))
        reader.room.set()
        await until(lambda: reader.told and reader.told[-1]["type"] == "subscribed")
        await asyncio.sleep(0.1)

    assert play(script).numbers == [1, 2, 3, 4]


def test_one_film_is_replayed_after_the_other(alice: User, task: Task) -> None:
    other = films.order_film(user=alice, prompt="Another", settings=TINY, writes=False)
    write(task, 3)
    write(other, 3)

    async def script(follower: Follower, reader: Reader) -> None:
        reader.room.set()
        for film in (task, other):
            follower.read_later(follower.follow(film.id, after=0))
        await until(lambda: [frame["type"] for frame in reader.told].count("subscribed") == 2)

    told = [frame["task_id"] for frame in play(script).told]
    assert told == [task.id] * 5 + [other.id] * 5


def test_no_socket_follows_more_films_than_it_may(task: Task) -> None:
    async def script(follower: Follower, reader: Reader) -> None:
        for number in range(MOST_FILMS):
            follower.follow(f"task_{number}", after=0)
        follower.follow("task_0", after=7)
        with pytest.raises(Invalid, match="task_id"):
            follower.follow(task.id, after=0)

    play(script)


class SocketConnection:
    """The connection as the web server shows it."""

    def __init__(self) -> None:
        self.room = asyncio.Event()
        self.limits: list[int | None] = []

    def limit_frames(self, most: int | None) -> None:
        self.limits.append(most)


async def consume(line: SocketConnection, token: str, frames: list[dict[str, Any]]) -> asyncio.Task[None]:
    """A consumer at work, as the web server starts it; it has been sent these frames."""
    inbox: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    for message in [{"type": "websocket.connect"}, *frames]:
        inbox.put_nowait(message)

    async def send(message: dict[str, Any]) -> None: ...

    headers = [(b"authorization", f"Bearer {token}".encode())] if token else []
    scope = {"type": "websocket", "headers": headers, "subprotocols": [], "extensions": {CONNECTION: line}}
    return asyncio.create_task(ChatConsumer.as_asgi()(scope, inbox.get, send))


def test_whatever_ends_a_consumer_it_leaves_the_hub(task: Task, token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The web server cancels what takes too long to end; Channels then calls nothing of a consumer's."""
    monkeypatch.setattr(Hub, "start", lambda _: None)
    asked = {"type": "websocket.receive", "text": json.dumps({"type": "subscribe", "task_id": task.id})}

    async def whole() -> None:
        async with hub().database:
            await cancelled()

    async def cancelled() -> None:
        line = SocketConnection()
        line.room.set()
        consumer = await consume(line, token, [asked])
        await until(lambda: hub()._followers)
        line.room.clear()
        consumer.cancel()
        with suppress(asyncio.CancelledError):
            await consumer
        assert not hub()._sockets
        assert not hub()._followers

    asyncio.run(whole())


def test_strangers_may_send_short_frames_alone(token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Hub, "start", lambda _: None)
    said = {"type": "websocket.receive", "text": json.dumps({"type": "authenticate", "token": token})}

    async def whole() -> None:
        line = SocketConnection()
        line.room.set()
        async with hub().database:
            consumer = await consume(line, "", [said])
            await until(lambda: len(line.limits) == 2)
            consumer.cancel()
        assert line.limits == [16 << 10, None]

    asyncio.run(whole())


def test_a_long_frame_of_a_stranger_ends_the_connection(server: Server) -> None:
    with server.visitor() as client:
        client.send("ping", filler=20_000 * "a")
        assert client.close_code() in (1006, 1009)


def test_who_does_not_read_gets_no_answers_to_pings() -> None:
    class Pinged(Socket):
        answered: ClassVar[list[bytes]] = []

        def sendPong(self, payload: bytes | None = None) -> None:
            self.answered.append(payload or b"")

    async def whole() -> None:
        pinged = Pinged()
        pinged.state, pinged.line = Pinged.STATE_OPEN, SocketLine(pinged)
        pinged.onPing(b"first")
        pinged.line.pauseProducing()
        for _ in range(100):
            pinged.onPing(b"unread")
        pinged.line.resumeProducing()
        pinged.onPing(b"last")
        assert pinged.answered == [b"first", b"last"]

    asyncio.run(whole())


def test_a_frame_in_endless_parts_ends_the_connection(server: Server, token: str) -> None:
    with server.visitor(token) as client:
        client.wait_for("ready")
        client.socket.send(['{"type": "ping"}', *(MOST_PARTS - 10) * [""]])
        client.wait_for("pong")
        with suppress(ConnectionClosed):
            client.socket.send(5 * MOST_PARTS * [""])
        assert client.close_code() == 1006


def test_who_reads_late_gets_everything_in_order(server: Server, task: Task, token: str) -> None:
    write(task, 400, LONG)
    address = urlsplit(server.socket)
    narrow = socket.socket()
    narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    narrow.connect(("127.0.0.1", address.port))
    with server.visitor(token, sock=narrow) as client:
        client.send("subscribe", task_id=task.id)
        write(task, 5)
        client.wait_for("subscribed")
        write(task, 1)
        client.wait_for("agent_message", lambda frame: frame["seq"] == 407)
        assert [frame["seq"] for frame in client.told if "seq" in frame] == list(range(1, 408))


def test_asking_for_replays_is_dearer_than_other_frames(server: Server, task: Task, token: str) -> None:
    with server.visitor(token) as client:
        client.wait_for("ready")
        for _ in range(40):
            client.send("subscribe", task_id=task.id, after=1)
        client.wait_for("error", lambda frame: frame["data"]["code"] == "rate_limited")
