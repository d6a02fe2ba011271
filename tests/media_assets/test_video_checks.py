from __future__ import annotations

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from media_assets import first_frame_match
from media_assets.video_checks import SMALL, Bars, Watch, Watched, bars_of

Pixels = NDArray[np.uint8]
DICE = np.random.default_rng(7)
ROUGH = np.kron(DICE.integers(40, 220, (9, 16, 3), np.uint8), np.ones((16, 16, 1), np.uint8))
"""144 lines of 256."""


def watched(frames: list[Pixels], layout: str = "yuv420p") -> Watched:
    watch = Watch()
    watch.add(*(av.VideoFrame.from_ndarray(frame, format="rgb24").reformat(format=layout) for frame in frames))
    return watch.seen(fps=24)


def pan(step: int = 1) -> list[Pixels]:
    return [np.roll(ROUGH, number * step, axis=1) for number in range(48)]


@pytest.mark.parametrize("layout", ["yuv420p", "yuvj420p", "yuv444p", "yuv420p10le", "rgb24"])
def test_a_pan_is_seen_as_what_it_is_in_every_format(layout: str) -> None:
    seen = watched(pan(), layout)
    assert (seen.still_part < 0.2, seen.flashes, seen.bars, seen.black) == (True, 0, Bars(), False)


def test_what_stops_stands_still_from_there_on() -> None:
    assert watched([ROUGH] * 48).still_part == 1.0
    assert 0.45 < watched(pan()[:24] + [pan()[23]] * 24).still_part < 0.6


def test_flashes_are_counted_and_one_cut_is_none() -> None:
    dark = ROUGH // 4
    assert watched([(ROUGH, dark)[number % 2] for number in range(48)]).flashes >= 4
    assert watched([(ROUGH, dark)[number // 3 % 2] for number in range(48)]).flashes >= 3
    assert watched(pan()[:24] + [dark] * 24).flashes == 0


def test_bars_are_told_from_the_night() -> None:
    barred = ROUGH.copy()
    barred[:16] = barred[-16:] = 0
    assert watched([barred] * 8).bars.height == pytest.approx(32 / 144, abs=0.02)
    night = np.zeros((72, 128), np.uint8)
    night[30:40, 50:60] = 250
    assert bars_of(night) == Bars()


def test_black_is_black_in_studio_and_full_range() -> None:
    for layout in ("yuv420p", "yuvj420p"):
        assert watched([np.full_like(ROUGH, 6)] * 6, layout).black
        assert not watched([np.full_like(ROUGH, 40)] * 6, layout).black


def test_a_part_of_a_still_is_like_it_and_another_picture_is_not() -> None:
    still = Image.fromarray(ROUGH)
    look = first_frame_match.look_of(still.resize(SMALL, Image.Resampling.BOX).tobytes())
    nearer = still.resize(SMALL, Image.Resampling.BOX, box=(20, 10, 226, 126))
    assert first_frame_match.unlike(nearer.tobytes(), look) < 0.35
    other = Image.fromarray(255 - ROUGH[::-1])
    assert first_frame_match.unlike(other.resize(SMALL).tobytes(), look) > 0.5
