"""The one way to open a kept picture: as one of the formats that are kept, and as nothing else.

Pillow would look for any of its forty formats in the bytes of a file, whatever its name, and some of them have other
programs run or read as much memory as their head says.
"""

from __future__ import annotations

from pathlib import Path
from typing import IO, Any

from PIL import Image

KEPT_FORMATS = ("PNG", "JPEG", "WEBP")
SCAN, MOST_SCANS = b"\xff\xda", 100
"""What begins each pass over a JPEG's pixels; encoders make ten or so, and a camera's file holds a few pictures."""


def opened(source: Path | IO[Any]) -> Image.Image:
    """Open a kept picture; the caller closes it. Raises OSError for any other format, and for more pixels than any
    picture here has."""
    try:
        return Image.open(source, formats=KEPT_FORMATS)
    except Image.DecompressionBombError as error:
        raise OSError("too many pixels") from error


def is_drawn_too_often(content: bytes) -> bool:
    """Tell whether a JPEG has so many passes over its pixels that it is made to cost time. Each has a few bytes, and
    takes as long as a whole picture."""
    return content.count(SCAN) > MOST_SCANS
