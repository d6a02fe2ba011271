"""A real Daphne on the tests' database, as a process of its own; and a client that speaks to it."""

from __future__ import annotations

import json
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect
from websockets.sync.connection import Connection

from pixora import embedded
from pixora.management.commands import studio
from tests.chat import contract
from tests.chat.contract import Frame

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60.0


@dataclass
class Server:
    port: int
    process: subprocess.Popen[bytes]

    @property
    def host(self) -> str:
        return f"localhost:{self.port}"

    @property
    def socket(self) -> str:
        return f"ws://{self.host}/ws/chat/"

    @contextmanager
    def visitor(self, token: str = "", **options: Any) -> Iterator[Visitor]:
        """Visit with `token`, by the Authorization header."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        headers |= options.pop("headers", {})
        with connect(self.socket, additional_headers=headers, max_size=None, proxy=None, **options) as opened:
            yield Visitor(opened)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()


@dataclass
class Visitor:
    """Remembers all it was told."""

    socket: Connection
    told: list[Frame] = field(default_factory=list)

    def send(self, type_: str, **fields: Any) -> None:
        self.socket.send(json.dumps({"type": type_, **fields}))

    def hear(self, within_s: float = PATIENCE_S) -> Frame:
        frame: Frame = json.loads(self.socket.recv(timeout=within_s))
        contract.check(frame)
        self.told.append(frame)
        return frame

    def reply(self) -> Frame:
        """The next frame that is no news of the account, which may come at any moment."""
        while (frame := self.hear())["type"] == "credits_updated":
            pass
        return frame

    def wait_for(self, type_: str, true: Callable[[Frame], object] = lambda _: True) -> Frame:
        """The next frame of this type for which this is true."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            frame = self.hear(deadline - time.monotonic())
            if frame["type"] == type_ and true(frame):
                return frame
        raise AssertionError(f"no {type_} came; {[frame['type'] for frame in self.told]}")

    def close_code(self, within_s: float = PATIENCE_S) -> int:
        """Return the code of the server's closing; whatever is told before it is remembered."""
        deadline = time.monotonic() + within_s
        with suppress(ConnectionClosed):
            while True:
                self.hear(max(deadline - time.monotonic(), 0.01))
        assert self.socket.close_code is not None
        return self.socket.close_code

    def hears_nothing(self, for_s: float = 0.5) -> bool:
        with suppress(TimeoutError):
            self.hear(for_s)
            return False
        return True


_running: list[Server] = []


def running() -> Server:
    """One for all tests that ask for it."""
    if not _running:
        _running.append(start())
    return _running[0]


def stop() -> None:
    """The one that runs, if any."""
    while _running:
        _running.pop().stop()


def start(**environment: str) -> Server:
    port = _free_port()
    url = embedded.database_url(connection.settings_dict["NAME"])
    web = studio.children("127.0.0.1", port, f"http://localhost:{port}")[0]
    process = subprocess.Popen(
        web.argv,
        cwd=ROOT,
        env={**web.environment, "DATABASE_URL": url, **environment},
        stdin=subprocess.DEVNULL,
    )
    server = Server(port, process)
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return server
        time.sleep(0.05)
    server.stop()
    raise AssertionError("the server does not listen")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
