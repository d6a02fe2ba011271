"""Small, real media, each made once: what generators return."""

from __future__ import annotations

import io
import threading
from fractions import Fraction
from functools import lru_cache
from typing import Literal

import av
import numpy as np
from av.audio.stream import AudioStream
from PIL import Image

from tests.emulators.defects import frame_with, length_with

RATE = 44_100
FPS = 24
SHORT_SIDE = 72
LIGHT, LIGHT_GOES_ROUND = 60.0, 96
"""How bright the light is, of 255, and in how many frames it has gone round."""


_one_at_a_time = threading.Lock()
"""Many ask for the same at once: it is made for the first of them."""


def mp3(seconds: float, defect: str = "") -> bytes:
    with _one_at_a_time:
        return _sound("mp3", "libmp3lame", round(length_with(defect, seconds), 1), loud=defect != "silent")


def wav(seconds: float, defect: str = "") -> bytes:
    with _one_at_a_time:
        return _sound("wav", "pcm_s16le", round(length_with(defect, seconds), 1), loud=defect != "silent")


def mp4(seconds: int, ratio: float, picture: bytes = b"", last: bytes = b"", defect: str = "") -> bytes:
    """One frame longer than asked for, as Kling's clips are: the picture (or a gradient), over which a light moves; it
    fades to the last one where there is one."""
    ratio = 1.0 if defect == "other_shape" else ratio
    with _one_at_a_time:
        return _clip(round(length_with(defect, seconds)), ratio, picture, last, defect)


@lru_cache(maxsize=16)
def _clip(seconds: int, ratio: float, picture: bytes, last: bytes, defect: str) -> bytes:
    wide, high = (SHORT_SIDE * ratio, SHORT_SIDE) if ratio >= 1 else (SHORT_SIDE, SHORT_SIDE / ratio)
    width, height = round(wide / 2) * 2, round(high / 2) * 2
    ground, out = _ground(picture, width, height), io.BytesIO()
    first, end = lit(ground, 0), _ground(last, width, height) if last else None
    with av.open(out, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=FPS, options={"preset": "ultrafast", "crf": "35"})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        voice = container.add_stream("aac", rate=RATE, layout="mono") if defect == "unwanted_sound" else None
        for number in range(seconds * FPS + 1):
            light = lit(ground, number)
            moved = light if end is None else _faded(light, end, number / (seconds * FPS))
            shown = frame_with(defect, (first, moved), number)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(shown, format="rgb24")))
        container.mux(stream.encode(None))
        if voice is not None:
            container.mux([*voice.encode(_wave(seconds, "fltp")), *voice.encode(None)])
    return out.getvalue()


def _faded(one: np.ndarray, other: np.ndarray, far: float) -> np.ndarray:
    return np.asarray(one * (1 - far) + other * far, np.uint8)


def _ground(picture: bytes, width: int, height: int) -> np.ndarray:
    if not picture:
        columns = np.arange(width)[None, :, None] + np.zeros((height, 1, 3))
        return np.asarray(columns * 2 % 200 + 30, np.uint8)
    with Image.open(io.BytesIO(picture)) as opened:
        small = opened.convert("RGB").resize((width, height), Image.Resampling.BOX, reducing_gap=2.0)
        return np.asarray(small, np.uint8)


def lit(ground: np.ndarray, number: int) -> np.ndarray:
    """The picture with a light that has gone on by so many steps: it comes from the left and goes round."""
    width = ground.shape[1]
    far = np.abs((np.arange(width) - number * width / LIGHT_GOES_ROUND + width / 2) % width - width / 2)
    light = LIGHT * np.clip(1 - far / (width * 0.15), 0, 1) * min(number / FPS, 1.0)
    return np.asarray(np.clip(ground + light[None, :, None], 0, 255), np.uint8)


@lru_cache(maxsize=64)
def _sound(container_format: str, codec: Literal["libmp3lame", "pcm_s16le"], seconds: float, *, loud: bool) -> bytes:
    sample_format = "s16p" if codec == "libmp3lame" else "s16"
    out = io.BytesIO()
    with av.open(out, "w", format=container_format) as container:
        stream = container.add_stream(codec, rate=RATE, layout="mono")
        assert isinstance(stream, AudioStream)
        container.mux(stream.encode(_wave(seconds, sample_format, 0.3 if loud else 0.0)))
        container.mux(stream.encode(None))
    return out.getvalue()


def _wave(seconds: float, sample_format: str, level: float = 0.3) -> av.AudioFrame:
    wave = level * np.sin(2 * np.pi * 220 * np.arange(int(seconds * RATE)) / RATE)
    samples = wave.astype(np.float32) if sample_format == "fltp" else (wave * 32767).astype(np.int16)
    frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format=sample_format, layout="mono")
    frame.sample_rate, frame.pts, frame.time_base = RATE, 0, Fraction(1, RATE)
    return frame
