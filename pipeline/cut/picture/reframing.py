"""PURE: the filters that put a picture of another shape into a frame: cropped by a window, or whole on a ground."""

from __future__ import annotations

from typing import Any

import ffmpeg

from media_assets.shapes import SQUARED
from pipeline.cut.framing.window import Window, expression

Size = tuple[int, int]
BLURRED_SMALLER, DARKENED = 8, 0.6


def windowed(picture: Any, window: Window, size: Size, begin_s: float, **scaling: Any) -> Any:
    """Fill a frame with what the window shows at each frame's time stamp; the clip's first has `begin_s`.

    A window that moves is cut out after scaling, so that it moves by pixels of the film.
    """
    seen = _seen(picture.filter("setsar", **SQUARED), window)
    if window.stands_still:
        return (
            seen.filter("scale", *size, force_original_aspect_ratio="increase", reset_sar=1, **scaling)
            .filter("crop", *size)
            .filter("setsar", 1)
        )
    across = window.axis == "x"
    longer = f"2*ceil({size[1]}*dar/2)" if across else f"2*ceil({size[0]}/dar/2)"
    width, height = (longer, size[1]) if across else (size[0], longer)
    length = "iw" if across else "ih"
    place = f"round(({expression(window, begin_s)}-{_low(window):.6f})*{length}/{_stretch(window):.6f})"
    moved = {"x": place, "y": 0} if across else {"x": 0, "y": place}
    return (
        seen.filter("scale", width, height, reset_sar=1, **scaling)
        .filter("crop", *size, exact=1, **moved)
        .filter("setsar", 1)
    )


def within(picture: Any, size: Size, **scaling: Any) -> Any:
    """All of a picture, as large as the frame can show it; its sides are even."""
    return (
        picture.filter("setsar", **SQUARED)
        .filter("scale", *size, force_original_aspect_ratio="decrease", force_divisible_by=2, reset_sar=1, **scaling)
        .filter("setsar", 1)
    )


def shown_whole(picture: Any, window: Window, size: Size, **scaling: Any) -> Any:
    """All that a window on a ground shows, as large as the frame can show it."""
    return within(_seen(picture.filter("setsar", **SQUARED), window), size, **scaling)


def on_bars(picture: Any, size: Size) -> Any:
    """Put a picture in the middle of a black frame."""
    return picture.filter("pad", *size, x="(ow-iw)/2", y="(oh-ih)/2", color="black").filter("setsar", 1)


def on_blurred_ground(picture: Any, size: Size, **scaling: Any) -> Any:
    """Put it in the middle of its own enlarged, blurred and darkened picture. What is blurred is blurred small."""
    width, height = size
    shown = picture.filter_multi_output("split")
    small = (max(width // BLURRED_SMALLER // 2 * 2, 2), max(height // BLURRED_SMALLER // 2 * 2, 2))
    ground = (
        filled(shown[1], small, **scaling)
        .filter("gblur", sigma=max(min(small) / 18, 1))
        .filter("scale", width, height, flags="bicubic")
        .filter("setsar", 1)
        .filter("colorlevels", romax=DARKENED, gomax=DARKENED, bomax=DARKENED)
    )
    return ffmpeg.overlay(ground, shown[0], x="(W-w)/2", y="(H-h)/2")


def filled(picture: Any, size: Size, **scaling: Any) -> Any:
    """Fill the frame; what is left over is cut off at both sides alike."""
    return (
        picture.filter("setsar", **SQUARED)
        .filter("scale", *size, force_original_aspect_ratio="increase", reset_sar=1, **scaling)
        .filter("crop", *size)
        .filter("setsar", 1)
    )


def _seen(picture: Any, window: Window) -> Any:
    """Cut off what the window shows at no time; what is left begins and ends at whole pairs of pixels."""
    if not window.axis or _stretch(window) >= 1:
        return picture
    length = "iw" if window.axis == "x" else "ih"
    kept, begin = f"2*ceil({length}*{_stretch(window):.6f}/2)", f"2*floor({length}*{_low(window):.6f}/2)"
    return (
        picture.filter("crop", w=kept, h="ih", x=begin, y=0)
        if window.axis == "x"
        else picture.filter("crop", w="iw", h=kept, x=0, y=begin)
    )


def _low(window: Window) -> float:
    return 0.0 if _stretch(window) >= 1 else window.low


def _stretch(window: Window) -> float:
    """Return what the window shows at any time, as a part of the axis; all of it where that is nearly so."""
    shown = window.high - window.low + window.part
    return 1.0 if shown > NEARLY_ALL else shown


NEARLY_ALL = 0.97
