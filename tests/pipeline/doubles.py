"""Generators for tests: real, tiny media, made at once in this process, with knobs for what can go wrong."""

from __future__ import annotations

import asyncio
import io
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import av
import numpy as np
from PIL import Image

from pipeline.cut.picture.captions import spread
from pipeline.film.script import Scene, Script
from pipeline.film.translation import SceneText, Translation
from pipeline.providers.base import (
    Call,
    Capability,
    ImageRequest,
    Made,
    MotionRequest,
    MusicRequest,
    ScriptRequest,
    TranslationRequest,
    VoiceRequest,
)
from pixora.foundation.errors import ProviderError
from tests.pipeline.scripts import script

RATE = 48_000


@dataclass
class Studio:
    """All that the doubles of one test share: the script to write, the faults to show, and a record of the calls."""

    script: Script = field(default_factory=lambda: script(3))
    faults: dict[str, list[Exception]] = field(default_factory=dict)
    """By label (`scene Scene 2`, `voice …`): raised one after the other, then it works."""
    always: dict[str, Exception] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    """What the writer says of how it wrote."""
    delay_s: float = 0.0
    calls: Counter[str] = field(default_factory=Counter)
    spoken: list[VoiceRequest] = field(default_factory=list)
    hold: Callable[[str], Any] | None = None
    working: int = 0

    async def serve(self, label: str, call: Call) -> None:
        self.calls[label] += 1
        self.working += 1
        try:
            await asyncio.sleep(self.delay_s)
            if self.hold:
                await self.hold(label)
        finally:
            self.working -= 1
        call.report(0.5)
        for pattern, error in self.always.items():
            if pattern in label:
                raise error
        for pattern, errors in self.faults.items():
            if pattern in label and errors:
                raise errors.pop(0)


@dataclass
class Double:
    studio: Studio
    suffix: str
    local: bool = True
    name: str = "double"
    model: str = "double-1"


class Writer(Double):
    async def make(self, request: ScriptRequest, call: Call) -> Made:
        await self.studio.serve("script", call)
        call.out.write_text(self.studio.script.model_dump_json())
        return Made(call.out, {"warnings": list(self.studio.remarks)})

    async def translate(self, request: TranslationRequest, call: Call) -> tuple[Translation, int | None]:
        """Every text with the language before it."""
        for scene in request.scenes:
            await self.studio.serve(f"translate {scene.title}", call)
        texts = {scene.id: said_in_other_words(scene, request.language) for scene in request.scenes}
        return Translation(texts, f"{request.language}: {request.title}"), 0


def said_in_other_words(scene: Scene, language: str) -> SceneText:
    lines = tuple(f"{language} {line.text}" for line in scene.lines)
    return SceneText(scene.id, f"{language} {scene.title}", scene.script and f"{language} {scene.script}", lines)


class Painter(Double):
    async def make(self, request: ImageRequest, call: Call) -> Made:
        await self.studio.serve(f"{request.kind} {request.name}", call)
        shade = request.seed % 200 + 30
        Image.new("RGB", request.size, (shade, 90, 255 - shade)).save(call.out)
        return Made(call.out)


class Speaker(Double):
    async def make(self, request: VoiceRequest, call: Call) -> Made:
        self.studio.spoken.append(request)
        await self.studio.serve(f"voice {request.text}", call)
        seconds = 1.0 + request.seed % 7 / 10
        write_tone(call.out, seconds, 440.0)
        words = spread(request.text, round(seconds * 1000))
        return Made(call.out, {"words": [(word.text, word.start_ms, word.end_ms) for word in words]})


class Composer(Double):
    async def make(self, request: MusicRequest, call: Call) -> Made:
        await self.studio.serve(f"music {request.prompt}", call)
        write_tone(call.out, 4.0, 220.0)
        return Made(call.out)


class Animator(Double):
    async def make(self, request: MotionRequest, call: Call) -> Made:
        await self.studio.serve(f"motion {request.prompt}", call)
        await asyncio.to_thread(write_clip, call.out, request)
        return Made(call.out)


def write_tone(path: Path, seconds: float, hertz: float) -> None:
    path.write_bytes(_tone(path.suffix, seconds, hertz))


def write_clip(path: Path, request: MotionRequest) -> None:
    """The still, a little brighter with each frame."""
    frames, rate = request.duration_s * request.fps, request.fps
    path.write_bytes(_clip(path.suffix, request.image.read_bytes(), request.size, frames, rate, request.seed % 20))


@cache
def _tone(suffix: str, seconds: float, hertz: float) -> bytes:
    count = int(seconds * RATE)
    wave = (0.3 * np.sin(2 * np.pi * hertz * np.arange(count) / RATE) * 32767).astype(np.int16)
    made = io.BytesIO()
    with av.open(made, "w", format=suffix[1:]) as container:
        stream = container.add_stream("pcm_s16le", rate=RATE, layout="mono")
        frame = av.AudioFrame.from_ndarray(wave.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = RATE
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return made.getvalue()


@cache
def _clip(suffix: str, picture: bytes, size: tuple[int, int], frames: int, rate: int, brighter: int) -> bytes:
    still = np.asarray(Image.open(io.BytesIO(picture)).convert("RGB").resize(size), dtype=np.int16)
    made = io.BytesIO()
    with av.open(made, "w", format=suffix[1:]) as container:
        stream = container.add_stream("libx264", rate=rate, options={"preset": "ultrafast", "crf": "30"})
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        for number in range(frames):
            shown = np.clip(still + number % 60 + brighter, 0, 255).astype(np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(shown, format="rgb24")))
        container.mux(stream.encode(None))
    return made.getvalue()


def doubles(studio: Studio) -> dict[Capability, Double]:
    return {
        Capability.SCRIPT: Writer(studio, ".json"),
        Capability.IMAGE: Painter(studio, ".png"),
        Capability.VOICE: Speaker(studio, ".wav"),
        Capability.MUSIC: Composer(studio, ".wav"),
        Capability.MOTION: Animator(studio, ".mp4"),
    }


def temporary_fault(message: str = "Busy.") -> ProviderError:
    return ProviderError(message, retryable=True)


def lasting_fault(message: str = "This was refused.") -> ProviderError:
    return ProviderError(message, code="refused_prompt")
