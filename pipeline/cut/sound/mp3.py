"""Sound becomes MP3, gapless: the LAME header tells decoders what to skip, so the length stays exact to the sample."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

Sound = NDArray[np.float32]
"""Samples from -1 to 1; music has shape (2, samples), a voice (1, samples)."""


def write_mp3(path: Path, sound: Sound, rate: int, *, kbps: int) -> None:
    layout = "mono" if sound.shape[0] == 1 else "stereo"
    with av.open(str(path), "w", format="mp3", container_options={"fflags": "+bitexact"}) as container:
        stream = container.add_stream("libmp3lame", rate=rate, options={"compression_level": "7"})
        stream.bit_rate = kbps * 1000
        stream.layout = layout
        stream.format = "fltp"
        for at in range(0, sound.shape[1], rate):
            second = np.ascontiguousarray(sound[:, at : at + rate], np.float32)
            frame = av.AudioFrame.from_ndarray(second, "fltp", layout)
            frame.sample_rate, frame.pts, frame.time_base = rate, at, Fraction(1, rate)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
