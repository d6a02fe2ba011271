"""Tells whether a PNG holds every row of the picture that its header declares.

Decoders show such a picture black where it ends, and say nothing, when what is there is well packed.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

SIGNATURE_BYTES, CHECKSUM_BYTES = 8, 4
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""By the kinds of colour."""
WHOLE = ((0, 0, 1, 1),)
INTERLACED = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""The passes: the first column and row of each, and the steps from one to the next."""
AT_ONCE = 1 << 20


def has_all_rows(source: Path) -> bool:
    """Unpack a PNG's rows, no more of them than it declares, and count their bytes. Blocking.

    Raises ValueError or `zlib.error` for what is no PNG.
    """
    with source.open("rb") as file:
        file.seek(SIGNATURE_BYTES)
        chunks = _chunks(file.read)
        kind, header = next(chunks, (b"", b""))
        if kind != b"IHDR" or len(header) != 13 or header[9] not in CHANNELS:
            raise ValueError(f"{source.name} begins with no header of a PNG.")
        missing = _bytes_of_rows(header)
        for unpacked in _unpacked(data for kind, data in chunks if kind == b"IDAT"):
            missing -= unpacked
            if missing <= 0:
                return True
    return False


def _chunks(read: Callable[[int], bytes]) -> Iterator[tuple[bytes, bytes]]:
    while len(head := read(8)) == 8:
        length, kind = struct.unpack(">I4s", head)
        yield kind, read(length)
        read(CHECKSUM_BYTES)


def _bytes_of_rows(header: bytes) -> int:
    """Count what all rows have when they are unpacked; each begins with a byte that names its filter."""
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", header)
    total = 0
    for left, top, across, down in INTERLACED if interlaced else WHOLE:
        columns, rows = -(-(width - left) // across), -(-(height - top) // down)
        if columns > 0 and rows > 0:
            total += rows * (1 + -(-columns * depth * CHANNELS[colour] // 8))
    return total


def _unpacked(packed: Iterator[bytes]) -> Iterator[int]:
    """Yield how many bytes come out, a little at a time."""
    stream = zlib.decompressobj()
    for data in packed:
        while data and not stream.eof:
            yield len(stream.decompress(data, AT_ONCE))
            data = stream.unconsumed_tail
    yield len(stream.flush())
