"""A photo worn as the head."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.providers.local.drawing.colour import rgb
from pipeline.providers.local.drawing.look import Look
from pipeline.providers.local.drawing.shapes import ellipse
from pipeline.providers.local.drawing.stage import Pen


def photo(pen: Pen, look: Look, face: NDArray[np.uint8]) -> None:
    """The picture as a round cut-out with a rim, in the light of the scene."""
    pen.fill(ellipse(0, -0.05, 1.3), look.accent)
    pen.fill(ellipse(0, -0.05, 1.22), "#fbf8f0")
    size = max(int(pen.size * 2.26), 3)
    shrunk = cv2.resize(face, (size, size), interpolation=cv2.INTER_AREA if size < len(face) else cv2.INTER_CUBIC)
    light = np.array(pen.palette.ambient, np.float32) / 255
    veil, amount = pen.palette.style.veil
    graded = shrunk.astype(np.float32) * (0.45 + 0.55 * light)
    graded += (np.array(rgb(veil), np.float32) - graded) * np.float32(amount * 0.6)
    mask = np.zeros((size, size), np.uint8)
    cv2.circle(mask, (size * 8, size * 8), int(size * 7.9), 255, -1, cv2.LINE_AA, 4)
    x, y = pen.place(np.array([[0.0, -0.05]]))[0]
    pen.canvas.paste(graded.clip(0, 255).astype(np.uint8), mask, round(float(x) - size / 2), round(float(y) - size / 2))
