"""The moves of the camera. Words choose the move, the seed its details; nothing ever stands still."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from pipeline.providers.local.tables import table


class Depth(StrEnum):
    """The way in which things are taken to be near: the lower half as ground, or the middle as the subject."""

    FLAT = "flat"
    GROUND = "ground"
    SUBJECT = "subject"


@dataclass(frozen=True)
class View:
    """The camera's view at one moment, in units of the picture's height; (0, 0) is its middle."""

    zoom: float
    x: float
    y: float
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


def _push_in(shot: Shot) -> Move:
    start = View(1.0, 0.0, 0.0, near_x=0.0)
    end = View(1 + 0.15 * shot.reach, 0.02 * shot.side, -0.012, near_x=0.035 * shot.reach)
    return Move("push in", Depth.SUBJECT, _between(start, end, shot))


def _pull_out(shot: Shot) -> Move:
    start = View(1 + 0.16 * shot.reach, 0.025 * shot.side, 0.015, near_x=0.04 * shot.reach)
    return Move("pull out", Depth.SUBJECT, _between(start, View(1.0, 0.0, 0.0), shot))


def _slide(name: str, x: float, y: float, shot: Shot, zoom: float = 1.03) -> Move:
    """From one side to the other, the ground a little faster than the sky."""
    far = View(1.0, -x * shot.reach, -y * shot.reach, near_x=-0.22 * x * shot.reach, near_y=-0.22 * y * shot.reach)
    near = replace(far, zoom=zoom, x=-far.x, y=-far.y, near_x=-far.near_x, near_y=-far.near_y)
    return Move(name, Depth.GROUND, _between(far, near, shot))


def _pan_left(shot: Shot) -> Move:
    return _slide("pan left", -0.085, 0.006 * shot.side, shot)


def _pan_right(shot: Shot) -> Move:
    return _slide("pan right", 0.085, 0.006 * shot.side, shot)


def _tilt_up(shot: Shot) -> Move:
    return _slide("tilt up", 0.006 * shot.side, -0.06, shot)


def _tilt_down(shot: Shot) -> Move:
    return _slide("tilt down", 0.006 * shot.side, 0.06, shot)


def _drift(shot: Shot) -> Move:
    return _slide("drift", 0.055 * shot.side, -0.03, shot, zoom=1.07)


def _rise(shot: Shot) -> Move:
    start = View(1 + 0.13 * shot.reach, 0.02 * shot.side, 0.03 * shot.reach, near_y=0.012 * shot.reach)
    end = View(1.0, -0.02 * shot.side, -0.03 * shot.reach, near_y=-0.012 * shot.reach)
    return Move("rise", Depth.GROUND, _between(start, end, shot))


def _orbit(shot: Shot) -> Move:
    turn = math.radians(1.5) * shot.side * min(shot.reach, 1.5)
    start = View(1.0, -0.045 * shot.side * shot.reach, 0.008, angle=-turn)
    end = View(1 + 0.08 * shot.reach, 0.045 * shot.side * shot.reach, -0.008, angle=turn)
    return Move("orbit", Depth.FLAT, _between(start, end, shot))


def _roll(shot: Shot) -> Move:
    turn = math.radians(1.1) * shot.side * min(shot.reach, 1.5)
    start = View(1 + 0.12 * shot.reach, 0.0, 0.0, angle=-turn)
    return Move("roll", Depth.FLAT, _between(start, View(1.0, 0.0, 0.0, angle=turn), shot))


def _handheld(shot: Shot) -> Move:
    def at(t: float) -> View:
        x = 0.011 * math.sin(5.1 * t * shot.reach + 0.4) + 0.02 * shot.side * (t - 0.5)
        y = 0.008 * math.sin(7.3 * t * shot.reach + 1.7)
        return View(1 + 0.06 * shot.curve(t), x, y, angle=0.004 * math.sin(4.3 * t * shot.reach))

    return Move("handheld", Depth.FLAT, at)


def _still(shot: Shot) -> Move:
    start = View(1.0, -0.008 * shot.side, 0.004)
    return Move("still", Depth.SUBJECT, _between(start, View(1.05, 0.008 * shot.side, -0.004, near_x=0.012), shot))


MOVES: dict[str, Callable[[Shot], Move]] = {
    "push in": _push_in,
    "pull out": _pull_out,
    "pan left": _pan_left,
    "pan right": _pan_right,
    "tilt up": _tilt_up,
    "tilt down": _tilt_down,
    "drift": _drift,
    "rise": _rise,
    "orbit": _orbit,
    "roll": _roll,
    "handheld": _handheld,
    "still": _still,
}
BY_CHANCE = ("push in", "pull out", "pan left", "pan right", "tilt up", "drift", "rise", "orbit", "push in", "roll")

SAID: dict[str, tuple[str, ...]] = table(__file__, "said")["moves"]
"""The words for a move; where two begin at the same word the earlier line counts."""
FROM_ABOVE = re.compile(r"\b(aerial|drone|bird'?s[ -]eye)\b", re.IGNORECASE)
EITHER_SIDE = re.compile(r"\b(pan(s|ning)?|tracking|sideways|sweep(s|ing)?|lateral)\b", re.IGNORECASE)

PACES: tuple[tuple[str, float], ...] = (
    (r"slow(er|ly)?|gentl[ey]|subtle|calm(er|ly)?|barely", 0.75),
    (r"fast(er)?|quick(er|ly)?|rapid(ly)?|dynamic|energetic|dramatic|more motion|stronger", 1.35),
)
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
    return math.prod(factor for words, factor in PACES if re.search(rf"\b({words})\b", text, re.IGNORECASE))


def _named(text: str, side: float) -> str | None:
    """The move that is spoken of first."""
    found = [
        (match.start(), name)
        for name, words in SAID.items()
        if (match := re.search(rf"\b({'|'.join(words)})\b", text, re.IGNORECASE))
    ]
    if either := EITHER_SIDE.search(text):
        found.append((either.start(), "pan left" if side < 0 else "pan right"))
    if not found and FROM_ABOVE.search(text):
        return "rise"
    return min(found, key=lambda place: place[0])[1] if found else None


def _side(text: str) -> float | None:
    match = re.search(r"\bto the (left|right)\b", text, re.IGNORECASE)
    return {"left": -1.0, "right": 1.0}[match[1].lower()] if match else None
