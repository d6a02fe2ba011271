"""Joins a film by copying packets: its encoded pieces one after another, and its sound and captions beside them.

ffmpeg's concat demuxer does the first, but decodes the beginning of every piece to learn what it holds: 30 ms of each.
These pieces are our own, of one encoder profile, so only the first is looked at; and all is written once.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeAlias

import av
from av.container import InputContainer
from av.packet import Packet
from av.stream import Disposition, Stream

UNSEEN: dict[str, Any] = {
    "container_options": {"analyzeduration": "1", "probesize": "32", "fpsprobesize": "0"},
    "stream_options": [{"skip_frame": "all"}],
}
"""What keeps a file from being decoded when it is opened."""
MOVIE_TIMESCALE, FINE_TICKS = 48_000, 512
"""Of the film's clock in a second, and of its picture's in each frame."""
Timed: TypeAlias = "tuple[float, Packet[Any]]"
"""A packet and the second at which it is decoded."""


def join(pieces: Sequence[Path], beside: Sequence[Path], out: Path, *, title: str, language: str, fps: int) -> None:
    """Write the film; the files `beside` the pieces have one track each, of sound or of captions (mov_text). Every
    track names its `language` (ISO 639-2), and the file begins with its index. Blocking."""
    ticks = {"video_track_timescale": str(fps * FINE_TICKS), "movie_timescale": str(MOVIE_TIMESCALE)}
    options = {**ticks, "movflags": "+faststart", "fflags": "+bitexact"}
    with ExitStack() as files:
        joined = files.enter_context(av.open(str(out), "w", format="mp4", options=options))
        joined.metadata["title"] = title
        with av.open(str(pieces[0])) as first:
            tracks = [_shown(pieces, joined.add_stream_from_template(first.streams.video[0]))]
        for path in beside:
            source = files.enter_context(av.open(str(path), container_options=UNSEEN["container_options"]))
            tracks.append(_copied(source, joined.add_stream_from_template(source.streams[0])))
        for stream in joined.streams:
            stream.metadata["language"] = language
            if stream.type == "subtitle":
                stream.disposition = Disposition.default
        for _, packet in heapq.merge(*tracks, key=itemgetter(0)):
            joined.mux(packet)


def _shown(pieces: Sequence[Path], stream: Stream) -> Iterator[Timed]:
    """The pieces' clock ticks once a frame. A piece's frames begin at 0, and its first decoding times, for reordering,
    before that."""
    start = 0
    for piece in pieces:
        length = 0
        with av.open(str(piece), **UNSEEN) as source:
            for at_s, packet in _copied(source, stream, start):
                length += packet.duration or 0
                yield at_s, packet
        start += length


def _copied(source: InputContainer, stream: Stream, start: int = 0) -> Iterator[Timed]:
    """Yield the packets of a file's first track, so many of its ticks later."""
    tick_s = float(source.streams[0].time_base or 1)
    for packet in source.demux(source.streams[0]):
        if packet.size and packet.pts is not None and packet.dts is not None:
            packet.pts, packet.dts, packet.stream = start + packet.pts, start + packet.dts, stream
            yield packet.dts * tick_s, packet
