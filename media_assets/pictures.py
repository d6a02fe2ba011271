"""The one way to open a kept picture: as one of the formats that are kept, and as nothing else.

Pillow would look for any of its forty formats in the bytes of a file, whatever its name, and some of them have other
programs run or read as much memory as their head says.
"""

from __future__ import annotations

from pathlib import Path
from typing import IO, Any

from PIL import Image

KEPT_FORMATS = ("PNG", "JPEG", "WEBP")


def opened(source: Path | IO[Any]) -> Image.Image:
    """Open a kept picture; the caller closes it. Raises OSError for any other format, and for more pixels than any
    picture here has."""
    try:
        return Image.open(source, formats=KEPT_FORMATS)
    except Image.DecompressionBombError as error:
        raise OSError("too many pixels") from error
