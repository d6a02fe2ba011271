from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import Image
from pytest_django import Settings

from media_assets.reference_pictures import take_in
from pipeline.engine.moderation import REQUESTS_AT_ONCE, Moderation
from pipeline.film.settings import TaskSettings
from pipeline.models import Attempt, Judgement, Run, Step, Task
from pipeline.planning.kinds import Kind
from pipeline.providers.base import Capability, Verdict
from pipeline.providers.openai.moderation import OpenAIModeration
from pipeline.providers.registry import serving
from pipeline.providers.vendors import who_can
from pipeline.services import films, scripts, translations
from pixora.accounts.models import User
from pixora.foundation.async_database import Database
from pixora.foundation.errors import ProviderError
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
    for capability, double in makers.items():
        double.local, double.name = False, who_can(capability)[0]
    with serving({**makers, Capability.MODERATION: OpenAIModeration()}):
        yield studio


def film(alice: User, prompt: str = "The sea", picture: tuple[int, int, int] | None = None, *, at: Path) -> Task:
    if picture is None:
        return films.order_film(user=alice, prompt=prompt, settings=TINY, writes=False)
    Image.new("RGB", (96, 96), picture).save(at / "photo.png")
    return films.order_film(
        user=alice, prompt=prompt, settings=TINY, reference=take_in(at / "photo.png", at), writes=False
    )


def judged(openai: Emulators) -> list[int]:
    """List how much was judged with each request."""
    return [bill["what"]["judged"] for bill in openai.bills("openai") if bill["operation"] == "moderations"]


def test_each_text_and_picture_is_judged_once(
    alice: User, remote: Studio, openai: Emulators, drive: Drive, tmp_path: Path
) -> None:
    task = film(alice, picture=(10, 200, 30), at=tmp_path)
    drive(films.write_script(task=task))
    assert judged(openai) == [1, 1]
    assert drive(films.start_run(task=task)).status == "succeeded"
    before = judged(openai)
    assert sum(before) == Judgement.objects.count()
    drive(films.start_run(task=task, approved=[], forced={"scene/1": "", "audio/1": ""}))
    assert judged(openai) == before


def test_all_that_a_run_will_send_is_judged_in_one_request_as_it_begins(
    alice: User, remote: Studio, openai: Emulators, drive: Drive, tmp_path: Path
) -> None:
    task = film(alice, at=tmp_path)
    drive(films.write_script(task=task))
    before = judged(openai)
    assert drive(films.start_run(task=task)).status == "succeeded"
    [together] = judged(openai)[len(before) :]
    assert together == Judgement.objects.count() - sum(before)


def test_a_refused_picture_stops_before_anything_is_paid_for(
    alice: User, remote: Studio, drive: Drive, tmp_path: Path
) -> None:
    task = film(alice, picture=FLAGGED_PIXEL, at=tmp_path)
    run = drive(films.write_script(task=task))
    step = Step.objects.get(run=run, component="script")
    assert (run.status, step.error_code) == ("failed", "refused_picture")
    assert "use another picture" in step.error_message
    assert not remote.calls
    assert Attempt.objects.filter(step=step).count() == 1


