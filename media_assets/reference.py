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
    """A PNG without metadata, turned upright, at most 2048 pixels a side."""

    path: Path
    width: int
    height: int
    content_hash: str


def take_in(source: Path, workdir: Path) -> Picture:
    """Raises BadMedia, one sentence, for anything but a PNG, JPEG or WebP picture of a reasonable size."""
    if not source.is_file():
        raise BadMedia(f"reference: {source.name} is not a file.", field="reference")
    if source.stat().st_size > MAX_BYTES:
        raise BadMedia(f"reference: {source.name} is larger than {MAX_BYTES >> 20} MB.", field="reference")
    picture = _pixels(source)
    target = workdir / "reference.png"
    picture.save(target, "PNG", compress_level=4)
    return Picture(target, picture.width, picture.height, content_hash(target))


def _pixels(source: Path) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(source, formats=FORMATS) as opened:
                _check_size(opened, source.name)
                upright = ImageOps.exif_transpose(opened).convert("RGB")
    except Image.DecompressionBombError as error:
        raise _too_large(source.name) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise BadMedia(
            f"reference: {source.name} is not a readable PNG, JPEG or WebP picture.", field="reference"
        ) from error
    upright.thumbnail((KEPT_SIDE, KEPT_SIDE), Image.Resampling.LANCZOS)
    upright.info.clear()
    return upright


def _check_size(opened: Image.Image, name: str) -> None:
    width, height = opened.size
    if width * height > MAX_PIXELS:
        raise _too_large(name)
    if min(width, height) < MIN_SIDE or max(width, height) > MAX_RATIO * min(width, height):
        raise BadMedia(
            f"reference: {name} is {width}x{height}; it must be at least {MIN_SIDE} pixels a side and no longer than"
            f" {MAX_RATIO} times its other side.",
            field="reference",
        )


def _too_large(name: str) -> BadMedia:
    return BadMedia(f"reference: {name} has more than {MAX_PIXELS // 1_000_000} megapixels.", field="reference")
