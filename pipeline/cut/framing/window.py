"""PURE: the window through which a film of another shape shows a clip, and where it is at each moment of the clip.

A window is as high or as wide as the clip, so it moves along one axis. Its place is a spline of second order: between
two turns its acceleration is constant, so it is bounded by what the turns add up to, and its speed never jumps within
a shot.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

Axis = Literal["x", "y", ""]
Fill = Literal["crop", "blur", "bars"]

VERSION = 1
"""Raised when windows come to be found otherwise, so that they are found anew."""
MAX_ACCELERATION = 1.5
"""Of a window, in lengths of the clip's axis per second squared."""


@dataclass(frozen=True)
class Turn:
    """A turn: from `at_s` on, the acceleration is greater by `by`."""

    at_s: float
    by: float


@dataclass(frozen=True)
class Shot:
    """A stretch of a clip without a cut in it. `place` and `speed` are the window's at its beginning, in lengths of the
    axis and those per second; a place is the distance of the window's beginning from the clip's edge."""

    from_s: float
    place: float
    speed: float = 0.0
    turns: tuple[Turn, ...] = ()

    @property
    def stands_still(self) -> bool:
        return not self.speed and not self.turns

    def place_at(self, at_s: float) -> float:
        passed = self.place + self.speed * (at_s - self.from_s)
        return passed + sum(turn.by / 2 * max(at_s - turn.at_s, 0.0) ** 2 for turn in self.turns)

    def largest_acceleration(self) -> float:
        """Return the largest of the accelerations between two turns, whichever way it points."""
        total, largest = 0.0, 0.0
        for turn in self.turns:
            total += turn.by
            largest = max(largest, abs(total))
        return largest


@dataclass(frozen=True)
class Window:
    """`part` is its length as a part of the clip's axis, 1 where all of the clip is seen."""

    axis: Axis
    part: float
    shots: tuple[Shot, ...]
    low: float = 0.0
    """The least of all places that the window takes."""
    high: float = 0.0
    """The greatest."""
    fill: Fill = "crop"
    """How the frame is filled: `crop` by the window alone, else by what the window shows on a ground."""

    @property
    def is_all(self) -> bool:
        return self.fill == "crop" and (not self.axis or self.part >= 1)

    @property
    def stands_still(self) -> bool:
        return len(self.shots) == 1 and self.shots[0].stands_still

    def place_at(self, at_s: float) -> float:
        """Return its place, from 0 to 1 less its part, at a moment of the clip in seconds."""
        shot = next((each for each in reversed(self.shots) if at_s >= each.from_s), self.shots[0])
        return min(max(shot.place_at(at_s), 0.0), 1 - self.part)

    def as_json(self) -> str:
        return json.dumps(asdict(self), sort_keys=True)


ALL = Window("", 1.0, (Shot(0.0, 0.0),))
"""The whole clip."""


def read_window(text: str) -> Window:
    """Read a window as `as_json` writes it."""
    told: Mapping[str, Any] = json.loads(text)
    shots = [Shot(**{**shot, "turns": tuple(Turn(**turn) for turn in shot["turns"])}) for shot in told["shots"]]
    return Window(**{**told, "shots": tuple(shots)})


def standing(axis: Axis, part: float, place: float, *, fill: Fill = "crop") -> Window:
    """Return a window that does not move; its place is brought within the clip."""
    place = round(min(max(place, 0.0), 1 - part), 6)
    return Window(axis, part, (Shot(0.0, place),), place, place, fill)


def part_shown(clip: tuple[int, int], ratio: tuple[int, int]) -> tuple[Axis, float]:
    """Return the axis along which a frame of this ratio cuts a clip of this size, and what part of it is seen."""
    seen = (ratio[0] / ratio[1]) / (clip[0] / clip[1])
    if abs(seen - 1) < ALIKE:
        return "", 1.0
    return ("x", round(seen, 6)) if seen < 1 else ("y", round(1 / seen, 6))


ALIKE = 0.01
"""Shapes that differ by less count as one."""


def expression(window: Window, begin_s: float, *, clock: str = "t") -> str:
    """Write the window's place as an ffmpeg expression of a time stamp; the clip's first frame has `begin_s`."""
    written = [_shot(shot, begin_s, clock) for shot in window.shots]
    told = written[0]
    for shot, later in zip(window.shots[1:], written[1:], strict=True):
        told = f"if(lt({clock},{shot.from_s + begin_s - EARLY_S:.6f}),{told},{later})"
    return told


EARLY_S = 0.002
"""A cut is at a frame's own time, which is rounded."""


def _shot(shot: Shot, begin_s: float, clock: str) -> str:
    terms = [f"{shot.place:.6f}"]
    if shot.speed:
        terms.append(f"{shot.speed:.6f}*({clock}-{shot.from_s + begin_s:.6f})")
    terms += [f"{turn.by / 2:.6f}*pow(max({clock}-{turn.at_s + begin_s:.6f},0),2)" for turn in shot.turns]
    return "+".join(terms).replace("+-", "-")


def framing_hash() -> str:
    """Belongs into the fingerprint of every framing."""
    return hashlib.sha256(json.dumps([VERSION, MAX_ACCELERATION]).encode()).hexdigest()[:16]
