"""A picture keeps its look, whatever it is stored as."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms, ImageDraw

from media_assets.reference_pictures import take_in
from media_assets.upload_check import take
from tests.media_assets import heic
from tests.pipeline.cut import media

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
    """The profile is of a wide gamut: the same numbers mean a stronger colour."""
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


GREY_WHITE_AND_RED = [(128, 128, 128), (255, 255, 255), (180, 40, 40)]


def in_wide_colours(folder: Path, transfer: str, primaries: str = "bt2020") -> NDArray[np.uint16]:
    """Three stripes, as ffmpeg writes them in these colours, white with 203 cd/m²."""
    stripes = np.repeat(np.array(GREY_WHITE_AND_RED, np.uint8), [48, 48, 32], axis=0)[None].repeat(96, axis=0)
    Image.fromarray(stripes).save(folder / "plain.png")
    light = "tin=iec61966-2-1:pin=bt709:min=gbr:p=bt709:m=gbr:t=linear:npl=203"
    wide = f"tin=linear:pin=bt709:min=gbr:t={transfer}:p={primaries}:m=bt2020nc:r=pc:npl=203"
    back = "scale=in_color_matrix=bt2020:in_range=pc:out_range=pc:flags=accurate_rnd+full_chroma_int,format=rgb48le"
    graph = f"format=gbrp,zscale={light},format=gbrpf32le,zscale={wide},format=yuv444p16,{back}"
    media.run("-i", folder / "plain.png", "-vf", graph, "-f", "rawvideo", folder / "raw")
    return np.fromfile(folder / "raw", np.uint16).reshape(96, 128, 3)


def png_in_16_bits(pixels: NDArray[np.uint16], *cicp: int, alpha: bool = False) -> bytes:
    if alpha:
        pixels = np.dstack([pixels, np.full(pixels.shape[:2], 65_535, np.uint16)])
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in pixels)
    size = struct.pack(">II5B", pixels.shape[1], pixels.shape[0], 16, 6 if alpha else 2, 0, 0, 0)
    parts = [(b"IHDR", size), (b"cICP", bytes(cicp)), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    chunks = (struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
              for name, body in parts)  # fmt: skip
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.mark.parametrize(("transfer", "number"), [("smpte2084", 16), ("arib-std-b67", 18)])
@pytest.mark.parametrize("alpha", [False, True])
def test_a_picture_in_hdr_is_tone_mapped_as_clips_are(tmp_path: Path, transfer: str, number: int, alpha: bool) -> None:
    """Grey and red stay, and white is white."""
    pixels = in_wide_colours(tmp_path, transfer)
    (tmp_path / "hdr.png").write_bytes(png_in_16_bits(pixels, 9, number, 0, 1, alpha=alpha))
    found = taken(tmp_path / "hdr.png").astype(int)
    assert np.abs(found[40, 20] - GREY_WHITE_AND_RED[0]).max() <= 3
    assert found[40, 70].min() >= 230
    assert np.abs(found[40, 110] - GREY_WHITE_AND_RED[2]).max() <= 8


@pytest.mark.parametrize(("primaries", "number"), [("smpte432", 12), ("bt2020", 9)])
def test_a_wide_gamut_that_is_told_by_a_number_is_converted(tmp_path: Path, primaries: str, number: int) -> None:
    pixels = in_wide_colours(tmp_path, "iec61966-2-1", primaries)
    (tmp_path / "wide.png").write_bytes(png_in_16_bits(pixels, number, 13, 0, 1))
    found = taken(tmp_path / "wide.png").astype(int)
    assert np.abs(found[40, [20, 70, 110]] - GREY_WHITE_AND_RED).max() <= 4


def test_an_avif_in_hdr_is_tone_mapped(tmp_path: Path) -> None:
    """Its colours are told in a box of its head."""
    pixels = (in_wide_colours(tmp_path, "smpte2084") >> 8).astype(np.uint8)
    Image.fromarray(pixels).save(tmp_path / "hdr.avif", quality=100, subsampling="4:4:4")
    data = bytearray((tmp_path / "hdr.avif").read_bytes())
    place = data.index(b"colrnclx") + 8
    data[place : place + 4] = struct.pack(">HH", 9, 16)
    (tmp_path / "hdr.avif").write_bytes(data)
    found = taken(tmp_path / "hdr.avif").astype(int)
    assert np.abs(found[40, 20] - GREY_WHITE_AND_RED[0]).max() <= 8
    assert found[40, 70].min() >= 225


def test_the_colours_of_another_picture_in_the_file_are_not_its_own(tmp_path: Path) -> None:
    """Telephones keep how a photograph looks in HDR beside the photograph."""
    heic.picture(tmp_path / "photo.heic", "0xC85028", beside=heic.IN_HDR)
    assert np.abs(taken(tmp_path / "photo.heic").astype(int) - ORANGE).max() <= 6


def test_numbers_of_usual_colours_change_nothing(tmp_path: Path) -> None:
    pixels = np.full((96, 128, 3), 200 * 257, np.uint16)
    (tmp_path / "plain.png").write_bytes(png_in_16_bits(pixels, 1, 13, 0, 1))
    assert (taken(tmp_path / "plain.png") == 200).all()


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


def test_what_a_camera_puts_beside_a_picture_does_not_make_it_move(tmp_path: Path) -> None:
    """Another size of it, or how bright it is in HDR."""
    picture = Image.new("RGB", SIZE, ORANGE)
    picture.save(tmp_path / "photo.mpo", save_all=True, append_images=[Image.new("RGB", (64, 64))])
    path = (tmp_path / "photo.mpo").rename(tmp_path / "photo.jpg")
    assert "moves" not in take(path, tmp_path).facts
    assert np.abs(taken(path).astype(int) - ORANGE).max() <= 6


def test_the_level_of_a_deep_grey_picture_that_is_transparent_is(tmp_path: Path) -> None:
    deep = np.full(SIZE[::-1], 32_896, np.uint16)
    deep[:, 64:] = 1_000
    Image.fromarray(deep).save(tmp_path / "deep.png", transparency=32_896)
    found = taken(tmp_path / "deep.png")
    assert (found[48, 20] == 255).all()
    assert (found[48, 100] == 1_000 >> 8).all()
