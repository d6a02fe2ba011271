"""The levels measured of a sound while it is decoded, and the ground on which a transparent clip is seen."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import cast

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.video.codeccontext import VideoCodecContext
from numpy.typing import NDArray

from media_assets.picture_grounds import ground_for

LOOKED_AT, FIRST_PICTURES = (64, 36), 30
ANY_MATRIX = 1
"""One is as good as another to see how bright a picture is, and not every one that a file may name is known."""
SILENCE = 10 ** (-60 / 20)
"""Of full scale: nothing that is quieter is meant to be noticed."""
CANCELLED = 10 ** (-20 / 10)
"""The part of both channels' power that is left when they are heard as one."""
HOP = 1_024
"""Samples, at most, over which a level is measured."""
QUIET_DB, FLOOR_DB, LOUD_SHARE = 25.0, -55.0, 90
"""What is so far below the loud tenth of a sound, or below the floor, is a pause in it."""
LOUDEST = 1_000.0
"""Of full scale, 60 dB above it: a floating-point sound may be louder than full, but not by so much."""


def ground_of_clip(path: Path, decoder: str, *, format: str | None = None) -> str:
    """Choose the ground on which what is visible of a transparent clip is seen, by its first pictures. Blocking."""
    seen, alpha = np.zeros(0, np.float32), np.zeros(0, np.float32)
    with av.open(str(path), format=format) as container:
        stream = container.streams.video[0]
        context = VideoCodecContext.create(decoder, "r") if decoder else stream.codec_context
        assert isinstance(context, VideoCodecContext)
        for packet in itertools.islice(container.demux(stream), FIRST_PICTURES):
            for frame in context.decode(packet):
                small = (
                    frame.reformat(*LOOKED_AT, format="rgba", src_colorspace=ANY_MATRIX).to_ndarray().astype(np.float32)
                )
                seen = np.append(seen, small[..., :3].mean(axis=-1))
                alpha = np.append(alpha, small[..., 3])
    return ground_for(seen, alpha)


class Loudness:
    """The swing of a sound, and whether its two channels cancel each other out when they are heard as one."""

    def __init__(self) -> None:
        self.low, self.high = np.inf, -np.inf
        self.apart, self.together = 0.0, 0.0
        self._hops: list[tuple[int, float]] = []

    def add(self, frame: AudioFrame) -> None:
        """Take in a frame. Raises ValueError for samples that are no numbers, or far beyond any level: no encoder takes
        them."""
        sound = _channels(frame)
        low, high = float(sound.min(initial=np.inf)), float(sound.max(initial=-np.inf))
        if sound.size and not -LOUDEST <= low <= high <= LOUDEST:
            raise ValueError("no level")
        self.low, self.high = min(self.low, low), max(self.high, high)
        self._measure(sound)
        if len(sound) == 2:
            self.apart += float((sound**2).sum()) / 2
            self.together += float((sound.mean(axis=0) ** 2).sum())

    def _measure(self, sound: NDArray[np.float32]) -> None:
        begins = np.arange(0, sound.shape[1], HOP)
        if not len(begins):
            return
        power = np.add.reduceat(np.square(sound).mean(axis=0), begins)
        counts = np.diff(begins, append=sound.shape[1])
        self._hops += zip(counts.tolist(), (power / counts).tolist(), strict=True)

    @property
    def heard(self) -> int:
        """Count the samples in which something is to be heard, between pauses."""
        if not self._hops:
            return 0
        counts, power = (np.array(column) for column in zip(*self._hops, strict=True))
        level = 10 * np.log10(power + 1e-12)
        return int(counts[level > max(float(np.percentile(level, LOUD_SHARE)) - QUIET_DB, FLOOR_DB)].sum())

    @property
    def is_silent(self) -> bool:
        """A level that never changes is none that is heard."""
        return (self.high - self.low) / 2 < SILENCE

    @property
    def is_out_of_phase(self) -> bool:
        return not self.is_silent and self.apart > 0 and self.together < CANCELLED * self.apart


def _channels(frame: AudioFrame) -> NDArray[np.float32]:
    """Return the samples as (channels, samples); 1.0 is full scale."""
    raw = frame.to_ndarray()
    if not frame.format.is_planar:
        raw = raw.reshape(-1, len(frame.layout.channels)).T
    if raw.dtype.kind == "f":
        with np.errstate(over="ignore"):
            return raw.astype(np.float32, copy=False)
    limits = np.iinfo(cast("np.dtype[np.signedinteger]", raw.dtype))
    middle = (limits.max + limits.min + 1) / 2
    return ((raw.astype(np.float32) - middle) / (limits.max - middle)).astype(np.float32)
