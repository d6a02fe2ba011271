"""Events reach addresses outside about when they reach sockets: the web server delivers them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from pipeline.event_delivery import addresses
from pixora.accounts.models import User
from tests.chat import server as servers
from tests.chat.server import Server
from tests.chat.test_said_to_a_film import task  # noqa: F401 (a fixture)
from tests.pipeline.event_delivery.receiver import receiving


@pytest.fixture
def nearby(django_db_setup: None, transactional_db: None) -> Iterator[Server]:
    server = servers.start(PIXORA_PRIVATE_ADDRESSES="1")
    yield server
    server.stop()


def test_what_is_said_over_a_socket_is_told_outside(
    nearby: Server,
    alice: User,
    token: str,
    task: Any,  # noqa: F811
    settings: Any,
) -> None:
    settings.PIXORA_PRIVATE_ADDRESSES = True
    with receiving() as receiver, nearby.visitor(token) as client:
        receiver.secret = addresses.create(alice, url=receiver.url, types=["agent_message"]).secret
        client.send("message", content="no music", task_id=task.id)
        told = client.wait_for("agent_message")
        deadline = time.monotonic() + servers.PATIENCE_S
        while not receiver.heard and time.monotonic() < deadline:
            time.sleep(0.02)
    [heard] = receiver.heard
    assert {name: heard[name] for name in ("type", "seq", "content")} == {
        name: told[name] for name in ("type", "seq", "content")
    }
