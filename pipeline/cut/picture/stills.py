"""PURE: the ffmpeg commands that make a clip of a still, and a still of a clip."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import ffmpeg

from media_assets.shapes import SQUARED
from pipeline.cut.framing.window import Window, standing
from pipeline.cut.narration_fit import FPS, Rhythm
from pipeline.cut.picture import colour, reframing
from pipeline.cut.picture.filter_graph import GLOBAL, Canvas, Clip, Size, stretch

MARK = "DRAFT"
ROOM_TO_MOVE = 1.1
"""The still is this much larger than the frame that moves over it."""
MARK_HEIGHT, MARK_MARGIN = 1 / 24, 1 / 30
"""Of the picture's shorter side."""
INTERMEDIATE = {"c:v": "libx264", "preset": "ultrafast", "crf": 16, "g": 15, "pix_fmt": "yuv420p"}
COLOUR = {"color_primaries": "bt709", "color_trc": "bt709", "colorspace": "bt709", "color_range": "tv"}
POSTER_AT, POSTER_SIDE, JPEG_QUALITY = 0.4, 960, 3


def moving_still(
    image: Path, out: Path, *, format: str, frames: int, canvas: Canvas, font: Path, towards: str
) -> list[str]:
    """A frame of the canvas's size glides over the still; a mark in its corner says that this is a draft."""
    width, height = canvas.size
    wide, high = (round(side * ROOM_TO_MOVE / 2) * 2 for side in canvas.size)
    done = f"n/{max(frames - 1, 1)}"
    picture = (
        _filled(ffmpeg.input(str(image), f=format)["v:0"], (wide, high))
        .filter("loop", loop=frames - 1, size=1)
        .filter("settb", f"1/{canvas.fps}")
        .filter("setpts", "N")
        .filter("crop", width, height, f"(iw-ow)*{done if towards == 'right' else f'(1-{done})'}", f"(ih-oh)*{done}")
        .filter("drawtext", **_mark(canvas.size, font))
    )
    options = {"frames:v": frames, "r": canvas.fps, **INTERMEDIATE, **COLOUR, "an": None, "map_metadata": -1}
    return _arguments(ffmpeg.output(picture, str(out), format="mp4", **options))


def poster(clip: Clip, size: Size, out: Path, *, frames: int) -> list[str]:
    """Build ffmpeg's arguments for a still of one frame of the clip, framed as in the film, whose scene is at least so
    many `frames` long."""
    scale = min(POSTER_SIDE / max(size), 1)
    wide, high = (round(side * scale / 2) * 2 for side in size)
    at_s = float(clip.skip_s + shown_at(clip, round(frames * POSTER_AT), frames))
    begin = {"ss": f"{float(clip.start_s) + at_s:.6f}", "seek_timestamp": 1}
    source = ffmpeg.input(str(clip.path), f=clip.format, **begin)
    shown = colour.to_film(source["v:0"], clip.wide_colour) if clip.wide_colour else source["v:0"]
    picture = _filled(_shown(shown, clip.window, at_s, (wide, high)), (wide, high), to_range="pc")
    options = {"frames:v": 1, "q:v": JPEG_QUALITY, "update": 1, "an": None, "map_metadata": -1}
    return _arguments(ffmpeg.output(picture, str(out), format="image2", **options))


def shown_at(clip: Clip, frame: int, frames: int) -> Fraction:
    """Return how many seconds behind its beginning a scene of so many frames shows its clip at one of them; a longer
    scene shows that moment too, later."""
    rhythm = Rhythm.at(FPS)
    slowed = stretch(clip.shown_s, frames + rhythm.transition, FPS)
    return min(Fraction(rhythm.transition // 2 + frame, FPS) / slowed, clip.shown_s)


def _shown(picture: Any, window: Window, at_s: float, size: Size) -> Any:
    """Return what a film of another shape shows of a clip at this moment."""
    if window.is_all:
        return picture
    if window.fill == "crop":
        return reframing.windowed(picture, standing(window.axis, window.part, window.place_at(at_s)), size, 0.0)
    whole = reframing.shown_whole(picture, window, size).filter("format", "yuv420p")
    return reframing.on_blurred_ground(whole, size) if window.fill == "blur" else reframing.on_bars(whole, size)


def _filled(picture: Any, size: Size, *, to_range: str = "tv") -> Any:
    width, height = size
    matrix = {"out_color_matrix": "bt709" if to_range == "tv" else "bt601", "out_range": to_range}
    return (
        picture.filter("setsar", **SQUARED)
        .filter("scale", width, height, force_original_aspect_ratio="increase", reset_sar=1, **matrix)
        .filter("crop", width, height)
        .filter("format", "yuv420p" if to_range == "tv" else "yuvj420p")
        .filter("setsar", 1)
    )


def _mark(size: Size, font: Path) -> dict[str, Any]:
    letter, margin = round(min(size) * MARK_HEIGHT), round(min(size) * MARK_MARGIN)
    return {
        "fontfile": str(font), "text": MARK, "fontsize": max(letter, 6), "fontcolor": "white",
        "box": 1, "boxcolor": "black@0.55", "boxborderw": max(letter // 3, 1),
        "x": f"w-tw-{margin}", "y": margin,
    }  # fmt: skip


def _arguments(stream: Any) -> list[str]:
    return [str(argument) for argument in stream.global_args(*GLOBAL).get_args()]
