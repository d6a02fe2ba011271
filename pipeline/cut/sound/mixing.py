"""Mixes a film's voice and music as raw sound, the one ducked under the other, and limits the whole.

A few seconds are in memory at a time. The filters are ffmpeg's, with the options of `sound_graph`, in this process.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import av.error
import av.filter
import numpy as np
from av.audio.frame import AudioFrame
from av.filter.context import FilterContext

from pipeline.cut.sound import loudness, sound_graph
from pipeline.cut.sound.loudness import Samples
from pipeline.cut.sound.raw_sound import SAMPLE_BYTES
from pipeline.cut.sound.sound_plan import RATE

WINDOW = loudness.WINDOW_S * RATE


def mix(voice: Path | None, music: Path | None, out: Path, *, voice_gain_db: float, samples: int) -> float:
    """Write both tracks as the film's sound at its own level. Returns its loudness in LUFS."""
    gain = _factor(voice_gain_db)
    spoken = (np.repeat(gain * part, 2, axis=1) for part in _windows(voice, 1, samples))
    if voice and music:
        return _write(_ducked(spoken, _windows(music, 2, samples)), out, samples)
    return _write(spoken if voice else _windows(music, 2, samples), out, samples)


def limit(mixed: Path, out: Path, *, gain_db: float, samples: int) -> float:
    """Write the master: a fixed gain and the limiter. Returns its loudness in LUFS."""
    gain, limiter = _factor(gain_db), _Filter("alimiter", sound_graph.LIMITER)
    heard = (part for window in _windows(mixed, 2, samples) for part in limiter.put(gain * window))
    return _write(_then(heard, limiter), out, samples)


def _ducked(voice: Iterable[Samples], music: Iterable[Samples]) -> Iterator[Samples]:
    """The music as far down as the voice asks, and the voice."""
    compressor, key_gain = _Filter("sidechaincompress", sound_graph.DUCK, inputs=2), _factor(sound_graph.KEY_GAIN_DB)
    unmixed = np.zeros((0, 2), np.float32)

    def lowered() -> Iterator[Samples]:
        nonlocal unmixed
        for spoken, played in zip(voice, music, strict=True):
            unmixed = np.concatenate([unmixed, spoken])
            yield from compressor.put(played, np.clip(key_gain * spoken, -1, 1))

    for part in _then(lowered(), compressor):
        yield part + unmixed[: len(part)]
        unmixed = unmixed[len(part) :]


class _Filter:
    """One filter of ffmpeg's over consecutive windows of one sound, or of several that go side by side."""

    def __init__(self, name: str, options: Mapping[str, Any], inputs: int = 1) -> None:
        self.graph, self.at = av.filter.Graph(), 0
        made = self.graph.add(name, ":".join(f"{key}={value}" for key, value in options.items()))
        self.inputs = [self._input(made, number) for number in range(inputs)]
        self.sink = self.graph.add("abuffersink")
        made.link_to(self.sink)
        self.graph.configure()

    def _input(self, made: FilterContext, number: int) -> FilterContext:
        source = self.graph.add_abuffer(
            sample_rate=RATE, format="dbl", layout="stereo", time_base=Fraction(1, RATE), name=f"in{number}"
        )
        source.link_to(made, 0, number)
        return source

    def put(self, *windows: Samples) -> Iterator[Samples]:
        for source, window in zip(self.inputs, windows, strict=True):
            flat = np.ascontiguousarray(window, np.float64).reshape(1, -1)
            frame = AudioFrame.from_ndarray(flat, format="dbl", layout="stereo")
            frame.sample_rate, frame.pts, frame.time_base = RATE, self.at, Fraction(1, RATE)
            source.push(frame)
        self.at += len(windows[0])
        yield from self._heard()

    def end(self) -> Iterator[Samples]:
        for source in self.inputs:
            source.push(None)
        yield from self._heard()

    def _heard(self) -> Iterator[Samples]:
        while True:
            try:
                frame = self.sink.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                return
            assert isinstance(frame, AudioFrame)
            yield frame.to_ndarray().reshape(-1, 2).astype(np.float32)


def _then(parts: Iterable[Samples], last: _Filter) -> Iterator[Samples]:
    yield from parts
    yield from last.end()


def _windows(track: Path | None, channels: int, samples: int) -> Iterator[Samples]:
    """A raw track, or as much silence."""
    for begin in range(0, samples, WINDOW):
        count = min(WINDOW, samples - begin)
        if track is None:
            yield np.zeros((count, channels), np.float32)
        else:
            read = np.fromfile(track, np.float32, count * channels, offset=begin * channels * SAMPLE_BYTES)
            yield read.reshape(-1, channels)


def _write(parts: Iterable[Samples], out: Path, samples: int) -> float:
    """Exactly so many samples, and their loudness."""
    with out.open("wb") as file:
        for part in parts:
            file.write(part.tobytes())
        file.truncate(samples * 2 * SAMPLE_BYTES)
    return loudness.integrated(loudness.block_energies(_windows(out, 2, samples), RATE))


def _factor(decibels: float) -> np.float32:
    return np.float32(10 ** (decibels / 20))
