"""What vendors deliver is looked at before it is charged: a fault is made again once, at our cost, and then told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django import Settings

from media_assets.models import Asset
from pipeline.engine import leases
from pipeline.engine.landing import Landing
from pipeline.models import Attempt, AttemptStatus, Run, RunStatus, Step, Task
from pipeline.planning.graph import Component
from pipeline.planning.kinds import Kind
from pipeline.planning.referee import Fault
from pipeline.providers.base import Capability
from pipeline.providers.fal.motion import FalMotion
from pipeline.providers.fal.voice import FalVoice
from pipeline.providers.openai.image import OpenAIImage
from pipeline.providers.registry import serving
from pipeline.queries import credit_audit
from pipeline.queries.origins import origins_of
from pipeline.services import films
from tests.emulators.server import Emulators
from tests.pipeline.attempts import land, open_attempt
from tests.pipeline.engine.conftest import Drive
from tests.pipeline.providers.vendors import use

PIECES = ["scene/1", "video/1", "audio/1"]


@pytest.fixture
def vendors(scripted: Task, emulators: Emulators, settings: Settings) -> Iterator[Emulators]:
    use(settings, emulators)
    made = {Capability.IMAGE: OpenAIImage(), Capability.VOICE: FalVoice(), Capability.MOTION: FalMotion()}
    with serving(made):
        yield emulators


def turn(vendors: Emulators, defect: str, *, times: int, operation: str = "motion", vendor: str = "fal") -> None:
    vendors.turn(vendor, faults=[{"kind": "faulty", "operation": operation, "words": defect, "times": times}])


def tries(run: Run, component: str) -> list[tuple[str, str]]:
    found = Attempt.objects.filter(step__run=run, step__component=component).order_by("number")
    return list(found.values_list("status", "error_code"))


def takes(film: Task, component: str) -> list[tuple[int, bool, list[str]]]:
    """Number, whether it is selected, and its faults."""
    found = Asset.objects.filter(task=film, component=component).order_by("take")
    return [(one.take, one.selected, [fault["code"] for fault in one.metadata.get("faults", [])]) for one in found]


def order(film: Task) -> Run:
    return films.start_run(task=film, approved=PIECES)


def charged(run: Run, component: str) -> tuple[int, int]:
    step = Step.objects.get(run=run, component=component)
    return step.charged, step.credits


@pytest.mark.parametrize(
    ("vendor", "operation", "piece", "defect"),
    [
        ("fal", "motion", "video/1", "frozen"),
        ("fal", "motion", "video/1", "other_beginning"),
        ("fal", "voice", "audio/1", "silent"),
        ("openai", "images.generate", "scene/1", "barred"),
    ],
)
def test_a_fault_is_made_again_once_and_nobody_pays_twice(
    scripted: Task, vendors: Emulators, drive: Drive, vendor: str, operation: str, piece: str, defect: str
) -> None:
    turn(vendors, defect, times=1, operation=operation, vendor=vendor)
    run = drive(order(scripted))
    assert run.status == RunStatus.SUCCEEDED
    assert tries(run, piece) == [(AttemptStatus.FAULTY, defect), (AttemptStatus.SUCCEEDED, "")]
    assert takes(scripted, piece) == [(1, False, [defect]), (2, True, [])]
    paid, price = charged(run, piece)
    assert paid == price
    bills = [*vendors.bills("fal"), *vendors.bills("openai")]
    assert bought(run) == sum(bill["operation"] == "submit" or "images" in bill["operation"] for bill in bills)
    assert not list(credit_audit.findings())


def bought(run: Run) -> int:
    """Count the tries that are booked as paid for."""
    return Attempt.objects.filter(step__run=run, local=False, cost_micros__gt=0).count()


def test_what_is_faulty_twice_is_kept_told_and_not_charged(scripted: Task, vendors: Emulators, drive: Drive) -> None:
    turn(vendors, "strobing", times=5)
    run = drive(order(scripted))
    assert run.status == RunStatus.SUCCEEDED
    assert tries(run, "video/1") == [(AttemptStatus.FAULTY, "strobing"), (AttemptStatus.SUCCEEDED, "strobing")]
    assert takes(scripted, "video/1") == [(1, False, ["strobing"]), (2, True, ["strobing"])]
    assert charged(run, "video/1")[0] == 0
    assert not list(credit_audit.findings())
    made = origins_of(scripted, scripted.assets.filter(component="video/1"))
    assert [origin.provider for origin in made.values()] == ["fal", "fal"]


def test_where_nothing_better_comes_the_first_one_is_taken(
    scripted: Task, vendors: Emulators, drive: Drive, settings: Settings
) -> None:
    refused: dict[str, Any] = {"kind": "refused", "operation": "motion", "times": None}
    faulty = {"kind": "faulty", "operation": "motion", "words": "black", "times": 1}
    vendors.turn("fal", faults=[faulty, refused])
    run = drive(order(scripted))
    assert run.status == RunStatus.SUCCEEDED
    first, *others = [status for status, _ in tries(run, "video/1")]
    assert (first, set(others)) == (AttemptStatus.FAULTY, {AttemptStatus.FAILED})
    assert takes(scripted, "video/1") == [(1, True, ["black"])]
    assert charged(run, "video/1")[0] == 0


def test_a_worker_that_dies_between_both_tries_is_followed_by_one_more_alone(
    scripted: Task, vendors: Emulators, drive: Drive
) -> None:
    run = films.start_run(task=scripted, approved=["audio/1"])
    turn(vendors, "silent", times=1, operation="voice")
    _set_aside_and_die(run)
    run = drive(run)
    assert run.status == RunStatus.SUCCEEDED
    assert tries(run, "audio/1") == [(AttemptStatus.FAULTY, "silent"), (AttemptStatus.SUCCEEDED, "silent")]
    assert [number for number, selected, _ in takes(scripted, "audio/1") if selected] == [2]
    assert len(vendors.bills("fal")) == 1


def _set_aside_and_die(run: Run) -> None:
    """Write what a worker wrote whose process was killed before the next try."""
    dead = leases.claim_run(worker="dead", lease_s=0.0, only=run.id)
    assert dead
    voice = Component("audio/1", Kind.VOICE, {})
    attempt = open_attempt(dead, voice, provider="fal", model="m", seed=1, take=1, local=False)
    fault = Fault("silent", "Nothing is to be heard.")
    facts = {"faults": [fault.told()], "attempt": attempt.id, "duration_ms": 1_000}
    made = Landing(
        attempt.id, voice, "f", 1, "hash", "x/audio.mp3", facts, chosen=False, faults=[fault], set_aside=True
    )
    land(dead, made)
