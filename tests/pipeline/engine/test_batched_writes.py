"""What comes together is written together, and one entry's trouble is its own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from media_assets.models import Asset
from pipeline.engine import attempt_rows, leases
from pipeline.engine.attempt_rows import Opening
from pipeline.engine.batched_writes import BatchedWriter, Entry
from pipeline.engine.landing import Landing
from pipeline.engine.leases import Claim
from pipeline.models import Attempt, AttemptStatus, Event, Run, Step, StepStatus, Task
from pipeline.planning.graph import Component
from pipeline.planning.kinds import Kind
from pipeline.services import films
from pipeline.vendor_limits import account_limits
from pixora.foundation.async_database import Database
from pixora.foundation.errors import AccountFull, LeaseLost, SpendCap
from tests.pipeline.attempts import open_attempt

Answers = list[Any]
Ticket = tuple[str, Mapping[str, Any]]


@pytest.fixture
def claim(scripted: Task) -> Claim:
    run = films.start_run(task=scripted)
    found = leases.claim_run(worker="test", lease_s=60, only=run.id)
    assert found
    return found


def together(claim: Claim, ask: Callable[[BatchedWriter], Sequence[Awaitable[Any]]]) -> Answers:
    """Return what each of them got, errors included."""

    async def all_of_them() -> Answers:
        async with Database() as database:
            return await asyncio.gather(*ask(BatchedWriter(database, claim)), return_exceptions=True)

    return asyncio.run(all_of_them())


def still(number: int) -> Component:
    return Component(f"scene/{number}", Kind.STILL, {})


def opening(number: int, *, vendor: str = "", at_once: int = 9, micros: int = 0) -> Opening:
    terms = account_limits.Terms(vendor, at_once, micros) if vendor else None
    return Opening(still(number), provider=vendor or "x", model="m", seed=1, take=1, terms=terms)


def landed(claim: Claim, number: int, store: Callable[[], None] = lambda: None) -> Landing:
    opened = open_attempt(claim, still(number), provider="x", model="m", seed=1, take=1)
    return Landing(
        attempt_id=opened.id,
        component=still(number),
        fingerprint=f"f{number}",
        take=1,
        content_hash=f"h{number}",
        storage_path=f"s/{number}",
        facts={},
        chosen=False,
        store=store,
    )


def test_attempts_that_are_opened_together_are_opened_in_one_transaction(
    claim: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    batches: list[int] = []
    really = attempt_rows.open_attempts

    def counted(run: Run, openings: Sequence[Opening]) -> Any:
        batches.append(len(openings))
        return really(run, openings)

    monkeypatch.setattr(attempt_rows, "open_attempts", counted)
    opened = together(claim, lambda writes: [writes.open(opening(number)) for number in range(1, 6)])
    assert batches == [5]
    assert {one.id for one in opened} == set(
        Attempt.objects.filter(status=AttemptStatus.OPEN).values_list("id", flat=True)
    )
    assert Step.objects.filter(status=StepStatus.RUNNING).count() == 5
    told = Event.objects.filter(task_id=claim.task_id, payload__status="making").order_by("seq")
    assert [event.payload["component"] for event in told] == [f"scene/{number}" for number in range(1, 6)]


def test_of_those_that_come_together_only_as_many_are_opened_as_there_are_places(claim: Claim) -> None:
    open_attempt(claim, still(9), provider="fal", model="m", seed=1, take=1, terms=account_limits.Terms("fal", 3, 0))
    got = together(
        claim,
        lambda writes: [
            *(writes.open(opening(number, vendor="fal", at_once=3)) for number in (1, 2, 3)),
            writes.open(opening(4, vendor="openai", at_once=1)),
            writes.open(opening(5)),
        ],
    )
    assert [isinstance(one, AccountFull) for one in got] == [False, False, True, False, False]
    assert Step.objects.get(run_id=claim.run_id, component="scene/3").status == StepStatus.QUEUED


@pytest.mark.parametrize("name", ["PIXORA_TASK_SPEND_CAP_USD", "PIXORA_DAY_SPEND_CAP_USD"])
def test_those_that_come_together_are_under_the_cap_together(claim: Claim, settings: Settings, name: str) -> None:
    setattr(settings, name, 2)
    got = together(
        claim, lambda writes: [writes.open(opening(number, vendor="fal", micros=900_000)) for number in (1, 2, 3)]
    )
    assert [isinstance(one, SpendCap) for one in got] == [False, False, True]
    assert Attempt.objects.filter(cost_micros=900_000).count() == 2


def test_what_cannot_be_stored_costs_the_others_nothing(claim: Claim, tmp_path: Path) -> None:
    """They are not even stored again."""

    def fail() -> None:
        raise FileNotFoundError("gone")

    def place(name: str) -> None:
        """Once: by the second time the storage is away."""
        (tmp_path / name).touch(exist_ok=False)

    placings: list[Callable[[], None]] = [partial(place, "1"), fail, partial(place, "3")]
    results = [landed(claim, number, store) for number, store in enumerate(placings, 1)]
    got = together(claim, lambda writes: [writes.land(result) for result in results])
    assert isinstance(got[1], FileNotFoundError)
    assert [take.component for take, _ in (got[0], got[2])] == ["scene/1", "scene/3"]
    selected = Asset.objects.filter(task_id=claim.task_id, component__startswith="scene/", selected=True)
    assert sorted(selected.values_list("storage_path", flat=True)) == ["s/1", "s/3"]
    assert Attempt.objects.get(id=results[1].attempt_id).status == AttemptStatus.OPEN


def test_a_result_is_landed_once_however_often_it_is_brought(claim: Claim) -> None:
    result = landed(claim, 1)
    (first,), (again,) = (together(claim, lambda writes: [writes.land(result)]) for _ in range(2))
    assert first == again
    assert Asset.objects.filter(task_id=claim.task_id, component="scene/1").count() == 1
    ready = Event.objects.filter(task_id=claim.task_id, payload__component="scene/1", payload__status="ready")
    assert ready.count() == 1


def test_one_that_is_closed_already_does_not_close_the_others(claim: Claim) -> None:
    closed, good = landed(claim, 1), landed(claim, 2)
    Attempt.objects.filter(id=closed.attempt_id).update(status=AttemptStatus.LOST)
    for got in (
        together(claim, lambda writes: [writes.send(closed.attempt_id), writes.send(good.attempt_id)]),
        together(claim, lambda writes: [writes.land(closed), writes.land(good)]),
    ):
        assert [isinstance(one, LeaseLost) for one in got] == [True, False]
    sent = Attempt.objects.filter(sent_at__isnull=False).values_list("id", flat=True)
    assert (closed.attempt_id in sent, good.attempt_id in sent) == (False, True)


def test_a_ticket_that_cannot_be_written_does_not_lose_the_others(claim: Claim) -> None:
    attempts = [landed(claim, number).attempt_id for number in (1, 2, 3)]
    tickets: list[Ticket] = [(each, {"request_id": f"r{place}"}) for place, each in enumerate(attempts)]
    tickets[1] = (attempts[1], {"request_id": "r\x00"})
    got = together(claim, lambda writes: [writes.remember(*ticket) for ticket in tickets])
    assert [isinstance(one, Exception) for one in got] == [False, True, False]
    assert [Attempt.objects.get(id=each).request_id for each in attempts] == ["r0", "", "r2"]


def test_where_each_is_written_alone_the_end_of_the_lease_takes_nothing_back(claim: Claim) -> None:
    """What was written before it is known to whoever asked."""
    written: list[str] = []

    def write(_run: Run, entries: Sequence[str]) -> list[str | Exception]:
        if len(entries) > 1:
            raise ValueError("not together")
        if written:
            raise LeaseLost("another worker's")
        written.extend(entries)
        return [*entries]

    def ask(writes: BatchedWriter) -> Sequence[Awaitable[Any]]:
        return [writes._notes.ask(Entry(write, name)) for name in ("a", "b")]

    first, second = together(claim, ask)
    assert (first, isinstance(second, LeaseLost)) == ("a", True)


def test_nothing_is_written_for_who_has_lost_the_lease(claim: Claim) -> None:
    leases.give_back(claim)
    assert leases.claim_run(worker="another", lease_s=60)
    got = together(claim, lambda writes: [writes.open(opening(number)) for number in (1, 2)])
    assert all(isinstance(one, LeaseLost) for one in got)
    assert not Attempt.objects.filter(status=AttemptStatus.OPEN).exists()
