"""What each model accepts, as `openapi` of its page says, what it makes, and what it costs."""

from __future__ import annotations

import base64
import hashlib
import io
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from PIL import Image, UnidentifiedImageError
from pydantic import Field, ValidationError

from tests.emulators import media
from tests.emulators.fal.errors import Failure, invalid, model_failure
from tests.emulators.fal.music import ElevenMusic, MinimaxMusic, Music, eleven_price
from tests.emulators.fal.storage import keep, kept
from tests.emulators.fal.strict import Strict
from tests.emulators.openai.images import draw
from tests.emulators.vendor import Vendor

Voice = Literal[
    "Aria", "Roger", "Sarah", "Laura", "Charlie", "George", "Callum", "River", "Liam", "Charlotte", "Alice",
    "Matilda", "Will", "Jessica", "Eric", "Chris", "Brian", "Daniel", "Lily", "Bill", "Rachel",
]  # fmt: skip
Share = Annotated[float, Field(ge=0, le=1)]
LEAST_SIDE, MOST_BYTES = 300, 10 << 20
CHARACTERS_PER_S = 15


class Speech(Strict):
    text: Annotated[str, Field(min_length=1, max_length=5000)]
    voice: Voice = "Rachel"
    stability: Share = 0.5
    similarity_boost: Share = 0.75
    style: Share = 0
    speed: Annotated[float, Field(ge=0.7, le=1.2)] = 1.0
    timestamps: bool = False
    previous_text: str | None = None
    next_text: str | None = None
    language_code: None = None
    apply_text_normalization: Literal["auto", "on", "off"] = "auto"


class SpeechV3(Strict):
    text: Annotated[str, Field(min_length=1, max_length=5000)]
    voice: Voice = "Rachel"
    stability: Share = 0.5
    speed: Annotated[float, Field(ge=0.7, le=1.2)] = 1.0
    timestamps: bool = False
    language_code: Annotated[str, Field(pattern="^[a-z]{2}$")] | None = None
    apply_text_normalization: Literal["auto", "on", "off"] = "auto"


class FromSample(Strict):
    """F5-TTS: speaks in the voice of a sample, which it fetches."""

    gen_text: Annotated[str, Field(min_length=1)]
    ref_audio_url: Annotated[str, Field(min_length=1)]
    ref_text: str = ""
    model_type: Literal["F5-TTS", "E2-TTS"]
    remove_silence: bool = True


class HeardSample(Strict):
    """Qwen 3's other half: an embedding of a sample, which it fetches."""

    audio_url: Annotated[str, Field(min_length=1)]
    reference_text: str | None = None


class QwenSpeech(Strict):
    """A voice by its embedding. 200 tokens, which is what it says where nobody asks for more, are about 16 seconds."""

    text: Annotated[str, Field(min_length=1)]
    speaker_voice_embedding_file_url: Annotated[str, Field(min_length=1)]
    reference_text: str | None = None
    language: Literal[
        "Auto", "English", "Chinese", "Spanish", "French", "German", "Italian", "Japanese", "Korean", "Portuguese",
        "Russian",
    ] = "Auto"  # fmt: skip
    max_new_tokens: Annotated[int, Field(ge=1, le=8192)] = 200


class Banana(Strict):
    prompt: Annotated[str, Field(min_length=3, max_length=50_000)]
    num_images: Annotated[int, Field(ge=1, le=4)] = 1
    aspect_ratio: Literal["auto", "21:9", "16:9", "3:2", "4:3", "5:4", "1:1", "4:5", "3:4", "2:3", "9:16"] = "auto"
    resolution: Literal["1K", "2K", "4K"] = "1K"
    output_format: Literal["jpeg", "png", "webp"] = "png"


class BananaEdit(Banana):
    image_urls: Annotated[list[str], Field(min_length=1, max_length=14)]


