from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from chat import services
from chat.protocol import Say
from pipeline import services as pipeline
from pixora.accounts.models import User
from tests.pipeline.scripts import TINY
from tests.pixora.accounts.doors import bearer


@pytest.fixture
def alice(db: None) -> User:
    return User.objects.create_user("alice@example.org")


def test_what_was_said_is_read_in_pages(alice: User, client: Client) -> None:
    task = pipeline.create_task(user=alice, prompt="A film", settings=TINY)
    for number in range(5):
        said = Say(type="message", content=f"Line {number}", task_id=task.id, client_message_id=f"id-{number}")
        services.accept(alice, said, message_id=uuid4())
    headers, cursor = bearer(alice), ""
    heard: list[tuple[str, str, str]] = []
    while True:
        page: dict[str, Any] = client.get(
            f"/api/v1/tasks/{task.id}/messages", {"limit": "2", "cursor": cursor}, headers=headers
        ).json()
        heard += [(line["role"], line["content"], line["client_message_id"]) for line in page["results"]]
        if not (cursor := page["next"] or ""):
            break
    assert heard == [("user", f"Line {number}", f"id-{number}") for number in range(5)]


def test_what_others_said_is_not_found(alice: User, client: Client) -> None:
    task = pipeline.create_task(user=alice, prompt="A film", settings=TINY)
    bob = User.objects.create_user("bob@example.org")
    assert client.get(f"/api/v1/tasks/{task.id}/messages", headers=bearer(bob)).status_code == 404
