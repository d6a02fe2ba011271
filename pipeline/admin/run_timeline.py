"""A run as a picture: each step a bar of what it spent its time on. Values in, values out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pipeline.models import Attempt, AttemptStatus, Run, Step, StepStatus

OURS = frozenset({"pixora", "local"})
"""Providers that are ourselves; time spent at any other is time spent waiting for it."""
TICKS = 5


class Doing(StrEnum):
    QUEUED = "queued"
    WAITING = "waiting"
    WORKING = "working"
    RETRIED = "retried"
    PAUSING = "pausing"


SAID = {
    Doing.QUEUED: "queued",
    Doing.WAITING: "waiting for the provider",
    Doing.WORKING: "working",
    Doing.RETRIED: "a try that failed",
    Doing.PAUSING: "pausing before the next try",
}


@dataclass(frozen=True)
class Bar:
    """`left` and `width` are percent of the picture, as CSS writes them."""

    doing: Doing
    seconds: float
    left: str
    width: str

    @property
    def said(self) -> str:
        return SAID[self.doing]


@dataclass(frozen=True)
class Row:
    step: Step
    bars: Sequence[Bar]
    queued_s: float
    working_s: float
    tries: int


@dataclass(frozen=True)
class Picture:
    rows: Sequence[Row]
    ticks: Sequence[float]
    """Seconds since the run was asked for."""
    reused: int


@dataclass(frozen=True)
class _Stretch:
    doing: Doing
    began: datetime
    ended: datetime

    @property
    def seconds(self) -> float:
        return max(0.0, (self.ended - self.began).total_seconds())


def picture(run: Run, steps: Iterable[Step], attempts: Iterable[Attempt], now: datetime) -> Picture:
    """Draw the steps that had something to do, in the order in which they began."""
    until = run.ended_at or now
    tries: dict[int, list[Attempt]] = {}
    for attempt in attempts:
        tries.setdefault(attempt.step_id, []).append(attempt)
    listed = list(steps)
    made = [step for step in listed if step.status != StepStatus.REUSED]
    stretches = {step.id: list(_stretches(step, tries.get(step.id, []), until)) for step in made}
    began = run.created_at
    ended = max([until, *(each.ended for found in stretches.values() for each in found)])
    length_s = max((ended - began).total_seconds(), 0.001)
    made.sort(key=lambda step: (_first_work(stretches[step.id], ended), step.id))
    return Picture(
        rows=[_row(step, stretches[step.id], len(tries.get(step.id, [])), began, length_s) for step in made],
        ticks=[length_s * number / (TICKS - 1) for number in range(TICKS)],
        reused=len(listed) - len(made),
    )


def _stretches(step: Step, attempts: list[Attempt], now: datetime) -> Iterator[_Stretch]:
    at, between = step.queued_at, Doing.QUEUED
    for attempt in sorted(attempts, key=lambda attempt: attempt.number):
        if attempt.started_at > at:
            yield _Stretch(between, at, attempt.started_at)
        at = attempt.ended_at or now
        yield _Stretch(_doing(attempt), attempt.started_at, at)
        between = Doing.PAUSING
    if step.ended_at is None and step.status in (StepStatus.QUEUED, StepStatus.RUNNING) and now > at:
        yield _Stretch(between, at, now)


def _doing(attempt: Attempt) -> Doing:
    if attempt.status in (AttemptStatus.FAILED, AttemptStatus.FAULTY, AttemptStatus.LOST, AttemptStatus.UNKNOWN):
        return Doing.RETRIED
    return Doing.WORKING if attempt.provider in OURS else Doing.WAITING


def _first_work(stretches: list[_Stretch], last: datetime) -> datetime:
    return next((each.began for each in stretches if each.doing is not Doing.QUEUED), last)


def _row(step: Step, stretches: list[_Stretch], tries: int, began: datetime, length_s: float) -> Row:
    queued_s = sum(each.seconds for each in stretches if each.doing in (Doing.QUEUED, Doing.PAUSING))
    return Row(
        step=step,
        bars=[_bar(each, began, length_s) for each in stretches],
        queued_s=queued_s,
        working_s=sum(each.seconds for each in stretches) - queued_s,
        tries=tries,
    )


def _bar(stretch: _Stretch, began: datetime, length_s: float) -> Bar:
    left = max(0.0, (stretch.began - began).total_seconds()) / length_s
    right = max(0.0, (stretch.ended - began).total_seconds()) / length_s
    return Bar(stretch.doing, stretch.seconds, f"{100 * left:.2f}%", f"{100 * max(0.0, right - left):.2f}%")
