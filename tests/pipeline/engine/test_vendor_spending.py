from __future__ import annotations

from itertools import pairwise

import pytest
from pytest_django import Settings

from pipeline.engine import attempt_rows, leases
from pipeline.engine.leases import Claim
from pipeline.models import Attempt, AttemptStatus, Run, Step, Task
from pipeline.planning.graph import Component
from pipeline.planning.kinds import Kind
from pipeline.providers.base import Capability
from pipeline.providers.registry import model_of, serving
from pipeline.services import films
from pipeline.vendor_limits import account_limits
from pixora.accounts.models import User
from pixora.foundation.errors import AccountFull, ProviderError, SpendCap
from tests.pipeline.attempts import open_attempt, remember
from tests.pipeline.doubles import Studio, doubles
from tests.pipeline.engine.conftest import Drive
from tests.pipeline.scripts import TINY

CLIP = {"prompt": "it moves", "duration": 10, "size": [1280, 720]}
PRICE = 840_000
"""Of such a clip, in micros."""


@pytest.fixture(autouse=True)
def nobody_in_line(settings: Settings) -> None:
    settings.PIXORA_IN_LINE = dict.fromkeys(settings.PIXORA_IN_LINE, 0)


@pytest.fixture
def claim(scripted: Task) -> Claim:
    return claimed(scripted)


def claimed(task: Task) -> Claim:
    run = films.start_run(task=task)
    found = leases.claim_run(worker="test", lease_s=60, only=run.id)
    assert found
    return found


def open_clip(claim: Claim, number: int, vendor: str = "fal") -> Attempt:
    clip = Component(f"video/{number}", Kind.CLIP, CLIP)
    opened = open_attempt(
        claim,
        clip,
        provider=vendor,
        model="kling-3-standard",
        seed=1,
        take=1,
        terms=account_limits.terms_of(clip, vendor, model_of(clip, vendor)),
    )
    return Attempt.objects.get(id=opened.id)


def test_an_account_has_so_many_open_attempts_over_all_runs(claim: Claim, alice: User) -> None:
    open_clip(claim, 1)
    other = claimed_of_another_film(alice)
    second = open_clip(other, 1)
    for one in (claim, other):
        with pytest.raises(AccountFull):
            open_clip(one, 2)
    Attempt.objects.filter(id=second.id).update(status=AttemptStatus.SUCCEEDED)
    open_clip(claim, 2)


def test_a_queue_takes_more_than_its_account_works_on(claim: Claim, settings: Settings) -> None:
    settings.PIXORA_AT_ONCE, settings.PIXORA_IN_LINE = {"fal": 1}, {"fal": 2}
    for number in (1, 2, 3):
        open_clip(claim, number)
    with pytest.raises(AccountFull):
        open_clip(claim, 4)


def claimed_of_another_film(alice: User) -> Claim:
    return claimed(films.order_film(user=alice, prompt="Another film", settings=TINY, writes=False))


def test_an_attempt_that_is_taken_up_again_needs_no_new_place(claim: Claim, settings: Settings) -> None:
    settings.PIXORA_AT_ONCE = {"fal": 1}
    first = open_clip(claim, 1)
    remember(claim, first.id, {"request_id": "r1"})
    assert open_clip(claim, 1).id == first.id


def test_an_attempt_of_a_run_that_is_over_takes_no_place(claim: Claim, alice: User, settings: Settings) -> None:
    settings.PIXORA_AT_ONCE = {"fal": 1}
    open_clip(claim, 1)
    Run.objects.filter(id=claim.run_id).update(status="cancelled")
    open_clip(claimed_of_another_film(alice), 1)


def test_what_is_made_here_has_no_limit(claim: Claim) -> None:
    for number in range(5):
        assert open_clip(claim, number, vendor="").cost_micros == 0


def test_what_an_attempt_will_cost_is_on_its_row_from_the_start(claim: Claim) -> None:
    assert open_clip(claim, 1).cost_micros == PRICE


