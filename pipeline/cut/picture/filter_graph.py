"""PURE: the ffmpeg command of every picture piece and of the joined film. Nothing is run here.

Conformed frame k of a clip is the same picture whichever piece asks for it: the place of each source frame on the
film's grid depends on its own timestamp alone (`-copyts`), never on where reading began.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import ffmpeg

from pipeline.cut import profile
from pipeline.cut.framing.window import ALL, Window
from pipeline.cut.picture import colour, reframing, transitions
from pipeline.cut.timeline import Slot

Size = tuple[int, int]

MAX_STRETCH = Fraction(5, 4)
TICKS = 3_000
"""Per frame of the film: how finely source frames are placed between two of its frames."""
ONE_THREAD = {"threads": 1}
"""To decode with: there are as many pieces at once as cores, so more threads only cost more."""
TOLD = {"nofind_stream_info": None, "strict": 1}
"""To open H.264 in MP4 with, whose header says all: no picture is decoded to look at it first, and where the header
does not say how far pictures are out of order, so many wait as the level allows."""
SURELY_S, MOST_LEFT_OUT = Fraction(1, 1000), 2_000
"""How long before what is shown a picture must lie to be left out, and how many may be."""
UNSEEN = {"analyzeduration": 1, "probesize": 32, "fpsprobesize": 0, "skip_frame": "all"}
"""The options that keep pictures which are only copied from being decoded when they are opened."""
GLOBAL = ("-nostdin", "-hide_banner", "-loglevel", "error", "-nostats", "-progress", "pipe:1", "-y")
MOVIE_TIMESCALE = 48_000

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
    codec: str = ""
    """ffmpeg's name of how its pictures are coded."""
    unreferenced: Mapping[int, Fraction] = field(default_factory=dict)
    """Pictures of which no other is made: when each is shown, in the stream's ticks and in seconds."""
    indexed: bool = True
    """Seeking in it is exact, as in MP4; otherwise it is read from its beginning."""
    tagged_colour: bool = True
    wide_colour: colour.Colour | None = None
    """Of a clip in HDR or of a wide gamut, which is converted; None of all others."""
    still: bool = False
    """A single picture, which stands for as long as it is needed."""
    window: Window = ALL
    """The part of it that the film shows."""
    skip_s: Fraction = Fraction(0)
    """The scene begins so many seconds into it. `start_s` and `span_s` are those of the whole clip."""

    @property
    def shown_s(self) -> Fraction:
        """The seconds from the first picture that may be shown to the last."""
        return max(self.span_s - self.skip_s, Fraction(0))


@dataclass(frozen=True)
class Canvas:
    """The size, frame rate and encoding that all pieces of a film have in common."""

    size: Size
    fps: int
    video: profile.VideoProfile = profile.VIDEO


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


def shown_s(span_s: Fraction, slot: Slot) -> Fraction:
    """Return what a slot may show of a clip: the rest behind where the scene begins in it."""
    return max(span_s - Fraction(slot.clip_from_s).limit_denominator(1000), Fraction(0))


def most_frames(span_s: Fraction, slot: Slot, fps: int) -> int:
    """Return the frames of the longest slot that a clip fills with moving pictures, slowed as far as it may be."""
    return int(shown_s(span_s, slot) * MAX_STRETCH * fps) + 1 - slot.transition_frames


def stands_still_s(span_s: Fraction, slot: Slot, fps: int) -> float:
    """Return the seconds before its body's end in which a clip has nothing left to show but its last frame."""
    shown = shown_s(span_s, slot)
    ends = shown * stretch(shown, slot.clip_frames, fps)
    return max(float(Fraction(slot.body_from + slot.body_frames, fps) - ends), 0.0)


@dataclass(frozen=True)
class Text:
    """A file that libass reads, its times counted from the piece's beginning, and a folder of fonts."""

    path: Path
    fonts: Path


def body(clip: Clip, slot: Slot, canvas: Canvas, out: Path, text: Text | None = None) -> list[str]:
    """Build ffmpeg's arguments for a slot's body; with `text` on it, its warnings tell which letters no font has."""
    picture = _conformed(clip, slot, canvas, slot.body_from, slot.body_frames)
    return _lettered(picture, slot.body_frames, canvas, out, text)


