from __future__ import annotations

from datetime import UTC, datetime, timedelta

from pipeline.admin.run_timeline import Doing, picture
from pipeline.models import Attempt, AttemptStatus, Run, RunStatus, Step, StepStatus

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return BEGAN + timedelta(seconds=seconds)


def run(ended: float | None = 10) -> Run:
    status = RunStatus.RUNNING if ended is None else RunStatus.SUCCEEDED
    return Run(id="run_1", status=status, created_at=BEGAN, ended_at=None if ended is None else at(ended))


def step(
    number: int, status: StepStatus = StepStatus.SUCCEEDED, *, queued: float = 0, ended: float | None = 10
) -> Step:
    return Step(
        id=number,
        component=f"scene/{number}",
        status=status,
        queued_at=at(queued),
        ended_at=None if ended is None else at(ended),
    )


def attempt(
    number: int,
    began: float,
    ended: float | None,
    status: AttemptStatus = AttemptStatus.SUCCEEDED,
    provider: str = "fal",
) -> Attempt:
    return Attempt(
        step_id=1,
        number=number,
        status=status,
        provider=provider,
        started_at=at(began),
        ended_at=None if ended is None else at(ended),
    )


def bars(attempts: list[Attempt], of: Step, in_run: Run, now: float = 10) -> list[tuple[Doing, float]]:
    [row] = picture(in_run, [of], attempts, at(now)).rows
    return [(bar.doing, bar.seconds) for bar in row.bars]


def test_a_step_waits_in_the_queue_and_then_for_its_provider() -> None:
    assert bars([attempt(1, 4, 9)], step(1), run()) == [(Doing.QUEUED, 4), (Doing.WAITING, 5)]


def test_what_we_compute_ourselves_is_work() -> None:
    assert bars([attempt(1, 0, 9, provider="local")], step(1), run()) == [(Doing.WORKING, 9)]


def test_a_try_that_failed_is_followed_by_a_pause_and_the_next_try() -> None:
    tries = [attempt(1, 1, 3, AttemptStatus.FAILED), attempt(2, 5, 10)]
    assert bars(tries, step(1), run()) == [
        (Doing.QUEUED, 1),
        (Doing.RETRIED, 2),
        (Doing.PAUSING, 2),
        (Doing.WAITING, 5),
    ]


def test_what_is_at_work_lasts_until_now() -> None:
    running = step(1, StepStatus.RUNNING, ended=None)
    assert bars([attempt(1, 2, None, AttemptStatus.OPEN)], running, run(None), now=8) == [
        (Doing.QUEUED, 2),
        (Doing.WAITING, 6),
    ]
    assert bars([], step(1, StepStatus.QUEUED, ended=None), run(None), now=8) == [(Doing.QUEUED, 8)]


def test_a_run_that_ended_long_ago_has_no_bar_until_now() -> None:
    left_open = attempt(1, 2, None, AttemptStatus.LOST)
    assert bars([left_open], step(1), run(10), now=9_999) == [(Doing.QUEUED, 2), (Doing.RETRIED, 8)]


def test_bars_lie_within_the_picture() -> None:
    early = step(1, queued=-5)
    [row] = picture(run(), [early], [attempt(1, 5, 10)], at(10)).rows
    assert [(bar.left, bar.width) for bar in row.bars] == [("0.00%", "50.00%"), ("50.00%", "50.00%")]


def test_steps_stand_in_the_order_in_which_they_began_and_reused_ones_are_counted() -> None:
    steps = [step(1), step(2, StepStatus.BLOCKED), step(3, StepStatus.REUSED)]
    shown = picture(run(), steps, [attempt(1, 4, 9)], at(10))
    assert [row.step.id for row in shown.rows] == [1, 2]
    assert shown.reused == 1
    assert shown.ticks == [0, 2.5, 5, 7.5, 10]


def test_an_empty_run_is_an_empty_picture() -> None:
    assert picture(run(0), [], [], at(0)).rows == []
