"""PURE: the ffmpeg commands that bring a user's own material into the shape of what generators make."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import ffmpeg

from media_assets.picture_grounds import GROUNDS
from pipeline.cut.picture import colour, reframing
from pipeline.cut.picture.filter_graph import GLOBAL, Size

Fit = Literal["cover", "blur"]
"""How a picture of another shape gets into the frame: it fills it and is cut, or is whole on a blurred ground."""

MAX_FPS = 60
LONGEST_CLIP_S, LONGEST_SOUND_S = 61, 901
"""No more of a file is read than an upload may last, whatever it says of itself."""
BIT_RATE = 192_000
RATE = 48_000
SHARP = {"flags": "lanczos"}
PNG = "png_pipe"
TAGS = {"color_primaries": "bt709", "color_trc": "bt709", "colorspace": "bt709", "color_range": "tv"}
FROM_ZERO = "if(eq(N,0),0,PTS)"
"""A picture that begins after its sound stands still until it moves: the cut counts from the first picture."""
UNSAID = {"color_primaries": "unknown", "color_trc": "unknown", "colorspace": "unknown"}
"""While a picture is made larger or smaller, for which some tags are unknown ones; then it is read by `facts`."""
CLEAN = {"map_metadata": -1, "map_chapters": -1, "fflags": "+bitexact"}
"""Where and with what a phone took it stays with the user."""


def still(source: Path, out: Path, size: Size, *, fit: Fit = "cover") -> list[str]:
    """A PNG of the frame's size, from a PNG."""
    picture = _fitted(ffmpeg.input(str(source), f=PNG)["v:0"], size, fit).filter("format", "rgb24")
    return _arguments(ffmpeg.output(picture, str(out), format="image2", **{"frames:v": 1, "update": 1}, **CLEAN))


def portrait(source: Path, out: Path, side: int) -> list[str]:
    """A PNG of the whole picture, a PNG too, at most `side` pixels high and wide."""
    picture = ffmpeg.input(str(source), f=PNG)["v:0"].filter(
        "scale", f"min({side},iw)", f"min({side},ih)", force_original_aspect_ratio="decrease", flags="lanczos"
    )
    return _arguments(ffmpeg.output(picture, str(out), format="image2", **{"frames:v": 1, "update": 1}, **CLEAN))


def clip(
    source: Path, out: Path, size: Size, *, facts: Mapping[str, Any], fit: Fit = "cover", keep_sound: bool = False
) -> list[str]:
    """An H.264 clip of the frame's size, upright, in the film's colours, at its own rate where that is not above 60 a
    second. `facts` are the upload's. Silent, unless its sound is kept and there is one.
    """
    read = {"c:v": facts["alpha_decoder"]} if facts.get("alpha_decoder") else {}
    opened = ffmpeg.input(str(source), f=facts["format"], t=LONGEST_CLIP_S, **read)
    kept = keep_sound and facts["has_audio"] and not facts.get("silent")
    picture = _moving(opened["v:0"], size, facts, fit, from_zero=kept)
    encoding = {"c:v": "libx264", "preset": "veryfast", "crf": 16, "g": 30, "movflags": "+faststart", "sn": None}
    hearing = {"c:a": "aac", "b:a": BIT_RATE, "ar": RATE, "ac": 2} if kept else {"an": None}
    streams = [picture, opened["a:0"].filter("aresample", **{"async": 1, "first_pts": 0})] if kept else [picture]
    return _arguments(ffmpeg.output(*streams, str(out), format="mp4", **encoding, **hearing, **TAGS, **CLEAN))


def _moving(stream: Any, size: Size, facts: Mapping[str, Any], fit: Fit, *, from_zero: bool) -> Any:
    """The pictures of a clip in the frame's size and the film's colours."""
    picture = stream.filter("setparams", **UNSAID)
    if from_zero:
        picture = picture.filter("setpts", FROM_ZERO)
    if facts.get("interlaced"):
        picture = picture.filter("bwdif", mode="send_frame", deint="interlaced")
    picture = reframing.within(picture, size, **SHARP) if fit == "blur" else reframing.filled(picture, size, **SHARP)
    meant = colour.meant(facts.get("colour", {}), facts["width"], facts["height"])
    if ground := facts.get("ground"):
        picture = _on_ground(_seen_through(picture, meant), ground)
    else:
        picture = colour.to_film(picture, meant)
    picture = picture.filter("format", "yuv420p")
    if fit == "blur":
        picture = reframing.on_blurred_ground(picture, size, **SHARP)
    if facts["fps"] > MAX_FPS:
        picture = picture.filter("fps", MAX_FPS)
    return picture.filter("setparams", **colour.TAGS)


def sound(source: Path, out: Path, *, format: str, channels: int, out_of_phase: bool = False) -> list[str]:
    """MP3. Where two channels would cancel each other out in one, the second is turned round first."""
    heard = ffmpeg.input(str(source), f=format, t=LONGEST_SOUND_S)["a:0"]
    if out_of_phase and channels == 1:
        heard = heard.filter("pan", args="mono|c0=0.5*c0-0.5*c1")
    encoding = {"c:a": "libmp3lame", "b:a": BIT_RATE, "ar": RATE, "ac": channels, "vn": None, "sn": None}
    return _arguments(ffmpeg.output(heard, str(out), format="mp3", **encoding, **CLEAN))


def _fitted(picture: Any, size: Size, fit: Fit) -> Any:
    if fit == "blur":
        return reframing.on_blurred_ground(reframing.within(picture, size, **SHARP), size, **SHARP)
    return reframing.filled(picture, size, **SHARP)


def _seen_through(picture: Any, meant: colour.Colour) -> Any:
    """Bring the picture to the film's colours and leave it as transparent as it was: most of what converts colours
    would forget that."""
    shown = picture.filter_multi_output("split")
    converted = colour.to_film(shown[0], meant).filter("format", "yuv444p")
    return ffmpeg.filter([converted, shown[1].filter("format", "yuva444p").filter("alphaextract")], "alphamerge")


def _on_ground(picture: Any, ground: str) -> Any:
    """Put what is transparent on one colour."""
    shown = picture.filter_multi_output("split")
    below = shown[1].filter("drawbox", color="0x{:02x}{:02x}{:02x}ff".format(*GROUNDS[ground]), t="fill", replace=1)
    return ffmpeg.overlay(below, shown[0], format="yuv444")


def _arguments(stream: Any) -> list[str]:
    return [str(argument) for argument in stream.global_args(*GLOBAL).get_args()]
