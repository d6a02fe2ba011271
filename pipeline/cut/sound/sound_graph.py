"""PURE: the filters of a film's sound, and the ffmpeg commands that make parts of it apart from each other.

Loudness is by fixed gains and one limiter: nothing on the master follows the sound's level, because that would undo
the ducking.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ffmpeg

from pipeline.cut.sound.sound_plan import RATE

LIMIT_DB = -2.0
"""Of the samples; AAC and what lies between samples stay within the other decibel below -1 dBTP."""

LIMITER = {"limit": f"{10 ** (LIMIT_DB / 20):.6f}", "attack": 5, "release": 80, "level": 0, "latency": 1}
KEY_GAIN_DB = 30
"""The voice, raised this much and clipped, is a key of even level: music is ducked as far by quiet words as by loud."""
DUCK = {"threshold": 0.2, "ratio": 20, "attack": 20, "release": 450, "knee": 1, "detection": "rms"}


def voice_stem(voice: Path, out: Path, *, voice_gain_db: float, gain_db: float, samples: int) -> list[str]:
    """The voice alone, raw, as loud as in the master."""
    sound = _limited(_voice_bus(voice, voice_gain_db), gain_db, samples)
    return _arguments(ffmpeg.output(sound, str(out), **_raw(2)), loglevel="error")


def music_stem(
    music: Path, voice: Path | None, out: Path, *, voice_gain_db: float, gain_db: float, samples: int
) -> list[str]:
    """The music alone, raw, as loud as in the master, under the voice that is not heard here too."""
    sound = _track(music, 2)
    if voice:
        sound = _lowered(_voice_bus(voice, voice_gain_db), sound)
    return _arguments(ffmpeg.output(_limited(sound, gain_db, samples), str(out), **_raw(2)), loglevel="error")


def together(one: Path, other: Path, *, out: Path) -> list[str]:
    """Two stems as one sound."""
    mixed = ffmpeg.filter([_track(one, 2), _track(other, 2)], "amix", inputs=2, normalize=0)
    return _arguments(ffmpeg.output(mixed, str(out), **_raw(2)), loglevel="error")


def wav(raw: Path, out: Path) -> list[str]:
    """Build ffmpeg's arguments for a WAV file of 24 bits, which every editor reads."""
    sound = ffmpeg.input(str(raw), **_raw(2))["a:0"]
    options = {"c:a": "pcm_s24le", "fflags": "+bitexact", "map_metadata": -1}
    return _arguments(ffmpeg.output(sound, str(out), format="wav", **options), loglevel="error")


def _voice_bus(voice: Path, gain_db: float) -> Any:
    return _track(voice, 1).filter("volume", f"{gain_db:.3f}dB").filter("pan", args="stereo|c0=c0|c1=c0")


def _lowered(voice: Any, music: Any) -> Any:
    """The music, as far down as the voice asks."""
    key = voice.filter("volume", f"{KEY_GAIN_DB}dB").filter("asoftclip", type="hard")
    return ffmpeg.filter([music, key], "sidechaincompress", **DUCK)


def _limited(sound: Any, gain_db: float, samples: int) -> Any:
    return (
        sound.filter("volume", f"{gain_db:.3f}dB")
        .filter("alimiter", **LIMITER)
        .filter("apad", whole_len=samples)
        .filter("atrim", end_sample=samples)
    )


def _track(path: Path, channels: int) -> Any:
    return ffmpeg.input(str(path), **_raw(channels))


def _raw(channels: int) -> dict[str, Any]:
    return {"format": "f32le", "ar": RATE, "ac": channels}


def _arguments(stream: Any, *, loglevel: str) -> list[str]:
    quiet = ("-nostdin", "-hide_banner", "-nostats", "-loglevel", loglevel, "-progress", "pipe:1", "-y")
    return [str(argument) for argument in stream.global_args(*quiet).get_args()]
