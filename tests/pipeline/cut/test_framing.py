"""The window of a film in another shape: it keeps its subject, moves smoothly, and is cut to the frame."""

from __future__ import annotations

import asyncio
import json
import subprocess
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.cut import cutting
from pipeline.cut.framing import attention, find, path
from pipeline.cut.framing.face_boxes import steady
from pipeline.cut.framing.window import (
    ALL,
    MAX_ACCELERATION,
    Shot,
    Turn,
    Window,
    expression,
    part_shown,
    read_window,
    standing,
)
from pipeline.cut.picture.filter_graph import Canvas
from pipeline.cut.timeline import SceneCut, lay_out
from pixora.foundation import processes
from tests.pipeline.cut import marked, media

SIZE = (320, 180)
TALL = (9, 16)
SLOT = lay_out([SceneCut(1, 3), SceneCut(2, 3)]).slots[0]
MAGENTA = np.full((36, 36, 3), (235, 20, 235), np.uint8)


def filmed(folder: Path, move: str, seed: int = 3, *, seconds: float = 3.6) -> marked.Marked:
    return marked.make(
        folder / f"{move}.mp4", move, seed, size=SIZE, seconds=seconds, ground=marked.textured(seed, SIZE),
        subject=marked.painted(seed, 36),
    )  # fmt: skip


@pytest.mark.parametrize("move", ["crosses", "stands, then walks", "stands at the side"])
def test_a_subject_is_kept_where_the_middle_would_lose_it(move: str, tmp_path: Path) -> None:
    clip = filmed(tmp_path, move)
    window = find.find(clip.clip, TALL, fill="crop", focus=None)
    kept, middle = clip.inside(window.place_at, window.part), clip.inside(lambda _: (1 - window.part) / 2, window.part)
    assert kept >= 0.97 > middle
    assert max(shot.largest_acceleration() for shot in window.shots) <= MAX_ACCELERATION
    places = [window.place_at(number / 240) for number in range(int(3.6 * 240))]
    speeds = [(after - before) * 240 for before, after in pairwise(places)]
    assert max(abs(after - before) * 240 for before, after in pairwise(speeds)) <= MAX_ACCELERATION * 1.05


def test_a_moving_window_is_cut_out_as_it_is_told(tmp_path: Path) -> None:
    """Each frame of the body shows the marked subject whole, and there are as many frames as the slot has."""
    ground = np.full((220, 360, 3), 90, np.uint8)
    clip = marked.make(tmp_path / "c.mp4", "crosses", 1, size=SIZE, seconds=3.6, ground=ground, subject=MAGENTA)
    window = find.find(clip.clip, TALL, fill="crop", focus=None)
    assert not window.stands_still
    out = tmp_path / "body.mp4"
    asyncio.run(cutting.cut_body(clip.clip, out, slot=SLOT, canvas=Canvas((90, 160), 30), window=window))
    picture = media.decode(out)
    assert len(picture.frames) == SLOT.body_frames
    assert picture.frames[0].shape == (240, 90)
    red = [frame[200:].reshape(80, 45) for frame in picture.frames]
    sizes = np.array([(plane > 160).sum() for plane in red])
    assert (sizes >= 0.9 * np.median(sizes)).mean() >= 0.97


def test_the_film_shows_the_place_that_the_window_tells(tmp_path: Path) -> None:
    """A picture that is brighter from left to right tells where it was cut out."""
    source = f"nullsrc=s={SIZE[0]}x{SIZE[1]}:r=30,format=yuv420p,geq=lum='20+X*200/{SIZE[0]}':cb=128:cr=128"
    clip = media.clip(tmp_path / "ramp.mp4", source, frames=108)
    shot = Shot(0.0, 0.05, 0.1, (Turn(1.0, 0.2), Turn(2.0, -0.3)))
    window = Window("x", 0.31640625, (shot,), 0.05, 0.6)
    out = tmp_path / "body.mp4"
    asyncio.run(cutting.cut_body(clip, out, slot=SLOT, canvas=Canvas((90, 160), 30), window=window))
    brightness = media.decode(out).means[:, 0]
    asked = [window.place_at((SLOT.body_from + number) / 30) for number in range(SLOT.body_frames)]
    told = (brightness - 20) / 200 - window.part / 2
    assert np.abs(told - asked).max() < 0.012


@pytest.mark.parametrize("fill", ["blur", "bars"])
def test_what_does_not_fit_is_whole_on_a_ground(fill: str, tmp_path: Path) -> None:
    clip = media.clip(tmp_path / "clip.mp4", media.colour("orange", size=SIZE), frames=108)
    window = find.find(clip, TALL, fill=fill, focus=None)
    out = tmp_path / "body.mp4"
    asyncio.run(cutting.cut_body(clip, out, slot=SLOT, canvas=Canvas((90, 160), 30), window=window))
    picture = media.decode(out)
    assert len(picture.frames) == SLOT.body_frames
    middle, edge = picture.frames[0][80, :90].mean(), picture.frames[0][4, :90].mean()
    assert (edge < 20) if fill == "bars" else (20 < edge < 0.75 * middle)


