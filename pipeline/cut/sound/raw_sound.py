"""Sounds that lie in files as raw 32-bit samples, so that memory does not grow with their length."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from pipeline.cut.sound.loudness import Samples

SAMPLE_BYTES = 4


class Recording:
    """A sound in a file that goes with it."""

    def __init__(self, parts: Iterable[Samples], *, channels: int, at_most: int, folder: Path) -> None:
        self.samples, self.channels = 0, channels
        self.file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115
        for part in parts:
            kept = part[: at_most - self.samples]
            self.file.write(kept.tobytes())
            self.samples += len(kept)
            if self.samples == at_most:
                break

    def __enter__(self) -> Recording:
        return self

    def __exit__(self, *_error: object) -> None:
        self.file.close()

    def read(self, begin: int, end: int) -> Samples:
        self.file.seek(begin * self.channels * SAMPLE_BYTES)
        found = self.file.read((end - begin) * self.channels * SAMPLE_BYTES)
        return np.frombuffer(found, np.float32).reshape(-1, self.channels)


class Track:
    """A raw sound file, silent at first; silence takes no space on the disk."""

    def __init__(self, path: Path, *, samples: int, channels: int) -> None:
        self.samples = samples
        self.channels = channels
        self.file = path.open("w+b")
        self.file.truncate(samples * channels * SAMPLE_BYTES)

    def __enter__(self) -> Track:
        return self

    def __exit__(self, *_error: object) -> None:
        self.file.close()

    def mix_in(self, sound: Samples, at: int) -> None:
        """Adds to what is there; what reaches over the film's end is dropped."""
        heard = sound[: max(self.samples - at, 0)]
        place = at * self.channels * SAMPLE_BYTES
        self.file.seek(place)
        there = np.frombuffer(self.file.read(heard.nbytes), np.float32).reshape(heard.shape)
        self.file.seek(place)
        self.file.write((there + heard).tobytes())
