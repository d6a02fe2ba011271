"""A thousand authenticated sockets on one web server, each following a film, against a bare Channels echo consumer.

Both servers stand at the same time, and take turns in everything that is timed.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AbstractContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from websockets.asyncio.client import ClientConnection

from pixora.web_server import allow_many_connections
from tests.bench.figures import Figure
from tests.bench.sockets import slow_readers
from tests.bench.sockets.crowd import Crowd, Frame, crowd, delays, follow, wait_for
from tests.bench.time_left import CUT_S, is_enough_for
from tests.crash.site import ROOT, Site
from tests.web_server import WebServer, serving

FEW, MANY, RUNS = 100, 1_000, 3
SIZES = (400, 700, MANY)
"""How the crowd grows."""
PER_SECOND, SECONDS, TURNS = 400, 2.5, 3
"""The load of the fan-out: each film is told of once, in each turn."""
TOLD = int(PER_SECOND * SECONDS)
SPEAKERS, ROUNDS = 300, 5
"""So many say something, all at once; to the bare server each of them so many times."""
FILL = "from tests.bench.sockets.stock import main; main({})"
PUBLISH = "from tests.bench.sockets.publisher import main; main({}, {})"
BARE, OURS = "tests.bench.sockets.bare:application", "tests.bench.sockets.silent:application"
KIB = 1 << 10
Worker = tuple[asyncio.StreamWriter, asyncio.StreamReader]
"""What orders go to, and what answers come from."""


@dataclass
class Visit:
    """The record of what one server did for its crowd."""

    server: WebServer
    crowd: Crowd
    rates: list[float] = field(default_factory=list)
    """Connects a second, of each growth."""
    socket_kib: float = 0
    waits: list[list[float]] = field(default_factory=list)
    """Seconds, of each turn."""
    messages: float = 0
    """A second: echoed, or accepted and stored."""

    @property
    def connects(self) -> float:
        return statistics.median(self.rates)

    @property
    def p50_s(self) -> float:
        return statistics.median(map(statistics.median, self.waits))

    @property
    def p99_s(self) -> float:
        return statistics.median(statistics.quantiles(waits, n=100)[-1] for waits in self.waits)


def measure(site: Site) -> Iterator[Figure]:
    allow_many_connections()
    stocked = json.loads(site.manage("shell", "--no-imports", "-c", FILL.format(MANY)))
    rounds = list(_rounds(site, stocked["people"]))
    yield Figure("sockets: rounds", len(rounds))
    yield from _compared(rounds)
    _forget(site, stocked["people"])
    yield from _replays(site, stocked)
    yield from _slow(site, stocked)


def _rounds(site: Site, people: list[Frame]) -> Iterator[tuple[Visit, Visit]]:
    """Run as many rounds as there is time for."""
    for _ in range(RUNS):
        began = time.monotonic()
        _forget(site, people)
        with _serving(site, BARE) as bare, _serving(site, OURS) as ours:
            yield asyncio.run(_round(site, people, bare, ours))
        if not is_enough_for(time.monotonic() - began + CUT_S):
            return


def _serving(site: Site, application: str) -> AbstractContextManager[WebServer]:
    log = site.home / f"{application.rpartition('.')[2].partition(':')[0]}.log"
    return serving(site.environment, log, application=application)


def _compared(rounds: list[tuple[Visit, Visit]]) -> Iterator[Figure]:
    def median(name: str) -> float:
        return float(statistics.median(getattr(ours, name) / getattr(bare, name) for bare, ours in rounds))

    yield Figure(f"sockets: fan-out to {MANY}, p50 ÷ a bare echo's p50", median("p50_s"), 2)
    yield Figure("sockets: fan-out, p99, milliseconds", statistics.median(ours.p99_s for _, ours in rounds) * 1_000)
    yield Figure("sockets: memory of a socket ÷ of a bare one", median("socket_kib"), 1.5)
    yield Figure("sockets: memory of a socket, KiB", statistics.median(ours.socket_kib for _, ours in rounds))
    yield Figure("sockets: bare echoes ÷ messages accepted, a second", 1 / median("messages"), 20)
    yield Figure("sockets: messages accepted, a second", statistics.median(ours.messages for _, ours in rounds))
    yield Figure("sockets: bare connects ÷ connects, a second", 1 / median("connects"), 1.8)
    yield Figure("sockets: connects, a second", statistics.median(ours.connects for _, ours in rounds))


def _forget(site: Site, people: list[Frame]) -> None:
    """Forget what was said before: it is gone, and nobody answers it any more."""
    films = [person["film"] for person in people]
    with psycopg.connect(site.url, autocommit=True) as database:
        database.execute("TRUNCATE messages")
        database.execute("DELETE FROM events WHERE task_id = ANY(%s)", [films])
        database.execute("UPDATE tasks SET last_seq = 0 WHERE id = ANY(%s)", [films])


async def _round(site: Site, people: list[Frame], bare: WebServer, ours: WebServer) -> tuple[Visit, Visit]:
    async with (
        crowd(_address(bare), people, greeted=False) as echoed,
        crowd(_address(ours), people, greeted=True) as told,
        _worker(site, people) as worker,
    ):
        visits = Visit(bare, echoed), Visit(ours, told)
        await _settle(visits)
        for _ in range(TURNS):
            visits[0].waits.append(await _echoes_of_progress(echoed))
            visits[1].waits.append(await _fan_out(worker, told))
        visits[0].messages = await _echoes(echoed)
        visits[1].messages = await _accepted(told)
    return visits


def _address(server: WebServer) -> str:
    return f"{server.url.replace('http', 'ws')}/ws/chat/"


async def _settle(visits: Sequence[Visit]) -> None:
    """First a few, then all are there, and follow where there is something to follow."""
    for visit in visits:
        await _grow(visit.crowd, FEW)
    before = [visit.server.resident_kib() for visit in visits]
    for size in SIZES:
        for visit in visits:
            visit.rates.append(await _grow(visit.crowd, size))
    for visit, few_kib in zip(visits, before, strict=True):
        visit.socket_kib = (visit.server.resident_kib() - few_kib) / (MANY - FEW)


async def _grow(gathered: Crowd, size: int) -> float:
    """Connects a second."""
    came = len(gathered.sockets)
    rate = await gathered.grow(size)
    if gathered.greeted:
        new = zip(gathered.sockets[came:], gathered.people[came:], strict=False)
        await asyncio.gather(*(follow(socket, person) for socket, person in new))
    await asyncio.sleep(0.5)
    return rate


@asynccontextmanager
async def _worker(site: Site, people: list[Frame]) -> AsyncIterator[Worker]:
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", PUBLISH.format(PER_SECOND, SECONDS)]
    pipe = asyncio.subprocess.PIPE
    worker = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=site.environment, stdin=pipe, stdout=pipe)
    assert worker.stdin
    assert worker.stdout
    worker.stdin.write(json.dumps([person["film"] for person in people]).encode() + b"\n")
    await worker.stdout.readline()
    try:
        yield worker.stdin, worker.stdout
    finally:
        worker.stdin.close()
        await worker.wait()


async def _fan_out(worker: Worker, gathered: Crowd) -> list[float]:
    """Measure the fan-out of progress that a worker tells."""
    orders, answers = worker

    async def telling() -> None:
        orders.write(b"go\n")
        await answers.readline()

    return await delays(gathered.sockets, TOLD, telling)


async def _echoes_of_progress(gathered: Crowd) -> list[float]:
    """The same frames at the same pace, sent by the clients themselves."""
    data = {"progress": 50, "stage": "generating_assets", "message": "Making the film", "timestamp": 1_620_000_000}

    async def telling() -> None:
        began = time.monotonic()
        for number in range(TOLD):
            await asyncio.sleep(max(began + number / PER_SECOND - time.monotonic(), 0))
            told = {"type": "progress_update", "data": {**data, "sent_at": time.monotonic()}}
            await gathered.sockets[number % MANY].send(json.dumps(told))

    return await delays(gathered.sockets, TOLD, telling)


async def _accepted(gathered: Crowd) -> float:
    """Messages a second that were stored and have their receipt."""

    async def say(socket: ClientConnection, person: Frame) -> None:
        await socket.send(json.dumps({"type": "message", "content": "hm", "task_id": person["film"]}))
        await wait_for(socket, "message_accepted")

    began = time.monotonic()
    await gathered.each(say, SPEAKERS)
    return SPEAKERS / (time.monotonic() - began)


async def _echoes(gathered: Crowd) -> float:
    async def say(socket: ClientConnection, person: Frame) -> None:
        for _ in range(ROUNDS):
            await socket.send(json.dumps({"type": "message", "content": "hm", "task_id": person["film"]}))
            await wait_for(socket, "message")

    began = time.monotonic()
    await gathered.each(say, SPEAKERS)
    return SPEAKERS * ROUNDS / (time.monotonic() - began)


def _replays(site: Site, stocked: dict[str, Any]) -> Iterator[Figure]:
    """Replay a short history first, then of a long one; memory is what the server has had at most meanwhile."""
    short, long = stocked["histories"]
    with serving(site.environment, site.home / "web_server.log", application=OURS) as server:
        person = stocked["people"][0]
        few, _ = asyncio.run(_replay(server, person["token"], short))
        server.forget_peak()
        before = server.memory_bytes()
        rows, seconds = asyncio.run(_replay(server, person["token"], long))
        grown = server.memory_bytes() - before
    assert (few, rows) == (1_000, 10_000)
    yield Figure("sockets: events replayed, a second", rows / seconds)
    yield Figure("sockets: memory of replaying 10,000 events more than of 1,000, MiB", grown / KIB / KIB, 4)


async def _replay(server: WebServer, token: str, film: str) -> tuple[int, float]:
    """Return how many events came, and in how many seconds."""
    async with crowd(_address(server), [{"token": token, "film": film}], greeted=True) as gathered:
        await gathered.grow(1)
        [socket] = gathered.sockets
        began = time.monotonic()
        await socket.send(json.dumps({"type": "subscribe", "task_id": film}))
        count = 0
        while json.loads(await socket.recv())["type"] != "subscribed":
            count += 1
        return count, time.monotonic() - began


def _slow(site: Site, stocked: dict[str, Any]) -> Iterator[Figure]:
    person = stocked["people"][0]
    with serving(site.environment, site.home / "web_server.log", application=OURS) as server:
        asyncio.run(_replay(server, person["token"], stocked["talk"]))
        yield from slow_readers.measure(server, person["token"], stocked["talk"])
