"""The web server with real clients: a fast one, a slow one, one that leaves, and one that sends too much."""

from __future__ import annotations

import hashlib
import json
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from django.db import connection

from media_assets.models import Asset
from media_assets.signing import signed_url
from pipeline.models import Task
from pixora.accounts.models import User
from pixora.embedded.paths import CHECKOUT
from pixora.web_server import CLIENTS
from tests.pixora.accounts.doors import bearer
from tests.web_server import WebServer, web_server

pytestmark = pytest.mark.django_db(transaction=True)

MB = 1 << 20
FILM_BYTES = 50 * MB
SAME_LOOKS, MOST_LOOKS = 6, 240
POOL = 3
FILM = "media/pixora/film_task/fullvideo.mp4"
MAY_GROW_BYTES = 12 * MB
"""Far less than a film; threads, buffers and what Python does not give back."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("web server")


@pytest.fixture(scope="module")
def server(django_db_setup: None, home: Path) -> Iterator[WebServer]:
    """One for all tests; it sees what they commit."""
    with web_server(home, PIXORA_UPLOAD_CLIP_MB="60", PIXORA_DATABASE_POOL=str(POOL)) as running:
        yield running


@pytest.fixture
def alice(transactional_db: None) -> User:
    return User.objects.create_user("alice@example.org")


@pytest.fixture
def film(alice: User, home: Path) -> Asset:
    path = home / FILM
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as out:
        out.writelines(bytes([number]) * MB for number in range(FILM_BYTES // MB))
    return Asset.objects.create(
        task=Task.objects.create(user=alice, prompt="A film", request_key="1"), asset_type="render",
        component="fullvideo", take=1, content_hash="c" * 64, storage_path="film_task/fullvideo.mp4",
    )  # fmt: skip


def warm(server: WebServer, film: Asset) -> int:
    """Everything is imported and connected; returns the memory that takes."""
    for _ in range(3):
        httpx.get(server.url + signed_url(film), headers={"Range": "bytes=0-1000000"}, timeout=60).raise_for_status()
    settle(server)
    server.forget_peak()
    return server.memory_bytes()


def settle(server: WebServer) -> None:
    """Wait while it still grows: another test's socket has it load the sentence encoder in a thread."""
    looks = [server.memory_bytes()]
    while len(looks) < SAME_LOOKS or max(looks[-SAME_LOOKS:]) - min(looks[-SAME_LOOKS:]) > MB:
        time.sleep(0.25)
        looks.append(server.memory_bytes())
        assert len(looks) < MOST_LOOKS, f"It still grows: {looks[-SAME_LOOKS:]}"


def test_a_film_does_not_pass_through_memory(server: WebServer, film: Asset, home: Path) -> None:
    before, seen = warm(server, film), hashlib.sha256()
    with httpx.stream("GET", server.url + signed_url(film), timeout=60) as answer:
        for part in answer.iter_bytes():
            seen.update(part)

    assert answer.headers["Content-Length"] == str(FILM_BYTES)
    assert seen.digest() == hashlib.sha256((home / FILM).read_bytes()).digest()
    assert server.memory_bytes() - before < MAY_GROW_BYTES


def test_a_player_that_pauses_costs_no_memory_and_gets_the_rest_later(server: WebServer, film: Asset) -> None:
    before = warm(server, film)
    with httpx.stream("GET", server.url + signed_url(film)) as answer:
        parts = answer.iter_raw(64 << 10)
        received = len(next(parts))
        time.sleep(1.0)
        grown = server.memory_bytes() - before
        received += sum(map(len, parts))

    assert received == FILM_BYTES
    assert grown < MAY_GROW_BYTES


def test_whoever_leaves_in_the_middle_leaves_nothing_behind(server: WebServer, film: Asset) -> None:
    for _ in range(5):
        with httpx.stream("GET", server.url + signed_url(film)) as answer:
            next(answer.iter_raw(1_000))
    deadline = time.monotonic() + 5
    while opened := [link for link in open_files(server) if link.endswith("fullvideo.mp4")]:
        assert time.monotonic() < deadline, opened
        time.sleep(0.05)
    assert "Traceback" not in server.log.read_text()


def test_many_players_that_pause_keep_no_connection_to_the_database(
    server: WebServer, film: Asset, alice: User
) -> None:
    with ExitStack() as players:
        for _ in range(POOL + 1):
            player = players.enter_context(httpx.stream("GET", server.url + signed_url(film)))
            next(player.iter_raw(1_000))
        answer = httpx.get(f"{server.url}/api/v1/tasks", headers=bearer(alice), timeout=5)
    assert answer.status_code == 200