def _lettered(picture: Any, frames: int, canvas: Canvas, out: Path, text: Text | None) -> list[str]:
    """Drawn last, in the film's own frame: whatever is cropped, no letter is."""
    if text is None:
        return _piece(picture, frames, canvas, out)
    lettered = picture.filter("ass", filename=str(text.path), fontsdir=str(text.fonts))
    return _piece(lettered, frames, canvas, out, "-loglevel", "warning")


def transition(
    before: Clip,
    before_slot: Slot,
    after: Clip,
    after_slot: Slot,
    canvas: Canvas,
    out: Path,
    text: Text | None = None,
) -> list[str]:
    """The piece over the boundary into `after_slot`: as long as the transition, of the kind `after_slot` names."""
    length = after_slot.transition_frames
    if after_slot.transition in transitions.CUTS:
        left = _conformed(before, before_slot, canvas, before_slot.frames, length // 2)
        right = _conformed(after, after_slot, canvas, length // 2, length // 2)
        cut = transitions.cut(after_slot.transition, left, right, length)
        return _lettered(cut, length, canvas, out, text)
    left = _conformed(before, before_slot, canvas, before_slot.frames, length)
    right = _conformed(after, after_slot, canvas, 0, length)
    mixed = transitions.blend(after_slot.transition, left, right, length, size=canvas.size, fps=canvas.fps)
    return _lettered(mixed, length, canvas, out, text)


def soft_track(captions: Path, out: Path) -> list[str]:
    """Build ffmpeg's arguments that make mov_text of captions, in an MP4 file of their own."""
    return _arguments(ffmpeg.output(ffmpeg.input(str(captions))["s:0"], str(out), format="mp4", **{"c:s": "mov_text"}))


@dataclass(frozen=True)
class LanguageTrack:
    """One language of a film: its sound, and its captions where it has any."""

    language: str
    title: str
    sound: Path
    captions: Path | None = None


def join_languages(film: Path, tracks: Sequence[LanguageTrack], out: Path, *, title: str) -> list[str]:
    """Stream copy of a film's picture with a sound track and a caption track for each language; the first language's
    are played unless another is chosen. Captions become mov_text; tracks name their language (ISO 639-2) and title."""
    texts = [track for track in tracks if track.captions]
    sounds = [ffmpeg.input(str(track.sound))["a:0"] for track in tracks]
    shown = [ffmpeg.input(str(track.captions))["s:0"] for track in texts]
    options: dict[str, Any] = {
        "c": "copy",
        "c:s": "mov_text",
        "movie_timescale": MOVIE_TIMESCALE,
        "movflags": "+faststart",
        "map_metadata": -1,
        "metadata": f"title={title}",
        "fflags": "+bitexact",
    }
    stream = ffmpeg.output(ffmpeg.input(str(film), **UNSEEN)["v:0"], *sounds, *shown, str(out), format="mp4", **options)
    argv = _arguments(stream)
    place = argv.index(str(out))
    return [*argv[:place], *_told_of("a", tracks), *_told_of("s", texts), *argv[place:]]


def _told_of(kind: str, tracks: Sequence[LanguageTrack]) -> Iterator[str]:
    for place, track in enumerate(tracks):
        for told in (
            f"language={language_code(track.language)}",
            f"title={track.title}",
            f"handler_name={track.title}",
        ):
            yield from (f"-metadata:s:{kind}:{place}", told)
        yield from (f"-disposition:{kind}:{place}", "0" if place else "default")


def with_sound(film: Path, soundtrack: Path, out: Path, *, language: str) -> list[str]:
    """The film with another sound; picture and captions as they are."""
    source, sound = ffmpeg.input(str(film)), ffmpeg.input(str(soundtrack))
    options = {
        "c": "copy",
        "metadata:s": f"language={language_code(language)}",
        "movflags": "+faststart",
        "movie_timescale": MOVIE_TIMESCALE,
        "fflags": "+bitexact",
    }
    return _arguments(ffmpeg.output(source["v:0"], sound["a:0"], source["s?"], str(out), format="mp4", **options))


def language_code(language: str) -> str:
    """Return the ISO 639-2 code of a language of films."""
    return LANGUAGE_CODES.get(language, "und")


def _conformed(clip: Clip, slot: Slot, canvas: Canvas, first: int, count: int) -> Any:
    """Conformed frames `first` to `first + count`, read from the source no earlier than they need.

    `fps` changes no frame: it makes each last for one, where those of a varying rate still claim their own lengths.
    """
    if clip.still:
        return _standing(clip, canvas, count)
    slowed = stretch(clip.shown_s, slot.clip_frames, canvas.fps)
    begin_s = _reading_begins(clip, first, slowed, canvas.fps)
    picture = ffmpeg.input(str(clip.path), f=clip.format, **ONE_THREAD, **_opened(clip), **_seek(begin_s, clip))["v:0"]
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
    needed = min(clip.skip_s + Fraction(first, fps) / slowed, clip.span_s)
    return max(needed - 3 * clip.longest_gap_s, Fraction(0))


def _opened(clip: Clip) -> dict[str, Any]:
    """Find the options that a clip is opened with: as few of its pictures as possible are decoded for that."""
    return TOLD if clip.indexed and clip.codec == "h264" else {}


def _seek(begin_s: Fraction, clip: Clip) -> dict[str, Any]:
    """Reading begins at the key frame before; what lies between is decoded and dropped."""
    if not begin_s or not clip.indexed:
        return {}
    return {"ss": f"{float(begin_s):.6f}", "noaccurate_seek": None, **_left_out(begin_s, clip)}


def _left_out(begin_s: Fraction, clip: Clip) -> dict[str, Any]:
    """Leave out what would be decoded only to be dropped."""
    early = [ticks for ticks, at_s in clip.unreferenced.items() if at_s < clip.start_s + begin_s - SURELY_S]
    places = "+".join(f"eq(pts,{ticks})" for ticks in early[-MOST_LEFT_OUT:])
    return {"bsf:v": f"noise=amount=0:drop='{places}'"} if places else {}


def _framed(picture: Any, clip: Clip, canvas: Canvas) -> Any:
    """Filled and cropped to the canvas, square pixels, BT.709 in studio range."""
    if not clip.tagged_colour:
        picture = picture.filter("setparams", colorspace="bt709")
    as_film = {} if clip.wide_colour else {"out_color_matrix": "bt709", "out_range": "tv"}
    picture = _shaped(picture, clip, canvas, **as_film)
    if clip.wide_colour:
        picture = colour.to_film(picture, clip.wide_colour)
    picture = picture.filter("format", "yuv420p").filter("setsar", 1)
    if clip.window.fill == "blur":
        return reframing.on_blurred_ground(picture, canvas.size)
    return reframing.on_bars(picture, canvas.size) if clip.window.fill == "bars" else picture


def _shaped(picture: Any, clip: Clip, canvas: Canvas, **scaling: Any) -> Any:
    """Fill the canvas by a clip's middle or, in a film of another shape, by its window; or give what stands on a
    ground."""
    if clip.window.is_all:
        return reframing.filled(picture, canvas.size, **scaling)
    if clip.window.fill == "crop":
        return reframing.windowed(picture, clip.window, canvas.size, float(clip.start_s), **scaling)
    return reframing.shown_whole(picture, clip.window, canvas.size, **scaling)


def _on_grid(picture: Any, clip: Clip, slowed: Fraction, fps: int) -> Any:
    """Blended to the film's rate. The first frame read moves back onto the grid: blending counts from there."""
    start = round((clip.start_s + clip.skip_s) * fps * TICKS)
    place = f"(PTS-{start})*{slowed.numerator}/{slowed.denominator}"
    return (
        picture.filter("settb", f"1/{fps * TICKS}")
        .filter("setpts", f"if(eq(N,0),floor({place}/{TICKS})*{TICKS},round({place}))")
        .filter("framerate", fps=fps, flags=0)
        .filter("settb", f"1/{fps}")
    )


def _piece(picture: Any, frames: int, canvas: Canvas, out: Path, *extra: str) -> list[str]:
    tags = {"range": "tv", "color_primaries": "bt709", "color_trc": "bt709", "colorspace": "bt709"}
    pinned = picture.filter("format", canvas.video.pix_fmt).filter("setparams", **tags)
    options = {"frames:v": frames, **profile.video_arguments(canvas.fps, canvas.video), "an": None, "map_metadata": -1}
    return _arguments(ffmpeg.output(pinned, str(out), format="mp4", **options), "-copyts", *extra)


def _arguments(stream: Any, *extra: str) -> list[str]:
    return [str(argument) for argument in stream.global_args(*GLOBAL, *extra).get_args()]
