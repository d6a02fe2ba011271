from __future__ import annotations

import threading
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.test import Client
from django_q.brokers import get_broker
from django_q.status import Stat

from pixora import health

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_worker(services: None, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    cache.clear()


def a_worker_reports() -> None:
    """Report a worker as a cluster's own heartbeat does it."""
    broker = get_broker()
    stat = Stat.__new__(Stat)
    stat.__dict__ = {"cluster_id": "test", "broker": broker}
    stat.save()


def test_a_process_that_answers_is_alive() -> None:
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert Client().post("/healthz").status_code == 405


def test_health_is_told_by_address_whatever_the_hosts_are(settings: Any) -> None:
    """A container's health check asks 127.0.0.1."""
    settings.ALLOWED_HOSTS = ["films.example"]
    assert Client(headers={"host": "127.0.0.1:8000"}).get("/healthz").status_code == 200
    assert Client(headers={"host": "10.0.0.7"}).get("/readyz").status_code == 503
    assert Client(headers={"host": "127.0.0.1:8000"}).get("/api/v1/me").status_code == 400


def test_all_is_ready_when_every_part_works() -> None:
    a_worker_reports()
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")
    assert answer.json()["parts"] == {"database": True, "redis": True, "storage": True, "worker": True}


def test_without_a_worker_nothing_is_ready() -> None:
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (503, "failing")
    assert answer.json()["parts"]["worker"] is False


def test_looking_leaves_nothing_in_the_storage() -> None:
    Client().get("/readyz")
    assert default_storage.listdir("health") == ([], [])


def test_a_storage_that_cannot_be_written_is_named(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "file"
    settings.MEDIA_ROOT.touch()
    assert Client().get("/readyz").json()["parts"]["storage"] is False


def test_a_part_that_does_not_answer_does_not_keep_the_others_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    stuck = threading.Event()
    monkeypatch.setattr(health, "ANSWER_WITHIN_S", 0.2)
    monkeypatch.setitem(health.CHECKS, "redis", stuck.wait)
    try:
        parts = Client().get("/readyz").json()["parts"]
    finally:
        stuck.set()
    assert (parts["redis"], parts["database"]) == (False, True)
