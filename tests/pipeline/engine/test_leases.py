from __future__ import annotations

import asyncio
import time

import pytest

from pipeline.engine import attempt_rows, leases, run_state
from pipeline.engine.leases import Heart
from pipeline.engine.shift import Shift
from pipeline.models import Attempt, AttemptStatus, Run, RunStatus, Task
from pipeline.planning.graph import Component
from pipeline.planning.kinds import Kind
from pipeline.services import films
from pixora.foundation.errors import LeaseLost
from tests.pipeline.attempts import open_attempt, remember
from tests.pipeline.doubles import Studio

STILL = Component("scene/1", Kind.STILL, {})


@pytest.fixture
def run(task: Task) -> Run:
    return films.write_script(task=task)


def claim(lease_s: float = 30.0, worker: str = "a") -> leases.Claim | None:
    return leases.claim_run(worker=worker, lease_s=lease_s)


def test_a_run_is_claimed_once(run: Run) -> None:
    assert claim() is not None
    assert claim(worker="b") is None


def test_a_lease_that_ran_out_is_claimed_again_under_a_higher_number(run: Run) -> None:
    first = claim(lease_s=0.01)
    time.sleep(0.05)
    second = claim(worker="b")
    assert first
    assert second
    assert second.lease > first.lease


def test_a_worker_that_slept_through_its_lease_can_neither_start_nor_write(run: Run) -> None:
    sleeper = claim(lease_s=0.01)
    assert sleeper
    attempt = open_attempt(sleeper, STILL, provider="x", model="m", seed=1, take=1)
    time.sleep(0.05)
    assert claim(worker="b")
    with pytest.raises(LeaseLost):
        open_attempt(sleeper, STILL, provider="x", model="m", seed=1, take=1)
    with pytest.raises(LeaseLost):
        remember(sleeper, attempt.id, {"request_id": "r"})
    with pytest.raises(LeaseLost), leases.under(sleeper):
        pass


def test_an_attempt_left_open_is_lost_when_the_run_is_taken_up_again(run: Run) -> None:
    first = claim(lease_s=0.01)
    assert first
    open_attempt(first, STILL, provider="x", model="m", seed=1, take=1)
    time.sleep(0.05)
    second = claim(worker="b")
    assert second
    run_state.load(second)
    assert Attempt.objects.get().status == AttemptStatus.LOST
    again = open_attempt(second, STILL, provider="x", model="m", seed=1, take=1)
    assert (again.number, again.crashes, again.failures) == (2, 1, 0)


def test_an_attempt_with_a_ticket_is_taken_up_not_made_again(run: Run) -> None:
    first = claim(lease_s=0.01)
    assert first
    attempt = open_attempt(first, STILL, provider="x", model="m", seed=1, take=1)
    remember(first, attempt.id, {"request_id": "job-7"})
    time.sleep(0.05)
    second = claim(worker="b")
    assert second
    run_state.load(second)
    again = open_attempt(second, STILL, provider="x", model="m", seed=1, take=1)
    assert (again.id, again.ticket) == (attempt.id, {"request_id": "job-7"})


def test_a_run_given_back_is_claimable_at_once(run: Run) -> None:
    held = claim()
    assert held
    leases.give_back(held)
    assert claim(worker="b")


def test_a_tasks_runs_go_one_after_the_other(task: Task, run: Run) -> None:
    later = films.start_run(task=task)
    first = claim()
    assert first
    assert first.run_id == run.id
    assert claim(worker="b") is None
    Run.objects.filter(id=run.id).update(status=RunStatus.SUCCEEDED)
    second = claim(worker="b")
    assert second
    assert second.run_id == later.id


def test_the_heart_keeps_a_lease_and_notices_its_loss(run: Run) -> None:
    held = claim(lease_s=0.6)
    assert held
    lost: list[str] = []
    heart = Heart(lease_s=0.6, on_lost=lambda gone: lost.append(gone.run_id))
    heart.hold(held)
    heart.start()
    try:
        time.sleep(1.2)
        assert claim(worker="b") is None
        Run.objects.filter(id=run.id).update(lease=held.lease + 1)
        deadline = time.monotonic() + 5
        while not lost and time.monotonic() < deadline:
            time.sleep(0.05)
    finally:
        heart.stop()
    assert lost == [run.id]


def test_two_workers_given_the_same_run_do_it_once(run: Run, studio: Studio) -> None:
    studio.delay_s = 0.5

    async def both() -> None:
        await asyncio.gather(Shift(only=run.id).work(), Shift(only=run.id).work())

    asyncio.run(both())
    run.refresh_from_db()
    assert (run.status, run.lease) == (RunStatus.SUCCEEDED, 1)
    assert studio.calls == {"script": 1}


def test_a_shift_that_is_told_to_stop_gives_its_runs_back(scripted: Task, studio: Studio) -> None:
    run = films.start_run(task=scripted)
    studio.delay_s = 20

    async def stopped_after_a_moment() -> None:
        shift = Shift(only=run.id)
        asyncio.get_running_loop().call_later(1.0, lambda: shift.stop(grace_s=0.2))
        await asyncio.wait_for(shift.work(), 10)

    asyncio.run(stopped_after_a_moment())
    run.refresh_from_db()
    assert run.status == RunStatus.RUNNING
    assert not Attempt.objects.filter(status=AttemptStatus.OPEN).exists()
    assert claim(worker="b") is not None


def test_a_job_with_a_ticket_outlives_the_worker_that_was_stopped(run: Run) -> None:
    held = claim()
    assert held
    attempt = open_attempt(held, STILL, provider="x", model="m", seed=1, take=1)
    remember(held, attempt.id, {"request_id": "job-7"})
    attempt_rows.lose_attempt(held, attempt.id)
    assert Attempt.objects.get().status == AttemptStatus.OPEN


def test_stopping_a_step_says_nothing_against_it(run: Run) -> None:
    held = claim()
    assert held
    for _ in range(3):
        attempt = open_attempt(held, STILL, provider="x", model="m", seed=1, take=1)
        attempt_rows.lose_attempt(held, attempt.id)
    assert open_attempt(held, STILL, provider="x", model="m", seed=1, take=1).crashes == 0


def test_a_run_cancelled_while_nobody_had_it_starts_nothing(scripted: Task, studio: Studio) -> None:
    run = films.start_run(task=scripted)
    assert leases.claim_run(worker="dead", lease_s=0.01)
    films.cancel(task=scripted)
    before = dict(studio.calls)
    asyncio.run(Shift(only=run.id).work())
    run.refresh_from_db()
    assert run.status == RunStatus.CANCELLED
    assert studio.calls == before
