"""PURE: the ground that is put under a picture that is partly transparent."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

LIGHT = 150
"""Of 255: what is brighter on average than this would vanish on white."""
GROUNDS = {"white": (255, 255, 255), "dark": (24, 24, 24)}


def ground_for(brightness: NDArray[np.float32], alpha: NDArray[np.float32]) -> str:
    """White, and dark for what is light itself, by how bright that is which can be seen: 0 to 255 a pixel, as is
    `alpha`."""
    seen = float(alpha.sum())
    return "dark" if seen and float((brightness * alpha).sum()) / seen > LIGHT else "white"
