"""The contents of a media file, read from the file itself: providers and users are never taken at their word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, cast

import av
import av.error
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from media_assets.file_format import format_of
from media_assets.shapes import misfit, pixel_ratio
from media_assets.sound_levels import Loudness
from media_assets.video_checks import Watch, Watched
from pixora.foundation.errors import BadMedia

Kind = Literal["video", "audio", "image"]
WANTED = {"video": "a video", "audio": "sound", "image": "a picture"}
IMAGE_FORMATS = {"image2", "png_pipe", "jpeg_pipe", "webp_pipe", "gif_pipe", "bmp_pipe", "tiff_pipe"}
UNSPECIFIED_COLORSPACE, FULL_RANGE = 2, 2
MAX_PIXELS = 50_000_000
ALPHA_DECODERS = {"vp8": "libvpx", "vp9": "libvpx-vp9"}
"""Transparency lies beside the picture in these; only these decoders look at it."""
LONGEST_S = 3_600.0
"""Of whatever is used here: a film of 300 s whose narrations are all too long stays far below."""
MAX_FPS = 240
SAMPLE_RATES = (4_000, 384_000)
MAX_CHANNELS = 16
"""Of more nobody knows where they are to be heard."""
DAMAGED = "{name} is damaged: not every frame of it can be shown."


@dataclass(frozen=True)
class Colour:
    """A video's colours as the file says them, in the numbers of ITU-T H.273; 2 is for what nobody says."""

    matrix: int = UNSPECIFIED_COLORSPACE
    primaries: int = UNSPECIFIED_COLORSPACE
    transfer: int = UNSPECIFIED_COLORSPACE
    full_range: bool = False


@dataclass(frozen=True)
class Probe:
    """`width` and `height` are as shown, after `rotation` degrees and with square pixels; times are of the video's own
    frames. `interlaced` is known of a video that was decoded to its end."""

    kind: Kind
    duration_ms: int
    codec: str
    container: str
    """ffmpeg's name of the file format: `mov,mp4,m4a,3gp,3g2,mj2`, `mp3`, `png_pipe` …"""
    width: int = 0
    height: int = 0
    fps: Fraction = Fraction(0)
    frames: int = 0
    start_s: Fraction = Fraction(0)
    span_s: Fraction = Fraction(0)
    """From the first frame's beginning to the last one's beginning."""
    longest_gap_s: Fraction = Fraction(0)
    """Between two neighbouring frames: the frame's length, or more where the rate varies."""
    rotation: int = 0
    pix_fmt: str = ""
    tagged_colour: bool = False
    colour: Colour = Colour()
    interlaced: bool = False
    black: bool = False
    """Of a video that was decoded to its end, and of a picture."""
    watched: Watched = field(default=Watched(), compare=False)
    """Known of a picture, and of a video that was decoded to its end."""
    alpha_decoder: str | None = None
    """None where nothing is transparent; otherwise what it is seen with, empty for any decoder."""
    has_audio: bool = False
    sample_rate: int = 0
    channels: int = 0
    silent: bool = False
    heard_ms: int = 0
    """Of a sound: without the pauses in it."""
    out_of_phase: bool = False
    """Its two channels cancel each other out when they are heard as one."""


def probe(path: Path, *, expect: Kind | None = None, longest_s: float = LONGEST_S, every_frame: bool = False) -> Probe:
    """Read a media file as what its first bytes say it is, and as nothing else. Blocking.

    Raises BadMedia for what is empty, cut short, not media at all, not of the kind expected, or longer than
    `longest_s`: what a file says of its length is not believed, and no more of it is decoded. With `every_frame` a
    video is decoded to its end, and refused where a frame within it is damaged.
    """
    if not path.is_file():
        raise BadMedia(f"{path.name} does not exist.")
    if not path.stat().st_size:
        raise BadMedia(f"{path.name} is empty.")
    try:
        with av.open(str(path), format=format_of(path)) as container:
            found = _read(container, path.name, every_frame, longest_s)
    except (av.error.FFmpegError, ValueError) as error:
        raise BadMedia(f"{path.name} cannot be read: it is damaged, cut short or no media file.") from error
    if expect and found.kind != expect:
        raise BadMedia(f"{path.name} holds {WANTED[found.kind]} where {WANTED[expect]} is needed.")
    return found


