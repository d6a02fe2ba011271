"""The distance of a clip's first frame from the still it should begin with, wherever in it its camera begins."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from media_assets import pictures
from media_assets.video_checks import SMALL

Pixels = NDArray[np.float32]

COMPARED = (32, 18)
SCALES = (1.0, 0.92, 0.84, 0.76, 0.68)
"""Parts of a still that a camera begins with."""
STEPS = 5
ALIKE = 0.3
"""It need not be any nearer."""
SPREAD = 12.0
"""Of 255: below that a picture has nothing by which its parts could be told apart."""


def look_of(first: bytes) -> str:
    """Pack a first frame (as `Watched.first`) into a short text, by which it can be compared later."""
    packed = io.BytesIO()
    Image.frombytes("RGB", SMALL, first).save(packed, "WEBP", quality=90)
    return base64.b64encode(packed.getvalue()).decode()


def unlike(first: bytes, look: str) -> float:
    """Return how little a first frame is like any part of the still that `look` was taken of, from 0 to 1."""
    frame = Image.frombytes("RGB", SMALL, first).resize(COMPARED, Image.Resampling.BOX)
    wanted, least = np.asarray(frame, np.float32), 1.0
    with pictures.opened(io.BytesIO(base64.b64decode(look))) as packed:
        for part in _parts(packed.convert("RGB")):
            least = min(least, _distance(wanted, part))
            if least < ALIKE:
                break
    return least


def _parts(still: Image.Image) -> Iterator[Pixels]:
    for scale in SCALES:
        width, height = still.width * scale, still.height * scale
        steps = np.linspace(0.0, 1.0, STEPS) if scale < 1 else (0.5,)
        for down in steps:
            for right in steps:
                left, top = (still.width - width) * right, (still.height - height) * down
                box = (left, top, left + width, top + height)
                yield np.asarray(still.resize(COMPARED, Image.Resampling.BOX, box=box), np.float32)


def _distance(one: Pixels, other: Pixels) -> float:
    """Half of it is by colour, half by form; where one has no form, all of it is by colour."""
    colour = min(float(np.abs(one - other).mean()) / 64, 1.0)
    left, right = one - one.mean(axis=(0, 1)), other - other.mean(axis=(0, 1))
    spreads = float(left.std()), float(right.std())
    if min(spreads) < SPREAD:
        return colour
    form = float((left * right).mean()) / (spreads[0] * spreads[1])
    return (colour + 1 - max(form, 0.0)) / 2
