"""Joins encoded pieces by copying their packets, one after another, into one file of pictures.

ffmpeg's concat demuxer does the same, but decodes the beginning of every piece first to learn what it holds: 30 ms of
each. These pieces are our own, of one encoder profile, so only the first is looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import av
from av.container import OutputContainer
from av.video.stream import VideoStream

UNSEEN: dict[str, Any] = {
    "container_options": {"analyzeduration": "1", "probesize": "32", "fpsprobesize": "0"},
    "stream_options": [{"skip_frame": "all"}],
}
"""What keeps a file from being decoded when it is opened."""


def chain(pieces: Sequence[Path], out: Path, *, fps: int) -> None:
    """The pieces' clock ticks once a frame, and so does the chain's."""
    with av.open(str(out), "w", format="mp4", options={"video_track_timescale": str(fps)}) as joined:
        with av.open(str(pieces[0])) as first:
            stream = joined.add_stream_from_template(first.streams.video[0])
        start = 0
        for piece in pieces:
            start += _append(piece, joined, stream, start)


def _append(piece: Path, joined: OutputContainer, stream: VideoStream, start: int) -> int:
    """The piece's length. Its frames begin at 0, and the first decoding times, for reordering, before that."""
    length = 0
    with av.open(str(piece), **UNSEEN) as source:
        for packet in source.demux(video=0):
            if not packet.size:
                continue
            length += packet.duration
            packet.pts, packet.dts = start + packet.pts, start + packet.dts
            packet.stream = stream
            joined.mux(packet)
    return length
