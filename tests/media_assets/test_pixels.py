"""A picture keeps its look, whatever it is stored as."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms, ImageDraw

from media_assets.intake import take
from media_assets.reference import take_in
from tests.media_assets import heic

SIZE = (128, 96)
ORANGE = (200, 80, 40)


def taken(path: Path) -> NDArray[np.uint8]:
    kept = path.parent / "kept"
    kept.mkdir(exist_ok=True)
    with Image.open(take_in(path, kept).path) as opened:
        assert opened.mode == "RGB"
        return np.asarray(opened)


def logo(ink: tuple[int, int, int]) -> Image.Image:
    """A disc on nothing; what is transparent is black underneath, as editors leave it."""
    picture = Image.new("RGBA", SIZE, (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((30, 15, 98, 80), fill=(*ink, 255))
    return picture


@pytest.mark.parametrize("suffix", ["png", "jpg", "webp", "gif", "avif", "heic"])
def test_every_kind_of_picture_keeps_its_colour(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"picture.{suffix}"
    if suffix == "heic":
        heic.picture(path, "0xC85028")
    else:
        Image.new("RGB", SIZE, ORANGE).save(path)
    found = take(path, tmp_path)
    assert (found.kind, found.suffix, found.facts) == ("picture", ".png", {"width": 128, "height": 96})
    assert np.abs(taken(path).astype(int) - ORANGE).max() <= 6


@pytest.mark.parametrize(("ink", "ground", "below"), [((0, 0, 0), "white", 255), ((255, 255, 255), "dark", 24)])
@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_a_transparent_picture_stands_on_a_ground_it_is_seen_on(
    tmp_path: Path, ink: tuple[int, int, int], ground: str, below: int, mode: str
) -> None:
    path = tmp_path / "logo.png"
    (logo(ink).quantize() if mode == "P" else logo(ink).convert(mode)).save(path)
    found = taken(path)
    assert abs(int(found[48, 64].mean()) - ink[0]) <= 3
    assert abs(int(found[2, 2].mean()) - below) <= 3
    assert take(path, tmp_path).facts["ground"] == ground


def test_a_colour_profile_is_applied(tmp_path: Path) -> None:
    """Of a wide gamut: the same numbers mean a stronger colour."""
    wide = wide_gamut()
    Image.new("RGB", SIZE, ORANGE).save(tmp_path / "wide.png", icc_profile=wide)
    expected = Image.new("RGB", (1, 1), ORANGE)
    ImageCms.profileToProfile(expected, io.BytesIO(wide), ImageCms.createProfile("sRGB"), inPlace=True)
    found = taken(tmp_path / "wide.png")
    assert np.abs(found[40, 40].astype(int) - np.asarray(expected)).max() <= 1
    assert np.abs(found[40, 40].astype(int) - ORANGE).max() >= 15


def test_a_broken_profile_changes_nothing(tmp_path: Path) -> None:
    Image.new("RGB", SIZE, ORANGE).save(tmp_path / "odd.png", icc_profile=b"no profile at all")
    assert (taken(tmp_path / "odd.png") == ORANGE).all()


def test_a_picture_for_print_keeps_its_colours(tmp_path: Path) -> None:
    Image.new("RGB", SIZE, ORANGE).convert("CMYK").save(tmp_path / "print.jpg", quality=95)
    assert np.abs(taken(tmp_path / "print.jpg").astype(int) - ORANGE).max() <= 6


def test_sixteen_bits_become_eight(tmp_path: Path) -> None:
    ramp = np.linspace(0, 65_535, SIZE[0]).astype(np.uint16)[None].repeat(SIZE[1], axis=0)
    Image.fromarray(ramp).save(tmp_path / "grey16.png")
    found = taken(tmp_path / "grey16.png")
    assert np.abs(found[40, :, 1].astype(int) - (ramp[0] >> 8)).max() <= 1


@pytest.mark.parametrize("mode", ["1", "L", "P"])
def test_few_colours_are_the_right_ones(tmp_path: Path, mode: str) -> None:
    plain = Image.new("RGB", SIZE, (255, 255, 255))
    ImageDraw.Draw(plain).rectangle((0, 0, 64, 96), fill=(0, 0, 0))
    plain.convert(mode).save(tmp_path / "few.png")
    assert (taken(tmp_path / "few.png") == np.asarray(plain)).all()


def test_of_a_moving_picture_the_first_one_is_taken_and_that_is_told(tmp_path: Path) -> None:
    first, *others = (Image.new("RGB", SIZE, colour) for colour in ("red", "lime", "blue"))
    first.save(tmp_path / "moving.gif", save_all=True, append_images=others)
    assert (taken(tmp_path / "moving.gif")[40, 40] == (255, 0, 0)).all()
    assert take(tmp_path / "moving.gif", tmp_path).facts["moves"] is True


def wide_gamut() -> bytes:
    """sRGB's own profile with the places of its red and its green exchanged for stronger ones."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    primaries = {
        b"rXYZ": (0.60974, 0.31111, 0.01947),
        b"gXYZ": (0.20528, 0.62567, 0.06087),
        b"bXYZ": (0.14919, 0.06322, 0.74457),
    }
    count = struct.unpack(">I", profile[128:132])[0]
    for at in range(132, 132 + 12 * count, 12):
        name, offset = bytes(profile[at : at + 4]), struct.unpack(">I", profile[at + 4 : at + 8])[0]
        if name in primaries:
            profile[offset + 8 : offset + 20] = struct.pack(">3i", *(round(part * 65_536) for part in primaries[name]))
    return bytes(profile)
