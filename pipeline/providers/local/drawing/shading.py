"""A style's manner of modelling a shape: where light falls on it, how its paint ends, whether it throws a shadow."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.uint8]
Field = NDArray[np.float32]

DARKENING = np.array([0.72, 0.65, 0.38], dtype=np.float32)
"""What a shadow takes from red, green and blue: it is cool."""


@dataclass(frozen=True)
class Manner:
    volume: float = 0.3
    """How strongly the side away from the light darkens."""
    rim: float = 0.25
    """How strongly the edge towards the light shines."""
    roundness: float = 0.16
    """How far shading reaches inwards, in parts of the shape's size."""
    cel: bool = False
    """Two flat tones with a sharp border instead of a gradient."""
    edge: float = 0.0
    """Darker pigment along the edge, as wet paint dries."""
    mottle: float = 0.0
    """Uneven paint."""
    shadow: float = 0.0
    """A soft shadow thrown on what lies behind."""

    def reach(self, width: float, height: float, limit: float) -> int:
        return int(min(max(min(width, height) * self.roundness, 1.5), limit)) + 1

    def model(self, mask: Mask, colour: Field, light: tuple[float, float], reach: int, noise: Field) -> Field:
        """The colour of each pixel of the shape, for light that comes from the direction `light`."""
        lit = _facing(mask, light, reach)
        if self.cel:
            lit = 0.5 * np.clip((lit - 0.55) * 7, 0, 1) - 0.75 * np.clip((-lit - 0.16) * 7, 0, 1)
        shade = np.clip(-lit, 0, 1)[..., None] * np.float32(self.volume)
        shine = np.clip(lit, 0, 1)[..., None] * np.float32(self.rim)
        shape = colour * (1 - shade * DARKENING)
        shape += (255 - shape) * shine
        if self.edge:
            shape *= self._pigment(mask, noise)[..., None]
        return np.asarray(shape, dtype=np.float32)

    def _pigment(self, mask: Mask, noise: Field) -> Field:
        size = 9
        inside = cv2.blur(mask, (size, size)).astype(np.float32) / 255
        rim = np.clip((0.93 - inside) * 2.2, 0, 1)
        return np.asarray(1 - self.edge * rim + self.mottle * noise, dtype=np.float32)


def _facing(mask: Mask, light: tuple[float, float], reach: int) -> Field:
    """-1 at edges turned away from the light, +1 at those towards it, 0 inside."""
    size = 2 * reach + 1
    soft = cv2.blur(cv2.blur(mask, (size, size)), (size, size))
    dx, dy = round(light[0] * reach), round(light[1] * reach)
    behind = np.roll(soft, (dy, dx), (0, 1)).astype(np.float32)
    behind -= np.roll(soft, (-dy, -dx), (0, 1))
    return behind / np.float32(255)
