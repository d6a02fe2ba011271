"""Takes in a picture that a user uploads: its format is read from its bytes, and only its pixels are kept."""

from __future__ import annotations

import warnings
import zlib
from dataclasses import dataclass
from pathlib import Path

import av.error
import pi_heif
from PIL import Image, ImageOps, UnidentifiedImageError

from media_assets.pictures import is_drawn_too_often
from media_assets.pixels import as_srgb, in_narrow_colours, on_ground
from media_assets.png_rows import has_all_rows
from media_assets.storage import content_hash
from pixora.foundation.errors import BadMedia

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "AVIF", "HEIF")
NAMES = "PNG, JPEG, WebP, GIF, AVIF or HEIC"
MOVING = frozenset({"PNG", "WEBP", "GIF", "AVIF"})
"""Of the others, several pictures are other sizes of one or what it is made from: cameras put those beside it."""
MAX_BYTES = 50 << 20
MAX_PIXELS = 40_000_000
MAX_RATIO = 4
MIN_SIDE = 64
KEPT_SIDE = 2_048


@dataclass(frozen=True)
class Picture:
    """A PNG without metadata in sRGB, turned upright, at most 2048 pixels a side where nothing else was asked for."""

    path: Path
    width: int
    height: int
    content_hash: str
    ground: str = ""
    """What it was put on where it was transparent: `white` or `dark`."""
    moves: bool = False
    """The file shows more pictures than this, its first."""


def take_in(source: Path, workdir: Path, *, field: str = "reference", name: str = "", side: int = KEPT_SIDE) -> Picture:
    """Keep a picture as a PNG in `workdir`, with `side` pixels at most on its longer side.

    Raises BadMedia, one sentence, for anything but a PNG, JPEG, WebP, GIF, AVIF or HEIC of a reasonable size. The
    sentence begins with the `field` and what the picture is called there, its file's name if nothing else.
    """
    try:
        picture, ground, moves = _pixels(source, side)
    except BadMedia as refused:
        raise BadMedia(f"{field}: {name or source.name} {refused.message}", field=field) from refused
    target = workdir / "reference.png"
    picture.save(target, "PNG", compress_level=4)
    return Picture(target, picture.width, picture.height, content_hash(target), ground, moves)


def _pixels(source: Path, side: int) -> tuple[Image.Image, str, bool]:
    if not source.is_file():
        raise BadMedia("is not a file.")
    if source.stat().st_size > MAX_BYTES:
        raise BadMedia(f"is larger than {MAX_BYTES >> 20} MB.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            pi_heif.register_heif_opener()
            with Image.open(source, formats=FORMATS) as opened:
                _check_size(opened)
                if opened.format == "PNG" and not has_all_rows(source):
                    raise BadMedia("ends before its picture does: export it again, or choose another.")
                if opened.format == "JPEG" and is_drawn_too_often(source.read_bytes()):
                    raise BadMedia("is drawn in far more passes than any picture needs: export it again.")
                moves = getattr(opened, "n_frames", 1) > 1 and opened.format in MOVING
                shown = in_narrow_colours(source, opened)
                upright, ground = on_ground(as_srgb(ImageOps.exif_transpose(shown)))
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, zlib.error, av.error.FFmpegError) as error:
        raise BadMedia(f"is not a readable {NAMES} picture.") from error
    upright.thumbnail((side, side), Image.Resampling.LANCZOS)
    upright.info.clear()
    return upright, ground, moves


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
