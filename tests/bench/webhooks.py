"""How long after it was published an event reaches an address outside, against a socket that follows the film."""

from __future__ import annotations

import json
import statistics
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from typing import Any

from websockets.sync.client import connect
from websockets.sync.connection import Connection

from tests.bench.figures import Figure
from tests.crash.site import Site
from tests.pipeline.event_delivery.receiver import receiving
from tests.web_server import WebServer, serving

EVENTS = 100
PATIENCE_S = 60.0
FILL = """
import json, sys
from pipeline.event_delivery import addresses
from pipeline.film.settings import TaskSettings
from pipeline.services import films
from pixora.accounts import sessions, tokens
from pixora.accounts.services import local_user
user = local_user()
film = films.order_film(user=user, prompt="A film", settings=TaskSettings(), writes=False)
addresses.create(user, url={url!r}, types=["task_updated"])
sys.stdout.write(json.dumps({{"film": film.id, "token": tokens.issue(sessions.open_session(user)).token}}))
"""
PUBLISH = """
import json, sys, time
from pipeline.events import history
told = {{}}
for _ in range({count}):
    began = time.time()
    told[history.task_updated({film!r})] = began
    time.sleep(0.05)
sys.stdout.write(json.dumps(told))
"""
Times = dict[int, float]
"""When an event came, or was published, by its number; Unix seconds."""


def measure(site: Site) -> Iterator[Figure]:
    own = replace(site, variables={**site.variables, "PIXORA_PRIVATE_ADDRESSES": "1"})
    by_hook: Times = {}
    with serving(own.environment, site.home / "web_server.log") as server, receiving() as receiver:
        receiver.answers = lambda handler, _: _note(by_hook, handler)
        made = json.loads(own.manage("shell", "--no-imports", "-c", FILL.format(url=receiver.url)))
        by_socket, published = _followed(server, own, made)
        _wait_for(by_hook, set(published))
    hook, socket = (_median(found, published) for found in (by_hook, by_socket))
    yield Figure("webhooks: lag of an event, median, ms", 1_000 * hook)
    yield Figure("webhooks: lag of an event ÷ a socket's, medians", hook / socket)
    yield Figure("webhooks: events not delivered", len(set(published) - set(by_hook)), 0)


def _note(found: Times, handler: BaseHTTPRequestHandler) -> int:
    found.setdefault(int(handler.headers["webhook-id"].rpartition(":")[2]), time.time())
    return 204


def _followed(server: WebServer, site: Site, made: dict[str, Any]) -> tuple[Times, Times]:
    """Return when each event came over a socket, and when it was published."""
    headers, found = {"Authorization": f"Bearer {made['token']}"}, dict[int, float]()
    address = server.url.replace("http", "ws", 1) + "/ws/chat/"
    with connect(address, additional_headers=headers, max_size=None, proxy=None) as opened:
        opened.send(json.dumps({"type": "subscribe", "task_id": made["film"], "after": 0}))
        threading.Thread(target=_listen, args=[opened, found], daemon=True).start()
        program = PUBLISH.format(count=EVENTS, film=made["film"])
        told = json.loads(site.manage("shell", "--no-imports", "-c", program))
        published = {int(seq): at for seq, at in told.items()}
        _wait_for(found, set(published))
    return found, published


def _listen(opened: Connection, found: Times) -> None:
    for frame in opened:
        seq = json.loads(frame).get("seq")
        if seq is not None:
            found.setdefault(seq, time.time())


def _wait_for(found: Times, wanted: set[int]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while wanted - set(found) and time.monotonic() < deadline:
        time.sleep(0.02)


def _median(found: Times, published: Times) -> float:
    return statistics.median(found[seq] - at for seq, at in published.items() if seq in found)
