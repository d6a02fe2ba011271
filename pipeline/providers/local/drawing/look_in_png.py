"""PNG files that carry a character's look in a text chunk."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from pipeline.providers.local.drawing.canvas import Pixels
from pipeline.providers.local.drawing.look import Look, from_json

KEYWORD = "pixora:look"


def write(path: Path, pixels: Pixels, look: Look | None = None) -> None:
    """Write to a temporary name, then rename: a half-written picture never has the final name."""
    texts = PngInfo()
    if look is not None:
        texts.add_text(KEYWORD, json.dumps(asdict(look), sort_keys=True))
    temporary = path.with_name(path.name + ".part")
    Image.fromarray(pixels).save(temporary, "png", compress_level=1, pnginfo=texts)
    temporary.replace(path)


def read_look(path: Path) -> Look | None:
    """The look in a picture we made; None for any other file."""
    try:
        with Image.open(path, formats=["png"]) as picture:
            return from_json(json.loads(picture.info[KEYWORD]))
    except (OSError, KeyError, TypeError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
