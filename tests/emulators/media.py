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

RATE = 44_100
FPS = 24
SHORT_SIDE = 72


_one_at_a_time = threading.Lock()
"""Many ask for the same at once: it is made for the first of them."""


def mp3(seconds: float) -> bytes:
    with _one_at_a_time:
        return _sound("mp3", "libmp3lame", seconds)


def wav(seconds: float) -> bytes:
    with _one_at_a_time:
        return _sound("wav", "pcm_s16le", seconds)


def mp4(seconds: int, ratio: float) -> bytes:
    """One frame longer than asked for, as Kling's clips are; a light that moves over a gradient."""
    with _one_at_a_time:
        return _clip(seconds, ratio)


@lru_cache(maxsize=16)
def _clip(seconds: int, ratio: float) -> bytes:
    wide, high = (SHORT_SIDE * ratio, SHORT_SIDE) if ratio >= 1 else (SHORT_SIDE, SHORT_SIDE / ratio)
    width, height = round(wide / 2) * 2, round(high / 2) * 2
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=FPS, options={"preset": "ultrafast", "crf": "35"})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for number in range(seconds * FPS + 1):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(_frame(width, height, number), format="rgb24")))
        container.mux(stream.encode(None))
    return out.getvalue()


def _frame(width: int, height: int, number: int) -> np.ndarray:
    columns = np.arange(width)[None, :, None] + np.zeros((height, 1, 3))
    return ((columns * 2 + number * 3) % 200 + 30).astype(np.uint8)


@lru_cache(maxsize=64)
def _sound(container_format: str, codec: Literal["libmp3lame", "pcm_s16le"], seconds: float) -> bytes:
    sample_format = "s16p" if codec == "libmp3lame" else "s16"
    wave = (0.3 * np.sin(2 * np.pi * 220 * np.arange(int(seconds * RATE)) / RATE) * 32767).astype(np.int16)
    out = io.BytesIO()
    with av.open(out, "w", format=container_format) as container:
        stream = container.add_stream(codec, rate=RATE, layout="mono")
        assert isinstance(stream, AudioStream)
        frame = av.AudioFrame.from_ndarray(wave.reshape(1, -1), format=sample_format, layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = RATE, 0, Fraction(1, RATE)
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return out.getvalue()
