"""Mixes a stretch of a film's voice and music, the one ducked under the other, and limits it.

A stretch begins so much earlier than it is heard that nothing is left in it of how it began: compressor and limiter
have forgotten that after `WARM_UP`. So it is what a mix of the whole film would be, but for the last bit of a sample.
The filters are ffmpeg's, with the options of `sound_graph`, in this process.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

import av
import av.error
import av.filter
import numpy as np
from av.audio.frame import AudioFrame
from av.filter.context import FilterContext

from pipeline.cut.sound import sound_graph
from pipeline.cut.sound.loudness import Samples
from pipeline.cut.sound.sound_plan import RATE

WARM_UP = RATE * 5 // 4
AHEAD = RATE // 100
"""So many samples before and behind what is heard have a part in it; the limiter looks 5 ms ahead."""


def mix(voice: Samples | None, music: Samples | None, *, voice_gain_db: float, samples: int) -> Samples:
    """Return both as a stretch of the film at its own level. `voice` has one channel, the others have two."""
    if voice is None:
        return np.zeros((samples, 2), np.float32) if music is None else music
    spoken = np.repeat(_factor(voice_gain_db) * voice, 2, axis=1)
    if music is None:
        return spoken
    key = np.clip(_factor(sound_graph.KEY_GAIN_DB) * spoken, -1, 1)
    return _filtered("sidechaincompress", sound_graph.DUCK, music, key) + spoken


def limit(mixed: Samples, *, gain_db: float) -> Samples:
    """Return the stretch as it is in the master: with a fixed gain, and limited."""
    return _filtered("alimiter", sound_graph.LIMITER, _factor(gain_db) * mixed)


def _filtered(name: str, options: Mapping[str, Any], *sounds: Samples) -> Samples:
    """The first sound through one of ffmpeg's filters, which may listen to the others beside it."""
    graph = av.filter.Graph()
    made = graph.add(name, ":".join(f"{key}={value}" for key, value in options.items()))
    sources = [_input(graph, made, number) for number in range(len(sounds))]
    made.link_to(sink := graph.add("abuffersink"))
    graph.configure()
    for source, sound in zip(sources, sounds, strict=True):
        source.push(_frame(sound))
        source.push(None)
    return np.concatenate([np.zeros((0, 2), np.float32), *_pulled(sink)])[: len(sounds[0])]


def _input(graph: av.filter.Graph, made: FilterContext, number: int) -> FilterContext:
    source = graph.add_abuffer(
        sample_rate=RATE, format="dbl", layout="stereo", time_base=Fraction(1, RATE), name=f"in{number}"
    )
    source.link_to(made, 0, number)
    return source


def _frame(sound: Samples) -> AudioFrame:
    flat = np.ascontiguousarray(sound, np.float64).reshape(1, -1)
    frame = AudioFrame.from_ndarray(flat, format="dbl", layout="stereo")
    frame.sample_rate, frame.pts, frame.time_base = RATE, 0, Fraction(1, RATE)
    return frame


def _pulled(sink: FilterContext) -> Iterator[Samples]:
    while True:
        try:
            frame = sink.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return
        assert isinstance(frame, AudioFrame)
        yield frame.to_ndarray().reshape(-1, 2).astype(np.float32)


def _factor(decibels: float) -> np.float32:
    return np.float32(10 ** (decibels / 20))
