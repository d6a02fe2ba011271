"""A picture file as BT.709 planes, a good deal larger than the frame, ready to be filmed."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from pixora.foundation.child_answer import Refusal

Plane = NDArray[np.float32]

OVERSAMPLING = 1.5
"""Linear interpolation from a larger picture stays sharp and does not breathe between pixel positions."""
MAX_WORK_PIXELS = 2_800 * 1_600
BGR_TO_YUV709 = np.array(
    [
        [0.0722, 0.7152, 0.2126],
        [0.5, -0.7152 / 1.8556, -0.2126 / 1.8556],
        [-0.0722 / 1.5748, -0.7152 / 1.5748, 0.5],
    ],
    np.float32,
)
LUMA_SCALE, CHROMA_SCALE, LUMA_BLACK = 219 / 255, 224 / 255, 16.0

BRIGHT_ENOUGH, BRIGHT_SHARE = 46.0, 0.06
"""A film must not be taken for black: at least this share of its pixels is brighter than this luma."""
DARK = 80.0
GLOW, GLOW_WIDTH = 46.0, 0.40


@dataclass(frozen=True)
class Picture:
    luma: Plane
    """16 to 235."""
    blue: Plane
    red: Plane
    """Colour differences around 0, at half the size of the luma."""

    @property
    def is_dark(self) -> bool:
        return float(self.luma.mean()) < DARK


def load(path: Path, size: tuple[int, int]) -> Picture:
    """Load a picture file. Raises Refusal for a file that is no picture."""
    return _planes(_cropped(_read(path), size))


def _read(path: Path) -> NDArray[np.uint8]:
    try:
        pixels = cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_COLOR)
    except (OSError, cv2.error):
        pixels = None
    if pixels is None:
        raise Refusal("unreadable_picture")
    return np.asarray(pixels, np.uint8)


def _cropped(pixels: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    """The largest middle part of the frame's ratio, at the size the camera works from."""
    high, wide = pixels.shape[:2]
    scale = min(wide / size[0], high / size[1])
    take_wide, take_high = max(1, round(size[0] * scale)), max(1, round(size[1] * scale))
    left, top = (wide - take_wide) // 2, (high - take_high) // 2
    part = pixels[top : top + take_high, left : left + take_wide]
    target = _work_size(size)
    smaller = target[0] < take_wide
    return np.asarray(cv2.resize(part, target, interpolation=cv2.INTER_AREA if smaller else cv2.INTER_CUBIC), np.uint8)


def _work_size(size: tuple[int, int]) -> tuple[int, int]:
    factor = min(OVERSAMPLING, math.sqrt(MAX_WORK_PIXELS / (size[0] * size[1])))
    return round(size[0] * factor / 2) * 2, round(size[1] * factor / 2) * 2


def _planes(pixels: NDArray[np.uint8]) -> Picture:
    half = cv2.resize(pixels, (pixels.shape[1] // 2, pixels.shape[0] // 2), interpolation=cv2.INTER_AREA)
    luma = cv2.transform(pixels, BGR_TO_YUV709[:1] * LUMA_SCALE).astype(np.float32) + np.float32(LUMA_BLACK)
    blue, red = cv2.split(cv2.transform(half.astype(np.float32), BGR_TO_YUV709[1:] * CHROMA_SCALE))
    return Picture(_not_black(luma), np.asarray(blue, np.float32), np.asarray(red, np.float32))


def _not_black(luma: Plane) -> Plane:
    if np.count_nonzero(luma > BRIGHT_ENOUGH) >= BRIGHT_SHARE * luma.size:
        return luma
    high, wide = luma.shape
    down = np.linspace(-1, 1, high, dtype=np.float32)[:, None]
    across = np.linspace(-1, 1, wide, dtype=np.float32)[None]
    glow = np.exp(-(down**2 + across**2) / np.float32(2 * GLOW_WIDTH**2))
    return np.asarray(luma + np.float32(GLOW) * glow, np.float32)