def probe_sound(path: Path, *, longest_s: float = LONGEST_S) -> Probe | None:
    """Read the first sound in a video; None where there is none that can be read, or too much. Blocking."""
    with av.open(str(path), format=format_of(path)) as container:
        if not container.streams.audio:
            return None
        try:
            return _read_audio(container, container.streams.audio[0], path.name, longest_s)
        except (av.error.FFmpegError, ValueError, BadMedia):
            return None


def _read(container: InputContainer, name: str, every_frame: bool, longest_s: float) -> Probe:
    if container.streams.video and not _is_cover(container.streams.video[0]):
        return _read_video(container, container.streams.video[0], name, every_frame, longest_s)
    if container.streams.audio:
        return _read_audio(container, container.streams.audio[0], name, longest_s)
    raise BadMedia(f"{name} holds neither picture nor sound.")


def _is_cover(stream: VideoStream) -> bool:
    return bool(stream.disposition & av.stream.Disposition.attached_pic)


def _read_video(
    container: InputContainer, stream: VideoStream, name: str, every_frame: bool, longest_s: float
) -> Probe:
    if stream.codec_context.width * stream.codec_context.height > MAX_PIXELS:
        raise BadMedia(f"{name} is larger than {MAX_PIXELS // 1_000_000} megapixels.")
    watch = Watch()
    times, first = _times_and_first_frame(container, stream, name, watch if every_frame else None, longest_s)
    if not times:
        raise BadMedia(f"{name} holds no frame.")
    if first is None or first.is_corrupt:
        raise BadMedia(f"{name} does not decode.")
    still = container.format.name in IMAGE_FORMATS and len(times) == 1
    if still and not every_frame:
        watch.add(first)
    width, height = _size(first, stream, name, still)
    fps = Fraction(stream.average_rate or stream.guessed_rate or 0)
    timed = _timed(times, stream.time_base or Fraction(1, 1), fps)
    watched = watch.seen(float(fps))
    return Probe(
        kind="image" if still else "video",
        duration_ms=0 if still else round((timed["span_s"] + (1 / fps if fps else 0)) * 1000),
        codec=stream.codec_context.name,
        container=container.format.name,
        width=width,
        height=height,
        interlaced=watched.interlaced,
        black=watched.black,
        watched=watched,
        alpha_decoder=_alpha_decoder(stream, first),
        **timed,
        **_coloured(first),
        **_sound_beside(container),
    )


def _size(first: VideoFrame, stream: VideoStream, name: str, still: bool) -> tuple[int, int]:
    """Return the size as it is shown. Raises BadMedia for one that a clip cannot have."""
    width, height = _as_shown(first, stream)
    if not still and (wrong := misfit(width, height)):
        raise BadMedia(f"{name} is {width}x{height}; {wrong}.")
    return width, height


def _timed(times: Sequence[int], base: Fraction, fps: Fraction) -> dict[str, Any]:
    return {
        "fps": fps,
        "frames": len(times),
        "start_s": times[0] * base,
        "span_s": (times[-1] - times[0]) * base,
        "longest_gap_s": max((after - before for before, after in pairwise(times)), default=0) * base,
    }


def _coloured(first: VideoFrame) -> dict[str, Any]:
    return {
        "rotation": first.rotation,
        "pix_fmt": first.format.name,
        "tagged_colour": first.colorspace != UNSPECIFIED_COLORSPACE,
        "colour": Colour(first.colorspace, first.color_primaries, first.color_trc, first.color_range == FULL_RANGE),
    }


def _sound_beside(container: InputContainer) -> dict[str, Any]:
    if not container.streams.audio:
        return {}
    audio = container.streams.audio[0].codec_context
    return {"has_audio": True, "sample_rate": audio.sample_rate, "channels": audio.channels}


def _as_shown(frame: VideoFrame, stream: VideoStream) -> tuple[int, int]:
    size = (round(frame.width * pixel_ratio(stream.sample_aspect_ratio)), frame.height)
    return size if round(frame.rotation / 90) % 2 == 0 else (size[1], size[0])


def _alpha_decoder(stream: VideoStream, frame: VideoFrame) -> str | None:
    if stream.metadata.get("alpha_mode") == "1":
        return ALPHA_DECODERS.get(stream.codec_context.name)
    return "" if any(component.is_alpha for component in frame.format.components) else None


