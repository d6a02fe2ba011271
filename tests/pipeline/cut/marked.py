"""Clips with a marked subject that moves, over grounds that move otherwise: where it is in each frame is known."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.cut import ffmpeg

FPS = 30
MARGIN = 0.22
"""How far the camera moves over a ground, as a part of its height."""
Picture = NDArray[np.uint8]
Move = Callable[[float], float]
"""The middle of the subject, as a part of the width, at a part of the clip's length."""


def _smooth(part: float) -> float:
    return part * part * (3 - 2 * part)


MOVES: dict[str, Move] = {
    "crosses": lambda part: 0.12 + 0.76 * part,
    "comes back": lambda part: 0.5 - 0.36 * np.cos(2 * np.pi * part),
    "stands, then walks": lambda part: 0.16 + 0.62 * _smooth(float(np.clip((part - 0.35) / 0.4, 0, 1))),
    "stands at the side": lambda _part: 0.82,
}


@dataclass(frozen=True)
class Marked:
    """A clip, and where its subject begins and ends in each frame, as parts of its width."""

    name: str
    clip: Path
    begins: Sequence[float]
    ends: Sequence[float]

    def inside(self, place_at: Callable[[float], float], part: float) -> float:
        """Return in what part of the frames a window of this length shows all of the subject."""
        seen = [
            place_at(number / FPS) <= begin and end <= place_at(number / FPS) + part
            for number, (begin, end) in enumerate(zip(self.begins, self.ends, strict=True))
        ]
        return sum(seen) / len(seen)


def clouds(dice: np.random.Generator, height: int, width: int) -> NDArray[np.float64]:
    """Noise with the spectrum of photographs."""
    away = np.hypot(np.fft.fftfreq(height)[:, None] * height, np.fft.rfftfreq(width)[None, :] * width)
    away[0, 0] = 1
    plane = np.fft.irfft2(np.fft.rfft2(dice.normal(size=(height, width))) / away**1.2, (height, width))
    return np.asarray((plane - plane.mean()) / plane.std())


def textured(seed: int, size: tuple[int, int]) -> Picture:
    """A ground as large as a frame and the camera's way over it."""
    dice, room = np.random.default_rng(seed), round(size[1] * MARGIN)
    light, hue = (clouds(dice, size[1] + room, size[0] + room) for _ in range(2))
    return np.clip(np.stack([110 + 35 * light + tint * hue for tint in (20, 0, -20)], axis=2), 0, 255).astype(np.uint8)


def painted(seed: int, side: int) -> Picture:
    """Draw the look of a subject: a colour with its own texture."""
    dice = np.random.default_rng(1000 + seed)
    channels = [150 + 30 * clouds(dice, side, side) + dice.normal(0, 45) for _ in range(3)]
    return np.clip(np.stack(channels, axis=2), 0, 255).astype(np.uint8)


def make(
    path: Path, move: str, seed: int, *, size: tuple[int, int], seconds: float, ground: Picture, subject: Picture
) -> Marked:
    """Film a round subject on its way over a ground, while the camera moves over the ground too."""
    frames = round(seconds * FPS)
    middles = [float(MOVES[move](number / frames)) for number in range(frames)]
    shown = _frames(ground, subject, middles, size, seed)
    _encode(path, shown, size)
    half = subject.shape[1] / 2 / size[0]
    return Marked(f"{move} {seed}", path, [at - half for at in middles], [at + half for at in middles])


def _frames(
    ground: Picture, subject: Picture, middles: Sequence[float], size: tuple[int, int], seed: int
) -> Iterator[Picture]:
    (width, height), side = size, subject.shape[0]
    mask = np.zeros((side, side), np.uint8)
    cv2.circle(mask, (side // 2, side // 2), side // 2 - 1, 255, -1)
    rooms = ground.shape[1] - width, ground.shape[0] - height
    for number, middle in enumerate(middles):
        at_s = number / FPS
        left, top = (
            int(room * (0.5 + 0.5 * turn))
            for room, turn in zip(rooms, (np.sin(0.9 * at_s + seed), np.cos(0.7 * at_s)), strict=True)
        )
        frame = ground[top : top + height, left : left + width].copy()
        x, y = round(middle * width - side / 2), round(height * (0.5 + 0.1 * np.sin(2 * at_s + seed)) - side / 2)
        place = frame[y : y + side, x : x + side]
        place[mask > 0] = subject[mask > 0]
        yield frame


def _encode(path: Path, frames: Iterator[Picture], size: tuple[int, int]) -> None:
    raw = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{size[0]}x{size[1]}", "-r", str(FPS), "-i", "pipe:0"]
    coded = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-pix_fmt", "yuv420p", str(path)]
    command = [ffmpeg.executable(), "-nostdin", "-loglevel", "error", "-y", *raw, *coded]
    with subprocess.Popen([each for each in command if each != "-nostdin"], stdin=subprocess.PIPE) as encoder:
        assert encoder.stdin is not None
        for frame in frames:
            encoder.stdin.write(frame.tobytes())
        encoder.stdin.close()
        assert encoder.wait(60) == 0
