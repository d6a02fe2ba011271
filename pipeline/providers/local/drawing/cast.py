"""Characters on stage: who they are, and where and how they stand in a scene."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.providers.local.drawing import figure, look, look_in_png, photo
from pipeline.providers.local.drawing.figure import Pose
from pipeline.providers.local.drawing.look import Look
from pipeline.providers.local.drawing.stage import Stage
from pipeline.providers.local.drawing.stage_drawings import prop

MAX_ON_STAGE = 3
AIRLESS = frozenset({"space", "planet", "underwater"})
HEIGHTS = {"close": 1.15, "wide": 0.5, "aerial": 0.42, "": 0.72}
"""In parts of the short side."""
CAMERA_ROOM = 0.09
"""What a camera that moves over the picture may leave out at each edge."""


@dataclass(frozen=True)
class Player:
    name: str
    look: Look
    face: NDArray[np.uint8] | None = None


def invent(name: str, prompt: str, references: Sequence[Mapping[str, str]]) -> Player:
    """A character's first picture: after its words, or after the user's photo."""
    described = look.from_words(name, prompt)
    for reference in references:
        known = look_in_png.read_look(Path(reference["path"]))
        if known is not None:
            return Player(name, known, photo.unpacked(known.head))
        picture = photo.load(Path(reference["path"]))
        if picture is not None:
            return Player(name, photo.wearing(described, picture), photo.head_of(picture))
    return Player(name, described)


def recall(reference: Mapping[str, str]) -> Player:
    """A character as its reference picture shows it."""
    known = look_in_png.read_look(Path(reference["path"]))
    if known is None:
        return invent(reference["name"], "", [reference])
    return Player(reference["name"], known, photo.unpacked(known.head))


def enter(stage: Stage, players: Sequence[Player]) -> None:
    players = players[:MAX_ON_STAGE]
    indoors = stage.brief.place in ("kitchen", "room", "lab")
    size = stage.unit * (0.98 if indoors else HEIGHTS[stage.brief.shot]) * stage.between(0.93, 1.07)
    size = min(size, stage.width / (0.5 * max(len(players), 1) + 0.12))
    middle = 1 - stage.focus[0] / stage.width
    below = 0.4 if indoors else 0.22 if stage.brief.shot == "close" else 0.0
    foot = stage.height + below * size if below else stage.height * (1 - CAMERA_ROOM)
    if stage.brief.place == "sea" and players:
        _jetty(stage, middle * stage.width, foot, size)
    for index, player in enumerate(players):
        spread = (index - (len(players) - 1) / 2) * size * 0.52
        edge = min(stage.width * CAMERA_ROOM + size * 0.24, stage.width / 2 - abs(spread))
        x = min(max(middle * stage.width, edge + abs(spread)), stage.width - edge - abs(spread)) + spread
        floats = stage.brief.place in ("space", "underwater")
        y = foot - (stage.height * stage.between(0.1, 0.22) if floats else 0.0)
        look_to = 1.0 if x < stage.width / 2 else -1.0
        pose = Pose(
            turn=look_to * stage.between(0.0, 0.6),
            arm=stage.between(0, 1) if len(players) == 1 else 0.2,
            step=stage.between(0, 0.9),
            floating=floats,
            bubble=stage.brief.place in AIRLESS,
        )
        tilt = stage.between(-0.3, 0.3) if floats else 0.0
        figure.draw(stage.pen(x, y, size, turn=tilt), player.look, pose, player.face)


def _jetty(stage: Stage, x: float, y: float, size: float) -> None:
    """Planks to stand on where there is only water."""
    top = y - size * 0.1
    high = stage.height + 9 - top
    prop(stage, "jetty", x, top, high, wide=0.713 * size / high)
