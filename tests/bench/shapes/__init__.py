"""Films in another shape: in how many frames of 9:16 a marked, moving subject is lost, beside a crop of the middle.

The grounds are textures with the spectrum of photographs, and what Pixora draws itself; the camera moves over them, and
the subject moves otherwise.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np

from pipeline.cut.framing import find
from pipeline.cut.framing.window import MAX_ACCELERATION, Window, part_shown
from tests.bench.figures import Figure
from tests.bench.referee import pictures
from tests.crash.site import Site
from tests.pipeline.cut import marked
from tests.pipeline.cut.marked import Marked, Picture

SIZE, TALL, SECONDS = (640, 360), (9, 16), 5.0
SEEDS = (1, 2, 3)
SUBJECT = 80
LOST, STEP = 0.03, 0.05


def measure(site: Site) -> Iterator[Figure]:
    """The seconds are CPU seconds of a clip of five."""
    folder = site.home / "shapes"
    folder.mkdir()
    found, used_s = [], 0.0
    for clip in [*_textured(folder), *_drawn(folder)]:
        began = time.process_time()
        found.append((clip, find.find(clip.clip, TALL, fill="crop", focus=None)))
        used_s += time.process_time() - began
    yield from _figures(found)
    yield Figure("shapes: finding a window, CPU seconds", used_s / len(found))


def _figures(found: list[tuple[Marked, Window]]) -> Iterator[Figure]:
    part = part_shown(SIZE, TALL)[1]
    lost = [1 - clip.inside(window.place_at, window.part) for clip, window in found]
    middle = [1 - clip.inside(lambda _at_s: (1 - part) / 2, part) for clip, _ in found]
    yield Figure("shapes: frames that lose a marked subject, part", float(np.mean(lost)), LOST)
    yield Figure("shapes: the same of a crop of the middle, part", float(np.mean(middle)))
    yield Figure("shapes: the same of the worst clip, part", max(lost))
    fastest = max(shot.largest_acceleration() for _, window in found for shot in window.shots)
    yield Figure("shapes: largest acceleration ÷ its bound", fastest / MAX_ACCELERATION, 1)
    steps = [_largest_step(window) for _, window in found]
    yield Figure("shapes: largest step between two frames, of the width", max(steps), STEP)


def _largest_step(window: Window) -> float:
    places = [window.place_at(number / marked.FPS) for number in range(round(SECONDS * marked.FPS))]
    return max(abs(after - before) for before, after in pairwise(places))


def _textured(folder: Path) -> Iterator[Marked]:
    for move in marked.MOVES:
        for seed in SEEDS:
            ground = marked.textured(seed, SIZE)
            yield _filmed(folder / f"textured {move} {seed}.mp4", move, seed, ground, marked.painted(seed, SUBJECT))


def _drawn(folder: Path) -> Iterator[Marked]:
    """Both are drawn here: the ground, and what is seen in the round subject."""
    drawings = list(pictures.drawn(2 * len(marked.MOVES)))
    room = round(SIZE[1] * marked.MARGIN)
    for number, move in enumerate(marked.MOVES):
        ground = _large(drawings[2 * number], SIZE[0] + room, SIZE[1] + room)
        subject = _large(drawings[2 * number + 1], SUBJECT, SUBJECT)
        yield _filmed(folder / f"drawn {move}.mp4", move, number, ground, subject)


def _large(picture: Picture, width: int, height: int) -> Picture:
    return np.asarray(cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def _filmed(path: Path, move: str, seed: int, ground: Picture, subject: Picture) -> Marked:
    return marked.make(path, move, seed, size=SIZE, seconds=SECONDS, ground=ground, subject=subject)
