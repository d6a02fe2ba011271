"""What a vendor will never do fails at once, with its code; what it could not do now is tried again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django import Settings

from pipeline.models import Attempt, AttemptStatus, Run, RunStatus, Task
from pipeline.providers.base import Capability
from pipeline.providers.fal.voice import FalVoice
from pipeline.providers.openai.image import OpenAIImage
from pipeline.providers.registry import serving
from pipeline.services import films
from tests.emulators.server import Emulators
from tests.pipeline.engine.conftest import Drive
from tests.pipeline.providers.vendors import use


@pytest.fixture
def vendors(scripted: Task, emulators: Emulators, settings: Settings) -> Iterator[Emulators]:
    """OpenAI alone draws and fal speaks."""
    use(settings, emulators)
    settings.PIXORA_PROVIDERS = {**settings.PIXORA_PROVIDERS, "image": "openai"}
    with serving({Capability.IMAGE: OpenAIImage(), Capability.VOICE: FalVoice()}):
        yield emulators


def attempts(run: Run) -> list[tuple[str, str]]:
    tries = Attempt.objects.filter(step__run=run).order_by("number")
    return list(tries.values_list("status", "error_code"))


@pytest.mark.parametrize(
    ("vendor", "piece", "fault", "code"),
    [
        ("openai", "scene/1", {"kind": "refused", "operation": "images.generate"}, "refused_prompt"),
        ("openai", "scene/1", {"kind": "poisoned", "status": 401}, "provider_unavailable"),
        ("openai", "scene/1", {"kind": "poisoned", "status": 422}, "provider_unavailable"),
        ("openai", "scene/1", {"kind": "no_quota"}, "provider_unavailable"),
        ("fal", "audio/1", {"kind": "refused", "operation": "job"}, "refused_prompt"),
        ("fal", "audio/1", {"kind": "poisoned", "status": 401}, "provider_unavailable"),
        ("fal", "audio/1", {"kind": "poisoned", "status": 422}, "provider_unavailable"),
    ],
)
def test_what_will_never_succeed_fails_at_once_with_its_code(
    scripted: Task, vendors: Emulators, drive: Drive, vendor: str, piece: str, fault: dict[str, Any], code: str
) -> None:
    vendors.turn(vendor, faults=[{"times": None, "words": "no", **fault}])
    run = drive(films.start_run(task=scripted, approved=[piece]))
    assert run.status == RunStatus.FAILED
    assert attempts(run) == [(AttemptStatus.FAILED, code)]


@pytest.mark.parametrize(("vendor", "piece"), [("openai", "scene/1"), ("fal", "audio/1")])
def test_what_cannot_be_done_now_is_tried_again(
    scripted: Task, vendors: Emulators, drive: Drive, vendor: str, piece: str
) -> None:
    operation = "images.generate" if vendor == "openai" else "submit"
    vendors.fail(vendor, "server_error", status=503, operation=operation)
    run = drive(films.start_run(task=scripted, approved=[piece]))
    assert run.status == RunStatus.SUCCEEDED
    assert attempts(run)[0] == (AttemptStatus.FAILED, "provider_unavailable")
    assert (AttemptStatus.SUCCEEDED, "") in attempts(run)
