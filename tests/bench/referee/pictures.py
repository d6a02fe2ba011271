"""Pictures of many sorts, as photographs, paintings and drawings are: none of them from anywhere else."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import cv2
import numpy as np

from pipeline.providers.local.drawing import picture as drawing
from tests.bench.referee.piece import Picture

WIDE = (320, 180)
DRAWN = (
    "a lighthouse at night over a stormy sea", "a forest in snow", "a rocket in space among stars", "a sunny beach",
    "a city street in the rain at night", "a kitchen with a cat", "mountains at sunset", "a desert with dunes",
    "a dark laboratory", "a concert stage with lights", "a field of flowers", "an underwater reef", "fog over a lake",
    "a campfire in the dark", "a white ice field",
)  # fmt: skip
STYLES = ("cinematic", "anime", "watercolor", "noir", "documentary", "clay")


def drawn(count: int) -> Iterator[Picture]:
    """Pictures that Pixora draws itself."""
    for number in range(count):
        prompt, style = DRAWN[number % len(DRAWN)], STYLES[number % len(STYLES)]
        stage = drawing.draw_scene(prompt, "", style, WIDE, _dice(f"{prompt}{number}"), [])
        yield np.ascontiguousarray(drawing.finished(stage))


def natural(count: int) -> Iterator[Picture]:
    """Pictures that have the spectrum of photographs: noise of all sizes over a gradient of light, in a few colours."""
    for number in range(count):
        dice = _dice(f"natural {number}")
        light = np.linspace(dice.uniform(60, 240), dice.uniform(10, 160), WIDE[1])[:, None]
        field = light + 45 * _clouds(dice)
        tint = dice.uniform(0.55, 1.25, 3)
        hue = 25 * np.stack([_clouds(dice) for _ in range(3)], axis=-1)
        yield np.clip(field[..., None] * tint + hue, 0, 255).astype(np.uint8)


def nights(count: int) -> Iterator[Picture]:
    """Hardly anything is lit: stars, a window, the moon."""
    for number in range(count):
        dice = _dice(f"night {number}")
        picture = np.full((*WIDE[::-1], 3), 4, np.uint8)
        for _ in range(60):
            x, y = int(dice.integers(WIDE[0])), int(dice.integers(WIDE[1]))
            cv2.circle(picture, (x, y), 1, [int(dice.integers(90, 220))] * 3, -1)
        centre = int(dice.integers(60, 260)), int(dice.integers(50, 130))
        cv2.circle(picture, centre, int(dice.integers(10, 24)), (250, 240, 200), -1)
        yield picture


def _clouds(dice: np.random.Generator) -> np.ndarray:
    """Noise with an octave for each size, between about -1 and 1."""
    total = np.zeros(WIDE[::-1])
    for octave in range(1, 7):
        grid = dice.normal(size=(2**octave * 9 // 8 + 1, 2 ** (octave + 1) + 1)).astype(np.float32)
        total += cv2.resize(grid, WIDE, interpolation=cv2.INTER_CUBIC) / 1.7**octave
    return total


def _dice(words: str) -> np.random.Generator:
    return np.random.default_rng(int.from_bytes(hashlib.sha256(words.encode()).digest()[:8], "big"))
