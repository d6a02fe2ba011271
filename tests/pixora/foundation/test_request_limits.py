from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from pixora.foundation.errors import RateLimited, ServiceDown
from pixora.foundation.request_limits import Limit, client_address


@pytest.fixture(autouse=True)
def counted_anew(services: None) -> None:
    cache.clear()


def test_more_than_the_limit_is_told_when_to_come_again() -> None:
    limit = Limit("knocks", times=3)
    for _ in range(3):
        limit.count("ann")
    with pytest.raises(RateLimited) as refused:
        limit.count("ann")
    assert 55 <= refused.value.retry_after_s <= 60
    assert refused.value.details == {"retry_after": refused.value.retry_after_s}


def test_everybody_and_everything_is_counted_apart() -> None:
    limit = Limit("knocks", times=1)
    for who in ("ann", "bob", "zoë " * 100):
        limit.count(who)
    Limit("rings", times=1).count("ann")


def test_a_window_ends() -> None:
    limit = Limit("knocks", times=1, window_s=1)
    limit.count("ann")
    time.sleep(1.1)
    limit.count("ann")


def test_a_counter_that_redis_forgets_meanwhile_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    limit, incr = Limit("knocks", times=1), cache.incr

    def forgotten(key: str) -> int:
        cache.delete(key)
        return int(incr(key))

    with monkeypatch.context() as patched:
        patched.setattr(cache, "incr", forgotten)
        limit.count("ann")
    with pytest.raises(RateLimited):
        limit.count("ann")


def test_a_day_has_a_limit_too() -> None:
    limit = Limit("knocks", times=2, window_s=1, a_day=3)
    for _ in range(2):
        limit.count("ann")
    time.sleep(1.1)
    limit.count("ann")
    with pytest.raises(RateLimited, match="try again in 24 hours") as refused:
        limit.count("ann")
    assert 86_000 < refused.value.retry_after_s <= 86_400


def test_nobody_slips_through_by_asking_at_once() -> None:
    limit = Limit("knocks", times=10)

    def knock(_: int) -> bool:
        try:
            limit.count("ann")
        except RateLimited:
            return False
        finally:
            cache.close()
        return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(knock, range(60))) == 10


def test_without_redis_nothing_is_let_through_uncounted(settings: Any) -> None:
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1"}}
    with pytest.raises(ServiceDown):
        Limit("knocks", times=1).count("ann")


@pytest.mark.parametrize(
    ("proxies", "header", "address"),
    [
        (0, "6.6.6.6", "10.0.0.1"),
        (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (2, "6.6.6.6, 1.2.3.4, 5.5.5.5", "1.2.3.4"),
        (2, "1.2.3.4", "10.0.0.1"),
        (1, "", "10.0.0.1"),
    ],
)
def test_as_many_entries_are_believed_as_there_are_proxies(
    settings: Any, proxies: int, header: str, address: str
) -> None:
    settings.PIXORA_PROXIES = proxies
    request = RequestFactory().get("/", headers={"X-Forwarded-For": header}, REMOTE_ADDR="10.0.0.1")
    assert client_address(request) == address
