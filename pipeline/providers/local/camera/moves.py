"""The moves of the camera. Words choose the move, the seed its details; nothing ever stands still."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import Any

from pixora.foundation.toml_tables import patterns, table


class Depth(StrEnum):
    """The way in which things are taken to be near: the lower half as ground, or the middle as the subject."""

    FLAT = "flat"
    GROUND = "ground"
    SUBJECT = "subject"


@dataclass(frozen=True)
class View:
    """The camera's view at one moment, in units of the picture's height; (0, 0) is its middle."""

    zoom: float = 1.0
    x: float = 0.0
    y: float = 0.0
    angle: float = 0.0
    """Radians."""
    near_x: float = 0.0
    near_y: float = 0.0
    """How much further than far things the near ones have moved; for a subject, how much nearer it has come."""


@dataclass(frozen=True)
class Move:
    name: str
    depth: Depth
    at: Callable[[float], View]
    """The view at 0 (first frame) to 1 (last frame)."""


@dataclass(frozen=True)
class Shot:
    """The details of one take: how far (1 is usual), which way, along which curve."""

    reach: float
    side: float
    curve: Callable[[float], float]

    @property
    def turn(self) -> float:
        """Tell how far it turns, and which way."""
        return self.side * min(self.reach, 1.5)


def _eased(inward: float, outward: float) -> Callable[[float], float]:
    """A curve from 0 to 1 that is slower, never still, at its ends; 1 would be a steady speed."""

    def curve(t: float) -> float:
        a, b = inward, outward
        return a * t + (3 - 2 * a - b) * t**2 + (a + b - 2) * t**3

    return curve


CURVES = (_eased(0.45, 0.45), _eased(0.35, 0.75), _eased(0.8, 0.4), _eased(0.6, 0.6))


def _between(start: View, end: View, shot: Shot) -> Callable[[float], View]:
    def at(t: float) -> View:
        e = shot.curve(t)
        values = {name: (1 - e) * a + e * getattr(end, name) for name, a in vars(start).items()}
        zoom = start.zoom * (end.zoom / start.zoom) ** e
        return View(**{**values, "zoom": zoom})

    return at


def _slide(x: float, y: float, zoom: float, reach: float) -> tuple[View, View]:
    """Slide from one side to the other, the ground a little faster than the sky."""
    far = View(1.0, -x * reach, -y * reach, near_x=-0.22 * x * reach, near_y=-0.22 * y * reach)
    return far, replace(far, zoom=zoom, x=-far.x, y=-far.y, near_x=-far.near_x, near_y=-far.near_y)


def _moved(name: str, row: Mapping[str, Any], shot: Shot) -> Move:
    """A move of `moves.toml`."""
    if slide := row.get("slide"):
        start, end = _slide(_told(slide["x"], shot), _told(slide["y"], shot), 1 + slide["zoom"], shot.reach)
    else:
        start, end = (_view(row.get(which, {}), shot) for which in ("start", "end"))
    return Move(name, Depth(row["depth"]), _between(start, end, shot))


def _view(row: Mapping[str, float | str], shot: Shot) -> View:
    told = {field: _told(value, shot) for field, value in row.items()}
    return View(**{**told, "zoom": 1 + told.get("zoom", 0.0)})


def _told(value: float | str, shot: Shot) -> float:
    """`0.02 side reach`: a number, or degrees, times details of the shot."""
    number, *details = str(value).split()
    plain = math.radians(float(number[:-1])) if number.endswith("°") else float(number)
    return math.prod((plain, *(getattr(shot, detail) for detail in details)))


def _handheld(shot: Shot) -> Move:
    def at(t: float) -> View:
        x = 0.011 * math.sin(5.1 * t * shot.reach + 0.4) + 0.02 * shot.side * (t - 0.5)
        y = 0.008 * math.sin(7.3 * t * shot.reach + 1.7)
        return View(1 + 0.06 * shot.curve(t), x, y, angle=0.004 * math.sin(4.3 * t * shot.reach))

    return Move("handheld", Depth.FLAT, at)


MOVES: dict[str, Callable[[Shot], Move]] = {
    "handheld": _handheld,
    **{name: partial(_moved, name, row) for name, row in table(__file__, "moves").items()},
}
BY_CHANCE = ("push in", "pull out", "pan left", "pan right", "tilt up", "drift", "rise", "orbit", "push in", "roll")

_TOLD = table(__file__, "said")
SAID: dict[str, tuple[str, ...]] = _TOLD["moves"]
"""The words for a move; where two begin at the same word the earlier line counts."""
PACES: dict[str, float] = _TOLD["paces"]
PATTERNS = patterns(__file__, "said", "other")
LONG_SHOT_REACH = 1.45
"""Of ten seconds, relative to five."""


def choose(prompt: str, *, instructions: str, seed: int, duration_s: float) -> Move:
    chance = random.Random(f"camera {seed}")  # noqa: S311
    by_chance = chance.choice(BY_CHANCE)
    side = _side(instructions) or _side(prompt) or chance.choice((-1.0, 1.0))
    shot = Shot(
        reach=_pace(prompt) * _pace(instructions) * _length(duration_s) * chance.uniform(0.88, 1.12),
        side=side,
        curve=chance.choice(CURVES),
    )
    name = _named(instructions, side) or _named(prompt, side) or by_chance
    return MOVES[name](shot)


def _length(duration_s: float) -> float:
    return 1 + (LONG_SHOT_REACH - 1) * min(max((duration_s - 5) / 5, 0), 1)


def _pace(text: str) -> float:
    return math.prod(factor for words, factor in PACES.items() if re.search(rf"\b({words})\b", text, re.IGNORECASE))


def _named(text: str, side: float) -> str | None:
    """The move that is spoken of first."""
    found = [
        (match.start(), name)
        for name, words in SAID.items()
        if (match := re.search(rf"\b({'|'.join(words)})\b", text, re.IGNORECASE))
    ]
    if either := PATTERNS["either_side"].search(text):
        found.append((either.start(), "pan left" if side < 0 else "pan right"))
    if not found and PATTERNS["from_above"].search(text):
        return "rise"
    return min(found, key=lambda place: place[0])[1] if found else None


def _side(text: str) -> float | None:
    match = re.search(r"\bto the (left|right)\b", text, re.IGNORECASE)
    return {"left": -1.0, "right": 1.0}[match[1].lower()] if match else None
