"""The database itself refuses what must never be stored, whoever asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from chat.models import Message
from media_assets.models import Asset, Video
from pipeline.models import Attempt, Event, Quote, Run, Script, Step, Task
from pixora.accounts.models import Credit, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice() -> User:
    return User.objects.create_user("alice@example.org")


@pytest.fixture
def task(alice: User) -> Task:
    return Task.objects.create(user=alice, prompt="A film", request_key="x")


@pytest.fixture
def step(task: Task) -> Step:
    return Step.objects.create(run=Run.objects.create(task=task), component="scene/1", kind="scene")


def refused(model: type[models.Model], name: str, **values: Any) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        model._default_manager.create(**values)


def asset(task: Task, **values: Any) -> dict[str, Any]:
    return {
        "task": task,
        "asset_type": "scene",
        "component": "scene/1",
        "take": 1,
        "content_hash": "c",
        "storage_path": "p",
        **values,
    }


def test_two_selected_takes_of_one_component(task: Task) -> None:
    chosen = {"selected": True, "selected_at": timezone.now()}
    Asset.objects.create(**asset(task, **chosen))
    refused(Asset, "assets_one_selected_take", **asset(task, take=2, **chosen))
    Asset.objects.create(**asset(task, take=2))
    Asset.objects.create(**asset(task, component="scene/2", **chosen))


def test_the_same_take_twice(task: Task) -> None:
    Asset.objects.create(**asset(task))
    refused(Asset, "assets_one_row_per_take", **asset(task))


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("assets_known_type", {"asset_type": "painting"}),
        ("assets_known_type", {"asset_type": "video"}),
        ("assets_known_type", {"asset_type": "scene", "component": "scenery/1"}),
        ("assets_takes_count_from_one", {"take": 0}),
        ("assets_selected_says_when", {"selected": True}),
    ],
)
def test_an_impossible_take(task: Task, name: str, values: dict[str, Any]) -> None:
    refused(Asset, name, **asset(task, **values))


def test_a_film_without_length(task: Task) -> None:
    film = Asset.objects.create(**asset(task))
    refused(
        Video,
        "videos_have_a_length",
        task=task,
        asset=film,
        storage_path="p",
        duration=0,
        script_version=1,
        timeline={},
    )


def test_overlapping_versions_of_a_script(task: Task) -> None:
    Script.objects.create(task=task, version=1, content={})
    refused(Script, "scripts_one_per_version", task=task, version=1, content={})
    refused(Script, "scripts_versions_count_from_one", task=task, version=0, content={})


def test_a_credit_key_used_twice(alice: User) -> None:
    Credit.objects.create(user=alice, amount=5, reason="grant", key="grant:1")
    refused(Credit, "credits_key", user=alice, amount=5, reason="grant", key="grant:1")
    refused(Credit, "credits_key_not_empty", user=alice, amount=5, reason="grant", key="")


@pytest.mark.parametrize(("reason", "amount"), [("grant", -1), ("purchase", -1), ("refund", -1), ("release", -1)])
def test_a_negative_credit_that_is_no_hold(alice: User, reason: str, amount: int) -> None:
    refused(Credit, "credits_only_holds_take", user=alice, amount=amount, reason=reason, key="k")


@pytest.mark.parametrize("amount", [0, 5])
def test_a_hold_that_takes_nothing(alice: User, amount: int) -> None:
    refused(Credit, "credits_only_holds_take", user=alice, amount=amount, reason="hold", key="k")


def test_an_unknown_reason_for_credits(alice: User) -> None:
    refused(Credit, "credits_known_reason|credits_only_holds_take", user=alice, amount=1, reason="gift", key="k")


def test_a_quote_below_zero(task: Task) -> None:
    refused(Quote, "quotes_not_negative", task=task, version=1, credits=-1, expires_at=timezone.now())


@pytest.mark.parametrize(
    ("name", "build"),
    [
        (
            "tasks_known_status",
            lambda task, step: (Task, {"user": task.user, "prompt": "x", "request_key": "x", "status": "odd"}),
        ),
        ("tasks_prompt_not_empty", lambda task, step: (Task, {"user": task.user, "prompt": "", "request_key": "x"})),
        ("runs_known_status", lambda task, step: (Run, {"task": task, "status": "odd"})),
        (
            "steps_known_status",
            lambda task, step: (Step, {"run": step.run, "component": "a", "kind": "a", "status": "odd"}),
        ),
        (
            "steps_charge_at_most_the_price",
            lambda task, step: (Step, {"run": step.run, "component": "a", "kind": "a", "credits": 1, "charged": 2}),
        ),
        (
            "attempts_known_status",
            lambda task, step: (Attempt, {"step": step, "number": 1, "lease": 1, "provider": "x", "status": "odd"}),
        ),
        ("messages_known_role", lambda task, step: (Message, {"user": task.user, "role": "odd", "content": "x"})),
    ],
)
def test_an_unknown_state(
    task: Task, step: Step, name: str, build: Callable[[Task, Step], tuple[type[models.Model], dict[str, Any]]]
) -> None:
    model, values = build(task, step)
    refused(model, name, **values)


def test_two_running_runs_of_one_task(task: Task) -> None:
    Run.objects.create(task=task, status="running")
    Run.objects.create(task=task, status="queued")
    refused(Run, "runs_one_running_per_task", task=task, status="running")


@pytest.mark.parametrize(
    ("status", "name"), [("open", "attempts_one_open_per_step"), ("succeeded", "attempts_one_purchase_per_step")]
)
def test_two_attempts_that_exclude_each_other(step: Step, status: str, name: str) -> None:
    Attempt.objects.create(step=step, number=1, lease=1, provider="x", local=False, status=status)
    refused(Attempt, name, step=step, number=2, lease=1, provider="x", local=False, status=status)


def test_an_attempts_number_used_twice(step: Step) -> None:
    Attempt.objects.create(step=step, number=1, lease=1, provider="x", status="lost")
    refused(Attempt, "attempts_one_per_number", step=step, number=1, lease=1, provider="x", status="lost")


def test_one_step_for_each_component_of_a_run(step: Step) -> None:
    refused(Step, "steps_one_per_component", run=step.run, component="scene/1", kind="scene")


def test_an_events_number_used_twice(task: Task) -> None:
    Event.objects.create(task=task, seq=1, type="x")
    refused(Event, "events_one_per_number", task=task, seq=1, type="y")


def test_a_clients_message_sent_twice(alice: User) -> None:
    Message.objects.create(user=alice, role="user", content="x", client_message_id="m1")
    refused(Message, "messages_one_per_client_id", user=alice, role="user", content="x", client_message_id="m1")
    Message.objects.create(user=alice, role="user", content="x")
    Message.objects.create(user=alice, role="user", content="x")