def test_requests_share_connections_to_the_database(server: WebServer, alice: User) -> None:
    before = others()
    with httpx.Client(base_url=server.url, headers=bearer(alice)) as client:
        new = {pid for _ in range(20) if client.get("/api/v1/tasks").is_success for pid in others() - before}
    assert len(new) < 10, "each request has opened one of its own"


def test_connections_that_the_database_has_ended_are_replaced(server: WebServer, alice: User) -> None:
    with httpx.Client(base_url=server.url, headers=bearer(alice)) as client:
        assert client.get("/api/v1/tasks").status_code == 200
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pid) FROM unnest(%s) pid", [list(others())])
        assert client.get("/api/v1/tasks").status_code == 200


def others() -> set[int]:
    """List who else is connected to this database, by their processes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
        )
        return {pid for (pid,) in cursor.fetchall()}


def open_files(server: WebServer) -> list[str]:
    found = []
    for link in Path(f"/proc/{server.pid}/fd").iterdir():
        try:
            found.append(str(link.readlink()))
        except FileNotFoundError:
            continue
    return found


def test_an_upload_does_not_pass_through_memory(server: WebServer, film: Asset, alice: User, tmp_path: Path) -> None:
    """It is refused when it is looked at, which is when all of it is here."""
    before = warm(server, film)
    answer = send_zeros(server, alice, tmp_path, size=FILM_BYTES)

    assert (answer.status_code, answer.json()["error"]["code"]) == (415, "unsupported_media")
    assert server.memory_bytes() - before < 2 * MAY_GROW_BYTES


def send_zeros(server: WebServer, user: User, folder: Path, *, size: int) -> httpx.Response:
    """A file of nothing, which takes no space."""
    path, headers = folder / "zeros", bearer(user)
    with path.open("w+b") as file:
        file.truncate(size)
        return httpx.post(f"{server.url}/api/v1/uploads", files={"file": file}, headers=headers, timeout=60)


def test_more_than_any_request_may_have_is_refused(server: WebServer, alice: User, tmp_path: Path) -> None:
    answer = send_zeros(server, alice, tmp_path, size=90 * MB)

    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_large")
    assert httpx.get(f"{server.url}/healthz").status_code == 200


def test_what_says_nothing_of_its_size_is_cut_off_and_refused(server: WebServer, alice: User) -> None:
    def endless() -> Iterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
        for _ in range(80):
            yield bytes(MB)
        yield b"\r\n--x--\r\n"

    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = httpx.post(
        f"{server.url}/api/v1/uploads", content=endless(), headers={**bearer(alice), **kind}, timeout=60
    )
    assert answer.status_code in (413, 415, 422)


def test_no_signature_reaches_the_log(server: WebServer, film: Asset) -> None:
    signature = signed_url(film).partition("?s=")[2]
    for url in (signed_url(film), f"/media/asset_none/x.mp4?s={signature}", f"/nowhere?s={signature}"):
        httpx.get(server.url + url, headers={"Range": "bytes=0-9"})
    logged = server.log.read_text()
    assert signature not in logged
    accesses = [json.loads(line) for line in logged.splitlines() if '"logger": "pixora.access"' in line]
    asked = {access["message"]: access["status"] for access in accesses}
    assert asked[f"GET {signed_url(film).partition('?')[0]}"] == 206
    assert asked["GET /media/asset_none/x.mp4"] == asked["GET /nowhere"] == 404


def test_several_requests_on_one_connection_are_answered(server: WebServer, film: Asset) -> None:
    with httpx.Client(base_url=server.url) as client:
        sizes = [len(client.get(signed_url(film), headers={"Range": f"bytes=-{n}"}).content) for n in (1, 10, MB)]
    assert sizes == [1, 10, MB]


def test_a_request_cut_off_harms_nobody(server: WebServer, film: Asset) -> None:
    address: Any = urlsplit(server.url)
    with socket.create_connection((address.hostname, address.port)) as line:
        line.sendall(
            b"POST /api/v1/uploads HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000000\r\n\r\n" + bytes(200_000)
        )
    assert httpx.get(f"{server.url}/healthz").status_code == 200


def test_it_takes_more_connections_than_systems_start_a_process_with(server: WebServer) -> None:
    allowed, most = resource.prlimit(server.pid, resource.RLIMIT_NOFILE)
    assert allowed >= min(CLIENTS, most)
    ask = (
        "import resource; most = resource.getrlimit(resource.RLIMIT_NOFILE)[1];"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (256, most));"
        "from pixora.web_server import allow_many_connections; allow_many_connections();"
        "print(resource.getrlimit(resource.RLIMIT_NOFILE)[0])"
    )
    said = subprocess.run([sys.executable, "-c", ask], cwd=CHECKOUT, stdout=subprocess.PIPE, check=True)
    assert int(said.stdout) == min(CLIENTS, most)
