"""Decodes sound files, a second at a time, to 32-bit samples at 48 kHz."""

from __future__ import annotations

from collections.abc import Iterator
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
