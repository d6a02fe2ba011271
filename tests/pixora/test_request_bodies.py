"""What a request may bring is settled by its headers: nothing that is refused is read, let alone stored."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from pixora import web_requests
from pixora.accounts import sessions, tokens
from pixora.accounts.models import User
from pixora.request_bodies import STRANGERS_BYTES, UPLOADS, most_bytes
from tests.web_server import WebServer, web_server

pytestmark = pytest.mark.django_db(transaction=True)

MB = 1 << 20
HUGE = 10_000_000_000


@pytest.fixture(scope="module")
def server(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebServer]:
    origins = "https://app.example"
    with web_server(tmp_path_factory.mktemp("web server"), CORS_ALLOWED_ORIGINS=origins) as running:
        yield running


@pytest.fixture
def token(transactional_db: None) -> str:
    return tokens.issue(sessions.open_session(User.objects.create_user("alice@example.org"))).token


def knock(server: WebServer, head: str, body: bytes = b"") -> socket.socket:
    address: Any = urlsplit(server.url)
    line = socket.create_connection((address.hostname, address.port), timeout=30)
    line.sendall(head.replace("\n", "\r\n").encode() + body)
    return line


def heard(line: socket.socket) -> tuple[int, dict[str, str], bytes]:
    """The status, headers and body of what is answered before the connection closes: that waits for more of us, so we
    say that there is none."""
    got = b""
    while b"\r\n\r\n" not in got and (part := line.recv(65536)):
        got += part
    with suppress(OSError):
        line.shutdown(socket.SHUT_WR)
    while part := line.recv(65536):
        got += part
    head, _, body = got.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    return int(first.split()[1]), dict(each.split(": ", 1) for each in lines), body


ANONYMOUS = {
    "a page": "/healthz",
    "a sign-in": "/login/",
    "the API": "/api/v1/tasks",
    "uploads": "/api/v1/uploads",
    "webhooks": "/api/v1/webhooks/fal",
    "media": "/media/asset_x/image.png",
    "the back office": "/admin/login/",
    "nothing": "/nowhere",
}


@pytest.mark.parametrize("length", [HUGE, STRANGERS_BYTES + 1])
@pytest.mark.parametrize("path", ANONYMOUS.values(), ids=ANONYMOUS)
def test_a_strangers_long_body_is_refused_before_it_is_sent(server: WebServer, path: str, length: int) -> None:
    head = f"POST {path} HTTP/1.1\nHost: localhost\nExpect: 100-continue\nContent-Length: {length}\n\n"
    with knock(server, head) as line:
        status, headers, body = heard(line)
    assert (status, headers["Connection"]) == (413, "close")
    error = json.loads(body)["error"]
    assert error["code"] == "too_large"
    assert "sign in first" in error["message"]


def test_what_a_stranger_sends_in_pieces_is_counted_and_never_stored(server: WebServer) -> None:
    head = f"POST {UPLOADS} HTTP/1.1\nHost: localhost\nTransfer-Encoding: chunked\n\n"
    before = server.spooled_bytes()
    with knock(server, head) as line, suppress(OSError):
        for _ in range(400):
            line.sendall(b"100000\r\n" + bytes(MB) + b"\r\n")
            assert server.spooled_bytes() == before
            time.sleep(0.02)
        raise AssertionError("it was taken")
    with knock(server, head, b"30000\r\n" + bytes(0x30000) + b"\r\n") as line:
        assert heard(line)[0] == 413


def test_who_is_signed_in_may_send_a_file_to_uploads_and_no_more_than_forms_elsewhere(
    server: WebServer, token: str
) -> None:
    for path, length in ((UPLOADS, settings.PIXORA_MAX_REQUEST_BYTES), ("/api/v1/tasks", 3 * MB), ("/healthz", 3 * MB)):
        head = f"POST {path} HTTP/1.1\nHost: localhost\nAuthorization: Bearer {token}\nContent-Length: {length + 1}\n\n"
        with knock(server, head) as line:
            assert heard(line)[0] == 413, path


def test_an_upload_begins_with_the_servers_leave(server: WebServer, token: str) -> None:
    head = (
        f"POST {UPLOADS} HTTP/1.1\nHost: localhost\nAuthorization: Bearer {token}\n"
        f"Expect: 100-continue\nContent-Length: {30 * MB}\n\n"
    )
    with knock(server, head) as line:
        assert line.recv(100).startswith(b"HTTP/1.1 100 ")


def test_the_limits(token: str) -> None:
    genuine, cookie = f"Bearer {token}".encode(), f"other=1; {sessions.COOKIE}={token}".encode()
    assert most_bytes(UPLOADS, [(b"Authorization", genuine)]) == settings.PIXORA_MAX_REQUEST_BYTES
    assert most_bytes(UPLOADS, [(b"cookie", cookie)]) == settings.PIXORA_MAX_REQUEST_BYTES
    assert most_bytes("/api/v1/tasks", [(b"Cookie", cookie)]) == settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    for stranger in (b"Bearer ", b"Bearer x.y.z", genuine[:-2], b"Basic YTpi", b"\xff"):
        assert most_bytes(UPLOADS, [(b"Authorization", stranger)]) == STRANGERS_BYTES
    assert most_bytes(UPLOADS, [(b"Cookie", b"\xff=;=;pixora_session")]) == STRANGERS_BYTES


def test_pages_elsewhere_can_read_the_refusal(server: WebServer) -> None:
    for origin, allowed in (("https://app.example", True), ("https://evil.example", False)):
        head = f"POST {UPLOADS} HTTP/1.1\nHost: localhost\nOrigin: {origin}\nContent-Length: {HUGE}\n\n"
        with knock(server, head) as line:
            assert ("Access-Control-Allow-Origin" in heard(line)[1]) is allowed


def test_nothing_behind_a_refused_body_is_a_request(server: WebServer) -> None:
    second = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with knock(server, f"POST /login/ HTTP/1.1\nHost: localhost\nContent-Length: {HUGE}\n\n", 3 * second) as line:
        _, headers, body = heard(line)
    assert len(body) == int(headers["Content-Length"])


@pytest.mark.parametrize("hosts", ["", "Host: localhost\nHost: localhost\n"], ids=["none", "two"])
def test_a_request_says_whom_it_is_for(server: WebServer, hosts: str) -> None:
    with knock(server, f"GET /healthz HTTP/1.1\n{hosts}\n") as line:
        assert heard(line)[0] == 400


@pytest.mark.parametrize(("path", "status"), [("/login/", 400), ("/healthz", 200), ("/healthz?x=1", 200)])
def test_without_a_host_old_clients_get_nothing_but_health_checks(server: WebServer, path: str, status: int) -> None:
    with knock(server, f"GET {path} HTTP/1.0\n\n") as line:
        assert heard(line)[0] == status


SLOW = {
    "says nothing": [b""],
    "half a line": [b"GET /he", b"a"],
    "half a header": [b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-A: ", b"a"],
    "one header after the other": [b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n", b"X-A: a\r\n"],
    "a body byte by byte": [b"POST /login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 90000\r\n\r\n", b"a"],
    "a chunk byte by byte": [
        b"POST /login/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n", b"a",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("first", "again"), [(each[0], each[-1]) for each in SLOW.values()], ids=SLOW)
def test_who_does_not_get_on_is_let_go(quick: WebServer, first: bytes, again: bytes) -> None:
    with ExitStack() as doors:
        lines = [doors.enter_context(knock(quick, "", first)) for _ in range(10)]
        ends_at = time.monotonic() + 30
        while lines and time.monotonic() < ends_at:
            lines = [line for line in lines if is_open(line, again)]
            time.sleep(0.1)
        assert not lines


def is_open(line: socket.socket, more: bytes) -> bool:
    line.setblocking(False)
    try:
        line.sendall(more)
        return line.recv(1000) != b""
    except BlockingIOError:
        return True
    except OSError:
        return False


def test_who_is_slow_but_gets_on_is_waited_for(quick: WebServer) -> None:
    """Much slower than the time for a whole request, and faster than the slowest that may be."""
    body = 24_000
    head = f"POST /nowhere HTTP/1.1\nHost: localhost\nContent-Length: {body}\n\n"
    with knock(quick, head) as line:
        for _ in range(12):
            time.sleep(0.4)
            line.sendall(bytes(body // 12))
        assert line.recv(100).startswith(b"HTTP/1.1 40")


@pytest.fixture(scope="module")
def quick(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebServer]:
    """A server that waits for nobody long."""
    folder = tmp_path_factory.mktemp("quick")
    (folder / "quick_server.py").write_text(QUICK)
    with web_server(folder, module="quick_server", PYTHONPATH=str(folder)) as running:
        yield running


QUICK = f"""
from pixora import web_requests, web_server
web_requests.GRACE_S, web_requests.IDLE_S, web_requests.KEEP_ALIVE_S = 2.0, 1.5, 2.0
assert web_requests.SLOWEST == {web_requests.SLOWEST}
web_server.main()
"""
