from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PIL import Image
from pytest_django import Settings

from media_assets.reference import take_in
from pipeline import services
from pipeline.models import Attempt, Judgement, Step, Task
from pipeline.options import TaskSettings
from pipeline.providers.base import Capability, Verdict
from pipeline.providers.openai.moderation import OpenAIModeration
from pipeline.providers.registry import serving
from pixora.accounts.models import User
from pixora.errors import ProviderError
from tests.emulators.openai.moderation import FLAGGED_PIXEL
from tests.emulators.server import Emulators
from tests.pipeline.doubles import Studio, doubles
from tests.pipeline.engine.conftest import Drive
from tests.pipeline.scripts import scene, script

TINY = TaskSettings(duration=5, resolution="72p")


@pytest.fixture
def openai(emulators: Emulators, settings: Settings) -> Emulators:
    """OpenAI moderates; the generators are doubles that say they are remote."""
    environment = emulators.environment
    settings.PIXORA_KEYS = {**settings.PIXORA_KEYS, "openai": environment["OPENAI_API_KEY"]}
    settings.PIXORA_BASE_URLS = {**settings.PIXORA_BASE_URLS, "openai": environment["OPENAI_BASE_URL"]}
    return emulators


@pytest.fixture
def remote(studio: Studio, openai: Emulators) -> Iterator[Studio]:
    mia = {"name": "Mia", "image_prompt": "a girl"}
    studio.script = script([scene(1, characters=["Mia"])], character_profiles=[mia])
    makers = doubles(studio)
    for double in makers.values():
        double.local = False
    with serving({**makers, Capability.MODERATION: OpenAIModeration()}):
        yield studio


def film(alice: User, prompt: str = "The sea", picture: tuple[int, int, int] | None = None, *, at: Path) -> Task:
    if picture is None:
        return services.create_task(user=alice, prompt=prompt, settings=TINY)
    Image.new("RGB", (96, 96), picture).save(at / "photo.png")
    return services.create_task(user=alice, prompt=prompt, settings=TINY, reference=take_in(at / "photo.png", at))


def judged(openai: Emulators) -> list[int]:
    """Of each request, how much was judged with it."""
    return [bill["what"]["judged"] for bill in openai.bills("openai") if bill["operation"] == "moderations"]


def test_each_text_and_picture_is_judged_once(
    alice: User, remote: Studio, openai: Emulators, drive: Drive, tmp_path: Path
) -> None:
    task = film(alice, picture=(10, 200, 30), at=tmp_path)
    drive(services.write_script(task=task))
    assert judged(openai) == [1, 1]
    assert drive(services.start_run(task=task)).status == "succeeded"
    before = judged(openai)
    assert sum(before) == Judgement.objects.count()
    drive(services.start_run(task=task, approved=[], forced={"scene/1": "", "audio/1": ""}))
    assert judged(openai) == before


def test_what_is_asked_together_is_judged_in_one_request(
    alice: User, remote: Studio, openai: Emulators, drive: Drive, tmp_path: Path
) -> None:
    remote.script = script(6)
    task = film(alice, at=tmp_path)
    drive(services.write_script(task=task))
    assert drive(services.start_run(task=task)).status == "succeeded"
    assert sum(judged(openai)) == Judgement.objects.count() > 2 * len(judged(openai))


def test_words_that_are_not_understood_hold_up_no_others(
    alice: User, remote: Studio, openai: Emulators, drive: Drive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    understood = OpenAIModeration.judge_texts

    async def judge_texts(self: OpenAIModeration, texts: Sequence[str]) -> Sequence[Verdict]:
        if any("gibberish" in text for text in texts):
            raise ProviderError("OpenAI did not understand the request.")
        return await understood(self, texts)

    monkeypatch.setattr(OpenAIModeration, "judge_texts", judge_texts)
    remote.script = script([scene(1, image_prompt="gibberish"), *(scene(number) for number in range(2, 7))])
    task = film(alice, at=tmp_path)
    drive(services.write_script(task=task))
    run = drive(services.start_run(task=task))
    assert [step.component for step in run.steps.filter(status="failed")] == ["scene/1"]


def test_a_refused_picture_stops_before_anything_is_paid_for(
    alice: User, remote: Studio, drive: Drive, tmp_path: Path
) -> None:
    task = film(alice, picture=FLAGGED_PIXEL, at=tmp_path)
    run = drive(services.write_script(task=task))
    step = Step.objects.get(run=run, component="script")
    assert (run.status, step.error_code) == ("failed", "refused_picture")
    assert "use another picture" in step.error_message
    assert not remote.calls
    assert Attempt.objects.filter(step=step).count() == 1


def test_a_refused_prompt_offers_a_softer_one(
    alice: User, remote: Studio, drive: Drive, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    task = film(alice, "A massacre at sea", at=tmp_path)
    run = drive(services.write_script(task=task))
    failed = task.events.get(type="component_updated", payload__status="failed")
    assert run.status == "failed"
    assert failed.payload["code"] == "refused_prompt"
    assert failed.payload["details"]["softened_prompt"].startswith("A battle at sea.")
    assert "battle" not in caplog.text
    assert "refused_prompt" in caplog.text
    assert not remote.calls


def test_words_that_were_edited_in_are_judged_too(alice: User, remote: Studio, drive: Drive, tmp_path: Path) -> None:
    remote.script = script([scene(1, video_prompt="gore everywhere")])
    task = film(alice, at=tmp_path)
    drive(services.write_script(task=task))
    run = drive(services.start_run(task=task))
    steps = {step.component: step for step in Step.objects.filter(run=run)}
    assert steps["video/1"].error_code == "refused_prompt"
    assert steps["scene/1"].status == "succeeded"


def test_a_moderator_that_fails_for_a_moment_is_asked_again(
    alice: User, remote: Studio, openai: Emulators, drive: Drive, tmp_path: Path
) -> None:
    openai.fail("openai", "server_error")
    assert drive(services.write_script(task=film(alice, at=tmp_path))).status == "succeeded"


def test_what_stays_on_this_machine_is_not_judged(
    alice: User, studio: Studio, openai: Emulators, drive: Drive, tmp_path: Path
) -> None:
    task = film(alice, picture=FLAGGED_PIXEL, at=tmp_path)
    assert drive(services.write_script(task=task)).status == "succeeded"
    assert judged(openai) == []
