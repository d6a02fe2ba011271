"""PURE: the ffmpeg command of every picture piece and of the joined film. Nothing is run here.

Conformed frame k of a clip is the same picture whichever piece asks for it: the place of each source frame on the
film's grid depends on its own timestamp alone (`-copyts`), never on where reading began.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import ffmpeg

from media_assets.shapes import SQUARED
from pipeline.cut import profile
from pipeline.cut.picture import colour, transitions
from pipeline.cut.timeline import Slot

Size = tuple[int, int]

MAX_STRETCH = Fraction(5, 4)
TICKS = 3_000
"""Per frame of the film: how finely source frames are placed between two of its frames."""
GLOBAL = ("-nostdin", "-hide_banner", "-loglevel", "error", "-nostats", "-progress", "pipe:1", "-y")
MOVIE_TIMESCALE = 48_000
FINE_TICKS = 512

LANGUAGE_CODES = {
    "en": "eng", "de": "deu", "es": "spa", "fr": "fra", "it": "ita", "pt": "por", "nl": "nld", "zh": "zho",
}  # fmt: skip


@dataclass(frozen=True)
class Clip:
    """A source clip as probing found it."""

    path: Path
    format: str
    """ffmpeg's name, which is forced: a vendor's file is read as nothing else."""
    start_s: Fraction
    span_s: Fraction
    longest_gap_s: Fraction
    indexed: bool = True
    """Seeking in it is exact, as in MP4; otherwise it is read from its beginning."""
    tagged_colour: bool = True
    wide_colour: colour.Colour | None = None
    """Of a clip in HDR or of a wide gamut, which is converted; None of all others."""
    still: bool = False
    """A single picture, which stands for as long as it is needed."""


@dataclass(frozen=True)
class Canvas:
    """The size and frame rate that all pieces of a film have in common."""

    size: Size
    fps: int


EVEN_S = Fraction(1, 100)
"""So far a clip's length may be from what its frames make at its rate, through rounding."""


def span_s(facts: Mapping[str, Any]) -> Fraction:
    """Return the seconds from the beginning of a clip's first frame to that of its last; by its length where its frame
    rate varies. `facts` are those of the clip's take."""
    rate = Fraction(facts["fps"]).limit_denominator(1001)
    even, length = Fraction(facts["frames"] - 1) / rate, Fraction(facts.get("duration_ms") or 0, 1000) - 1 / rate
    return max(even, length) if abs(length - even) > EVEN_S else even


def stretch(span_s: Fraction, clip_frames: int, fps: int) -> Fraction:
    """Return the factor by which a clip is slowed: its last frame becomes the last conformed one, at most 1.25 times
    as late."""
    if not span_s:
        return MAX_STRETCH
    return min(max(Fraction(clip_frames - 1, fps) / span_s, Fraction(1)), MAX_STRETCH)


def stands_still_s(span_s: Fraction, slot: Slot, fps: int) -> float:
    """Return the seconds before its body's end in which a clip has nothing left to show but its last frame."""
    ends = span_s * stretch(span_s, slot.clip_frames, fps)
    return max(float(Fraction(slot.body_from + slot.body_frames, fps) - ends), 0.0)


@dataclass(frozen=True)
class Text:
    """A file that libass reads, its times counted from the piece's beginning, and a folder of fonts."""

    path: Path
    fonts: Path


def body(clip: Clip, slot: Slot, canvas: Canvas, out: Path, text: Text | None = None) -> list[str]:
    """Build ffmpeg's arguments for a slot's body; with `text` on it, its warnings tell which letters no font has."""
    picture = _conformed(clip, slot, canvas, slot.body_from, slot.body_frames)
    if text is None:
        return _piece(picture, slot.body_frames, canvas, out)
    lettered = picture.filter("ass", filename=str(text.path), fontsdir=str(text.fonts))
    return _piece(lettered, slot.body_frames, canvas, out, "-loglevel", "warning")


