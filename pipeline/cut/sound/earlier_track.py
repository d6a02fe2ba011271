"""The pieces of an earlier sound track, found by their marks, as packets to be copied."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import av
import av.error
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet

if TYPE_CHECKING:
    from hashlib import _Hash

Packets: TypeAlias = "list[Packet[AudioStream]]"

MARKS = "pieces "
"""The beginning of the comment of a track whose pieces are marked."""
DIGITS = 24


class Earlier:
    """`starts` has, by mark, the place of each piece's first packet."""

    def __init__(self, container: InputContainer | None, starts: Mapping[str, int]) -> None:
        self._container, self._starts = container, starts

    @staticmethod
    def mark(hashed: _Hash) -> str:
        return hashed.hexdigest()[:DIGITS]

    @staticmethod
    def comment(marks: Sequence[str]) -> str:
        return MARKS + "".join(marks)

    @classmethod
    @contextmanager
    def opened(cls, path: Path | None, piece_frames: int) -> Iterator[Earlier]:
        """Open the earlier track. One that cannot be read, or has no marks, knows nothing: then all is encoded."""
        try:
            container = av.open(str(path), format="mp4") if path else None
        except (OSError, av.error.FFmpegError):
            container = None
        if container is None:
            yield cls(None, {})
            return
        with container:
            yield cls(container, _starts(container, piece_frames))

    def packets(self, mark: str, count: int) -> Packets | None:
        """The piece's packets; None where it is not here, or not whole."""
        if self._container is None or mark not in self._starts:
            return None
        try:
            found = self._read(self._container, self._starts[mark], count)
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


def _starts(container: InputContainer, piece_frames: int) -> dict[str, int]:
    """The first piece begins with the priming, the others after the packet of the frame before them."""
    comment = container.metadata.get("comment", "")
    if not comment.startswith(MARKS) or not container.streams.audio:
        return {}
    marks = comment.removeprefix(MARKS)
    found = (marks[at : at + DIGITS] for at in range(0, len(marks), DIGITS))
    return {mark: number * piece_frames + bool(number) for number, mark in enumerate(found)}
