"""What a vendor may deliver that is no use, as the fault `faulty` names it: each made wrong in one way alone."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

Frame = NDArray[np.uint8]
ClipDefect = Literal[
    "frozen", "strobing", "black", "barred", "other_beginning", "other_shape", "too_short", "unwanted_sound",
]  # fmt: skip
SoundDefect = Literal["silent", "too_few_words", "too_many_words", "too_short"]
CLIP_DEFECTS: tuple[ClipDefect, ...] = get_args(ClipDefect)
SHORT_S, SPED, SLOWED = 2, 0.25, 4.0
BAR = 0.13
MIDDLE = 128
STRIPES = 4
STROBED = 3
"""Frames that each flash lasts."""


def frame_with(defect: str, frames: tuple[Frame, Frame], number: int) -> Frame:
    """The frame of this number of a clip with this defect; `frames` are its first one and the one it should be."""
    first, right = frames
    match defect:
        case "frozen":
            return first
        case "black":
            return np.zeros_like(right)
        case "strobing":
            return np.full_like(right, 255 if right.mean() < MIDDLE else 0) if number // STROBED % 2 else right
        case "barred":
            return barred(right)
        case "other_beginning":
            return _something_else(right)
        case _:
            return right


def _something_else(picture: Frame) -> Frame:
    """Stripes in the colours that are not in the picture."""
    stripes = (np.arange(picture.shape[1]) * STRIPES // picture.shape[1] % 2)[None, :, None]
    shown = np.where(stripes, 255 - picture[::-1], 255 - np.roll(picture, 1, axis=2)) // (1 + stripes)
    return np.ascontiguousarray(shown.astype(np.uint8))


def barred(picture: Frame) -> Frame:
    """The picture with black bars above and below."""
    high = round(len(picture) * BAR)
    shown = picture.copy()
    shown[:high] = shown[-high:] = 0
    return shown


def still_with(defect: str, picture: Frame) -> Frame:
    match defect:
        case "black":
            return np.zeros_like(picture)
        case "barred":
            return barred(picture)
        case _:
            return picture


def length_with(defect: str, seconds: float) -> float:
    """The seconds of a sound or a clip that should last so many."""
    lengths = {"too_short": float(SHORT_S), "too_few_words": seconds * SPED, "too_many_words": seconds * SLOWED}
    return lengths.get(defect, seconds)
