from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from pipeline.models import Quote, Run, RunStatus, Task, TaskStatus
from pipeline.services import films, quotes
from pixora.accounts.models import User
from tests.pipeline.api.caller import Caller
from tests.pipeline.api.conftest import scripted

WHOLE_FILM = 3 * 4 + 3 * 2 + 5 + 15 * 2


def test_the_price_of_everything_or_of_what_is_named(caller: Caller, task: Task) -> None:
    for body in (None, {}, {"components": None}):
        whole = caller.post(f"tasks/{task.id}/quote", body)
        assert (whole["credits"], whole["version"]) == (WHOLE_FILM, 1)
        assert len(whole["items"]) == 10
        assert 0 < whole["expires_at"] - timezone.now().timestamp() <= 900
    part = caller.post(f"tasks/{task.id}/quote", {"components": ["scene/1", "audio/2"]})
    assert sorted(item["component"] for item in part["items"]) == ["audio/2", "scene/1"]
    assert part["credits"] == 6
    assert caller.post(f"tasks/{task.id}/quote", {"components": []})["credits"] == 0


def test_a_price_is_shown_without_making_an_offer(caller: Caller, task: Task) -> None:
    price = caller.get(f"tasks/{task.id}/price")
    assert not Quote.objects.exists()
    quote = caller.post(f"tasks/{task.id}/quote")
    same = {name: quote[name] for name in ("version", "items", "credits", "warnings", "shares")}
    only_tier = {"tier": "standard", "credits": quote["credits"], "is_chosen": True}
    assert price["tiers"][0].pop("seconds") > 0
    assert price == {**same, "tiers": [only_tier]}


@pytest.mark.parametrize("key", ["scene/9", "", "scene.1", "reference/picture"])
def test_what_is_no_component_has_no_price(caller: Caller, task: Task, key: str) -> None:
    body = {"components": ["scene/1", key]}
    assert caller.refused("POST", f"tasks/{task.id}/quote", body)[:2] == (404, "not_found")
    assert not Quote.objects.exists()


def test_approving_a_quote_starts_one_run_however_often(caller: Caller, rich: User, task: Task) -> None:
    quote = caller.post(f"tasks/{task.id}/quote")
    runs = [caller.post(f"tasks/{task.id}/runs", {"quote_id": quote["quote_id"]}, status=202) for _ in range(3)]
    assert {run["run_id"] for run in runs} == {Run.objects.get().id}
    assert caller.get(f"tasks/{task.id}")["status"] == "generating"
    credits = caller.get("credits")
    assert (credits["balance"], credits["held"]) == (1_000 - WHOLE_FILM, WHOLE_FILM)


def test_approving_again_after_a_stop_is_answered_with_a_new_quote(caller: Caller, rich: User, task: Task) -> None:
    body = {"quote_id": caller.post(f"tasks/{task.id}/quote")["quote_id"]}
    caller.post(f"tasks/{task.id}/runs", body, status=202, Idempotency_Key="one press")
    caller.post(f"tasks/{task.id}/cancel")
    refused = caller.refused("POST", f"tasks/{task.id}/runs", body, Idempotency_Key="another press")
    assert (refused[0], refused[1], refused[2]["credits"]) == (409, "quote_changed", WHOLE_FILM)
    assert Run.objects.get().status == RunStatus.CANCELLED
    assert caller.get("credits")["held"] == 0


def unchanged(task: Task) -> bool:
    task.refresh_from_db()
    return task.status == TaskStatus.SCRIPTED and not Run.objects.exists()


def test_an_expired_quote_starts_nothing(caller: Caller, rich: User, task: Task) -> None:
    quote = caller.post(f"tasks/{task.id}/quote")
    Quote.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    body = {"quote_id": quote["quote_id"]}
    assert caller.refused("POST", f"tasks/{task.id}/runs", body)[:2] == (410, "quote_expired")
    assert unchanged(task)


def test_a_foreign_quote_does_not_exist(caller: Caller, rich: User, task: Task, bob: Caller) -> None:
    for other in (scripted(rich), scripted(bob.user)):
        body = {"quote_id": quotes.quote(task=other).id}
        assert caller.refused("POST", f"tasks/{task.id}/runs", body)[:2] == (404, "not_found")
    assert unchanged(task)


@pytest.mark.parametrize("key", ["", "again"])
def test_a_quote_that_is_out_of_date_comes_with_a_new_one_that_works(
    caller: Caller, rich: User, task: Task, key: str
) -> None:
    old = caller.post(f"tasks/{task.id}/quote")
    changed = {"version": 1, "changes": {"script": ""}}
    caller.ask("PATCH", f"tasks/{task.id}/script/scenes/1", changed)
    headers = {"Idempotency_Key": key} if key else {}
    body = {"quote_id": old["quote_id"]}
    status, code, new = caller.refused("POST", f"tasks/{task.id}/runs", body, **headers)
    assert (status, code, new["credits"], new["version"]) == (409, "quote_changed", WHOLE_FILM - 2, 2)
    assert unchanged(task)
    caller.post(f"tasks/{task.id}/runs", {"quote_id": new["quote_id"]}, status=202, **headers)


def test_too_few_credits_say_how_many_are_missing(caller: Caller, task: Task) -> None:
    quote = caller.post(f"tasks/{task.id}/quote")
    refused = caller.refused("POST", f"tasks/{task.id}/runs", {"quote_id": quote["quote_id"]})
    assert refused == (402, "insufficient_credits", {"missing": WHOLE_FILM, "balance": 0})
    assert unchanged(task)


@pytest.mark.parametrize("body", [None, {}, {"quote_id": 5}, {"quote_id": "\x00"}, {"quote_id": "x" * 81}, "text"])
def test_a_wrong_approval_is_refused(caller: Caller, task: Task, body: object) -> None:
    assert caller.refused("POST", f"tasks/{task.id}/runs", body)[:2] == (422, "invalid")


def test_what_is_being_made_is_cancelled(caller: Caller, task: Task) -> None:
    running = Run.objects.create(task=task, status=RunStatus.RUNNING)
    films.start_run(task=task)
    assert caller.post(f"tasks/{task.id}/cancel") == {"cancelled": 2}
    running.refresh_from_db()
    assert running.cancel_requested_at
    running.status = RunStatus.CANCELLED
    running.save()
    assert caller.post(f"tasks/{task.id}/cancel") == {"cancelled": 0}
