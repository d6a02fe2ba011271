"""Writes HEIC pictures as telephones do: one frame of HEVC in the boxes of a still picture."""

from __future__ import annotations

import struct
from pathlib import Path

from tests.pipeline.cut import media

IN_HDR = struct.pack(">I4s4sHHHB", 19, b"colr", b"nclx", 9, 16, 9, 0x80)
"""The property of a picture in BT.2020 and PQ."""


def picture(path: Path, colour: str, size: tuple[int, int] = (128, 96), *, beside: bytes = b"") -> Path:
    """Write a picture of one colour; `beside` is a property that belongs to another picture in the file."""
    film = path.with_suffix(".mp4")
    source = f"color=c={colour}:s={size[0]}x{size[1]},format=yuv420p"
    media.run("-f", "lavfi", "-i", source, "-frames:v", 1, "-c:v", "libx265", "-tag:v", "hvc1",
              "-x265-params", "log-level=0", film)  # fmt: skip
    data = film.read_bytes()
    settings, frame = _box_in(data, b"hvcC"), _content(data, b"mdat")
    path.write_bytes(_file(settings, frame, size, beside))
    return path


def _box(kind: bytes, *parts: bytes) -> bytes:
    content = b"".join(parts)
    return struct.pack(">I", 8 + len(content)) + kind + content


def _full(kind: bytes, version: int, flags: int, *parts: bytes) -> bytes:
    return _box(kind, struct.pack(">I", version << 24 | flags), *parts)


def _box_in(data: bytes, kind: bytes) -> bytes:
    begin = data.index(kind) - 4
    return data[begin : begin + struct.unpack(">I", data[begin : begin + 4])[0]]


def _content(data: bytes, kind: bytes) -> bytes:
    return _box_in(data, kind)[8:]


def _file(settings: bytes, frame: bytes, size: tuple[int, int], beside: bytes) -> bytes:
    ftyp = _box(b"ftyp", b"heic", bytes(4), b"mif1heic")
    before = len(ftyp) + len(_meta(settings, size, 0, len(frame), beside)) + 8
    return ftyp + _meta(settings, size, before, len(frame), beside) + _box(b"mdat", frame)


def _meta(settings: bytes, size: tuple[int, int], offset: int, length: int, beside: bytes) -> bytes:
    handler = _full(b"hdlr", 0, 0, bytes(4), b"pict", bytes(12), b"\0")
    primary = _full(b"pitm", 0, 0, struct.pack(">H", 1))
    item = _full(b"infe", 2, 0, struct.pack(">HH", 1, 0), b"hvc1", b"\0")
    items = _full(b"iinf", 0, 0, struct.pack(">H", 1), item)
    extents = struct.pack(">HHHHII", 1, 1, 0, 1, offset, length)
    place = _full(b"iloc", 0, 0, b"\x44\x00", extents)
    shown = _full(b"ispe", 0, 0, struct.pack(">II", *size))
    known = _box(b"ipco", beside, settings, shown)
    first = 2 if beside else 1
    belongs = _full(b"ipma", 0, 0, struct.pack(">IHBBB", 1, 1, 2, 0x80 | first, first + 1))
    return _full(b"meta", 0, 0, handler, primary, place, items, _box(b"iprp", known, belongs))
