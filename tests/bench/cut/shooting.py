"""A program that makes the benchmark's material: clips that look like filmed ones, speech and music.

A clip is a camera moving over a picture with detail at every scale (a 1/f spectrum, some hard edges), with grain, as
long as generators deliver (5.04 s), at 24 or 30 frames a second, encoded as x264 does it by default. A longer film
repeats the clips, so that what each of its scenes costs is what it costs in the short one.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pipeline.cut import ffmpeg
from pipeline.cut.sound.mp3 import write_mp3
from tests.bench.cut.sources import CANVAS, CLIP_S, MUSIC_S, PITCHES, RATE, SPEECH_S, Material

KBPS = 128
MARGIN = 160
"""How far the camera moves, in pixels."""
Samples = NDArray[np.float64]


def main(material: Material) -> None:
    for pitch, path in zip(PITCHES, material.voices, strict=True):
        _write(path, speech(pitch))
    for number, path in enumerate(material.tunes):
        _write(path, tune(number))
    asyncio.run(_film_all(material.clips))


async def _film_all(clips: list[Path]) -> None:
    cores = asyncio.Semaphore(2)

    async def one(number: int, clip: Path) -> None:
        async with cores:
            still = clip.with_suffix(".png")
            await asyncio.to_thread(_paint, still, number)
            await ffmpeg.run(_camera(still, clip, number), length_s=CLIP_S)
            still.unlink()

    await asyncio.gather(*(one(number, clip) for number, clip in enumerate(clips)))


def _paint(out: Path, seed: int) -> None:
    chance = np.random.default_rng(seed)
    width, height = (side + MARGIN for side in CANVAS.size)
    away = np.hypot(np.fft.fftfreq(height)[:, None] * height, np.fft.rfftfreq(width)[None, :] * width)
    away[0, 0] = 1
    light, warmth = (_texture(chance, away, (height, width)) for _ in range(2))
    picture = np.stack([light + 0.5 * warmth, light, light - 0.5 * warmth], axis=2)
    for _ in range(12):
        top, left = chance.integers(0, height - 200), chance.integers(0, width - 200)
        deep, wide = chance.integers(40, 200, 2)
        picture[top : top + deep, left : left + wide] += chance.normal(0, 0.8, 3)
    Image.fromarray(np.uint8(np.clip(125 + 45 * picture, 0, 255))).save(out, compress_level=1)


def _texture(chance: np.random.Generator, away: Samples, shape: tuple[int, int]) -> Samples:
    spectrum = np.fft.rfft2(chance.normal(size=shape)) / away**1.2
    plane = np.fft.irfft2(spectrum, shape)
    return np.asarray((plane - plane.mean()) / plane.std())


def _camera(still: Path, clip: Path, number: int) -> list[str]:
    fps = 24 if number % 2 else 30
    width, height = CANVAS.size
    across, down = (f"{MARGIN}*(0.5+0.5*{turn}(t/{CLIP_S}*{2 + number % 3}))" for turn in ("sin", "cos"))
    moves = f"format=yuv420p,loop=-1:1,fps={fps},crop={width}:{height}:x='{across}':y='{down}',noise=alls=2:allf=t"
    coded = ["-c:v", "libx264", "-preset", "superfast", "-crf", "18", "-threads", "1", str(clip)]
    source = ["-framerate", str(fps), "-i", str(still), "-vf", moves, "-frames:v", str(round(CLIP_S * fps))]
    return ["-nostdin", "-loglevel", "error", "-y", *source, *coded]


def speech(pitch: float) -> Samples:
    """Syllables of a buzzing voice with breath, four a second."""
    at = np.arange(round(SPEECH_S * RATE)) / RATE
    buzz = np.sum([np.sin(2 * np.pi * pitch * k * at) / k for k in range(1, 20)], axis=0)
    breath = np.random.default_rng(round(pitch)).normal(0, 0.15, len(at))
    return np.asarray(0.25 * (0.15 + 0.85 * np.abs(np.sin(4 * np.pi * at))) * (0.5 * buzz + breath))


def tune(number: int) -> Samples:
    """Plucked notes of a chord that changes, with a beat."""
    at = np.arange(round(MUSIC_S * RATE)) / RATE
    sound = np.zeros_like(at)
    for bar in range(12):
        since = at - 2 * bar
        heard = (since >= 0) * np.exp(-np.clip(since, 0, None))
        root = 110 * 2 ** (((bar * 5 + number) % 12) / 12)
        sound += heard * np.sum([np.sin(2 * np.pi * root * step * at) for step in (1, 1.26, 1.5, 2, 3)], axis=0)
    beat = np.random.default_rng(number).normal(0, 1, len(at)) * np.exp(-((at * 2) % 1) * 30)
    return np.asarray(0.08 * sound + 0.1 * beat)


def _write(path: Path, sound: Samples) -> None:
    write_mp3(path, np.clip(sound, -1, 1).astype(np.float32)[np.newaxis], RATE, kbps=KBPS)


if __name__ == "__main__":
    main(Material(Path(sys.argv[1])))
