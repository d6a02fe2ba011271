"""Sounds that lie in files as raw 32-bit samples, so that memory does not grow with their length."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Lock

import numpy as np

from pipeline.cut.sound.loudness import Samples

SAMPLE_BYTES = 4


class Recording:
    """A sound in a file of its own, taken from `parts` as far as it is asked for; any number of threads may read it.

    It goes with the folder, or when it is closed. Its length may be known before.
    """

    def __init__(
        self, parts: Iterable[Samples], *, channels: int, at_most: int, folder: Path, samples: int | None = None
    ) -> None:
        self.channels, self._at_most, self._parts, self._there = channels, at_most, iter(parts), 0
        self._known, self._taking = samples, Lock()
        handle, name = tempfile.mkstemp(dir=folder)
        os.close(handle)
        self.path = Path(name)

    def __enter__(self) -> Recording:
        return self

    def __exit__(self, *_error: object) -> None:
        self.path.unlink()

    @property
    def samples(self) -> int:
        if self._known is None:
            self._take(self._at_most)
            self._known = self._there
        return self._known

    def read(self, begin: int, end: int) -> Samples:
        """Return the samples from `begin` on, fewer where it ends before `end`."""
        self._take(min(end, self._at_most))
        first, count = begin * self.channels, (min(end, self._at_most) - begin) * self.channels
        return np.fromfile(self.path, np.float32, count, offset=first * SAMPLE_BYTES).reshape(-1, self.channels)

    def windows(self, samples: int) -> Iterator[Samples]:
        """The whole of it, so many samples at a time."""
        return (self.read(at, at + samples) for at in range(0, self.samples, samples))

    def _take(self, end: int) -> None:
        with self._taking, self.path.open("ab") as file:
            while self._there < end and (part := next(self._parts, None)) is not None:
                kept = part[: self._at_most - self._there]
                file.write(kept.tobytes())
                self._there += len(kept)


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
