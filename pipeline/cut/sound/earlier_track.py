"""The pieces of an earlier sound track, found by their marks, and the levels that were measured when it was made.

Both are kept in the track itself, in its comment: what a piece was made of is its mark, and how loud each sound and
each piece is need not be measured again.
"""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import av
import av.error
import numpy as np
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet

from pipeline.cut.sound.loudness import Energies

Packets: TypeAlias = "list[Packet[AudioStream]]"

DIGITS = 24


def mark(*parts: object) -> str:
    """Return the same for what is made in the same way of the same."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:DIGITS]


@dataclass(frozen=True)
class Level:
    """The length of a sound, and its energies as `loudness` measures them: of its blocks, or of its steps."""

    samples: int
    energies: Energies

    @classmethod
    def of(cls, samples: int, energies: Energies) -> Level:
        """Round them as they are kept, so that it does not matter where they come from."""
        return cls(samples, energies.astype(np.float32).astype(np.float64))

    def written(self) -> str:
        kept = self.energies.astype("<f4").tobytes()
        return f"{self.samples} {base64.b64encode(kept).decode()}"

    @classmethod
    def read(cls, written: str) -> Level:
        samples, _, kept = written.partition(" ")
        return cls(int(samples), np.frombuffer(base64.b64decode(kept), "<f4").astype(np.float64))


Levels: TypeAlias = "Mapping[str, Level]"


class Earlier:
    """`sounds` has, by the marks of pieces, those of their sounds: pieces that sound alike are the same packets."""

    def __init__(
        self, container: InputContainer | None, pieces: Sequence[tuple[str, str]], levels: Levels, piece_frames: int
    ) -> None:
        self._container, self.sounds, self.levels = container, dict(pieces), levels
        # the first piece begins with the priming, the others after the packet of the frame before them
        self._starts = {sound: number * piece_frames + bool(number) for number, (_, sound) in enumerate(pieces)}

    @classmethod
    @contextmanager
    def opened(cls, path: Path | None, piece_frames: int) -> Iterator[Earlier]:
        """Open the earlier track. One that cannot be read, or has no marks, knows nothing: then all is made anew."""
        try:
            container = av.open(str(path), format="mp4") if path else None
        except (OSError, av.error.FFmpegError):
            container = None
        if container is None:
            yield cls(None, [], {}, piece_frames)
            return
        with container:
            yield cls(container, *(_noted(container) if container.streams.audio else ([], {})), piece_frames)

    def packets(self, sound: str, count: int) -> Packets | None:
        """The packets of the piece that sounds so; None where it is not here, or not whole."""
        if self._container is None or sound not in self._starts:
            return None
        try:
            found = self._read(self._container, self._starts[sound], count)
        except (OSError, av.error.FFmpegError):
            return None
        return found if len(found) == count else None

    def _read(self, container: InputContainer, start: int, count: int) -> Packets:
        stream = container.streams.audio[0]
        frame = stream.codec_context.frame_size
        container.seek((start - 1) * frame, stream=stream)
        packets = (packet for packet in container.demux(stream) if packet.size)
        wanted = (packet for packet in packets if packet.pts is not None and packet.pts >= (start - 1) * frame)
        return list(itertools.islice(wanted, count))


def comment(pieces: Sequence[tuple[str, str]], levels: Levels) -> str:
    """Return what a track keeps for the one after it: of each piece its mark and its sound's, and the levels."""
    return json.dumps({"pieces": pieces, "levels": {key: level.written() for key, level in levels.items()}})


def _noted(container: InputContainer) -> tuple[list[tuple[str, str]], Levels]:
    """Nothing of a track that notes nothing, or in another way."""
    try:
        noted = json.loads(container.metadata.get("comment", ""))
        levels = {str(key): Level.read(written) for key, written in noted["levels"].items()}
        return [(str(mark), str(sound)) for mark, sound in noted["pieces"]], levels
    except (ValueError, TypeError, KeyError, AttributeError):
        return [], {}
