"""Sockets that ask for a film's whole history again and again and never read it."""

from __future__ import annotations

import base64
import json
import os
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from urllib.parse import urlsplit

from tests.bench.figures import Figure
from tests.web_server import WebServer

SOCKETS, FOR_S, PAUSE_S = 20, 10.0, 1 / 18
BACK_WITHIN_S = 60.0
GROWTH_MIB, STAYS_MIB = 64, 16
MIB = 1 << 20


def measure(server: WebServer, token: str, film: str) -> Iterator[Figure]:
    before = server.resident_kib() << 10
    server.forget_peak()
    _pester(server, token, film)
    grown = (server.memory_bytes() - before) / MIB
    stays = _what_stays(server, before)
    yield Figure("sockets: growth by 20 that never read, MiB", grown, GROWTH_MIB)
    yield Figure("sockets: what stays of it within a minute, MiB", stays, STAYS_MIB)


def _pester(server: WebServer, token: str, film: str) -> None:
    asked = _frame(json.dumps({"type": "subscribe", "task_id": film, "after": 0}))
    with ExitStack() as doors:
        lines = [doors.enter_context(_knock(server, token)) for _ in range(SOCKETS)]
        ends_at = time.monotonic() + FOR_S
        while time.monotonic() < ends_at:
            for line in lines:
                with suppress(OSError):
                    line.send(asked)
            time.sleep(PAUSE_S)


def _what_stays(server: WebServer, before: int) -> float:
    """MiB; waits until it is little enough, a minute at most."""
    ends_at = time.monotonic() + BACK_WITHIN_S
    while (stays := ((server.resident_kib() << 10) - before) / MIB) > STAYS_MIB and time.monotonic() < ends_at:
        time.sleep(0.5)
    return stays


def _knock(server: WebServer, token: str) -> socket.socket:
    """Knock with the smallest window that the system allows; nothing of it is ever read."""
    address = urlsplit(server.url)
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.connect((address.hostname, address.port))
    line.settimeout(0.05)
    key = base64.b64encode(os.urandom(16)).decode()
    head = [
        "GET /ws/chat/ HTTP/1.1", f"Host: {address.netloc}", "Upgrade: websocket", "Connection: Upgrade",
        "Sec-WebSocket-Version: 13", f"Sec-WebSocket-Key: {key}", f"Authorization: Bearer {token}", "", "",
    ]  # fmt: skip
    line.sendall("\r\n".join(head).encode())
    return line


def _frame(text: str) -> bytes:
    body, mask = text.encode(), os.urandom(4)
    assert len(body) < 126
    return (
        struct.pack(">BB", 0x81, 0x80 | len(body))
        + mask
        + bytes(byte ^ mask[place % 4] for place, byte in enumerate(body))
    )
