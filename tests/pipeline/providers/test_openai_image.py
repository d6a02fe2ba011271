from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from PIL import Image
from pytest_django import Settings

from pipeline.providers.base import Call, Reference
from pipeline.providers.openai.image import OpenAIImage
from pixora.foundation.errors import ProviderError
from tests.emulators.openai.moderation import FLAGGED_PIXEL
from tests.emulators.server import Emulators
from tests.pipeline.providers.test_contract_image import make, request


def reference(path: Path, colour: tuple[int, int, int] = (200, 120, 40), name: str = "Mia") -> Reference:
    Image.new("RGB", (64, 64), colour).save(path)
    return Reference(name, path)


def test_a_scene_with_characters_is_edited_from_their_pictures(openai: Emulators, call: Call, tmp_path: Path) -> None:
    cast = tuple(reference(tmp_path / f"{name}.png", name=name) for name in ("Mia", "Otto"))
    made = make(OpenAIImage(), call, references=cast)
    [bill] = openai.bills("openai")
    assert (bill["operation"], bill["model"], bill["what"]["pictures"]) == ("images.edit", "gpt-image-2.6-sunburst", 2)
    assert "Mia (picture 1), Otto (picture 2)" in bill["what"]["prompt"]
    assert made.cost_micros == bill["micros"]


def test_a_scene_without_characters_is_generated(openai: Emulators, call: Call) -> None:
    made = make(OpenAIImage(), call)
    [bill] = openai.bills("openai")
    assert (bill["operation"], bill["model"]) == ("images.generate", "gpt-image-2.6-flare")
    assert made.cost_micros == bill["micros"] > 10_000


def test_a_profile_shows_a_character_from_several_sides(openai: Emulators, call: Call) -> None:
    make(OpenAIImage(), call, kind="character", name="Mia", prompt="a girl", size=(64, 64))
    assert "three times side by side" in openai.bills("openai")[0]["what"]["prompt"]


def test_an_older_model_is_asked_with_its_own_sizes(
    openai: Emulators, call: Call, settings: Settings, tmp_path: Path
) -> None:
    settings.PIXORA_MODELS = {"openai": {"image": "gpt-image-1.5", "image_edit": "gpt-image-1.5"}}
    for cast in ((), (reference(tmp_path / "mia.png"),)):
        with Image.open(make(OpenAIImage(), call, references=cast).path) as picture:
            assert picture.size == (128, 72)


def test_a_refused_prompt_is_told_from_a_refused_picture(openai: Emulators, call: Call, tmp_path: Path) -> None:
    with pytest.raises(ProviderError) as words:
        make(OpenAIImage(), call, prompt="gore in a nude style", references=(reference(tmp_path / "a.png"),))
    assert words.value.code == "refused_prompt"
    assert words.value.details["softened_prompt"].startswith("drama in a dressed style.")
    with pytest.raises(ProviderError) as picture:
        make(OpenAIImage(), call, prompt="gore", references=(reference(tmp_path / "b.png", FLAGGED_PIXEL),))
    assert picture.value.code == "refused_picture"


FAULTS = {
    "rate_limited": (True, False),
    "server_error": (True, False),
    "dropped": (True, True),
    "truncated": (True, True),
    "garbage": (True, True),
    "no_quota": (False, False),
    "refused": (False, False),
}


@pytest.mark.parametrize("kind", FAULTS)
def test_what_goes_wrong_is_known_for_what_it_is(
    openai: Emulators, call: Call, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    openai.fail("openai", kind, retry_after_s=7)
    with pytest.raises(ProviderError) as failed:
        make(OpenAIImage(), call)
    error = failed.value
    assert (error.retryable, error.unknown) == FAULTS[kind]
    assert error.retry_after_s == (7 if kind == "rate_limited" else 0)
    assert len(openai.bills("openai")) == error.unknown
    for word in ("safety", "current quota", "Rate limit", "html"):
        assert word not in error.message + caplog.text


def test_an_answer_that_takes_too_long_is_not_waited_for(openai: Emulators, tmp_path: Path) -> None:
    openai.fail("openai", "slow", seconds=3)
    with pytest.raises(ProviderError) as slow:
        make(OpenAIImage(), Call(tmp_path, tmp_path / "out.png", deadline_s=0.5))
    assert (slow.value.retryable, slow.value.unknown) == (True, True)


def test_a_server_that_is_not_there_was_not_asked(call: Call, openai: Emulators, settings: Settings) -> None:
    settings.PIXORA_BASE_URLS = {"openai": "http://127.0.0.1:9/v1"}
    with pytest.raises(ProviderError) as absent:
        make(OpenAIImage(), call)
    assert (absent.value.retryable, absent.value.unknown) == (True, False)


@pytest.mark.parametrize("key", ["sk-wrong", "hunter2"])
def test_a_wrong_key_is_the_operators_to_change(
    openai: Emulators, call: Call, settings: Settings, key: str, caplog: pytest.LogCaptureFixture
) -> None:
    settings.PIXORA_KEYS = {"openai": key}
    with pytest.raises(ProviderError, match="does not accept Pixora's key") as refused:
        make(OpenAIImage(), call)
    assert not refused.value.retryable
    assert "invalid_api_key" in caplog.text
    assert key not in caplog.text + refused.value.message


def test_a_model_that_was_shut_down_fails_for_good(
    openai: Emulators, call: Call, settings: Settings, shut_down_model: str
) -> None:
    settings.PIXORA_MODELS = {"openai": {"image": shut_down_model}}
    with pytest.raises(ProviderError, match="does not have the model") as gone:
        make(OpenAIImage(), call)
    assert not gone.value.retryable


def test_pictures_are_drawn_side_by_side(openai: Emulators, tmp_path: Path) -> None:
    openai.turn("openai", latency_s=0.2)
    calls = [Call(tmp_path, tmp_path / f"{number}.png", deadline_s=20) for number in range(6)]

    async def all_of_them() -> None:
        await asyncio.gather(*(OpenAIImage().make(request(size=(64, 64)), call) for call in calls))

    asyncio.run(all_of_them())
    assert openai.most_busy("openai") >= 4
