"""A body sent in pieces by somebody who is not signed in: how much of it the web server lays down in files."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urlsplit

from tests.bench.figures import Figure
from tests.web_server import WebServer

MIB = 1 << 20
PIECES = 64
HEAD = b"POST /api/v1/uploads HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
PIECE = b"100000\r\n" + bytes(MIB) + b"\r\n"


def measure(server: WebServer) -> Iterator[Figure]:
    before, most = server.spooled_bytes(), 0
    address = urlsplit(server.url)
    with socket.create_connection((address.hostname, address.port), timeout=30) as line, suppress(OSError):
        line.sendall(HEAD)
        for _ in range(PIECES):
            line.sendall(PIECE)
            most = max(most, server.spooled_bytes() - before)
    yield Figure("rest: bytes of a stranger's body that are spooled", most, 0)
