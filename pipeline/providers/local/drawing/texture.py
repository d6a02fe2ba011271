"""Noise, blur and other fields that paint is varied with."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.providers.local.drawing.shading import Field


def shifted(values: Field, down: int, right: int) -> Field:
    """Move a field by whole pixels, the edges stretched over what comes in."""
    rows = (np.arange(values.shape[0]) - down).clip(0, values.shape[0] - 1)
    columns = (np.arange(values.shape[1]) - right).clip(0, values.shape[1] - 1)
    return np.asarray(values[rows][:, columns], dtype=np.float32)


def soft(image: NDArray[np.uint8], sigma: float) -> NDArray[np.uint8]:
    """A Gaussian blur; wide ones are computed small, which costs the same and looks the same."""
    shrink = int(min(max(sigma / 3, 1), 16))
    if shrink == 1:
        return np.asarray(cv2.GaussianBlur(image, (0, 0), max(sigma, 0.1)), dtype=np.uint8)
    size = (max(image.shape[1] // shrink, 1), max(image.shape[0] // shrink, 1))
    small = cv2.GaussianBlur(cv2.resize(image, size, interpolation=cv2.INTER_AREA), (0, 0), sigma / shrink)
    return np.asarray(cv2.resize(small, image.shape[1::-1], interpolation=cv2.INTER_LINEAR), np.uint8)


def fractal(
    rng: np.random.Generator, size: tuple[int, int], *, cells: float, octaves: int = 5, stretch: float = 1.0
) -> Field:
    """Cloud noise around 0 with a deviation of about 0.4, `stretch` times wider than high."""
    width, height = size
    total = np.zeros((height, width), np.float32)
    short = min(size)
    for octave in range(octaves):
        cell = max(short / cells / 2**octave, 1.0)
        grid = rng.random((int(height / cell) + 3, int(width / cell / stretch) + 3), dtype=np.float32) - 0.5
        # A small grid drawn large is what makes the noise smooth.
        total += cv2.resize(grid, size, interpolation=cv2.INTER_CUBIC) * np.float32(1.3 * 0.55**octave)
    return total
