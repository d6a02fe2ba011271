"""PURE: the shapes of videos and pixels that can be used, for code that measures them or has ffmpeg read them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

MAX_PIXEL_RATIO = 4
"""Pixels that say they are longer than this are taken for square ones."""
MIN_SIDE, MAX_RATIO = 16, 8
"""Of a video. One that is a line costs the computing time of all that is cut off it."""
SQUARED: Mapping[str, object] = {"r": f"if(between(sar,1/{MAX_PIXEL_RATIO},{MAX_PIXEL_RATIO}),sar,1)", "max": 10_000}
"""ffmpeg's `setsar`, by which it takes pixels for what `pixel_ratio` does."""


def pixel_ratio(said: Fraction | None) -> Fraction:
    """Return a pixel's width divided by its height; 1 where the file does not say, or says what cannot be used."""
    ratio = Fraction(said or 1)
    return ratio if Fraction(1, MAX_PIXEL_RATIO) <= ratio <= MAX_PIXEL_RATIO else Fraction(1)


def misfit(width: int, height: int) -> str:
    """Say what is wrong with the size of a video; empty where nothing is."""
    short, long = sorted((width, height))
    if short >= MIN_SIDE and long <= MAX_RATIO * short:
        return ""
    return f"it must be at least {MIN_SIDE} pixels a side and no longer than {MAX_RATIO} times its other side"
