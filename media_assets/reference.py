"""A user's own picture, taken in: what it is is found from its bytes, and only its pixels are kept."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from media_assets.storage import content_hash
from pixora.errors import BadMedia

FORMATS = ("PNG", "JPEG", "WEBP")
MAX_BYTES = 50 << 20
MAX_PIXELS = 40_000_000
MAX_RATIO = 4
MIN_SIDE = 64
KEPT_SIDE = 2_048


@dataclass(frozen=True)
class Picture:
    """A PNG without metadata, turned upright, at most 2048 pixels a side where nothing else was asked for."""

    path: Path
    width: int
    height: int
    content_hash: str


def take_in(source: Path, workdir: Path, *, field: str = "reference", name: str = "", side: int = KEPT_SIDE) -> Picture:
    """Raises BadMedia, one sentence, for anything but a PNG, JPEG or WebP picture of a reasonable size.

    The sentence begins with the `field` and what the picture is called there, its file's name if nothing else.
    """
    try:
        picture = _pixels(source, side)
    except BadMedia as refused:
        raise BadMedia(f"{field}: {name or source.name} {refused.message}", field=field) from refused
    target = workdir / "reference.png"
    picture.save(target, "PNG", compress_level=4)
    return Picture(target, picture.width, picture.height, content_hash(target))


def _pixels(source: Path, side: int) -> Image.Image:
    if not source.is_file():
        raise BadMedia("is not a file.")
    if source.stat().st_size > MAX_BYTES:
        raise BadMedia(f"is larger than {MAX_BYTES >> 20} MB.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(source, formats=FORMATS) as opened:
                _check_size(opened)
                upright = ImageOps.exif_transpose(opened).convert("RGB")
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise BadMedia("is not a readable PNG, JPEG or WebP picture.") from error
    upright.thumbnail((side, side), Image.Resampling.LANCZOS)
    upright.info.clear()
    return upright


def _check_size(opened: Image.Image) -> None:
    width, height = opened.size
    if width * height > MAX_PIXELS:
        raise _too_many_pixels()
    if min(width, height) < MIN_SIDE or max(width, height) > MAX_RATIO * min(width, height):
        raise BadMedia(
            f"is {width}x{height}; it must be at least {MIN_SIDE} pixels a side and no longer than {MAX_RATIO} times"
            " its other side."
        )


def _too_many_pixels() -> BadMedia:
    return BadMedia(f"has more than {MAX_PIXELS // 1_000_000} megapixels.")
