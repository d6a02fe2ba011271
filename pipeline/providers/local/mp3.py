"""Sound to MP3, gapless: the LAME header tells decoders what to skip, so the length stays exact to the sample."""

from __future__ import annotations

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
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(sound, np.float32), "fltp", layout)
        frame.sample_rate = rate
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
