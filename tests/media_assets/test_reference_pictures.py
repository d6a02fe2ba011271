from __future__ import annotations

import time
import zlib
from pathlib import Path

import pytest
from PIL import Image

from media_assets.pictures import SCAN
from media_assets.reference_pictures import take_in
from pixora.foundation.errors import BadMedia


def picture(path: Path, size: tuple[int, int] = (200, 150), **options: object) -> Path:
    Image.new("RGB", size, (200, 80, 40)).save(path, **options)  # type: ignore[arg-type]
    return path


@pytest.mark.parametrize("name", ["face.png", "face.jpg", "face.webp"])
def test_a_picture_is_kept_as_a_png_without_metadata(tmp_path: Path, name: str) -> None:
    exif = Image.Exif()
    exif[0x010E] = "secret"
    kept = take_in(picture(tmp_path / name, exif=exif), tmp_path)
    with Image.open(kept.path) as opened:
        assert (opened.format, opened.size) == ("PNG", (200, 150))
        assert not opened.getexif()
    assert b"secret" not in kept.path.read_bytes()


def test_a_picture_taken_sideways_is_turned_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    kept = take_in(picture(tmp_path / "phone.jpg", exif=exif), tmp_path)
    assert (kept.width, kept.height) == (150, 200)


def test_the_same_picture_has_the_same_hash_whatever_its_name(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    first = take_in(picture(tmp_path / "a.png"), tmp_path)
    assert first.content_hash == take_in(picture(tmp_path / "b.png"), tmp_path / "other").content_hash


def test_a_large_picture_is_made_smaller(tmp_path: Path) -> None:
    kept = take_in(picture(tmp_path / "large.png", (4_000, 3_000)), tmp_path)
    assert (kept.width, kept.height) == (2_048, 1_536)


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "readable"), (b"This is text.", "readable"), (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "readable")],
)
def test_what_is_no_picture_is_refused_whatever_its_name(tmp_path: Path, content: bytes, reason: str) -> None:
    source = tmp_path / "face.png"
    source.write_bytes(content)
    with pytest.raises(BadMedia, match=f"reference: face.png .*{reason}"):
        take_in(source, tmp_path)


def png(path: Path, rows: int, *, mode: str = "RGB", pixel_bytes: int = 3) -> Path:
    """A PNG that declares 80 rows and has some, well packed."""
    Image.new(mode, (90, 80)).save(path)
    whole = path.read_bytes()
    packed = zlib.compress(bytes(rows * (1 + 90 * pixel_bytes)))
    chunk = len(packed).to_bytes(4, "big") + b"IDAT" + packed + zlib.crc32(b"IDAT" + packed).to_bytes(4, "big")
    path.write_bytes(whole[: whole.index(b"IDAT") - 4] + chunk + whole[whole.index(b"IEND") - 4 :])
    return path


@pytest.mark.parametrize(("mode", "pixel_bytes"), [("RGB", 3), ("RGBA", 4), ("L", 1), ("I;16", 2)])
def test_a_png_that_ends_before_its_picture_is_refused_however_well_it_is_packed(
    tmp_path: Path, mode: str, pixel_bytes: int
) -> None:
    assert take_in(png(tmp_path / "whole.png", 80, mode=mode, pixel_bytes=pixel_bytes), tmp_path).height == 80
    with pytest.raises(BadMedia, match=r"^file: the file ends before its picture does: export it again"):
        take_in(
            png(tmp_path / "cut.png", 79, mode=mode, pixel_bytes=pixel_bytes), tmp_path, field="file", name="the file"
        )


def test_a_truncated_picture_is_refused(tmp_path: Path) -> None:
    source = picture(tmp_path / "face.jpg", (600, 600))
    source.write_bytes(source.read_bytes()[:600])
    with pytest.raises(BadMedia, match="readable"):
        take_in(source, tmp_path)


@pytest.mark.parametrize("size", [(20_000, 10_000), (8_000, 6_000)])
def test_more_megapixels_than_anyone_needs_are_refused_without_reading_them(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    source = tmp_path / "huge.png"
    Image.new("1", size).save(source, compress_level=1)
    with pytest.raises(BadMedia, match="more than 40 megapixels"):
        take_in(source, tmp_path)


def test_a_jpeg_drawn_in_thousands_of_passes_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    """Each of these passes takes 31 bytes, and a twentieth of a second."""
    source = picture(tmp_path / "passes.jpg", (3_000, 3_000), progressive=True)
    whole = source.read_bytes()
    source.write_bytes(whole[:-2] + whole[whole.rindex(SCAN) : -2] * 3_000 + whole[-2:])
    assert take_in(picture(tmp_path / "honest.jpg", (300, 300), progressive=True), tmp_path).width == 300
    began = time.process_time()
    with pytest.raises(BadMedia, match="far more passes"):
        take_in(source, tmp_path)
    assert time.process_time() - began < 5


@pytest.mark.parametrize("size", [(20, 20), (2_000, 100)])
def test_a_sliver_is_refused(tmp_path: Path, size: tuple[int, int]) -> None:
    with pytest.raises(BadMedia, match="at least 64 pixels"):
        take_in(picture(tmp_path / "thin.png", size), tmp_path)


def test_a_folder_is_no_picture(tmp_path: Path) -> None:
    with pytest.raises(BadMedia, match="not a file"):
        take_in(tmp_path, tmp_path)
