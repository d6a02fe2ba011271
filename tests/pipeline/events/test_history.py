from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from pipeline.events import history
from pipeline.models import Task
from pixora.accounts.models import User
from pixora.foundation.errors import NotFound


@pytest.fixture
def task(transactional_db: None) -> Task:
    user = User.objects.create_user("alice@example.org")
    return Task.objects.create(user=user, prompt="A film", request_key="x")


def test_events_are_numbered_from_one(task: Task) -> None:
    assert [history.publish(task.id, "tick", {"n": n}) for n in range(3)] == [1, 2, 3]
    assert [event.payload["n"] for event in history.page(task.id, after=1)] == [1, 2]


def test_an_event_of_a_transaction_that_failed_leaves_no_gap(task: Task) -> None:
    history.publish(task.id, "first", {})
    with transaction.atomic():
        history.publish(task.id, "never", {})
        transaction.set_rollback(True)
    assert history.publish(task.id, "second", {}) == 2


def test_a_task_that_does_not_exist_has_no_history(task: Task) -> None:
    with pytest.raises(NotFound):
        history.publish("task_none", "tick", {})


def test_writers_at_once_get_numbers_in_the_order_of_their_commits(task: Task) -> None:
    def write() -> None:
        for _ in range(20):
            history.publish(task.id, "tick", {})
        connection.close()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    written = history.page(task.id)
    assert [event.seq for event in written] == list(range(1, 81))
    assert [event.id for event in written] == sorted(event.id for event in written)
