"""Decodes sound files, a second at a time, to 32-bit samples at 48 kHz."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import chain
from pathlib import Path

import av
import av.error
import av.filter
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

from media_assets.file_format import format_of
from pipeline.cut.sound.loudness import Samples
from pipeline.cut.sound.sound_plan import RATE, UNREADABLE
from pipeline.cut.word_cuts import FADE_MS, stretches
from pixora.foundation.errors import BadMedia

STRETCH = RATE
"""Samples handed on at once: to handle each short frame of a compressed sound costs as much as to decode it."""


def hear(path: Path, *, channels: int, tempo: float = 1.0) -> Iterator[Samples]:
    """Stretches of a sound file as (samples, channels). Leaves the process when it holds no sound."""
    heard = False
    try:
        for frame in _decoded(path, "mono" if channels == 1 else "stereo", tempo):
            heard = heard or frame.samples > 0
            yield frame.to_ndarray().T.astype(np.float32, copy=False)
    except (BadMedia, OSError, av.error.FFmpegError, IndexError, ValueError) as error:
        raise SystemExit(f"{error}\n{UNREADABLE}{path}") from error
    if not heard:
        raise SystemExit(f"{UNREADABLE}{path}")


def heard_without(path: Path, cuts: Sequence[Sequence[int]], *, tempo: float) -> Iterator[Samples]:
    """Stretches of a voice without these parts of it, in milliseconds; beside each of them it fades out and in."""
    whole = np.concatenate([*hear(path, channels=1)])
    parts = [(begin, end) for begin, end in cuts]
    yield from _sped_up(without(whole, parts), tempo) if tempo != 1.0 else [without(whole, parts)]


def without(sound: Samples, cuts: Sequence[tuple[int, int]]) -> Samples:
    """PURE: return the sound (samples, channels) without what lies between these milliseconds of it."""
    fade, length_ms = FADE_MS * RATE // 1000, -(-1000 * len(sound) // RATE)
    left = [sound[begin * RATE // 1000 : end * RATE // 1000].copy() for begin, end in stretches(length_ms, cuts)]
    for place, (part, (begin, end)) in enumerate(zip(left, stretches(length_ms, cuts), strict=True)):
        ramp = np.minimum((np.arange(len(part), dtype=np.float32) + 0.5) / fade, 1)[:, None]
        if place or begin:
            part *= ramp
        if place < len(left) - 1 or end < length_ms:
            part *= ramp[::-1]
    return np.concatenate([sound[:0], *left])


def _sped_up(sound: Samples, tempo: float) -> Iterator[Samples]:
    for frame in _at_tempo(_frames(sound), "mono", tempo):
        yield frame.to_ndarray().T.astype(np.float32, copy=False)


def _frames(sound: Samples) -> Iterator[AudioFrame]:
    for at in range(0, len(sound), STRETCH):
        part = np.ascontiguousarray(sound[at : at + STRETCH].T, np.float32)
        frame = AudioFrame.from_ndarray(part, format="fltp", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = RATE, at, Fraction(1, RATE)
        yield frame


def _decoded(path: Path, layout: str, tempo: float) -> Iterator[AudioFrame]:
    resampler = AudioResampler(format="fltp", layout=layout, rate=RATE, frame_size=STRETCH)
    with av.open(str(path), format=format_of(path)) as container:
        frames = (out for frame in chain(container.decode(audio=0), [None]) for out in resampler.resample(frame))
        yield from _at_tempo(frames, layout, tempo) if tempo != 1.0 else frames


def _at_tempo(frames: Iterator[AudioFrame], layout: str, tempo: float) -> Iterator[AudioFrame]:
    graph = av.filter.Graph()
    source = graph.add_abuffer(sample_rate=RATE, format="fltp", layout=layout, time_base=None)
    source.link_to(change := graph.add("atempo", f"{tempo:.4f}"))
    change.link_to(planes := graph.add("aformat", "sample_fmts=fltp"))
    planes.link_to(graph.add("abuffersink"))
    graph.configure()
    for frame in chain(frames, [None]):
        graph.push(frame)
        yield from _available(graph)


def _available(graph: av.filter.Graph) -> Iterator[AudioFrame]:
    while True:
        try:
            frame = graph.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return
        assert isinstance(frame, AudioFrame)
        yield frame