def test_a_cut_within_a_clip_is_the_only_place_where_a_window_jumps(tmp_path: Path) -> None:
    first = filmed(tmp_path, "stands at the side", seconds=2).clip
    second = filmed(tmp_path, "crosses", seed=4, seconds=2).clip
    joined = tmp_path / "joined.mp4"
    media.run("-i", first, "-i", second, "-filter_complex", "[0:v][1:v]concat=n=2:v=1", "-crf", 18, joined)
    window = find.find(joined, TALL, fill="crop", focus=None)
    assert [round(shot.from_s, 2) for shot in window.shots] == [0.0, 2.0]
    places = [window.place_at(number / 30) for number in range(120)]
    steps = np.abs(np.diff(places))
    assert int(steps.argmax()) == 59
    assert np.delete(steps, 59).max() < 0.03


def test_a_focus_is_kept_and_every_shape_has_its_axis(tmp_path: Path) -> None:
    clip = media.clip(tmp_path / "clip.mp4", media.colour("orange", size=SIZE), frames=10)
    assert find.find(clip, TALL, fill="auto", focus=(0.9, 0.5)) == standing("x", part_shown(SIZE, TALL)[1], 1)
    tall = media.clip(tmp_path / "tall.mp4", media.colour("orange", size=(90, 160)), frames=10)
    assert find.find(tall, (16, 9), fill="auto", focus=(0.5, 0.0)) == standing(
        "y", part_shown((90, 160), (16, 9))[1], 0
    )
    assert find.find(clip, (16, 9), fill="auto", focus=None) == ALL


def test_the_child_process_writes_what_is_found(tmp_path: Path) -> None:
    clip, out = filmed(tmp_path, "stands at the side", seconds=1).clip, tmp_path / "window.json"
    request = {"clip": str(clip), "ratio": "9:16", "fill": "auto", "focus": None, "out": str(out)}
    command = processes.python_module("pipeline.cut.framing.find")
    subprocess.run(command, input=json.dumps(request).encode(), env=None, check=True, timeout=60)
    assert read_window(out.read_text()).low > 0.5


@settings(max_examples=40)
@given(st.lists(st.lists(st.floats(0, 1), min_size=24, max_size=24), min_size=1, max_size=40), st.floats(0.2, 0.9))
def test_no_path_accelerates_more_than_it_may(profiles: list[list[float]], part: float) -> None:
    shot = path.follow(np.arange(len(profiles)) / 8, np.array(profiles), part)
    window = Window("x", part, (shot,))
    assert shot.largest_acceleration() <= MAX_ACCELERATION
    assert all(0 <= window.place_at(number / 30) <= 1 - part + 1e-9 for number in range(160))
    assert read_window(window.as_json()) == window


def test_two_shots_are_told_apart_in_the_expression() -> None:
    window = Window("x", 0.3, (Shot(0.0, 0.1), Shot(2.0, 0.6, 0.5, (Turn(2.5, -1.0),))), 0.1, 0.7)
    told = expression(window, 1.0)
    assert told.startswith("if(lt(t,2.998000),0.100000,")
    assert "0.500000*(t-3.000000)-0.500000*pow(max(t-3.500000,0),2)" in told


def test_a_face_that_is_seen_once_is_none() -> None:
    face, stone = (0.4, 0.3, 0.1, 0.15), (0.8, 0.1, 0.1, 0.1)
    moved = (0.45, 0.3, 0.11, 0.15)
    assert steady([[face], [moved, stone], [moved]]) == [[face], [moved], [moved]]


@pytest.mark.parametrize("seed", range(3))
def test_lab_is_nearly_what_opencv_makes_of_a_picture(seed: int) -> None:
    dice = np.random.default_rng(seed)
    picture = dice.integers(0, 256, (54, 96, 3), dtype=np.uint8)
    picture[: seed * 20] = dice.integers(0, 256, (54, 96, 1), dtype=np.uint8)[: seed * 20]
    exact = cv2.cvtColor(np.asarray(picture / 255, np.float32), cv2.COLOR_RGB2LAB) * [2.55, 1, 1] + [0, 128, 128]
    assert np.abs(attention.lab_of(picture) - exact).max() <= 1
    assert np.abs(attention.lab_of(picture) - cv2.cvtColor(picture, cv2.COLOR_RGB2LAB)).mean() < 0.2