def test_a_refused_prompt_offers_a_softer_one(
    alice: User, remote: Studio, drive: Drive, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    task = film(alice, "A massacre at sea", at=tmp_path)
    run = drive(films.write_script(task=task))
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
    drive(films.write_script(task=task))
    run = drive(films.start_run(task=task))
    steps = {step.component: step for step in Step.objects.filter(run=run)}
    assert steps["video/1"].error_code == "refused_prompt"
    assert steps["scene/1"].status == "succeeded"


def test_a_title_that_goes_to_a_translator_is_judged_too(
    alice: User, remote: Studio, drive: Drive, tmp_path: Path
) -> None:
    task = film(alice, at=tmp_path)
    drive(films.write_script(task=task))
    german = translations.make_language(task=task, language="de")
    assert drive(german.runs.get()).status == "succeeded"
    version = scripts.current_script(task).version
    scripts.revise_scene(task=task, version=version, scene_index=1, changes={"title": "Gore everywhere"})
    run = translations.translate_again(task=german)
    assert isinstance(run, Run)
    drive(run)
    assert Step.objects.get(run=run, component="script").error_code == "refused_prompt"
    assert not [label for label in remote.calls if "Gore" in label]


def test_a_moderator_that_fails_for_a_moment_is_asked_again(
    alice: User, remote: Studio, openai: Emulators, drive: Drive, tmp_path: Path
) -> None:
    openai.fail("openai", "server_error")
    assert drive(films.write_script(task=film(alice, at=tmp_path))).status == "succeeded"


def test_what_stays_on_this_machine_is_not_judged(
    alice: User, studio: Studio, openai: Emulators, drive: Drive, tmp_path: Path
) -> None:
    task = film(alice, picture=FLAGGED_PIXEL, at=tmp_path)
    assert drive(films.write_script(task=task)).status == "succeeded"
    assert judged(openai) == []


@dataclass
class Moderator:
    """Does not understand gibberish, and answers nobody before it may."""

    name, model, local = "double", "double-1", False
    may: asyncio.Event = field(default_factory=asyncio.Event)
    requests: list[list[str]] = field(default_factory=list)

    async def judge_texts(self, texts: Sequence[str]) -> Sequence[Verdict]:
        self.requests.append(list(texts))
        await self.may.wait()
        if "gibberish" in texts:
            raise ProviderError("Not understood.")
        return [Verdict("gore" not in text) for text in texts]

    async def judge_picture(self, path: Path) -> Verdict:
        await asyncio.to_thread(path.read_bytes)
        return Verdict(allowed=True)


PATIENCE_S = 10.0


def admitted(moderator: Moderator, jobs: Sequence[Any]) -> list[str]:
    """Return by job the code of what it was refused with; they ask while the moderator is busy with others."""

    async def ask() -> list[BaseException | None]:
        async with Database() as database:
            moderation = Moderation(database)
            busy = []
            for number in range(REQUESTS_AT_ONCE):
                busy.append(asyncio.create_task(moderation.admit(job(f"busy {number}"))))
                async with asyncio.timeout(PATIENCE_S):
                    while len(moderator.requests) <= number:  # noqa: ASYNC110 - the double has no event for it
                        await asyncio.sleep(0.01)
            asking = [asyncio.create_task(moderation.admit(each)) for each in jobs]
            await asyncio.sleep(0.05)
            moderator.may.set()
            await asyncio.gather(*busy)
            return await asyncio.gather(*asking, return_exceptions=True)

    with serving({Capability.MODERATION: moderator}):
        found = asyncio.run(ask())
    return [each.code if isinstance(each, ProviderError) else type(each).__name__ if each else "" for each in found]


def job(text: str, picture: Path | None = None) -> Any:
    shown = SimpleNamespace(path=picture) if picture else None
    component = SimpleNamespace(kind=Kind.STILL, asks={"prompt": text})
    settings = SimpleNamespace(reference=f"hash of {picture}")
    return SimpleNamespace(
        prompt="A film", source="", instructions="", component=component, settings=settings, reference=shown
    )


def test_what_is_asked_together_is_judged_in_one_request(transactional_db: None) -> None:
    moderator = Moderator()
    assert admitted(moderator, [job("the sea"), job("gore"), job("the sea"), job("sand")]) == [
        "",
        "refused_prompt",
        "",
        "",
    ]
    assert moderator.requests[REQUESTS_AT_ONCE:] == [["the sea", "gore", "sand"]]
    assert Judgement.objects.count() == REQUESTS_AT_ONCE + 4


def test_what_cannot_be_judged_holds_up_no_others(transactional_db: None, tmp_path: Path) -> None:
    gone = job("the sea", tmp_path / "gone.png")
    found = admitted(Moderator(), [job("gibberish"), gone, job("gore"), job("sand")])
    assert found == ["provider_unavailable", "FileNotFoundError", "refused_prompt", ""]


def test_nothing_that_goes_to_an_own_server_is_judged_elsewhere(
    alice: User, studio: Studio, openai: Emulators, drive: Drive, tmp_path: Path
) -> None:
    makers = doubles(studio)
    for capability in (Capability.SCRIPT, Capability.IMAGE, Capability.VOICE):
        makers[capability].name = "compatible"
    with serving({**makers, Capability.MODERATION: OpenAIModeration()}):
        task = film(alice, "A massacre at sea", at=tmp_path)
        assert drive(films.write_script(task=task)).status == "succeeded"
        assert drive(films.start_run(task=task)).status == "succeeded"
    assert judged(openai) == []
