"""A clip's prompt goes with what its still really shows: looked at once, paid for in the books, never in the way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from media_assets.models import Asset
from pipeline.models import AttemptStatus, ModelCall, RunStatus, SeenStill, Task
from pipeline.planning.film_plan import plan_of
from pipeline.planning.plan import Action
from pipeline.providers.base import Capability
from pipeline.providers.fal.motion import FalMotion
from pipeline.providers.registry import serving
from pipeline.services import films
from tests.emulators.server import Emulators
from tests.pipeline.engine.conftest import Drive
from tests.pipeline.providers.vendors import use


@pytest.fixture
def vendors(scripted: Task, emulators: Emulators, settings: Settings) -> Iterator[Emulators]:
    use(settings, emulators)
    with serving({Capability.MOTION: FalMotion()}):
        yield emulators


def prompts(vendors: Emulators) -> list[str]:
    return [bill["what"]["prompt"] for bill in vendors.bills("fal")]


def looks(vendors: Emulators) -> int:
    return sum(bill["operation"] == "responses" for bill in vendors.bills("openai"))


def test_a_clip_is_asked_for_with_what_its_still_shows(scripted: Task, vendors: Emulators, drive: Drive) -> None:
    assert drive(films.start_run(task=scripted)).status == RunStatus.SUCCEEDED
    seen = {take.component: take.metadata["seen"] for take in Asset.objects.filter(component__startswith="video/")}
    assert len(seen) == 3
    assert all("A picture of" in text for text in seen.values())
    assert all("The picture shows: A picture of" in prompt for prompt in prompts(vendors))
    calls = ModelCall.objects.filter(reason__startswith="still:")
    assert {call.status for call in calls} == {AttemptStatus.SUCCEEDED}
    billed = sum(bill["micros"] for bill in vendors.bills("openai") if bill["operation"] == "responses")
    assert sum(call.cost_micros for call in calls) == billed > 0
    assert {found.action for found in plan_of(scripted, approved=()).decisions.values()} == {Action.KEEP}

    looked = looks(vendors)
    drive(films.start_run(task=scripted, approved=[], forced={"video/2": "faster"}))
    assert looks(vendors) == looked == SeenStill.objects.count()
    assert prompts(vendors)[-1].startswith("Motion 2. The picture shows:")


@pytest.mark.parametrize(("kind", "tries"), [("server_error", 2), ("refused", 1)])
def test_no_clip_waits_for_a_look_that_fails(
    kind: str, tries: int, scripted: Task, vendors: Emulators, drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.engine.still_descriptions.PAUSE_S", 0.01)
    vendors.fail("openai", kind, operation="responses", times=99)
    run = drive(films.start_run(task=scripted, approved=["scene/1", "video/1"]))
    assert run.steps.get(component="video/1").status == "succeeded"
    assert prompts(vendors) == ["Motion 1"]
    calls = ModelCall.objects.filter(reason__startswith="still:")
    assert [call.status for call in calls] == [AttemptStatus.FAILED] * tries
    assert not SeenStill.objects.exists()
