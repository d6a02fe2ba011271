from __future__ import annotations

import asyncio
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from pipeline.providers.base import Call, Made, MotionRequest
from pipeline.providers.local.camera import moves, weather
from pipeline.providers.local.camera.lens import Lens, within
from pipeline.providers.local.camera.picture import Picture, load
from pipeline.providers.local.motion import LocalMotion
from pixora.foundation.errors import ProviderError

SIZE = (128, 72)


@pytest.fixture
def still(tmp_path: Path) -> Path:
    """Bands and blobs in colour, larger than the frame and of another ratio."""
    rng = np.random.default_rng(3)
    coarse = rng.integers(30, 230, (12, 16, 3)).astype(np.uint8)
    path = tmp_path / "still.png"
    cv2.imwrite(str(path), cv2.resize(coarse, (240, 200), interpolation=cv2.INTER_CUBIC))
    return path


def film(still: Path, **changes) -> Made:
    request = MotionRequest(still, "a slow pan left", duration_s=5, size=SIZE, fps=30, seed=4)
    call = Call(workdir=still.parent, out=still.parent / "video.mp4", deadline_s=60)
    return asyncio.run(LocalMotion().make(replace(request, **changes), call))


def frames(path: Path) -> list[np.ndarray]:
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="gray") for frame in container.decode(video=0)]


def change(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.abs(one.astype(float) - other).mean())


def choose(prompt: str, *, instructions: str = "", seed: int = 1, duration_s: float = 5) -> moves.Move:
    return moves.choose(prompt, instructions=instructions, seed=seed, duration_s=duration_s)


def test_a_still_becomes_a_clip_of_exactly_its_frames_without_sound(still):
    made = film(still)
    with av.open(str(made.path)) as container:
        video = container.streams.video[0]
        assert (video.width, video.height, video.frames) == (*SIZE, 150)
        assert video.average_rate == 30
        assert not container.streams.audio
        context = video.codec_context
        assert (context.name, context.pix_fmt, context.colorspace, context.color_range) == ("h264", "yuv420p", 1, 1)
        assert [round(frame.time * 30, 6) for frame in container.decode(video)] == list(range(150))
    assert made.facts == {
        "duration_ms": 5000,
        "frames": 150,
        "fps": 30,
        "move": "pan left",
        "effect": made.facts["effect"],
    }
    assert {path.name for path in still.parent.iterdir()} == {"still.png", "video.mp4"}


def test_the_same_request_gives_the_same_bytes_and_another_seed_other_ones(still):
    takes = [film(still, seed=seed, size=(64, 36)).path.read_bytes() for seed in (7, 7, 8)]
    assert takes[0] == takes[1] != takes[2]


def test_ten_seconds_at_24_frames_upright(still):
    made = film(still, duration_s=10, fps=24, size=(72, 128))
    shown = frames(made.path)
    assert len(shown) == 240
    assert shown[0].shape == (128, 72)


@pytest.mark.parametrize("prompt", ["static shot", "barely moving push in"])
def test_even_a_black_picture_is_neither_black_nor_frozen(still, prompt):
    cv2.imwrite(str(still), np.zeros((90, 160, 3), np.uint8))
    shown = frames(film(still, prompt=prompt, instructions="no effects").path)
    assert all((picture > 40).mean() > 0.02 for picture in shown)
    assert all(change(shown[at], shown[at + 60]) > 0.26 for at in range(0, 90, 10))


def test_it_starts_and_ends_in_motion(still):
    shown = frames(film(still, prompt="push in", instructions="no effects").path)
    assert change(shown[0], shown[12]) > 0.3
    assert change(shown[-1], shown[-13]) > 0.3


def test_progress_is_reported_and_never_goes_back(still):
    told: list[float] = []
    request = MotionRequest(still, "orbit", duration_s=5, size=(64, 36), fps=30, seed=1)
    call = Call(workdir=still.parent, out=still.parent / "video.mp4", report=told.append)
    asyncio.run(LocalMotion().make(request, call))
    assert len(told) > 5
    assert told == sorted(told)
    assert told[-1] == 1


def test_a_file_that_is_no_picture_is_refused_in_one_sentence(still):
    still.write_text("not a picture")
    with pytest.raises(ProviderError, match=r"^The picture cannot be read, so it cannot be set in motion\.$") as caught:
        film(still)
    assert (caught.value.code, caught.value.retryable) == ("unsupported_media", False)


@pytest.mark.parametrize(
    ("prompt", "name"),
    [
        ("Slow push in on the captain", "push in"),
        ("the camera pulls back to reveal the valley", "pull out"),
        ("pan to the left across the harbour", "pan left"),
        ("camera glides slowly right", "pan right"),
        ("tilt up along the rocket", "tilt up"),
        ("aerial drone shot of the coast", "rise"),
        ("orbit around the statue", "orbit"),
        ("slow aerial orbit", "orbit"),
        ("smooth tracking shot to the right", "pan right"),
        ("slow aerial drift forward", "push in"),
        ("static tripod shot", "still"),
        ("push in, then pan left", "push in"),
    ],
)
def test_words_choose_the_move(prompt, name):
    assert choose(prompt).name == name


def test_instructions_come_before_the_prompt():
    assert choose("pan left", instructions="zoom in instead").name == "push in"


def test_without_words_the_seed_chooses_among_many_moves():
    assert len({choose("a quiet lake", seed=seed).name for seed in range(40)}) >= 6


def test_slower_moves_less_far():
    far, near = (choose("push in", instructions=told).at(1).zoom for told in ("", "slower"))
    assert 1 < near < far


@pytest.mark.parametrize("name", sorted(moves.MOVES))
def test_no_move_looks_past_the_picture_or_stands_still(name):
    picture = Picture(np.zeros((108, 192), np.float32), *np.zeros((2, 54, 96), np.float32))
    picture.luma[1:-1, 1:-1] = 100
    shot = moves.Shot(reach=2.6, side=1.0, curve=moves.CURVES[0])
    move = moves.MOVES[name](shot)
    path = within([move.at(step / 30) for step in range(31)], move.depth, SIZE)
    lens = Lens(picture, SIZE, move.depth)
    assert all(lens.film(view).luma[1:-1, 1:-1].min() > 60 for view in path)
    assert all(one != other for one, other in pairwise(path))


def test_the_middle_of_a_picture_fills_the_frame_in_its_own_colours(still):
    red = np.zeros((300, 100, 3), np.uint8)
    red[100:200] = (0, 0, 255)
    cv2.imwrite(str(still), red)
    picture = load(still, (64, 64))
    assert picture.luma.shape == (96, 96)
    assert abs(float(picture.luma.mean()) - 63) < 1
    assert abs(float(picture.red.mean()) - 112) < 1


@pytest.mark.parametrize(
    ("prompt", "name"),
    [("a snowy peak at dawn", "snow"), ("rain on a window", "rain"), ("a training camp in fog", "fog")],
)
def test_words_choose_the_weather(prompt, name):
    assert weather.choose(prompt, instructions="", seed=1) == name


def test_weather_that_is_not_wanted_stays_away():
    assert weather.choose("a snowy peak", instructions="no snow please", seed=1) == "none"
