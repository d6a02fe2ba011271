"""A film whose pictures are enlarged is encoded faster, as like what is shown and about as small."""

from __future__ import annotations

import asyncio
from pathlib import Path

import av
import numpy as np
import pytest

from pipeline.cut import cutting, profile
from pipeline.cut.framing.window import standing
from pipeline.cut.picture import filter_graph
from pipeline.cut.picture.filter_graph import Canvas
from pipeline.cut.timeline import SceneCut, lay_out
from tests.pipeline.cut import marked, media

SIZE, TALL = (640, 360), (360, 640)
SLOT = lay_out([SceneCut(1, 3), SceneCut(2, 3)]).slots[0]
WINDOW = standing("x", 0.31640625, 0.3)


@pytest.mark.parametrize(
    ("size", "filmed", "video"),
    [
        ((720, 1280), (1280, 720), profile.ENLARGED),
        ((1080, 1920), (1920, 1080), profile.ENLARGED),
        ((720, 720), (1280, 720), profile.VIDEO),
        ((960, 720), (1280, 720), profile.VIDEO),
        ((1280, 720), (1280, 720), profile.VIDEO),
    ],
)
def test_only_what_is_enlarged_is_encoded_otherwise(
    size: tuple[int, int], filmed: tuple[int, int], video: profile.VideoProfile
) -> None:
    assert profile.of_film(size, filmed) == video
    assert (profile.picture_hash(video) == profile.picture_hash()) == (video == profile.VIDEO)


def test_it_is_as_like_and_about_as_small(tmp_path: Path) -> None:
    clip = marked.make(
        tmp_path / "clip.mp4", "crosses", 3, size=SIZE, seconds=3.6, ground=marked.textured(3, SIZE),
        subject=marked.painted(3, 72),
    ).clip  # fmt: skip
    exact = profile.VideoProfile(preset="ultrafast", crf=1)
    shown = pictures(clip, tmp_path / "shown.mp4", exact)
    usual, ours = (tmp_path / f"{name}.mp4" for name in ("usual", "ours"))
    losses = [
        error(pictures(clip, out, video), shown) for out, video in ((usual, profile.VIDEO), (ours, profile.ENLARGED))
    ]
    assert losses[1] <= 1.05 * losses[0], "a fifth of a decibel"
    assert ours.stat().st_size <= 1.05 * usual.stat().st_size


def pictures(clip: Path, out: Path, video: profile.VideoProfile) -> list[np.ndarray]:
    asyncio.run(cutting.cut_body(clip, out, slot=SLOT, canvas=Canvas(TALL, 30, video), window=WINDOW))
    return [frame.astype(float) for frame in media.decode(out).frames]


def error(found: list[np.ndarray], shown: list[np.ndarray]) -> float:
    return float(np.mean([np.square(one - other).mean() for one, other in zip(found, shown, strict=True)]))


def test_pieces_of_it_are_joined_by_copying(tmp_path: Path) -> None:
    clip = media.clip(tmp_path / "clip.mp4", media.colour("orange", size=SIZE), frames=120)
    canvas, pieces = Canvas(TALL, 30, profile.ENLARGED), [tmp_path / f"{n}.mp4" for n in range(3)]
    first, second = lay_out([SceneCut(1, 3), SceneCut(2, 3)]).slots

    async def cut() -> None:
        await cutting.cut_body(clip, pieces[0], slot=first, canvas=canvas, window=WINDOW)
        await cutting.cut_transition(
            clip, clip, pieces[1], before_slot=first, after_slot=second, canvas=canvas, windows=(WINDOW, WINDOW)
        )
        await cutting.cut_body(clip, pieces[2], slot=second, canvas=canvas, window=WINDOW)
        out = tmp_path / "film.mp4"
        await cutting.join(pieces, None, None, out, title="A film", language="en", frames=180, fps=30)

    asyncio.run(cut())
    with av.open(str(tmp_path / "film.mp4")) as film:
        assert len(list(film.decode(video=0))) == 180
    assert filter_graph.Canvas(TALL, 30).video == profile.VIDEO
