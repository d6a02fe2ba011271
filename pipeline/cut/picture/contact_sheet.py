"""A child process: puts all stills of a film on one sheet, in its order, each with its number.

Reads one JSON object from stdin: `pictures` (paths), `size` (of the film), `font` (a path) and `out` (the JPEG).
"""

from __future__ import annotations

import math
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageOps

from media_assets import pictures
from pixora.foundation.child_answer import Question, Report, serve

CELL_SIDE, GAP, QUALITY = 320, 8, 82
BACKGROUND, BADGE, LETTERS = (18, 18, 22), (0, 0, 0, 150), (255, 255, 255)
WIDE_SHEET = 1.5
"""How much wider than high a sheet should be, about."""


def answer(request: Question, _report: Report) -> None:
    pictures = [Path(path) for path in request["pictures"]]
    sheet(pictures, tuple(request["size"]), Path(request["font"])).save(request["out"], "JPEG", quality=QUALITY)


def sheet(pictures: list[Path], size: tuple[int, int], font: Path) -> Image.Image:
    cell = (round(CELL_SIDE * size[0] / max(size)), round(CELL_SIDE * size[1] / max(size)))
    columns = columns_for(len(pictures), cell)
    rows = math.ceil(len(pictures) / columns)
    whole = Image.new("RGB", (columns * (cell[0] + GAP) + GAP, rows * (cell[1] + GAP) + GAP), BACKGROUND)
    letters = ImageFont.truetype(str(font), 18)
    for place, path in enumerate(pictures):
        row, column = divmod(place, columns)
        small = _small(path, cell)
        _number(small, str(place + 1), letters)
        whole.paste(small, (GAP + column * (cell[0] + GAP), GAP + row * (cell[1] + GAP)))
    return whole


def columns_for(count: int, cell: tuple[int, int]) -> int:
    return min(count, max(math.ceil(math.sqrt(count * WIDE_SHEET * cell[1] / cell[0])), 1))


def _small(path: Path, cell: tuple[int, int]) -> Image.Image:
    with pictures.opened(path) as picture:
        picture.draft("RGB", (cell[0] * 2, cell[1] * 2))
        return ImageOps.fit(ImageOps.exif_transpose(picture).convert("RGB"), cell, Image.Resampling.BILINEAR)


def _number(picture: Image.Image, number: str, letters: ImageFont.FreeTypeFont) -> None:
    draw = ImageDraw.Draw(picture, "RGBA")
    width = draw.textlength(number, font=letters)
    draw.rectangle((0, 0, width + 14, 26), fill=BADGE)
    draw.text((7, 2), number, font=letters, fill=LETTERS)


if __name__ == "__main__":
    serve(answer)
