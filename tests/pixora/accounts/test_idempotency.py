"""`Idempotency-Key`, by ordering films: the operation that everybody notices when it is carried out twice."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from pipeline.models import Run, Task
from pixora.accounts import keys
from pixora.accounts.idempotency import forget_old_answers
from pixora.accounts.models import IdempotentAnswer, User
from pixora.accounts.scopes import Scope
from tests.pixora.accounts.doors import bearer

Order = Callable[..., Any]
BODY = '{"prompt": "A film about tea"}'


@pytest.fixture
def order(services: None, transactional_db: None) -> Order:
    cache.clear()
    headers = bearer(User.objects.create_user("alice@example.org"))

    def post(key: str | None, body: str = BODY, path: str = "tasks", **other: str) -> Any:
        sent = {**headers, **other, **({} if key is None else {"Idempotency-Key": key})}
        return Client().post(f"/api/v1/{path}", body, content_type="application/json", headers=sent)

    return post


def test_the_same_request_with_the_same_key_is_carried_out_once(order: Order) -> None:
    answers = [order("key 1") for _ in range(3)]
    assert {answer.status_code for answer in answers} == {201}
    assert [answer.json() for answer in answers] == [answers[0].json()] * 3
    assert (Task.objects.count(), Run.objects.count()) == (1, 1)


def test_without_a_key_or_with_another_it_is_carried_out_again(order: Order) -> None:
    for key in (None, None, "key 1", "key 2"):
        assert order(key).status_code == 201
    assert Task.objects.count() == 4


def test_another_request_with_the_key_is_refused(order: Order) -> None:
    made = order("key 1").json()
    for answer in (order("key 1", '{"prompt": "Coffee"}'), order("key 1", "", f"tasks/{made['id']}/duplicate")):
        assert (answer.status_code, answer.json()["error"]["details"]["field"]) == (422, "Idempotency-Key")
    assert Task.objects.count() == 1


def test_a_key_is_its_users_own(order: Order) -> None:
    order("key 1")
    answer = order("key 1", **bearer(User.objects.create_user("bob@example.org")))
    assert answer.status_code == 201
    assert Task.objects.count() == 2


def test_a_key_is_its_programs_own(order: Order) -> None:
    """Two programs that both count from 1, and their user, order a film each; none gets another's answer."""
    alice = User.objects.get()
    order("1")
    programs = [keys.create(alice, keys.Wish(name, (Scope.FILMS_WRITE,))) for name in ("one", "two")]
    for program, secret in programs:
        first, again = (order("1", Authorization=f"Bearer {secret}") for _ in range(2))
        assert (first.status_code, again.json()["id"]) == (201, first.json()["id"])
        turned = keys.rotate(program, overlap=timedelta(hours=1))
        assert order("1", Authorization=f"Bearer {turned}").json() == first.json()
    assert Task.objects.count() == 3


def test_a_refusal_is_not_kept(order: Order) -> None:
    assert order("key 1", '{"prompt": " "}').status_code == 422
    assert order("key 1").status_code == 201


def test_of_many_at_once_one_is_carried_out(order: Order) -> None:
    answers: list[Any] = []

    def ask() -> None:
        answers.append(order("key 1"))
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [(answer.status_code, answer.json()) for answer in answers] == [(201, answers[0].json())] * 6
    assert Task.objects.count() == 1


@pytest.mark.parametrize("key", ["", "x" * 201, "schlüssel", "a\tb"])
def test_a_key_that_is_none_is_refused(order: Order, key: str) -> None:
    assert order(key).status_code == 422
    assert not Task.objects.exists()


def test_after_a_day_a_key_is_new_again(order: Order) -> None:
    order("key 1")
    IdempotentAnswer.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert order("key 1").status_code == 201
    assert (Task.objects.count(), IdempotentAnswer.objects.count()) == (2, 1)


def test_old_answers_are_forgotten(order: Order) -> None:
    order("key 1")
    assert forget_old_answers() == 0
    IdempotentAnswer.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert forget_old_answers() == 1


def test_a_failure_of_ours_leaves_nothing(order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: Any) -> None:
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr("pipeline.services.films.write_script", fail)
        assert order("key 1").status_code == 500
    assert not Task.objects.exists()
    assert not IdempotentAnswer.objects.exists()
    assert order("key 1").status_code == 201
