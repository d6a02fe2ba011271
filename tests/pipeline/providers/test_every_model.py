"""Each entry of `models.toml` is asked for in the words its endpoint takes, and paid what its price says."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from pytest_django import Settings

from media_assets.probe import probe
from pipeline.planning.graph import Component
from pipeline.planning.kinds import Kind
from pipeline.providers import registry
from pipeline.providers.base import ImageRequest, ModelStatus, MotionRequest, MusicRequest, ScriptRequest, VoiceRequest
from pipeline.providers.catalogue import MotionModel, catalogue
from pipeline.providers.fal.motion import FalMotion, motion_arguments
from pipeline.providers.fal.music import FalMusic, music_arguments
from pipeline.providers.fal.voice import FalVoice
from pipeline.providers.inspection import PRICES_HOLD, _warnings
from pipeline.providers.openai.image import OpenAIImage
from pipeline.providers.openai.script import OpenAIScript
from tests.emulators import media
from tests.emulators.fal.models import MODELS
from tests.emulators.openai.models import KNOWN
from tests.emulators.server import Emulators
from tests.pipeline.providers.vendors import Asker, still, use

PAID = [model for models in catalogue().models.values() for model in models.values() if model.vendor not in {"local"}]
BOUGHT = [model for model in PAID if model.vendor != "compatible"]
LONG_PROMPT = "A slow waltz for strings " * 40


def names(section: str, vendor: str) -> list[str]:
    return [
        name
        for name, model in catalogue().models[section].items()
        if model.vendor == vendor and (vendor != "openai" or not KNOWN[model.endpoint].gone())
    ]


@pytest.fixture
def asker(settings: Settings, emulators: Emulators, tmp_path: Path) -> Asker:
    use(settings, emulators)
    return Asker(tmp_path)


def choose(settings: Settings, vendor: str, role: str, name: str) -> None:
    settings.PIXORA_MODELS = {vendor: {role: name}}


@pytest.mark.parametrize("model", BOUGHT, ids=lambda model: model.name)
def test_a_price_says_where_and_when_it_was_read(model: Any) -> None:
    assert model.source.startswith("https://")
    assert model.priced_on


@pytest.mark.parametrize("name", names("motion", "fal"))
@pytest.mark.parametrize("seconds", [5, 10])
@pytest.mark.parametrize("size", [(128, 72), (96, 72)])
def test_a_clip_is_made_and_paid_by_its_price(
    name: str, seconds: int, size: tuple[int, int], settings: Settings, asker: Asker, emulators: Emulators
) -> None:
    choose(settings, "fal", "motion", name)
    asker.make(FalMotion(), MotionRequest(still(asker.folder), "a pan", seconds, size, fps=30, seed=1))
    [bill] = emulators.bills("fal")
    clip = Component("video/1", Kind.CLIP, {"prompt": "a pan", "duration": seconds, "size": list(size)})
    booked = registry.expected_cost(clip, "fal")
    assert bill["micros"] <= booked <= bill["micros"] * 1.04  # Kling 1.6's clips are a frame longer than asked for


FROM_SAMPLES = [name for name in names("voice", "fal") if getattr(catalogue().find("voice", name), "languages", ())]
BY_NAME = [name for name in names("voice", "fal") if name not in FROM_SAMPLES]


@pytest.mark.parametrize("name", FROM_SAMPLES)
def test_a_voice_speaks_from_a_sample(name: str, settings: Settings, asker: Asker, emulators: Emulators) -> None:
    sample = asker.folder / "sample.mp3"
    sample.write_bytes(media.mp3(6.0))
    entry = catalogue().find("voice_sample", name)
    request = VoiceRequest("The sea.", "en", "Rachel", seed=1, sample=sample, sample_text="Hello.")
    made = asker.make(FalVoice(), request, model=entry)
    [bill] = emulators.bills("fal")
    asks = {"text": "The sea.", "language": "en", "voice": "Rachel", "sample": "voice_1"}
    assert registry.expected_cost(Component("audio/1", Kind.VOICE, asks), "fal") == bill["micros"] == 400
    assert probe(made.path, expect="audio").duration_ms > 900
    accepts = MODELS["fal-ai/f5-tts"].accepts
    right = {"gen_text": "The sea.", "ref_audio_url": "https://fal.media/a.mp3", "model_type": "F5-TTS"}
    accepts.model_validate(right)
    for wrong in ({**right, "text": "x"}, {**right, "ref_text": 1}, {**right, "model_type": "F6"}, {"gen_text": "x"}):
        with pytest.raises(ValidationError):
            accepts.model_validate(wrong)


@pytest.mark.parametrize("name", BY_NAME)
def test_a_voice_speaks_the_language_of_the_film(
    name: str, settings: Settings, asker: Asker, emulators: Emulators
) -> None:
    choose(settings, "fal", "voice", name)
    made = asker.make(FalVoice(), VoiceRequest("Das Meer.", "de", "Rachel", seed=1))
    [bill] = emulators.bills("fal")
    assert [word for word, _, _ in made.facts["words"]] == ["Das", "Meer."]
    spoken = Component("audio/1", Kind.VOICE, {"text": "Das Meer."})
    assert registry.expected_cost(spoken, "fal") == bill["micros"]


@pytest.mark.parametrize("name", names("music", "fal"))
@pytest.mark.parametrize("prompt", ["waltz", LONG_PROMPT])
def test_music_is_asked_for_without_a_singer(
    name: str, prompt: str, settings: Settings, asker: Asker, emulators: Emulators
) -> None:
    choose(settings, "fal", "music", name)
    asker.make(FalMusic(), MusicRequest(prompt, 61.2, seed=1, instructions="louder at the end"))
    [bill] = emulators.bills("fal")
    assert bill["micros"] <= registry.expected_cost(Component("music/1", Kind.MUSIC, {"prompt": prompt}), "fal")


def test_a_prompt_that_is_too_long_keeps_what_was_asked_of_this_take() -> None:
    model: Any = catalogue().find("music", "minimax-music-2.6")
    said = music_arguments(model, MusicRequest(LONG_PROMPT, 10, seed=1, instructions="louder at the end"))["prompt"]
    assert said.startswith("louder at the end. A slow waltz")
    assert len(said) <= model.max_prompt


@pytest.mark.parametrize("name", names("image", "openai"))
def test_a_still_is_made(name: str, settings: Settings, asker: Asker, emulators: Emulators) -> None:
    choose(settings, "openai", "image", name)
    asker.make(OpenAIImage(), ImageRequest("scene", "The sea", "the sea", "noir", (128, 72), seed=1))
    assert emulators.bills("openai")


@pytest.mark.parametrize("name", names("text", "openai"))
def test_a_script_is_written(name: str, settings: Settings, asker: Asker, emulators: Emulators) -> None:
    choose(settings, "openai", "script", name)
    asker.make(OpenAIScript(), ScriptRequest("The sea", 5, "16:9", "noir", "en", "Rachel", False, seed=1))
    assert emulators.bills("openai")


CLIP = MotionRequest(Path("still.png"), "a pan", 5, (128, 72), fps=30, seed=1)
MOTION = [model for model in catalogue().models["motion"].values() if model.vendor == "fal"]


@pytest.mark.parametrize("model", MOTION, ids=lambda model: model.name)
def test_the_emulator_takes_exactly_what_the_endpoint_takes(model: MotionModel) -> None:
    """So that the tests above prove something: a wrong name, a wrong type and sound left on are refused."""
    accepts, right = MODELS[model.endpoint].accepts, motion_arguments(model, CLIP, "https://fal.media/still.png")
    accepts.model_validate(right)
    picture, length = model.fields["image"], right["duration"]
    other_type = int(length) if isinstance(length, str) else str(length)
    wrong = [
        {**{key: value for key, value in right.items() if key != picture}, "picture": "https://fal.media/still.png"},
        {**right, "duration": other_type},
    ]
    if "generate_audio" in right:
        wrong += [{**right, "generate_audio": True}, {k: v for k, v in right.items() if k != "generate_audio"}]
    for arguments in wrong:
        with pytest.raises(ValidationError):
            accepts.model_validate(arguments)


def test_an_old_price_is_told() -> None:
    model = catalogue().models["motion"]["kling-3-standard"]
    assert model.priced_on
    fresh, old = model.priced_on + PRICES_HOLD, model.priced_on + PRICES_HOLD + timedelta(days=1)
    assert not told(model, fresh)
    assert told(model, old) == [
        f"its price was read on {model.priced_on}: read it again at {model.source} and correct models.toml"
    ]


def told(model: Any, today: date) -> list[str]:
    return list(_warnings(model, ModelStatus(), today))
