from __future__ import annotations

import asyncio
import time
import uuid

import pytest
from pytest_django import Settings

from pipeline.vendor_limits import request_rate
from pipeline.vendor_limits.request_rate import Turns


@pytest.fixture
def vendor(services: None, settings: Settings) -> str:
    name = f"vendor-{uuid.uuid4().hex}"
    settings.PIXORA_PER_MINUTE = {name: 60}
    return name


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """List how many turns each request to Redis took."""
    counts: list[int] = []
    really = request_rate.turns_ms

    def counted(key: str, *, step_ms: float, burst: int, turns: int) -> list[int]:
        counts.append(turns)
        return really(key, step_ms=step_ms, burst=burst, turns=turns)

    monkeypatch.setattr(request_rate, "turns_ms", counted)
    return counts


def take(*vendors: str) -> None:
    async def all_at_once() -> None:
        turns = Turns()
        await asyncio.gather(*(turns.wait(vendor) for vendor in vendors))

    asyncio.run(all_at_once())


def test_a_minutes_requests_may_come_at_once_and_the_next_wait_their_turn(vendor: str) -> None:
    waits = [wait for _ in range(7) for wait in asyncio.run(request_rate._waits_s([vendor] * 10))]
    assert max(waits[:60]) == 0
    assert 0 < waits[67] < waits[68] < waits[69] <= 10


def test_turns_come_back_with_time(services: None) -> None:
    key = f"turns:{uuid.uuid4().hex}"
    waits = request_rate.turns_ms(key, step_ms=200, burst=2, turns=4)
    assert waits[:2] == [0, 0]
    assert waits[3] > waits[2] > 0
    time.sleep(0.9)
    assert request_rate.turns_ms(key, step_ms=200, burst=2, turns=1) == [0]


def test_who_comes_too_often_waits(vendor: str, settings: Settings) -> None:
    settings.PIXORA_PER_MINUTE = {vendor: 1200}
    request_rate.turns_ms(f"turns:{vendor}", step_ms=50, burst=1200, turns=1200)
    began = time.monotonic()
    take(vendor, vendor, vendor)
    assert time.monotonic() - began >= 0.1


def test_turns_that_are_wanted_together_are_one_request_for_each_vendor(
    vendor: str, settings: Settings, asked: list[int]
) -> None:
    other = f"{vendor}-too"
    settings.PIXORA_PER_MINUTE = {vendor: 60, other: 60}
    take(vendor, other, vendor, vendor)
    assert sorted(asked) == [1, 3]


def test_without_redis_nothing_waits(vendor: str, settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:9/0"
    took = asyncio.run(request_rate._waits_s([vendor, vendor]))
    assert took == [0.0, 0.0]
    assert "not counted" in caplog.text


def test_what_is_made_here_asks_nobody(asked: list[int]) -> None:
    take("")
    assert not asked


def test_no_vendor_is_asked_without_a_limit() -> None:
    with pytest.raises(KeyError):
        take("double")
