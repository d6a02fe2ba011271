"""A picture goes to OpenAI as a small JPEG that shows the same."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pipeline.providers.openai.describe_still import SEEN_SIDE
from pipeline.providers.openai.small_picture import SENT_SIDE, as_url
from tests.pipeline.cut import marked


@pytest.mark.parametrize(("side", "size"), [(SENT_SIDE, (1024, 576)), (SEEN_SIDE, (512, 288))])
def test_it_is_small_and_shows_the_same(tmp_path: Path, side: int, size: tuple[int, int]) -> None:
    still = Image.fromarray(np.asarray(marked.textured(1, (1280, 720)), np.uint8)[:720, :1280])
    still.save(tmp_path / "still.png")
    head, _, data = as_url(tmp_path / "still.png", side=side).partition(",")
    assert head == "data:image/jpeg;base64"
    with Image.open(io.BytesIO(base64.b64decode(data))) as sent:
        shown, wanted = (np.asarray(each.convert("RGB"), float) for each in (sent, still.resize(size)))
        assert (sent.format, sent.size) == ("JPEG", size)
    assert np.abs(shown - wanted).mean() < 6
    assert len(data) < (tmp_path / "still.png").stat().st_size / 2


def test_a_picture_that_is_small_already_keeps_its_size(tmp_path: Path) -> None:
    Image.new("RGBA", (64, 40), (200, 20, 20, 255)).save(tmp_path / "still.png")
    data = as_url(tmp_path / "still.png").partition(",")[2]
    with Image.open(io.BytesIO(base64.b64decode(data))) as sent:
        assert sent.size == (64, 40)
        red, green, blue = sent.convert("RGB").resize((1, 1)).tobytes()
    assert (red > 190, green < 30, blue < 30) == (True, True, True)
