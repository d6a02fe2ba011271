"""Outlines as arrays of points, and the pseudo-random lines that nature is drawn with."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
"""Shape (n, 2): x to the right, y down."""
Rng = np.random.Generator


def poly(*points: tuple[float, float]) -> Points:
    return np.array(points, dtype=np.float64)


def curve(*points: tuple[float, float], closed: bool = True, steps: int = 7) -> Points:
    """A smooth (Catmull-Rom) line through the points."""
    knots = np.array(points, dtype=np.float64)
    if closed:
        knots = np.concatenate([knots[-1:], knots, knots[:2]])
    else:
        knots = np.concatenate([2 * knots[:1] - knots[1:2], knots, 2 * knots[-1:] - knots[-2:-1]])
    t = np.linspace(0, 1, steps, endpoint=False)[None, :, None]
    a, b, c, d = (knots[i : len(knots) - 3 + i][:, None, :] for i in range(4))
    path = 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
    flat: Points = path.reshape(-1, 2)
    return flat if closed else np.concatenate([flat, knots[-2:-1]])


def ellipse(x: float, y: float, rx: float, ry: float | None = None, *, turn: float = 0.0) -> Points:
    """`turn` is an angle in radians."""
    return arc(x, y, rx, rx if ry is None else ry, 0.0, 2 * math.pi, turn=turn)[:-1]


def arc(x: float, y: float, rx: float, ry: float, start: float, end: float, *, turn: float = 0.0) -> Points:
    """An open arc; angles in radians, clockwise on the screen from 3 o'clock."""
    angle = np.linspace(start, end, 40)
    across, along = rx * np.cos(angle), ry * np.sin(angle)
    cos, sin = math.cos(turn), math.sin(turn)
    return np.stack([x + across * cos - along * sin, y + across * sin + along * cos], axis=1)


def box(x: float, y: float, width: float, height: float, radius: float = 0.0) -> Points:
    """A rectangle from its top left corner, its corners rounded by `radius`."""
    right, bottom, r = x + width, y + height, min(radius, width / 2, height / 2)
    if r <= 0:
        return poly((x, y), (right, y), (right, bottom), (x, bottom))
    quarter = math.pi / 2
    corners = [(right - r, bottom - r), (x + r, bottom - r), (x + r, y + r), (right - r, y + r)]
    turns = (arc(*corner, r, r, i * quarter, (i + 1) * quarter)[::4] for i, corner in enumerate(corners))
    return np.concatenate(list(turns))


def strip(top: float, x: float, half: float, foot: float, foot_x: float, foot_half: float) -> Points:
    """Return a shape `half` wide to either side of `x` at its top, and `foot_half` of `foot_x` at its foot: a way."""
    return poly((x - half, top), (x + half, top), (foot_x + foot_half, foot), (foot_x - foot_half, foot))


def along(x: NDArray[np.float64], y: NDArray[np.float64]) -> Points:
    return np.stack([x, y], axis=1)


def down_to(foot: float, outline: Points) -> Points:
    """Close a line that runs from the left to the right with what lies under it."""
    return np.concatenate([outline, [[outline[-1, 0], foot], [outline[0, 0], foot]]])


def line(path: Points, width: float, end: float | None = None) -> Points:
    """The outline of a stroke along the path, `width` wide at its start and `end` at its end."""
    heading = np.gradient(path, axis=0)
    heading /= np.maximum(np.hypot(heading[:, :1], heading[:, 1:]), 1e-9)
    half = np.linspace(width, width if end is None else end, len(path))[:, None] / 2
    side = np.stack([-heading[:, 1], heading[:, 0]], axis=1) * half
    return np.concatenate([path + side, (path - side)[::-1]])


def limb(*points: tuple[float, float], width: float, end: float | None = None) -> Points:
    """A bent stroke through the points: an arm, a leg, a tail, a stem."""
    return line(curve(*points, closed=False), width, end)


def wander(rng: Rng, count: int, *, octaves: int = 4, rough: float = 0.5, cells: float = 3.0) -> NDArray[np.float64]:
    """A smooth random line of `count` values around 0, mostly within ±1."""
    total, at = np.zeros(count), np.linspace(0, 1, count)
    for octave in range(octaves):
        knots = max(int(cells * 2**octave), 2) + 1
        total += rough**octave * np.interp(at, np.linspace(0, 1, knots), rng.uniform(-1, 1, knots))
    return total


def ridge(rng: Rng, width: float, base: float, height: float, bottom: float, **line_options: float) -> Points:
    """A closed hill line over the whole width, `base` its middle, filled down to `bottom`."""
    x = np.linspace(-0.02 * width, 1.02 * width, 160)
    y = base + height * wander(rng, 160, **line_options)  # type: ignore[arg-type]
    return down_to(bottom, along(x, y))


def hull(parts: Sequence[Points]) -> tuple[float, float, float, float]:
    """Left, top, right, bottom around all parts."""
    low = np.min([part.min(axis=0) for part in parts], axis=0)
    high = np.max([part.max(axis=0) for part in parts], axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])