def transition(before: Clip, before_slot: Slot, after: Clip, after_slot: Slot, canvas: Canvas, out: Path) -> list[str]:
    """The piece over the boundary into `after_slot`: as long as the transition, of the kind `after_slot` names."""
    length = after_slot.transition_frames
    if after_slot.transition in transitions.CUTS:
        left = _conformed(before, before_slot, canvas, before_slot.frames, length // 2)
        right = _conformed(after, after_slot, canvas, length // 2, length // 2)
        return _piece(transitions.cut(after_slot.transition, left, right, length), length, canvas, out)
    left = _conformed(before, before_slot, canvas, before_slot.frames, length)
    right = _conformed(after, after_slot, canvas, 0, length)
    mixed = transitions.blend(after_slot.transition, left, right, length, size=canvas.size, fps=canvas.fps)
    return _piece(mixed, length, canvas, out)


def join(
    pictures: Path, soundtrack: Path | None, captions: Path | None, out: Path, *, title: str, language: str, fps: int
) -> list[str]:
    """Stream copy: nothing is decoded. Captions become a soft track; every track names its language (ISO 639-2)."""
    seen = ffmpeg.input(str(pictures))
    sound = [ffmpeg.input(str(soundtrack))["a:0"]] if soundtrack else []
    text = [ffmpeg.input(str(captions))["s:0"]] if captions else []
    options: dict[str, Any] = {
        "c": "copy",
        "video_track_timescale": fps * FINE_TICKS,
        "movie_timescale": MOVIE_TIMESCALE,
        "movflags": "+faststart",
        "map_metadata": -1,
        "metadata": f"title={title}",
        "metadata:s": _language(language),
        "fflags": "+bitexact",
    }
    if text:
        options |= {"c:s": "mov_text", "disposition:s:0": "default"}
    stream = ffmpeg.output(seen["v:0"], *sound, *text, str(out), format="mp4", **options)
    return _arguments(stream)


def with_sound(film: Path, soundtrack: Path, out: Path, *, language: str) -> list[str]:
    """The film with another sound; picture and captions as they are."""
    source, sound = ffmpeg.input(str(film)), ffmpeg.input(str(soundtrack))
    options = {
        "c": "copy",
        "metadata:s": _language(language),
        "movflags": "+faststart",
        "movie_timescale": MOVIE_TIMESCALE,
        "fflags": "+bitexact",
    }
    return _arguments(ffmpeg.output(source["v:0"], sound["a:0"], source["s?"], str(out), format="mp4", **options))


def _language(language: str) -> str:
    return f"language={LANGUAGE_CODES.get(language, 'und')}"


def _conformed(clip: Clip, slot: Slot, canvas: Canvas, first: int, count: int) -> Any:
    """Conformed frames `first` to `first + count`, read from the source no earlier than they need.

    `fps` changes no frame: it makes each last for one, where those of a varying rate still claim their own lengths.
    """
    if clip.still:
        return _standing(clip, canvas, count)
    slowed = stretch(clip.span_s, slot.clip_frames, canvas.fps)
    begin_s = _reading_begins(clip, first, slowed, canvas.fps)
    picture = ffmpeg.input(str(clip.path), f=clip.format, **_seek(begin_s, clip))["v:0"]
    if begin_s:
        picture = picture.filter("trim", start=f"{float(clip.start_s + begin_s):.6f}")
    picture = _on_grid(_framed(picture, clip, canvas), clip, slowed, canvas.fps)
    return (
        picture.filter("tpad", stop_mode="clone", stop=slot.clip_frames)
        .filter("settb", f"1/{canvas.fps}")
        .filter("fps", canvas.fps)
        .filter("trim", start_pts=first, end_pts=first + count)
        .filter("setpts", "N")
    )


def _standing(clip: Clip, canvas: Canvas, count: int) -> Any:
    """Read and framed once, then repeated."""
    return (
        _framed(ffmpeg.input(str(clip.path), f=clip.format)["v:0"], clip, canvas)
        .filter("loop", loop=-1, size=1)
        .filter("settb", f"1/{canvas.fps}")
        .filter("setpts", "N")
        .filter("fps", canvas.fps)
        .filter("trim", end_frame=count)
    )


def _reading_begins(clip: Clip, first: int, slowed: Fraction, fps: int) -> Fraction:
    """Seconds after the clip's beginning that are early enough: two source frames before the first one shown."""
    needed = min(Fraction(first, fps) / slowed, clip.span_s)
    return max(needed - 3 * clip.longest_gap_s, Fraction(0))


def _seek(begin_s: Fraction, clip: Clip) -> dict[str, Any]:
    """Reading begins at the key frame before; what lies between is decoded and dropped."""
    return {"ss": f"{float(begin_s):.6f}", "noaccurate_seek": None} if begin_s and clip.indexed else {}


def _framed(picture: Any, clip: Clip, canvas: Canvas) -> Any:
    """Filled and cropped to the canvas, square pixels, BT.709 in studio range."""
    width, height = canvas.size
    if not clip.tagged_colour:
        picture = picture.filter("setparams", colorspace="bt709")
    as_film = {} if clip.wide_colour else {"out_color_matrix": "bt709", "out_range": "tv"}
    picture = (
        picture.filter("setsar", **SQUARED)
        .filter("scale", width, height, force_original_aspect_ratio="increase", reset_sar=1, **as_film)
        .filter("crop", width, height)
    )
    if clip.wide_colour:
        picture = colour.to_film(picture, clip.wide_colour)
    return picture.filter("format", "yuv420p").filter("setsar", 1)


def _on_grid(picture: Any, clip: Clip, slowed: Fraction, fps: int) -> Any:
    """Blended to the film's rate. The first frame read moves back onto the grid: blending counts from there."""
    start = round(clip.start_s * fps * TICKS)
    place = f"(PTS-{start})*{slowed.numerator}/{slowed.denominator}"
    return (
        picture.filter("settb", f"1/{fps * TICKS}")
        .filter("setpts", f"if(eq(N,0),floor({place}/{TICKS})*{TICKS},round({place}))")
        .filter("framerate", fps=fps, flags=0)
        .filter("settb", f"1/{fps}")
    )


def _piece(picture: Any, frames: int, canvas: Canvas, out: Path, *extra: str) -> list[str]:
    tags = {"range": "tv", "color_primaries": "bt709", "color_trc": "bt709", "colorspace": "bt709"}
    pinned = picture.filter("format", profile.VIDEO.pix_fmt).filter("setparams", **tags)
    options = {"frames:v": frames, **profile.video_arguments(canvas.fps), "an": None, "map_metadata": -1}
    return _arguments(ffmpeg.output(pinned, str(out), format="mp4", **options), "-copyts", *extra)


def _arguments(stream: Any, *extra: str) -> list[str]:
    return [str(argument) for argument in stream.global_args(*GLOBAL, *extra).get_args()]
