"""The sounds that a film's track is made of: each is decoded at most once, and only where it has to be heard.

How long and how loud a sound is may be known from an earlier track; then it is decoded where a piece of the new track
needs it. Sounds lie on the disk, so memory does not grow with their length.
"""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

import av
import numpy as np

from pipeline.cut.sound import lay_tracks, loudness
from pipeline.cut.sound.decode_sound import hear
from pipeline.cut.sound.earlier_track import Level, Levels, mark
from pipeline.cut.sound.loudness import Samples
from pipeline.cut.sound.raw_sound import Recording
from pipeline.cut.sound.sound_plan import RATE

CHANGES = 1
"""Raised when a sound is brought into the film in another way."""


class Source(ABC):
    """One sound at its place. `key` is the same for sounds that are heard alike, wherever in a film they are."""

    channels: int

    def __init__(self, asked: Mapping[str, Any], folder: Path, levels: Levels, **more: Any) -> None:
        self.asked, self.folder, self._lock = asked, folder, Lock()
        self.path, self.start = Path(asked["path"]), int(asked["start"])
        told = {name: value for name, value in asked.items() if name not in ("path", "start")}
        self.key = mark(CHANGES, av.__version__, self.channels, _digest(self.path), told, more)
        self._known = levels.get(self.key)

    @cached_property
    def level(self) -> Level:
        return self._known or self.measured(self.recording)

    @property
    def recording(self) -> Recording:
        """The sound itself, decoded when it is first asked for."""
        with self._lock:
            return self._recorded

    @cached_property
    def _recorded(self) -> Recording:
        known = self._known.samples if self._known else None
        at_most, folder = self.longest, self.folder
        return Recording(self.decoded(), channels=self.channels, at_most=at_most, folder=folder, samples=known)

    def overlaps(self, begin: int, end: int) -> bool:
        return self.start < end and self.start + self.samples > begin

    def add_to(self, stretch: Samples, begin: int) -> None:
        """Add what is heard of it in the stretch of the film that begins at the sample `begin`."""
        first, last = max(begin, self.start), min(begin + len(stretch), self.start + self.samples)
        stretch[first - begin : last - begin] += self.part(first - self.start, last - self.start)

    @property
    @abstractmethod
    def longest(self) -> int: ...

    @property
    @abstractmethod
    def samples(self) -> int:
        """Tell how long it is heard."""

    @abstractmethod
    def decoded(self) -> Iterable[Samples]: ...

    @abstractmethod
    def measured(self, sound: Recording) -> Level: ...

    @abstractmethod
    def part(self, begin: int, end: int) -> Samples: ...


class Spoken(Source):
    """A narration or a line, heard from one side and from the other alike."""

    channels = 1

    @property
    def longest(self) -> int:
        return lay_tracks.ANY_LENGTH

    @property
    def samples(self) -> int:
        return self.level.samples

    def decoded(self) -> Iterable[Samples]:
        return [lay_tracks.spoken(self.asked)]

    def measured(self, sound: Recording) -> Level:
        return Level.of(sound.samples, 2 * loudness.block_energies(sound.windows(lay_tracks.WINDOW), RATE))

    def part(self, begin: int, end: int) -> Samples:
        return self.recording.read(begin, end)


class Played(Source):
    """Music, or a clip's own sound, trimmed or repeated to its place in the film."""

    channels = 2

    def __init__(self, asked: Mapping[str, Any], folder: Path, levels: Levels, *, level_db: float) -> None:
        super().__init__(asked, folder, levels, level_db=level_db)
        self.level_db = level_db

    @property
    def longest(self) -> int:
        return self.samples

    @property
    def samples(self) -> int:
        return int(self.asked["samples"])

    def decoded(self) -> Iterator[Samples]:
        return lay_tracks.after(hear(self.path, channels=2, tempo=self.asked["tempo"]), self.asked["skip"])

    def measured(self, sound: Recording) -> Level:
        return Level.of(sound.samples, loudness.block_energies(sound.windows(lay_tracks.WINDOW), RATE))

    def part(self, begin: int, end: int) -> Samples:
        lufs = loudness.integrated(self.level.energies)
        gain = np.float32(lay_tracks.gain(lufs, self.level_db, once=self.asked["once"]))
        return gain * lay_tracks.fitted_part(self.recording, self.asked, begin, end)


class Sources:
    """All sounds of a film, in its order."""

    def __init__(self, asked: Mapping[str, Any], folder: Path, levels: Levels) -> None:
        level_db = asked["music_level_db"]
        self.spoken = [Spoken(narration, folder, levels) for narration in asked["narrations"]]
        self.played = [Played(piece, folder, levels, level_db=level_db) for piece in asked["pieces"]]

    def measure(self, tell: lay_tracks.Steps) -> None:
        """Know how loud each is. Narrations and music are read side by side, so one of each is in memory."""

        def read(sources: Sequence[Source]) -> None:
            for source in sources:
                _ = source.level
                tell.tick()

        with ThreadPoolExecutor(2) as threads:
            list(threads.map(read, (self.spoken, self.played)))

    @property
    def voice_lufs(self) -> float:
        energies = [source.level.energies for source in self.spoken]
        return loudness.integrated(np.concatenate(energies)) if energies else float("-inf")

    @property
    def levels(self) -> dict[str, Level]:
        return {source.key: source.level for source in (*self.spoken, *self.played)}

    def heard(self, begin: int, end: int) -> list[Source]:
        return [source for source in (*self.spoken, *self.played) if source.overlaps(begin, end)]

    def voice(self, begin: int, end: int) -> Samples | None:
        return _together(self.spoken, begin, end, channels=1)

    def music(self, begin: int, end: int) -> Samples | None:
        return _together(self.played, begin, end, channels=2)


def _together(sources: Sequence[Source], begin: int, end: int, channels: int) -> Samples | None:
    """None where the film has none at all."""
    if not sources:
        return None
    stretch = np.zeros((end - begin, channels), np.float32)
    for source in sources:
        if source.overlaps(begin, end):
            source.add_to(stretch, begin)
    return stretch


def _digest(path: Path) -> str:
    """A file that is not there is told of when it is to be heard."""
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
