from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from chat import services
from chat.models import Message, Role
from chat.protocol import Say
from pipeline.models import Quote
from pipeline.services import films as pipeline
from pixora.accounts.models import User
from tests.pipeline.scripts import TINY
from tests.pixora.accounts.doors import bearer


@pytest.fixture
def alice(db: None) -> User:
    return User.objects.create_user("alice@example.org")


def test_what_was_said_is_read_in_pages(alice: User, client: Client) -> None:
    task = pipeline.order_film(user=alice, prompt="A film", settings=TINY, writes=False)
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


def test_a_button_whose_price_was_used_says_so(alice: User, client: Client) -> None:
    task = pipeline.order_film(user=alice, prompt="A film", settings=TINY, writes=False)
    run = pipeline.start_run(task=task)
    asked = Message.objects.create(user=alice, task=task, role=Role.USER, content="How much?")
    for name, paid in (("quote_used", run), ("quote_open", None)):
        quote = Quote.objects.create(id=name, task=task, version=1, credits=4, expires_at=timezone.now(), run=paid)
        button = {"label": "Make it", "send": {"type": "approve_script", "quote_id": quote.id}}
        services.answer(asked, content="It costs 4.", message_id=uuid4(), actions=[button])
    told = client.get(f"/api/v1/tasks/{task.id}/messages", headers=bearer(alice)).json()["results"]
    assert [[button.get("used") for button in line["actions"]] for line in told] == [[], [True], [None]]


def test_what_others_said_is_not_found(alice: User, client: Client) -> None:
    task = pipeline.order_film(user=alice, prompt="A film", settings=TINY, writes=False)
    bob = User.objects.create_user("bob@example.org")
    assert client.get(f"/api/v1/tasks/{task.id}/messages", headers=bearer(bob)).status_code == 404
