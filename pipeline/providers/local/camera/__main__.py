"""Reads an order {image, prompt, duration_s, size, fps, seed, instructions, out}, films the picture as MP4."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.providers.local.camera import effects, moves, weather
from pipeline.providers.local.camera.film import write_film
from pipeline.providers.local.camera.lens import Frame, Lens, within
from pipeline.providers.local.camera.picture import load
from pixora.foundation.child_answer import Question, Report, serve

REPORT_EVERY = 12
"""Frames."""
BREATH, BREATH_S = 0.014, 5.3
"""The light swells by this share: even a picture of one colour does not stand still."""


def make(order: Question, report: Report) -> dict[str, Any]:
    cv2.setNumThreads(1)
    size = order["size"][0], order["size"][1]
    picture = load(Path(order["image"]), size)
    told = {"instructions": order["instructions"], "seed": order["seed"]}
    move = moves.choose(order["prompt"], duration_s=order["duration_s"], **told)
    sky = weather.choose(order["prompt"], dark=picture.is_dark, **told)
    effect = effects.make(sky, picture, size, np.random.default_rng(order["seed"]))
    count = order["duration_s"] * order["fps"]
    views = within([move.at(number / max(count - 1, 1)) for number in range(count)], move.depth, size)
    frames = _frames(Lens(picture, size, move.depth), views, effect, order["fps"], report)
    write_film(Path(order["out"]), frames, size, order["fps"])
    return {
        "duration_ms": order["duration_s"] * 1000,
        "frames": count,
        "fps": order["fps"],
        "move": move.name,
        "effect": sky,
    }


def _frames(
    lens: Lens, views: Sequence[moves.View], effect: effects.Effect, fps: int, report: Report
) -> Iterator[NDArray[np.uint8]]:
    canvas = _Canvas(lens.size)
    for number, view in enumerate(views):
        effect.before(number / fps)
        frame = lens.film(view)
        effect.after(frame, number / fps)
        yield canvas.develop(frame, number / fps)
        if number % REPORT_EVERY == 0:
            report(number / len(views))


class _Canvas:
    """The bytes of one frame, used again for the next: planar 4:2:0, limited range."""

    def __init__(self, size: tuple[int, int]) -> None:
        wide, high = size
        self.pixels: NDArray[np.uint8] = np.empty((high * 3 // 2, wide), np.uint8)
        flat = self.pixels.reshape(-1)
        whole, quarter = wide * high, wide * high // 4
        self.luma = flat[:whole].reshape(high, wide)
        self.blue = flat[whole : whole + quarter].reshape(high // 2, wide // 2)
        self.red = flat[whole + quarter :].reshape(high // 2, wide // 2)

    def develop(self, frame: Frame, at_s: float) -> NDArray[np.uint8]:
        gain = 1 + BREATH * math.sin(2 * math.pi * at_s / BREATH_S)
        cv2.convertScaleAbs(frame.luma, dst=self.luma, alpha=gain, beta=16 * (1 - gain))
        cv2.convertScaleAbs(frame.blue, dst=self.blue, alpha=gain, beta=128)
        cv2.convertScaleAbs(frame.red, dst=self.red, alpha=gain, beta=128)
        return self.pixels


if __name__ == "__main__":
    serve(make)
