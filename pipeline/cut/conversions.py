"""PURE: the ffmpeg commands that bring a user's own material into the shape of what generators make."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ffmpeg

from pipeline.cut.filtergraph import GLOBAL, Size

MAX_FPS = 60
BIT_RATE = 192_000
RATE = 48_000
TAGS = {"color_primaries": "bt709", "color_trc": "bt709", "colorspace": "bt709", "color_range": "tv"}
CLEAN = {"map_metadata": -1, "map_chapters": -1, "fflags": "+bitexact"}
"""Where and with what a phone took it stays with the user."""


def still(source: Path, out: Path, size: Size) -> list[str]:
    """A PNG that is filled by the picture; what is left over is cut off."""
    picture = _filled(ffmpeg.input(str(source))["v:0"], size).filter("format", "rgb24")
    return _arguments(ffmpeg.output(picture, str(out), format="image2", **{"frames:v": 1, "update": 1}, **CLEAN))


def portrait(source: Path, out: Path, side: int) -> list[str]:
    """A PNG of the whole picture, at most `side` pixels high and wide."""
    picture = ffmpeg.input(str(source))["v:0"].filter(
        "scale", f"min({side},iw)", f"min({side},ih)", force_original_aspect_ratio="decrease", flags="lanczos"
    )
    return _arguments(ffmpeg.output(picture, str(out), format="image2", **{"frames:v": 1, "update": 1}, **CLEAN))


def clip(source: Path, out: Path, size: Size, *, format: str, fps: float, tagged_colour: bool) -> list[str]:
    """A silent H.264 clip of the frame's size, upright, at its own rate where that is not above 60 a second."""
    picture = ffmpeg.input(str(source), f=format)["v:0"]
    if not tagged_colour:
        picture = picture.filter("setparams", colorspace="bt709")
    picture = _filled(picture, size, out_color_matrix="bt709", out_range="tv").filter("format", "yuv420p")
    if fps > MAX_FPS:
        picture = picture.filter("fps", MAX_FPS)
    encoding = {"c:v": "libx264", "preset": "veryfast", "crf": 16, "g": 30, "movflags": "+faststart"}
    return _arguments(ffmpeg.output(picture, str(out), format="mp4", an=None, sn=None, **encoding, **TAGS, **CLEAN))


def sound(source: Path, out: Path, *, format: str, channels: int) -> list[str]:
    heard = ffmpeg.input(str(source), f=format)["a:0"]
    encoding = {"c:a": "libmp3lame", "b:a": BIT_RATE, "ar": RATE, "ac": channels, "vn": None, "sn": None}
    return _arguments(ffmpeg.output(heard, str(out), format="mp3", **encoding, **CLEAN))


def _filled(picture: Any, size: Size, **options: Any) -> Any:
    width, height = size
    return (
        picture.filter(
            "scale", width, height, force_original_aspect_ratio="increase", reset_sar=1, flags="lanczos", **options
        )
        .filter("crop", width, height)
        .filter("setsar", 1)
    )


def _arguments(stream: Any) -> list[str]:
    return [str(argument) for argument in stream.global_args(*GLOBAL).get_args()]
