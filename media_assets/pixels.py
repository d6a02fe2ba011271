"""The look of a picture in 8 bits of sRGB: its colour profile applied, what is transparent put on a ground."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

from media_assets import wide_colour
from media_assets.picture_grounds import GROUNDS, ground_for


def in_narrow_colours(source: Path, opened: Image.Image) -> Image.Image:
    """Convert a picture in HDR, or one that says by numbers that its gamut is wide, to how it looks in sRGB; return any
    other as it is."""
    with source.open("rb") as file:
        signal = wide_colour.signal_of(file.read(wide_colour.HEAD_BYTES))
    if signal is None:
        return opened
    narrow = Image.fromarray(wide_colour.in_srgb(_deep(source, opened), signal))
    if opened.has_transparency_data:
        narrow.putalpha(opened.convert("RGBA").getchannel("A"))
    if exif := opened.info.get("exif"):
        narrow.info["exif"] = exif
    return narrow


def as_srgb(opened: Image.Image) -> Image.Image:
    """RGB, or RGBA where anything is transparent."""
    profile = opened.info.get("icc_profile")
    picture = _eight_bits(opened)
    alpha = picture.getchannel("A") if "A" in picture.getbands() else None
    coloured = _profiled(picture.convert("RGB") if alpha else picture, profile)
    if alpha and alpha.getextrema() != (255, 255):
        coloured.putalpha(alpha)
    return coloured


def on_ground(picture: Image.Image) -> tuple[Image.Image, str]:
    """The picture without transparency, and the name of the ground it stands on; none where it needs none."""
    if picture.mode != "RGBA":
        return picture, ""
    ground = ground_for(np.asarray(picture.convert("L"), np.float32), np.asarray(picture.getchannel("A"), np.float32))
    below = Image.new("RGBA", picture.size, (*GROUNDS[ground], 255))
    return Image.alpha_composite(below, picture).convert("RGB"), ground


def _eight_bits(opened: Image.Image) -> Image.Image:
    """Convert it to RGB, RGBA, L or CMYK, which profiles are for."""
    if opened.mode.startswith("I"):
        return _grey(np.asarray(opened).clip(0, 65_535), opened.info.get("transparency"))
    if "transparency" in opened.info or opened.mode in ("LA", "La", "PA", "RGBa", "RGBA"):
        return opened.convert("RGBA")
    return opened if opened.mode in ("RGB", "L", "CMYK") else opened.convert("RGB")


def _grey(deep: NDArray[Any], transparent: int | None) -> Image.Image:
    """Convert a picture of 16 bits, in which one level may stand for what is transparent."""
    grey = Image.fromarray((deep >> 8).astype(np.uint8), "L")
    if transparent is None:
        return grey
    return Image.merge("RGBA", [grey] * 3 + [Image.fromarray(np.where(deep == transparent, 0, 255).astype(np.uint8))])


def _profiled(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """A profile that cannot be read, or is for another kind of picture, changes nothing."""
    if profile:
        try:
            source, target = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(picture, source, target, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            converted = None
        if converted is not None:
            return converted
    return picture.convert("RGB")


def _deep(source: Path, opened: Image.Image) -> NDArray[np.uint16]:
    """Read the picture in 16 bits, which a PNG has where it is in HDR; Pillow leaves 8 of them."""
    if opened.format != "PNG":
        return np.asarray(opened.convert("RGB")).astype(np.uint16) * 257
    with av.open(str(source), format="png_pipe") as container:
        return next(container.decode(video=0)).to_ndarray(format="rgb48le").astype(np.uint16, copy=False)
