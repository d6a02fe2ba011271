from __future__ import annotations

import asyncio
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from media_assets.probe import probe
from pipeline.cut import cutting, ffmpeg
from pipeline.cut.picture import fonts, stills
from pipeline.cut.picture.contact_sheet import columns_for, sheet
from pipeline.cut.picture.filter_graph import Canvas
from pipeline.cut.timeline import SceneCut, lay_out
from tests.pipeline.cut import media

SIZE = (320, 180)


@pytest.fixture
def still(tmp_path):
    ramp = np.tile(np.linspace(0, 200, 384, dtype=np.uint8), (216, 1))
    path = tmp_path / "it's a still.png"
    Image.fromarray(np.dstack([ramp] * 3)).save(path)
    return path


def draft(still, out, towards: str):
    canvas = Canvas(SIZE, 30)
    argv = stills.moving_still(
        still, out, format="png_pipe", frames=60, canvas=canvas, font=fonts.bold(), towards=towards
    )
    asyncio.run(ffmpeg.run(argv, length_s=2))
    return media.decode(out)


@pytest.mark.parametrize(("towards", "brighter"), [("right", True), ("left", False)])
def test_a_still_moves_gently_for_exactly_its_frames(still, tmp_path, towards, brighter):
    picture = draft(still, tmp_path / "draft.mp4", towards)
    assert len(picture.frames) == 60
    middle = [float(frame[120, 100:200].mean()) for frame in picture.frames]
    steps = np.diff(middle)
    assert (middle[-1] > middle[0]) == brighter
    assert np.abs(steps).max() < 2
    assert abs(middle[-1] - middle[0]) > 5


def test_a_draft_is_marked_in_its_corner(still, tmp_path):
    luma = draft(still, tmp_path / "draft.mp4", "right").frames[30][: SIZE[1]].astype(int)
    assert luma[:20, -60:].max() > 230
    assert luma[:20, :200].max() < 200


@pytest.mark.parametrize("size", [(1280, 720), (720, 1280), (128, 72)])
def test_a_poster_is_a_frame_of_the_clip_in_the_films_shape(size, tmp_path):
    clip = media.clip(tmp_path / "clip.mp4", media.ramp(), frames=100)
    out = tmp_path / "poster.jpg"
    asyncio.run(ffmpeg.run(stills.poster(asyncio.run(cutting.read_clip(clip)), size, out, frames=84), length_s=1))
    assert probe(out, expect="image").codec == "mjpeg"
    with Image.open(out) as picture:
        assert picture.format == "JPEG"
        assert picture.width / picture.height == pytest.approx(size[0] / size[1], rel=0.01)
        assert max(picture.size) == min(max(size), 960)
        shown = float(np.asarray(picture.convert("L")).mean())
    assert shown == pytest.approx((40 + 42 - 16) * 255 / 219, abs=4)


@pytest.mark.parametrize(("frames", "begins_s", "fps"), [(30, 0.0, 30), (30, 3.0, 30), (60, 2.0, 24), (150, 3.5, 30)])
def test_a_poster_is_a_frame_that_the_film_shows(frames, begins_s, fps, tmp_path):
    """A clip of 150 frames, each brighter than the one before, of which the film shows a stretch."""
    clip = media.clip(tmp_path / "clip.mp4", media.ramp(fps=fps), frames=150)
    source = asyncio.run(cutting.read_clip(clip, begins_s=begins_s))
    out, body = tmp_path / "poster.jpg", tmp_path / "body.mp4"
    asyncio.run(ffmpeg.run(stills.poster(source, SIZE, out, frames=frames), length_s=1))
    slot = replace(lay_out([SceneCut(1, 5, dragged=frames)]).slots[0], clip_from_s=begins_s)
    asyncio.run(cutting.cut_body(clip, body, slot=slot, canvas=Canvas(SIZE, 30)))
    shown = float(np.asarray(Image.open(out).convert("L")).mean()) * 219 / 255 + 16
    assert shown == pytest.approx(media.decode(body).means[round(0.4 * frames), 0], abs=2)


def test_a_poster_of_one_frame_is_that_frame(tmp_path):
    clip = media.clip(tmp_path / "clip.mp4", media.colour("red"), frames=1)
    out = tmp_path / "poster.jpg"
    asyncio.run(ffmpeg.run(stills.poster(asyncio.run(cutting.read_clip(clip)), SIZE, out, frames=30), length_s=1))
    assert np.asarray(Image.open(out))[10, 10, 0] > 200


@pytest.mark.parametrize(("count", "cell", "columns"), [(1, (320, 180), 1), (6, (320, 180), 3), (60, (180, 320), 13)])
def test_a_sheet_is_about_as_wide_as_a_page(count, cell, columns):
    assert columns_for(count, cell) == columns


def test_a_storyboard_shows_every_still_in_order(tmp_path):
    colours = [(200, 0, 0), (0, 200, 0), (0, 0, 200), (200, 200, 0)]
    paths = [tmp_path / f"{n}.png" for n in range(4)]
    for path, colour in zip(paths, colours, strict=True):
        Image.new("RGB", (384, 216), colour).save(path)
    whole = sheet(paths, (1280, 720), fonts.bold())
    columns = columns_for(4, (320, 180))
    cells = [divmod(place, columns) for place in range(4)]
    middles = [(8 + column * 328 + 160, 8 + row * 188 + 90) for row, column in cells]
    assert [whole.getpixel(middle) for middle in middles] == colours
    whole.save(tmp_path / "sheet.jpg")
    assert probe(tmp_path / "sheet.jpg", expect="image").width == whole.width < 1_400