class KlingStandard(Strict):
    prompt: Annotated[str, Field(min_length=1, max_length=2500)]
    image_url: str
    duration: Literal["5", "10"] = "5"
    negative_prompt: str = "blur, distort, and low quality"
    cfg_scale: Share = 0.5


class KlingPro(KlingStandard):
    aspect_ratio: Literal["16:9", "9:16", "1:1"] = "16:9"
    tail_image_url: str | None = None


class Silent(Strict):
    """A clip's own sound costs more or is a second soundtrack, and it is on where nothing is said."""

    prompt: Annotated[str, Field(min_length=1, max_length=2500)]
    generate_audio: Literal[False]


class KlingThree(Silent):
    start_image_url: str
    end_image_url: str | None = None
    duration: Literal["3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15"] = "5"
    negative_prompt: str = "blur, distort, and low quality"
    cfg_scale: Share = 0.5


class Seedance(Silent):
    image_url: str
    end_image_url: str | None = None
    duration: Literal["auto", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15"] = "auto"
    resolution: Literal["480p", "720p"] = "720p"
    aspect_ratio: Literal["auto", "21:9", "16:9", "4:3", "1:1", "3:4", "9:16"] = "auto"
    seed: int | None = None


class Ltx(Silent):
    image_url: str
    duration: Literal[6, 8, 10] = 6
    resolution: Literal["1080p", "1440p", "2160p"] = "1080p"
    fps: Literal[25, 50] = 25


class MinimaxH3(Strict):
    prompt: Annotated[str, Field(min_length=1)]
    image_url: str
    end_image_url: str | None = None
    duration: Annotated[int, Field(ge=5, le=15)] = 5
    resolution: Literal["480P", "768P"] = "768P"
    seed: int | None = None


@dataclass(frozen=True)
class Model:
    kind: str
    accepts: type[Strict]
    make: Callable[[Vendor, Any, str], dict[str, Any]]
    price: Callable[[Mapping[str, Any]], float]
    """In micros, of arguments that nobody has looked at yet."""

    def micros(self, arguments: Any) -> int:
        return math.ceil(self.price(arguments if isinstance(arguments, dict) else {}))

    def run(self, here: Vendor, arguments: Any, defect: str = "") -> dict[str, Any]:
        """Make it, with this defect (`tests.emulators.defects`). Raises Failure."""
        try:
            return self.make(here, self.accepts.model_validate(arguments), defect)
        except ValidationError as error:
            raise invalid(error) from None


def _speak(here: Vendor, asked: Speech, defect: str) -> dict[str, Any]:
    seconds = max(1.0, len(asked.text) / CHARACTERS_PER_S / asked.speed)
    answer = {"audio": _file(here, media.mp3(round(seconds, 1), defect), "audio/mpeg", ".mp3")}
    return {**answer, "timestamps": [_timestamps(asked.text, seconds)]} if asked.timestamps else answer


def _timestamps(text: str, seconds: float) -> dict[str, Any]:
    step = seconds / len(text)
    return {
        "characters": list(text),
        "character_start_times_seconds": [round(number * step, 3) for number in range(len(text))],
        "character_end_times_seconds": [round((number + 1) * step, 3) for number in range(len(text))],
    }


def _speak_v3(here: Vendor, asked: SpeechV3, defect: str) -> dict[str, Any]:
    return _speak(here, Speech(text=asked.text, voice=asked.voice, timestamps=asked.timestamps), defect)


def _speak_as(here: Vendor, asked: FromSample, defect: str) -> dict[str, Any]:
    """A little other for each sample, so that one tells by the file which was heard."""
    heard = _read(here, asked.ref_audio_url)
    if heard is None:
        raise model_failure("file_download_error", ["body", "ref_audio_url"], "Failed to download the file.")
    if not heard.startswith((b"ID3", b"\xff", b"RIFF", b"OggS", b"fLaC")):
        raise model_failure("invalid_file", ["body", "ref_audio_url"], "The file is no sound.")
    seconds = max(1.0, len(asked.gen_text) / CHARACTERS_PER_S) + len(heard) % 7 / 10
    return {"audio_url": _file(here, media.wav(round(seconds, 1), defect), "audio/wav", ".wav")}


def _hear(here: Vendor, asked: HeardSample, defect: str) -> dict[str, Any]:
    heard = _read(here, asked.audio_url)
    if heard is None:
        raise model_failure("file_download_error", ["body", "audio_url"], "Failed to download the file.")
    name = hashlib.sha256(heard).digest()
    return {"speaker_embedding": _file(here, name, "application/octet-stream", ".safetensors")}


def _speak_as_heard(here: Vendor, asked: QwenSpeech, defect: str) -> dict[str, Any]:
    embedding = _read(here, asked.speaker_voice_embedding_file_url)
    if embedding is None:
        where = ["body", "speaker_voice_embedding_file_url"]
        raise model_failure("file_download_error", where, "Failed to download the file.")
    seconds = min(max(1.0, len(asked.text) / CHARACTERS_PER_S) + embedding[0] % 7 / 10, asked.max_new_tokens / 12.5)
    return {"audio": _file(here, media.mp3(round(seconds, 1), defect), "audio/mpeg", ".mp3")}


def _draw(here: Vendor, asked: Banana, defect: str) -> dict[str, Any]:
    """Another picture for other references; each is fetched and looked at."""
    for address in asked.image_urls if isinstance(asked, BananaEdit) else ():
        _check_picture(here, address)
    wide, high = map(int, (asked.aspect_ratio if asked.aspect_ratio != "auto" else "1:1").split(":"))
    side = {"1K": 1024, "2K": 2048, "4K": 4096}[asked.resolution]
    scale = side / math.sqrt(wide * high)
    size = (round(wide * scale / 16) * 16, round(high * scale / 16) * 16)
    drawn = draw(asked.prompt, len(here.ledger.bills), size, asked.output_format, defect)
    return {"images": [_file(here, drawn, f"image/{asked.output_format}", ".png")], "description": ""}


def _compose_a_song(here: Vendor, asked: ElevenMusic | MinimaxMusic, defect: str) -> dict[str, Any]:
    seconds = asked.length_ms / 1000 if isinstance(asked, ElevenMusic) else 75
    return {"audio": _file(here, media.mp3(round(seconds, 1), defect), "audio/mpeg", ".mp3")}


def _compose(here: Vendor, asked: Music, defect: str) -> dict[str, Any]:
    return {"audio_file": _file(here, media.wav(asked.duration, defect), "audio/wav", ".wav")}


def _move(here: Vendor, asked: Any, defect: str) -> dict[str, Any]:
    """The frame follows the picture; about 5.04 or 10.04 s at 24 frames a second."""
    address = asked.start_image_url if isinstance(asked, KlingThree) else asked.image_url
    width, height = _check_picture(here, address)
    last = getattr(asked, "end_image_url", None) or getattr(asked, "tail_image_url", None)
    if last:
        _check_picture(here, last)
    pictures = (_read(here, address) or b"", _read(here, last) or b"" if last else b"")
    clip = media.mp4(int(asked.duration), round(width / height, 2), *pictures, defect=defect)
    return {"video": _file(here, clip, "video/mp4", ".mp4")}


def _check_picture(here: Vendor, address: str) -> tuple[int, int]:
    data = _read(here, address)
    where = ["body", "image_url"]
    if data is None:
        raise model_failure("file_download_error", where, "Failed to download the file.")
    if len(data) > MOST_BYTES:
        raise model_failure("file_too_large", where, "The file is too large.")
    try:
        width, height = Image.open(io.BytesIO(data)).size
    except UnidentifiedImageError:
        raise model_failure("image_load_error", where, "Failed to load the image.") from None
    if min(width, height) < LEAST_SIDE:
        raise model_failure("image_too_small", where, f"The image is smaller than {LEAST_SIDE} px.")
    if not 0.4 <= width / height <= 2.5:
        raise model_failure("value_error", where, "The aspect ratio must be between 0.4 and 2.5.")
    return width, height


def _read(here: Vendor, address: str) -> bytes | None:
    if address.startswith("data:"):
        return base64.b64decode(address.partition(",")[2])
    found = kept(here, address)
    return found.data if found else None


def _file(here: Vendor, data: bytes, content_type: str, suffix: str) -> dict[str, Any]:
    address = keep(here, data, content_type, suffix)
    return {"url": address, "content_type": content_type, "file_name": f"output{suffix}", "file_size": len(data)}


def _seconds(arguments: Mapping[str, Any]) -> int:
    text = str(arguments.get("duration", "5"))
    return int(text) if text.isdecimal() else 5


def _h3_price(asked: Mapping[str, Any]) -> float:
    return (50_000 if asked.get("resolution") == "480P" else 80_000) * _seconds(asked)


def _banana_price(asked: Mapping[str, Any]) -> float:
    return 66_000 if asked.get("resolution") == "2K" else 45_000


MODELS: Mapping[str, Model] = {
    "fal-ai/elevenlabs/tts/multilingual-v2": Model(
        "voice", Speech, _speak, lambda asked: 100 * len(str(asked.get("text", "")))
    ),
    "CassetteAI/music-generator": Model("music", Music, _compose, lambda asked: 20_000 / 60 * _seconds(asked)),
    "fal-ai/elevenlabs/tts/eleven-v3": Model(
        "voice", SpeechV3, _speak_v3, lambda asked: 100 * len(str(asked.get("text", "")))
    ),
    "fal-ai/f5-tts": Model("voice", FromSample, _speak_as, lambda asked: 50 * len(str(asked.get("gen_text", "")))),
    "fal-ai/qwen-3-tts/clone-voice/1.7b": Model("hearing", HeardSample, _hear, lambda asked: 700),
    "fal-ai/qwen-3-tts/text-to-speech/1.7b": Model(
        "voice", QwenSpeech, _speak_as_heard, lambda asked: 90 * len(str(asked.get("text", "")))
    ),
    "google/nano-banana-2.1": Model("image", Banana, _draw, _banana_price),
    "google/nano-banana-2.1/edit": Model("image", BananaEdit, _draw, _banana_price),
    "fal-ai/elevenlabs/music": Model("music", ElevenMusic, _compose_a_song, eleven_price),
    "fal-ai/minimax-music/v2.6": Model("music", MinimaxMusic, _compose_a_song, lambda asked: 150_000),
    "minimax/h3-max/image-to-video": Model("motion", MinimaxH3, _move, _h3_price),
    "fal-ai/kling-video/v3/standard/image-to-video": Model(
        "motion", KlingThree, _move, lambda asked: 84_000 * _seconds(asked)
    ),
    "fal-ai/kling-video/v3/pro/image-to-video": Model(
        "motion", KlingThree, _move, lambda asked: 224_000 * _seconds(asked)
    ),
    "bytedance/seedance-2.0/fast/image-to-video": Model(
        "motion", Seedance, _move, lambda asked: 241_900 * _seconds(asked)
    ),
    "fal-ai/ltx-2/image-to-video": Model("motion", Ltx, _move, lambda asked: 60_000 * _seconds(asked)),
    "fal-ai/kling-video/v1.6/standard/image-to-video": Model(
        "motion", KlingStandard, _move, lambda asked: 45_000 * _seconds(asked)
    ),
    "fal-ai/kling-video/v1.6/pro/image-to-video": Model(
        "motion",
        KlingPro,
        _move,
        lambda asked: 98_000 * _seconds(asked),  # 95,000 for each of a clip that is a little longer
    ),
}

__all__ = ["MODELS", "Failure", "Model"]
