"""PURE: the encoding of pieces. All pieces of a film share one profile, so the film is joined without encoding."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace


def _colour() -> dict[str, str]:
    return {"color_primaries": "bt709", "color_trc": "bt709", "colorspace": "bt709", "color_range": "tv"}


@dataclass(frozen=True)
class VideoProfile:
    """`stitchable` keeps x264 from adapting the headers to a piece's content, GOPs are closed."""

    codec: str = "libx264"
    preset: str = "veryfast"
    crf: int = 20
    h264_profile: str = "high"
    pix_fmt: str = "yuv420p"
    keyint: int = 150
    b_frames: int = 3
    threads: int = 2
    x264_params: str = "stitchable=1:open-gop=0"
    colour: Mapping[str, str] = field(default_factory=_colour)


@dataclass(frozen=True)
class AudioProfile:
    """`fast` is as close to the source as `twoloop` at this bit rate, even without looking for what both sides share
    (`mid_side`), in less than half its time.
    """

    codec: str = "aac"
    coder: str = "fast"
    mid_side: bool = False
    bit_rate: int = 192_000
    sample_rate: int = 48_000
    channels: int = 2


VIDEO = VideoProfile()
ENLARGED = replace(
    VIDEO, preset="superfast", threads=1, x264_params=f"{VIDEO.x264_params}:mbtree=1:rc-lookahead=10:subme=2"
)
"""Of films whose pictures are enlarged: as like and as small as by `VIDEO`, which looks for motion in smaller blocks
(an enlarged picture has nothing so fine), in about three quarters of its time."""
LITTLE = 1.25
"""By so much a picture is enlarged without counting as that."""
AUDIO = AudioProfile()
PICTURE_GRAPH = 2
"""Raised when the picture's filter graphs change what they draw, so that cached pieces are made anew."""
SOUND_GRAPH = 2


def _hash(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


def of_film(size: Sequence[int], filmed: Sequence[int]) -> VideoProfile:
    """Return what all pieces of a film of this size are encoded by, whose clips are made in the size `filmed`."""
    enlarged = max(side / was for side, was in zip(size, filmed, strict=True))
    return ENLARGED if enlarged > LITTLE else VIDEO


def picture_hash(video: VideoProfile = VIDEO) -> str:
    """Belongs into the fingerprint of every body and transition."""
    return _hash(asdict(video), PICTURE_GRAPH)


def sound_hash() -> str:
    """Belongs into the fingerprint of the soundtrack."""
    return _hash(asdict(AUDIO), SOUND_GRAPH)


def video_arguments(fps: int, video: VideoProfile = VIDEO) -> dict[str, str]:
    """ffmpeg's output options for one piece; a time scale of one tick a frame makes every join exact."""
    gop = {"g": video.keyint, "bf": video.b_frames, "threads": video.threads, "x264-params": video.x264_params}
    codec = {"c:v": video.codec, "preset": video.preset, "crf": video.crf, "profile:v": video.h264_profile}
    clock = {"r": fps, "video_track_timescale": fps, "pix_fmt": video.pix_fmt}
    return {key: str(value) for key, value in {**codec, **gop, **clock, **video.colour}.items()}