@pytest.mark.parametrize("name", ["PIXORA_TASK_SPEND_CAP_USD", "PIXORA_DAY_SPEND_CAP_USD"])
def test_nothing_is_bought_above_the_cap(
    claim: Claim, settings: Settings, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    setattr(settings, name, 2)
    settings.PIXORA_AT_ONCE = {"fal": 9}
    open_clip(claim, 1)
    second = open_clip(claim, 2)
    with pytest.raises(SpendCap, match="Whoever runs Pixora can raise it"):
        open_clip(claim, 3)
    assert "spending cap" in caplog.text
    Attempt.objects.filter(id=second.id).update(status=AttemptStatus.FAILED)
    open_clip(claim, 3)


def test_what_failed_cost_nothing_unless_its_answer_was_lost(claim: Claim) -> None:
    for number, unknown in enumerate((False, True)):
        attempt = open_clip(claim, number)
        attempt_rows.fail_attempt(claim, attempt.id, ProviderError("It failed.", unknown=unknown))
        attempt.refresh_from_db()
        assert attempt.cost_micros == PRICE * unknown


def test_what_may_have_been_bought_counts(claim: Claim, settings: Settings) -> None:
    settings.PIXORA_TASK_SPEND_CAP_USD = 1
    Attempt.objects.filter(id=open_clip(claim, 1).id).update(status=AttemptStatus.UNKNOWN)
    with pytest.raises(SpendCap):
        open_clip(claim, 2)


def test_another_films_money_is_its_own(claim: Claim, alice: User, settings: Settings) -> None:
    settings.PIXORA_TASK_SPEND_CAP_USD = 1
    open_clip(claim, 1)
    open_clip(claimed_of_another_film(alice), 1)


def test_a_step_above_the_cap_fails_with_its_sentence_and_the_rest_is_made(
    scripted: Task, studio: Studio, drive: Drive, settings: Settings
) -> None:
    settings.PIXORA_TASK_SPEND_CAP_USD = 0
    remote = doubles(studio)[Capability.MOTION]
    remote.local, remote.name = False, "fal"
    with serving({Capability.MOTION: remote}):
        run = drive(films.start_run(task=scripted))
    steps = {step.component: step for step in Step.objects.filter(run=run)}
    assert (run.status, steps["video/1"].error_code) == ("failed", "spend_cap")
    assert steps["audio/1"].status == "succeeded"
    assert not any(label.startswith("motion") for label in studio.calls)


def test_a_full_account_is_waited_for(scripted: Task, studio: Studio, drive: Drive, settings: Settings) -> None:
    settings.PIXORA_AT_ONCE = {"fal": 1}
    studio.delay_s = 0.05
    remote = doubles(studio)[Capability.MOTION]
    remote.local, remote.name = False, "fal"
    clips = [f"{kind}/{number}" for kind in ("scene", "video") for number in (1, 2, 3)]
    with serving({Capability.MOTION: remote}):
        drive(films.start_run(task=scripted, approved=clips))
    kept = Attempt.objects.filter(provider="fal").order_by("started_at")
    assert [attempt.model for attempt in kept] == ["kling-3-standard"] * 3
    assert all(before.ended_at and before.ended_at <= after.started_at for before, after in pairwise(kept))


def test_an_own_server_is_limited_although_nothing_is_paid(
    scripted: Task, studio: Studio, drive: Drive, settings: Settings
) -> None:
    settings.PIXORA_AT_ONCE = {"compatible": 1}
    settings.PIXORA_TASK_SPEND_CAP_USD = settings.PIXORA_DAY_SPEND_CAP_USD = 0
    studio.delay_s = 0.05
    own = doubles(studio)[Capability.IMAGE]
    own.name = "compatible"
    with serving({Capability.IMAGE: own}):
        drive(films.start_run(task=scripted, approved=[f"scene/{number}" for number in (1, 2, 3)]))
    kept = Attempt.objects.filter(provider="compatible").order_by("started_at")
    assert [(each.model, each.cost_micros, each.local) for each in kept] == [("own-image-model", 0, True)] * 3
    assert all(before.ended_at and before.ended_at <= after.started_at for before, after in pairwise(kept))
