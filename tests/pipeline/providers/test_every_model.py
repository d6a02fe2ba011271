"""Each entry of `models.toml` is asked for in the words its endpoint takes, and paid what its price says."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any, cast

import av
import pytest
from PIL import Image
from pydantic import ValidationError
from pytest_django import Settings

from media_assets.probe import probe
from pipeline.film.script import MusicPart
from pipeline.planning.graph import Component
from pipeline.planning.kinds import Kind
from pipeline.providers import registry
from pipeline.providers.base import (
    ImageRequest,
    ModelStatus,
    MotionRequest,
    MusicRequest,
    Reference,
    ScriptRequest,
    VoiceRequest,
)
from pipeline.providers.fal.image import FalImage, image_arguments
from pipeline.providers.fal.motion import FalMotion, motion_arguments
from pipeline.providers.fal.music import FalMusic, music_arguments
from pipeline.providers.fal.voice import FalVoice
from pipeline.providers.inspection import PRICES_HOLD, _warnings
from pipeline.providers.models_and_prices import MotionModel, catalogue
from pipeline.providers.openai.image import OpenAIImage
from pipeline.providers.openai.script import OpenAIScript
from pipeline.providers.registry import cost_by
from tests.emulators import media
from tests.emulators.fal.models import MODELS
from tests.emulators.openai.models import KNOWN
from tests.emulators.server import Emulators
from tests.pipeline.providers.vendors import Asker, expected_cost, still, use

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
    booked = expected_cost(clip, "fal")
    assert bill["micros"] <= booked <= bill["micros"] * 1.04  # Kling 1.6's clips are a frame longer than asked for


FROM_SAMPLES = [
    name for name in names("voice", "fal") if getattr(catalogue().find("voice", name), "supports_voice_sample", False)
]
BY_NAME = [name for name in names("voice", "fal") if name not in FROM_SAMPLES]


@pytest.mark.parametrize("name", FROM_SAMPLES)
def test_a_voice_speaks_from_a_sample(name: str, settings: Settings, asker: Asker, emulators: Emulators) -> None:
    sample = asker.folder / "sample.mp3"
    sample.write_bytes(media.mp3(6.0))
    entry: Any = catalogue().find("voice_sample", name)
    request = VoiceRequest("The sea.", "en", "Rachel", seed=1, sample=sample, sample_text="Hello.")
    made = asker.make(FalVoice(), request, model=entry)
    bills = emulators.bills("fal")
    asks = {"text": "The sea.", "language": "en", "voice": "Rachel", "sample": "voice_1"}
    assert cost_by(entry, Component("audio/1", Kind.VOICE, asks)) == sum(bill["micros"] for bill in bills)
    assert [bill["model"] for bill in bills] == [*filter(None, [entry.embeds_at]), entry.endpoint]
    assert probe(made.path, expect="audio").duration_ms > 900


SPEAKS: dict[str, dict[str, Any]] = {
    "fal-ai/f5-tts": {"gen_text": "The sea.", "ref_audio_url": "https://fal.media/a.mp3", "model_type": "F5-TTS"},
    "fal-ai/qwen-3-tts/text-to-speech/1.7b": {
        "text": "The sea.",
        "speaker_voice_embedding_file_url": "https://fal.media/a.safetensors",
        "language": "German",
    },
    "fal-ai/qwen-3-tts/clone-voice/1.7b": {"audio_url": "https://fal.media/a.mp3"},
}


@pytest.mark.parametrize(
    ("endpoint", "wrong"),
    [
        ("fal-ai/f5-tts", {"text": "x"}),
        ("fal-ai/f5-tts", {"ref_text": 1}),
        ("fal-ai/f5-tts", {"model_type": "F6"}),
        ("fal-ai/qwen-3-tts/text-to-speech/1.7b", {"language": "de"}),
        ("fal-ai/qwen-3-tts/text-to-speech/1.7b", {"gen_text": "x"}),
        ("fal-ai/qwen-3-tts/text-to-speech/1.7b", {"max_new_tokens": "8192"}),
        ("fal-ai/qwen-3-tts/clone-voice/1.7b", {"ref_audio_url": "x"}),
    ],
)
def test_what_speaks_from_a_sample_refuses_wrong_words(endpoint: str, wrong: dict[str, Any]) -> None:
    accepts = MODELS[endpoint].accepts
    accepts.model_validate(SPEAKS[endpoint])
    with pytest.raises(ValidationError):
        accepts.model_validate({**SPEAKS[endpoint], **wrong})


def test_an_own_voice_speaks_german_by_the_second_model_and_to_the_end(asker: Asker, emulators: Emulators) -> None:
    """Left alone, the second model stops after some 16 seconds of speech."""
    asks = {"text": "Das Meer.", "language": "de", "voice": "Rachel", "sample": "voice_1"}
    entry: Any = registry.model_of(Component("audio/1", Kind.VOICE, asks), "fal")
    assert entry.name == "qwen-3-tts"
    assert entry.credits == registry.find_model("voice_sample", "fal").credits, "whoever stands in is no dearer"  # type: ignore[union-attr]
    sample = asker.folder / "sample.mp3"
    sample.write_bytes(media.mp3(6.0))
    request = VoiceRequest("Das Meer ist weit. " * 40, "de", "Rachel", seed=1, sample=sample)
    made = asker.make(FalVoice(), request, model=entry)
    assert probe(made.path, expect="audio").duration_ms > 40_000
    assert [ticket["request_id"] for ticket in asker.tickets] == [emulators.bills("fal")[-1]["what"]["request_id"]]


@pytest.mark.parametrize(("size", "word", "micros"), [((1536, 864), "1K", 45_000), ((2304, 1296), "2K", 66_000)])
@pytest.mark.parametrize("shown", [0, 2, 15])
def test_a_still_by_another_vendor_starts_from_those_who_are_seen_in_it(
    size: tuple[int, int], word: str, micros: int, shown: int, asker: Asker, emulators: Emulators
) -> None:
    frame = [round(side / 1.2) for side in size]
    people = tuple(f"character/{number}" for number in range(shown))
    component = Component("scene/1", Kind.STILL, {"prompt": "the sea", "style": "noir", "size": frame}, people)
    entry: Any = registry.entry_named(component, "nano-banana-2.1")
    references = tuple(Reference(f"Mia {number}", still(asker.folder)) for number in range(shown))
    request = ImageRequest("scene", "The sea", "the sea", "noir", size, seed=1, references=references)
    made = asker.make(FalImage(), request, model=entry)
    [bill] = emulators.bills("fal")
    assert bill["model"] == (entry.edit_endpoint if shown else entry.endpoint)
    assert bill["micros"] == cost_by(entry, component) == micros
    assert probe(made.path, expect="image").width == size[0]
    arguments = image_arguments(entry, request, [])
    assert (arguments["resolution"], arguments["aspect_ratio"]) == (word, "16:9")


@pytest.mark.parametrize("wrong", [{"image_url": "x"}, {"resolution": "3K"}, {"num_images": "1"}, {"image_urls": []}])
def test_the_other_vendors_stills_refuse_wrong_words(wrong: dict[str, Any]) -> None:
    right = {"prompt": "the sea", "image_urls": ["https://fal.media/a.png"], "aspect_ratio": "16:9"}
    MODELS["google/nano-banana-2.1/edit"].accepts.model_validate(right)
    with pytest.raises(ValidationError):
        MODELS["google/nano-banana-2.1/edit"].accepts.model_validate({**right, **wrong})


@pytest.mark.parametrize(("short", "word", "micros"), [(72, "480P", 250_000), (720, "768P", 400_000)])
def test_a_clip_is_as_large_as_its_film_asks_where_the_model_makes_several_sizes(
    short: int, word: str, micros: int, asker: Asker, emulators: Emulators
) -> None:
    size = (short * 16 // 9, short)
    clip = Component("video/1", Kind.CLIP, {"prompt": "a pan", "duration": 5, "size": list(size)})
    entry = cast(MotionModel, registry.entry_named(clip, "minimax-h3-max"))
    assert entry is registry.entry_named(clip, "minimax-h3-max")
    asker.make(FalMotion(), MotionRequest(still(asker.folder), "a pan", 5, size, fps=30, seed=1), model=entry)
    assert [bill["micros"] for bill in emulators.bills("fal")] == [cost_by(entry, clip)] == [micros]
    assert motion_arguments(entry, CLIP, "https://fal.media/still.png")["resolution"] == word


ENDS = [model for model in catalogue().models["motion"].values() if isinstance(model, MotionModel) and model.takes_end]


@pytest.mark.parametrize("model", ENDS, ids=lambda model: model.name)
def test_a_clip_ends_on_a_picture_where_the_model_takes_one(
    model: MotionModel, asker: Asker, emulators: Emulators
) -> None:
    last = asker.folder / "last.png"
    Image.new("RGB", (480, 270), "white").save(last)
    request = MotionRequest(still(asker.folder), "a pan", 5, (128, 72), fps=30, seed=1, end_image=last)
    made = asker.make(FalMotion(), request, model=model)
    with av.open(str(made.path)) as container:
        *_, frame = container.decode(video=0)
    assert frame.to_ndarray(format="gray").mean() > 200, "the emulator fades to the picture that it was given"


@pytest.mark.parametrize("name", BY_NAME)
def test_a_voice_speaks_the_language_of_the_film(
    name: str, settings: Settings, asker: Asker, emulators: Emulators
) -> None:
    choose(settings, "fal", "voice", name)
    made = asker.make(FalVoice(), VoiceRequest("Das Meer.", "de", "Rachel", seed=1))
    [bill] = emulators.bills("fal")
    assert [word for word, _, _ in made.facts["words"]] == ["Das", "Meer."]
    spoken = Component("audio/1", Kind.VOICE, {"text": "Das Meer."})
    assert expected_cost(spoken, "fal") == bill["micros"]


@pytest.mark.parametrize("name", names("music", "fal"))
@pytest.mark.parametrize("prompt", ["waltz", LONG_PROMPT])
def test_music_is_asked_for_without_a_singer(
    name: str, prompt: str, settings: Settings, asker: Asker, emulators: Emulators
) -> None:
    choose(settings, "fal", "music", name)
    asker.make(FalMusic(), MusicRequest(prompt, 61.2, seed=1, instructions="louder at the end"))
    [bill] = emulators.bills("fal")
    assert bill["micros"] <= expected_cost(Component("music/1", Kind.MUSIC, {"prompt": prompt}), "fal")


PARTS = (MusicPart("calm", 40), MusicPart("", 5), MusicPart("tense, low strings", 20))


@pytest.mark.parametrize("name", names("music", "fal"))
def test_parts_of_a_piece_go_as_such_or_in_words(name: str, asker: Asker, emulators: Emulators) -> None:
    entry: Any = catalogue().find("music", name)
    request = MusicRequest("Slow waltz. 3/4, warm", 65, seed=1, instructions="with a harp", parts=PARTS)
    made = asker.make(FalMusic(), request, model=entry)
    [bill] = emulators.bills("fal")
    assert bill["micros"] == (made.cost_micros or bill["micros"]), "what is booked is what is billed"
    assert probe(made.path, expect="audio").duration_ms > 64_000
    if not entry.takes_parts:
        assert "It goes on: calm, then tense" in bill["what"]["prompt"]
        return
    plan = bill["what"]["composition_plan"]
    assert plan["positive_global_styles"] == ["Slow waltz", "3/4", "warm", "with a harp", "instrumental"]
    assert [each["duration_ms"] for each in plan["sections"]] == [40_000, 5_000, 20_000]


@pytest.mark.parametrize("seconds", [(200, 5), (2, 20), (5,), (5,) * 31, (110, 110, 110)])
def test_parts_that_a_model_does_not_make_are_told_in_words(seconds: tuple[int, ...]) -> None:
    entry: Any = catalogue().find("music", "elevenlabs-music")
    parts = tuple(MusicPart("calm", each) for each in seconds)
    arguments = music_arguments(entry, MusicRequest("Waltz", sum(seconds), seed=1, parts=parts))
    assert arguments["prompt"] == "Waltz. It goes on: calm"
    MODELS[entry.endpoint].accepts.model_validate(arguments)


@pytest.mark.parametrize(
    "wrong",
    [
        {"prompt": "waltz"},
        {"music_length_ms": 60_000},
        {"force_instrumental": True},
        {"respect_sections_durations": None},
        {"composition_plan": None},
        {"seed": 1},
    ],
)
def test_the_emulator_takes_a_plan_without_what_goes_with_a_prompt(wrong: dict[str, Any]) -> None:
    entry: Any = catalogue().find("music", "elevenlabs-music")
    right = music_arguments(entry, MusicRequest("Waltz", 65, seed=1, parts=PARTS))
    accepts = MODELS[entry.endpoint].accepts
    accepts.model_validate(right)
    [first, *others] = right["composition_plan"]["sections"]
    short = {**right["composition_plan"], "sections": [{**first, "duration_ms": 2_000}, *others]}
    sung = {**right["composition_plan"], "sections": [{**first, "lines": ["La la"]}, *others]}
    for arguments in ({**right, **wrong}, {**right, "composition_plan": short}, {**right, "composition_plan": sung}):
        with pytest.raises(ValidationError):
            accepts.model_validate(arguments)


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
    """The tests above prove something by it: a wrong name, a wrong type and sound left on are refused."""
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
