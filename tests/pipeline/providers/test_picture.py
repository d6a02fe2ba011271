from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageOps
from PIL.PngImagePlugin import PngInfo

from media_assets.pictures import SCAN
from media_assets.probe import probe
from pipeline.providers import picture
from pipeline.providers.base import Size
from pixora.foundation.errors import BadMedia

SIZE = (960, 540)


def scenery(size: Size = SIZE, mode: str = "RGB") -> Image.Image:
    """Smooth, in many colours."""
    dots = np.random.default_rng(0).integers(0, 256, (6, 9, 3), np.uint8)
    return Image.fromarray(dots).resize(size, Image.Resampling.BICUBIC).convert(mode)


def encoded(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    made = io.BytesIO()
    image.save(made, kind, **options)
    return made.getvalue()


def kept(content: bytes, size: Size, folder: Path) -> Image.Image:
    picture.keep(content, size, folder / "still.png")
    with Image.open(folder / "still.png") as found:
        assert (found.format, found.mode, found.size) == ("PNG", "RGB", size)
        return found.copy()


def test_what_has_the_size_already_is_kept_to_the_byte(tmp_path: Path) -> None:
    content = encoded(scenery())
    picture.keep(content, SIZE, tmp_path / "still.png")
    assert (tmp_path / "still.png").read_bytes() == content


def test_only_the_picture_is_kept(tmp_path: Path) -> None:
    """What a vendor wrote beside it, or behind it, and more frames than one, are not."""
    turned, notes, frames = Image.Exif(), PngInfo(), io.BytesIO()
    turned[0x0112] = 6
    notes.add_text("prompt", "a secret")
    picture.keep(encoded(scenery(), exif=turned, pnginfo=notes) + b"more", SIZE, tmp_path / "still.png")
    assert (tmp_path / "still.png").read_bytes() == encoded(scenery())
    scenery().save(frames, "PNG", save_all=True, append_images=[scenery(mode="L").convert("RGB")])
    picture.keep(frames.getvalue(), SIZE, tmp_path / "moving.png")
    assert probe(tmp_path / "moving.png", expect="image").width == SIZE[0]


@pytest.mark.parametrize("size", [(96, 54), (1280, 720), (54, 96), (256, 256), (155, 33)])
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P"])
def test_a_picture_fills_any_size(size: Size, mode: str, tmp_path: Path) -> None:
    """It does so as Pillow would, within what the eye does not see."""
    source = scenery(mode=mode)
    ours = np.asarray(kept(encoded(source), size, tmp_path), int)
    theirs = np.asarray(ImageOps.fit(source.convert("RGB"), size, Image.Resampling.LANCZOS), int)
    assert np.abs(ours - theirs).mean() < 2
    assert abs((ours - theirs).mean()) < 1


def test_what_is_cut_off_is_the_same_on_both_sides(tmp_path: Path) -> None:
    source = Image.new("RGB", (300, 100), (255, 0, 0))
    source.paste((0, 0, 255), (100, 0, 200, 100))
    middle = np.asarray(kept(encoded(source), (50, 50), tmp_path), int)
    assert (middle[:, 3:-3] == middle[25, 25]).all()
    assert middle[25, 25][2] > 250


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no picture",
        encoded(scenery())[:-20],
        encoded(scenery())[:4000],
        encoded(scenery()).replace(b"IDAT", b"IDOT"),
        encoded(scenery(), "JPEG")[:400],
        encoded(scenery(), "JPEG") + 200 * SCAN,
        encoded(scenery(), "BMP"),
    ],
    ids=["empty", "text", "its end is missing", "cut short", "nothing in it", "half a JPEG", "passes", "a BMP"],
)
def test_what_is_no_whole_png_is_refused(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(BadMedia):
        picture.keep(content, (32, 18), tmp_path / "still.png")
    assert not (tmp_path / "still.png").exists()


def test_a_picture_of_too_many_pixels_is_not_decoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "MAX_PIXELS", 1000)
    with pytest.raises(BadMedia):
        picture.keep(encoded(scenery()), (32, 18), tmp_path / "still.png")
