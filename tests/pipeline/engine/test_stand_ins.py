"""Somebody else when one cannot: who stands in for whom, never dearer than was agreed to, and said to everybody."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.engine import makers
from pipeline.engine.retry import QUEUE
from pipeline.models import Attempt, AttemptStatus, Run, RunStatus, Task
from pipeline.queries import credit_audit, origins
from pipeline.services import films, quotes, takes
from pipeline.vendor_limits import outages
from tests.emulators.server import Emulators
from tests.pipeline.engine.conftest import Drive
from tests.pipeline.engine.test_tiers import in_tier, vendors

__all__ = ["vendors"]

CLIP, STILL = "video/1", "scene/1"


def tries(run: Run, piece: str = CLIP) -> list[tuple[str, str, str]]:
    found = Attempt.objects.filter(step__run=run, step__component=piece).order_by("number")
    return list(found.values_list("model", "status", "trouble"))


def buy(task: Task, *pieces: str, tier: str = "", models: dict[str, str] | None = None) -> Run:
    asked = dict.fromkeys(pieces, "")
    quote = quotes.quote(task=task, approved=[*pieces], forced=asked, tier=tier, models=models)
    return quotes.use(task=task, quote_id=quote.id)


@pytest.fixture
def pictured(scripted: Task, vendors: Emulators, drive: Drive) -> Task:
    drive(films.start_run(task=scripted, approved=[STILL]))
    return scripted


def test_what_one_refuses_another_makes_for_the_same_price(pictured: Task, vendors: Emulators, drive: Drive) -> None:
    vendors.turn("fal", faults=[{"kind": "refused", "operation": "job", "model": "kling", "times": None}])
    run = drive(buy(pictured, CLIP))
    assert run.status == RunStatus.SUCCEEDED
    assert tries(run) == [("kling-3-standard", "failed", "refused"), ("minimax-h3-max", "succeeded", "")]
    assert [bill["model"] for bill in vendors.bills("fal")] == ["minimax/h3-max/image-to-video"]
    take = takes.takes_of(task=pictured, component=CLIP)[-1]
    origin = origins.origins_of(pictured, [take])[take.id]
    assert (origin.model, origin.stands_in_for) == ("minimax-h3-max", "kling-3-standard")
    assert origin.story == "Made by minimax-h3-max, because kling-3-standard refused it."
    assert not list(credit_audit.findings())


def test_a_still_that_one_vendor_refuses_is_drawn_by_another(scripted: Task, vendors: Emulators, drive: Drive) -> None:
    vendors.turn("openai", faults=[{"kind": "refused", "operation": "images.generate", "times": None}])
    run = drive(buy(scripted, STILL))
    assert tries(run, STILL) == [
        ("gpt-image-2.6-flare", "failed", "refused"),
        ("nano-banana-2.1", "succeeded", ""),
    ]
    assert [bill["model"] for bill in vendors.bills("fal")] == ["google/nano-banana-2.1"]
    assert run.charged == 4
    assert not list(credit_audit.findings())


def test_what_is_not_offered_any_more_is_made_by_the_next(scripted: Task, vendors: Emulators, drive: Drive) -> None:
    vendors.turn("openai", options={"gone": ["gpt-image-2.6-flare"]})
    run = drive(buy(scripted, STILL))
    assert tries(run, STILL) == [
        ("gpt-image-2.6-flare", "failed", "gone"),
        ("gpt-image-2.6-sunburst", "succeeded", ""),
    ]


def test_a_model_that_fails_everybody_is_left_alone_for_a_while(
    pictured: Task, vendors: Emulators, drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(makers, "QUEUE", replace(QUEUE, longest_delay_s=0.05))  # as many tries, without the waiting
    monkeypatch.setattr(outages, "FRESH_S", 0.0)
    vendors.turn("fal", faults=[{"kind": "server_error", "operation": "submit", "model": "v3/standard", "times": None}])
    run = drive(buy(pictured, CLIP))
    assert run.status == RunStatus.SUCCEEDED
    assert tries(run) == [*[("kling-3-standard", "failed", "down")] * 5, ("minimax-h3-max", "succeeded", "")]
    again = drive(buy(pictured, CLIP))  # nobody asks it meanwhile
    assert tries(again) == [("minimax-h3-max", "succeeded", "")]
    made = Attempt.objects.get(step__run=again, status=AttemptStatus.SUCCEEDED)
    assert (made.stands_in_for, made.because) == ("kling-3-standard", "down")


def test_a_dearer_one_is_asked_about_and_made_after_a_yes(pictured: Task, vendors: Emulators, drive: Drive) -> None:
    vendors.turn("fal", options={"gone": ["minimax/h3-max/image-to-video"]})
    run = drive(buy(pictured, CLIP, tier="draft"))
    step = run.steps.get(component=CLIP)
    assert (run.status, step.error_code, step.charged) == (RunStatus.FAILED, "dearer_model", 0)
    assert step.error_message == (
        "minimax-h3-max-480p is not offered any more. kling-1.6-standard can make this piece for 10 credits instead of"
        " 5: say yes to that price, or change the piece."
    )
    agreed = quotes.quote(task=pictured, approved=[CLIP], models=step.error_details["models"])
    assert agreed.credits == step.error_details["credits"] == 10
    after = drive(quotes.use(task=pictured, quote_id=agreed.id))
    assert tries(after) == [("kling-1.6-standard", "succeeded", "")]
    assert after.charged == 10
    assert not list(credit_audit.findings())


def test_what_a_cheaper_one_makes_is_charged_as_its_own(pictured: Task, vendors: Emulators, drive: Drive) -> None:
    in_tier(pictured, "best")
    vendors.turn(
        "fal",
        options={"gone": ["fal-ai/kling-video/v3/pro/image-to-video", "bytedance/seedance-2.0/fast/image-to-video"]},
    )
    run = buy(pictured, CLIP)
    quoted = run.quote.credits
    drive(run)
    assert tries(run)[-1] == ("kling-3-standard", "succeeded", "")
    assert (quoted, run.charged) == (25, 10)
    assert not list(credit_audit.findings())


def test_a_lost_answer_is_never_followed_by_another_model(pictured: Task, vendors: Emulators, drive: Drive) -> None:
    vendors.turn("fal", faults=[{"kind": "dropped", "operation": "submit", "times": None}])
    run = drive(buy(pictured, CLIP))
    assert run.status == RunStatus.FAILED
    assert {(model, status) for model, status, _ in tries(run)} == {("kling-3-standard", "unknown")}
