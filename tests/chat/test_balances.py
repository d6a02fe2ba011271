"""The balance reaches every open socket of its owner, and says why it changed."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from pytest_django import Settings
from redis import Redis

from pipeline.models import Event, Run, Step, Task
from pipeline.services import films, staff
from pixora.accounts import ledger
from pixora.accounts.models import CreditReason, User
from pixora.accounts.roles import Role, set_role
from tests.chat.server import Server
from tests.pipeline.scripts import TINY
from tests.pixora.accounts.doors import bearer


@pytest.fixture(autouse=True)
def _no_welcome(settings: Settings) -> None:
    settings.PIXORA_NEW_USER_CREDITS = 0


@pytest.fixture
def task(alice: User) -> Task:
    return films.order_film(user=alice, prompt="A film about a thing", settings=TINY, writes=False)


@pytest.fixture
def operator(transactional_db: None) -> User:
    user = User.objects.create_user("op@example.org")
    set_role(user, Role.OPERATOR)
    return user


def told(frame: dict[str, Any]) -> tuple[int, int, str]:
    return frame["data"]["balance"], frame["data"]["held"], frame["data"].get("text", "")


def test_every_tab_hears_of_it_whatever_it_looks_at(server: Server, alice: User, token: str, task: Task) -> None:
    bob = bearer(User.objects.create_user("bob@example.org"))["Authorization"].removeprefix("Bearer ")
    with server.visitor(token) as film, server.visitor(token) as list_, server.visitor(bob) as other:
        for client in (film, list_, other):
            client.wait_for("ready")
        film.send("subscribe", task_id=task.id)
        film.wait_for("subscribed")
        run = Run.objects.create(task=task)
        with transaction.atomic():
            ledger.hold(user=alice, run_id=run.id, task_id=task.id, amount=106)
        said = "106 credits were set aside for what is being made."
        assert [told(client.wait_for("credits_updated")) for client in (film, list_)] == [(894, 106, said)] * 2
        ledger.release(run_id=run.id, charged=100)
        said = "6 credits were not used and came back."
        assert [told(client.wait_for("credits_updated")) for client in (film, list_)] == [(900, 0, said)] * 2
        assert other.hears_nothing()


def test_a_refund_is_told_to_all_tabs_and_stays_in_the_films_history(
    server: Server, alice: User, operator: User, token: str, task: Task
) -> None:
    run = Run.objects.create(task=task, status="succeeded")
    Step.objects.create(run=run, component="scene/1", kind="scene", credits=58, charged=58, status="succeeded")
    with server.visitor(token) as elsewhere:
        elsewhere.wait_for("ready")
        for _ in range(2):
            staff.refund(operator, task, 58, "Blurred", once="one form")
        assert told(elsewhere.wait_for("credits_updated")) == (1_058, 0, "Support gave you 58 credits back.")
        assert elsewhere.hears_nothing()
    [event] = Event.objects.filter(task=task, type="credits_updated")
    assert (event.payload["reason"], event.payload["text"]) == ("refund", "Support gave you 58 credits back.")


def test_what_the_channel_layer_lost_is_told_all_the_same(
    server: Server, alice: User, token: str, redis: Redis
) -> None:
    with server.visitor(token) as client:
        client.wait_for("ready")
        redis.flushall()
        redis.client_kill_filter(_type="pubsub")
        ledger.give(user=alice, amount=5, reason=CreditReason.GRANT, key="five")
        assert client.wait_for("credits_updated")["data"]["balance"] == 1_005
