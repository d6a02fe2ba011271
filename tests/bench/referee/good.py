"""Pieces that are as they should be, among them all that looks like a defect and is none."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.planning.kinds import Kind
from pipeline.planning.referee import Wanted
from pipeline.providers.local.camera import __main__ as camera
from tests.bench.referee import pictures, sounds
from tests.bench.referee.piece import FPS, SECONDS, SIZE, Picture, Piece, film, kept, moments, zoomed
from tests.emulators import media
from tests.emulators.defects import barred
from tests.emulators.openai.images import draw

CLIP = Wanted(Kind.CLIP, size=SIZE, seconds=SECONDS)
RATIOS = ((16, 9), (9, 16), (1, 1), (4, 3))
MOVES = (
    "slow zoom in", "pan to the left", "aerial shot, fog", "it snows, the camera rises", "rain, handheld",
    "the camera stands still", "embers in the dark", "fast dolly out", "stars twinkle",
)  # fmt: skip
MOODS = ("calm piano", "dark drone", "happy ukulele", "epic drums", "slow ambient, quiet")
PEOPLE = ("Rachel", "Eric")


def pieces(folder: Path) -> Iterator[Piece]:
    every = [*pictures.drawn(24), *pictures.natural(24), *pictures.nights(8)]
    yield from _emulated(folder)
    yield from _filmed_here(folder, every[:45])
    yield from _filmed(folder, every)
    yield from _stills(folder, every)
    yield from _heard(folder)


def _emulated(folder: Path) -> Iterator[Piece]:
    for number, (wide, high) in enumerate(RATIOS * 5):
        picture = draw("a boat", number, (wide * 64, high * 64), "png")
        still = folder / f"emulated-{number}.png"
        still.write_bytes(picture)
        clip = still.with_suffix(".mp4")
        clip.write_bytes(media.mp4(SECONDS, wide / high, picture))
        yield Piece(clip.stem, clip, Wanted(Kind.CLIP, size=(wide * 120, high * 120), seconds=SECONDS), still)
    for number in range(6):
        sound = folder / f"emulated-{number}.mp3"
        sound.write_bytes(media.mp3(10.0 + number))
        yield Piece(sound.stem, sound, Wanted(Kind.MUSIC, seconds=10))


def _filmed_here(folder: Path, stills: list[Picture]) -> Iterator[Piece]:
    """Clips of the local camera, with its weather."""
    for number, (picture, move) in enumerate(zip(stills, itertools.cycle(MOVES), strict=False)):
        still = kept(folder / f"here-{number}.png", picture)
        clip = still.with_suffix(".mp4")
        order = {"image": str(still), "prompt": move, "duration_s": SECONDS, "size": list(SIZE), "fps": FPS}
        camera.make({**order, "seed": number, "instructions": "", "out": str(clip)}, lambda _: None)
        yield Piece(f"{clip.stem} ({move})", clip, CLIP, still)


Filmed = Callable[[Picture, Picture, float], Picture]
"""The frame of a picture, with another one at hand, at a moment from 0 to 1."""


def _flash(far: float) -> float:
    """Lightning: two flashes within a second, of a frame or three each."""
    return 150.0 if 0.50 < far < 0.515 or 0.56 < far < 0.58 else 0.0


def _dot(picture: Picture, far: float) -> Picture:
    shown = zoomed(picture, 0).copy()
    cv2.circle(shown, (20 + round(150 * far), 60), 5, (240, 230, 40), -1)
    return shown


def _shaken(picture: Picture, far: float) -> Picture:
    return zoomed(picture, 0.5 + 0.03 * np.sin(far * 47), by=0.1, drift=0.04 * np.sin(far * 31))


FILMED: dict[str, Filmed] = {
    "slow zoom": lambda one, _, far: zoomed(one, far, by=0.04),
    "slower zoom": lambda one, _, far: zoomed(one, far, by=0.025),
    "pan": lambda one, _, far: zoomed(one, 1, by=0.2, drift=0.09 * (2 * far - 1)),
    "hard cuts": lambda one, other, far: zoomed((one, other, one)[int(far * 2.99)], far % 0.33, by=0.3),
    "quick cuts": lambda one, other, far: zoomed(one if far < 0.3 or int(far * 10) % 2 else other, far, by=0.2),
    "white at the end": lambda one, _, far: _faded(zoomed(one, far), 255, max(far - 0.7, 0) / 0.3),
    "black at the end": lambda one, _, far: _faded(zoomed(one, far), 0, max(far - 0.7, 0) / 0.3),
    "lightning": lambda one, _, far: _faded(zoomed(one, far), 255, _flash(far) / 255),
    "a dot moves": lambda one, _, far: _dot(one, far),
    "handheld": lambda one, _, far: _shaken(one, far),
    "still, then it moves": lambda one, _, far: zoomed(one, max(far - 0.35, 0), by=0.3),
    "breathing light": lambda one, _, far: _faded(zoomed(one, far, by=0.05), 255, 0.2 + 0.15 * np.sin(far * 20)),
}  # fmt: skip


def _faded(picture: Picture, to: int, part: float) -> Picture:
    faded: Picture = np.clip(picture * (1 - part) + to * part, 0, 255).astype(np.uint8)
    return faded


def _barred(picture: Picture, far: float) -> Picture:
    return barred(zoomed(picture, far))


def _filmed(folder: Path, every: list[Picture]) -> Iterator[Piece]:
    for row, (name, at) in enumerate(FILMED.items()):
        for number in range(6):
            one, other = (every[(row * 6 + number * 9 + step) % len(every)] for step in (0, 17))
            still = kept(folder / f"filmed-{row}-{number}.png", one)
            clip = film(
                still.with_suffix(".mp4"),
                moments(partial(at, one, other)),
                crf=(18, 26, 34)[number % 3],
            )
            yield Piece(f"{clip.stem} ({name})", clip, CLIP, still)
    for number in range(6):
        bars = barred(every[number * 3])
        clip = film(folder / f"bars-{number}.mp4", moments(partial(_barred, every[number * 3])))
        wanted = Wanted(Kind.CLIP, size=SIZE, seconds=SECONDS, has_bars=True)
        yield Piece(clip.stem, clip, wanted, kept(clip.with_suffix(".png"), bars))


def _stills(folder: Path, every: list[Picture]) -> Iterator[Piece]:
    for number, picture in enumerate(every[::2]):
        path = kept(folder / f"still-{number}.png", picture)
        yield Piece(path.stem, path, Wanted(Kind.STILL, size=SIZE))


def _heard(folder: Path) -> Iterator[Piece]:
    for (language, text), person in itertools.product(sounds.TEXTS.items(), PEOPLE):
        manner = ("", "slowly", "faster")[len(text) % 3]
        path = sounds.voice(folder / f"voice-{language}-{person}.mp3", text, language, person, manner)
        yield Piece(path.stem, path, sounds.of_text(text, language))
    for number, mood in enumerate(MOODS):
        path = sounds.music(folder / f"music-{number}.mp3", mood, 10 + 5 * number, number)
        yield Piece(path.stem, path, Wanted(Kind.MUSIC, seconds=10 + 5 * number))


def _grained(picture: NDArray[np.int16], grain: NDArray[np.int16], number: int) -> Picture:
    shown = np.roll(picture, number * 2, axis=1) + grain[number % len(grain)]
    return np.asarray(np.clip(shown, 0, 255), np.uint8)


def clip_in_720p(folder: Path) -> Piece:
    """A clip as vendors deliver it."""
    (picture,) = pictures.natural(1)
    still = kept(folder / "large.png", np.asarray(cv2.resize(picture, (1536, 864)), np.uint8))
    large = np.asarray(cv2.resize(picture, (1280, 720), interpolation=cv2.INTER_CUBIC), np.int16)
    grain = np.random.default_rng(1).normal(0, 4, (8, *large.shape)).astype(np.int16)
    clip = film(folder / "large.mp4", (_grained(large, grain, number) for number in range(SECONDS * FPS)), crf=20)
    return Piece("720p", clip, Wanted(Kind.CLIP, size=(1280, 720), seconds=SECONDS), still)
