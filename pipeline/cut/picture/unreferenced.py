"""Finds the pictures of an H.264 clip that no other picture is decoded from: who reads on past them may leave them out.

Only packets are read, nothing is decoded.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
from av.packet import Packet
from av.video.stream import VideoStream

from pipeline.cut.join_packets import UNSEEN

SLICES = range(1, 6)
"""The types of the units that hold parts of pictures; others say how to read them."""


def unreferenced(path: Path, format: str) -> dict[int, Fraction]:
    """Return when each such picture is shown: in the stream's own ticks, and in seconds. Blocking.

    An MP4 file is expected. Of one whose units have no lengths before them, nothing is known.
    """
    with av.open(str(path), format=format, **UNSEEN) as container:
        stream = container.streams.video[0]
        header = stream.codec_context.extradata or b""
        if header[:1] != b"\1":
            return {}
        shown = (packet.pts for packet in container.demux(stream) if _is_unreferenced(packet, (header[4] & 3) + 1))
        base = stream.time_base or Fraction(1)
        return {pts: pts * base for pts in shown if pts is not None}


def _is_unreferenced(packet: Packet[VideoStream], length_bytes: int) -> bool:
    """Tell by the headers of its slices, which all say the same (`nal_ref_idc` of H.264)."""
    slices = [unit for unit in _unit_headers(memoryview(packet), length_bytes) if unit & 31 in SLICES]
    return bool(slices) and not any(unit & 0x60 for unit in slices)


def _unit_headers(data: memoryview, length_bytes: int) -> Iterator[int]:
    at = 0
    while at + length_bytes < len(data):
        yield data[at + length_bytes]
        at += length_bytes + int.from_bytes(data[at : at + length_bytes], "big")
