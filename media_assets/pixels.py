"""What a picture looks like, in 8 bits of sRGB: its colour profile applied, what is transparent put on a ground."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image, ImageCms

from media_assets.grounds import GROUNDS, ground_for


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
    """In RGB, RGBA, L or CMYK, which profiles are for."""
    if opened.mode.startswith("I"):
        return Image.fromarray((np.asarray(opened).clip(0, 65_535) >> 8).astype(np.uint8), "L")
    if "transparency" in opened.info or opened.mode in ("LA", "La", "PA", "RGBa", "RGBA"):
        return opened.convert("RGBA")
    return opened if opened.mode in ("RGB", "L", "CMYK") else opened.convert("RGB")


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
