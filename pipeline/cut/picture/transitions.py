"""PURE: transitions from one picture to the next. Each gets both pictures as streams that begin at frame 0."""

from __future__ import annotations

from typing import Any

import ffmpeg

XFADES = {
    "fade": "fade",
    "dissolve": "dissolve",
    "slide_left": "slideleft",
    "slide_right": "slideright",
    "slide_up": "slideup",
    "slide_down": "slidedown",
    "wipe_left": "wipeleft",
    "wipe_right": "wiperight",
    "circle_open": "circleopen",
}
"""What ffmpeg's xfade draws, under its own names."""

CUTS = frozenset({"none", "fade_black"})
"""Where the pictures never meet: each is needed for half of the length only."""

KINDS = ("none", *XFADES, "zoom_in", "fade_black")

ZOOM = 0.8
"""How much nearer `zoom_in` has come when the next picture is there; ffmpeg's own ends in blocks of single pixels."""


def cut(kind: str, left: Any, right: Any, length: int) -> Any:
    """`left` and `right` hold half of `length` frames each. `fade_black` is black for the one frame in the middle."""
    if kind == "fade_black":
        left = left.filter("fade", type="out", start_frame=0, nb_frames=length // 2)
        right = right.filter("fade", type="in", start_frame=0, nb_frames=length // 2)
    return ffmpeg.concat(left, right, v=1, a=0)


def blend(kind: str, left: Any, right: Any, length: int, *, size: tuple[int, int], fps: int) -> Any:
    """`left` and `right` hold `length` frames each; the first frame is all left, the one after the last all right."""
    if kind == "zoom_in":
        left, kind = _nearer(left, length, size, fps), "fade"
    return ffmpeg.filter([left, right], "xfade", transition=XFADES[kind], duration=f"{length / fps:.6f}", offset=0)


def _nearer(picture: Any, length: int, size: tuple[int, int], fps: int) -> Any:
    """Into the middle, faster and faster."""
    zoomed = picture.filter(
        "zoompan",
        zoom=f"1+{ZOOM}*pow(on/{length},2)",
        x="iw/2-iw/zoom/2",
        y="ih/2-ih/zoom/2",
        d=1,
        s=f"{size[0]}x{size[1]}",
        fps=fps,
    )
    return zoomed.filter("format", "yuv420p").filter("settb", f"1/{fps}").filter("setpts", "N")