def _times_and_first_frame(
    container: InputContainer, stream: VideoStream, name: str, watch: Watch | None, longest_s: float
) -> tuple[list[int], VideoFrame | None]:
    """Return when each packet that holds data is shown, in the stream's time base, and what is shown first. With
    `watch` every frame is decoded and looked at, and only what is shown counts: not what an edit list leaves out, nor
    what cannot be decoded for want of the frames before it.

    Raises BadMedia when there are fewer than declared, more than a file so long may hold, or a frame is damaged that is
    looked at.
    """
    times: list[int] = []
    shown: list[int] = []
    first: VideoFrame | None = None
    _set_decoder(stream, strict=watch is not None)
    for packet in _packets(container, stream, name):
        if packet.size:
            times.append(packet.pts if packet.pts is not None else len(times))
        _check_count(len(times), longest_s, name)
        if watch or first is None:
            frames = _decoded(packet, name, watch is not None)
            first = first or next(iter(frames), None)
            if watch:
                watch.add(*frames)
                shown += [frame.pts for frame in frames if frame.pts is not None]
    if len(times) < stream.frames - 1:
        raise BadMedia(f"{name} is cut short: {len(times)} of {stream.frames} frames are there.")
    return sorted(shown or times), first


def _set_decoder(stream: VideoStream, *, strict: bool) -> None:
    """A strict decoder stops at any damage; the other one, which decodes a single frame, needs no threads."""
    stream.codec_context.options = {"max_pixels": str(MAX_PIXELS), **({"err_detect": "explode"} if strict else {})}
    if not strict:
        stream.codec_context.thread_count = 1


def _packets(container: InputContainer, stream: VideoStream, name: str) -> Iterator[Packet[VideoStream]]:
    """The video's. Raises BadMedia at one that is not whole, be it of the sound."""
    for packet in container.demux(stream, *container.streams.audio):
        if packet.is_corrupt:
            raise BadMedia(f"{name} is cut short or damaged.")
        if isinstance(packet.stream, VideoStream):
            yield cast("Packet[VideoStream]", packet)


def _check_count(pictures: int, longest_s: float, name: str) -> None:
    if pictures > longest_s * MAX_FPS:
        raise BadMedia(f"{name} holds more than {pictures - 1:,} pictures; {longest_s:.0f} s of them can be used.")


def _decoded(packet: Packet[VideoStream], name: str, every_frame: bool) -> list[VideoFrame]:
    try:
        frames = [frame for frame in packet.decode() if isinstance(frame, VideoFrame)]
    except av.error.FFmpegError:
        if not every_frame:
            raise
        raise BadMedia(DAMAGED.format(name=name)) from None
    if every_frame and any(frame.is_corrupt for frame in frames):
        raise BadMedia(DAMAGED.format(name=name))
    return frames


def _read_audio(container: InputContainer, stream: AudioStream, name: str, longest_s: float) -> Probe:
    samples, loudness, context = 0, Loudness(), stream.codec_context
    if context.channels > MAX_CHANNELS:
        raise BadMedia(f"{name} has {context.channels} channels; at most {MAX_CHANNELS} can be used.")
    for frame in container.decode(stream):
        samples += frame.samples
        _listen(loudness, frame, name)
        if samples > longest_s * context.sample_rate:
            raise BadMedia(f"{name} lasts more than {longest_s:.0f} s: cut it shorter.")
    if not samples:
        raise BadMedia(f"{name} holds no sound.")
    if not SAMPLE_RATES[0] <= context.sample_rate <= SAMPLE_RATES[1]:
        low, high = SAMPLE_RATES
        raise BadMedia(f"{name} has {context.sample_rate:,} samples a second; {low:,} to {high:,} can be used.")
    return Probe(
        kind="audio",
        duration_ms=round(samples * 1000 / context.sample_rate),
        codec=context.name,
        container=container.format.name,
        has_audio=True,
        sample_rate=context.sample_rate,
        channels=context.channels,
        silent=loudness.is_silent,
        heard_ms=round(loudness.heard * 1000 / context.sample_rate),
        out_of_phase=loudness.is_out_of_phase,
    )


def _listen(loudness: Loudness, frame: AudioFrame, name: str) -> None:
    try:
        loudness.add(frame)
    except ValueError as error:
        raise BadMedia(
            f"{name} holds numbers that are no sound: export it again, in 16 or 24 bits for instance."
        ) from error
