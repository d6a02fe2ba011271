"""The stage that every painter is handed: the canvas, the colours, the dice, and where things go."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar, Unpack

import numpy as np

from pipeline.providers.local.drawing.brief import Brief
from pipeline.providers.local.drawing.canvas import Canvas, How
from pipeline.providers.local.drawing.colour import RGB, rgb
from pipeline.providers.local.drawing.palette import Palette
from pipeline.providers.local.drawing.shapes import Points, Rng

T = TypeVar("T")


@dataclass(frozen=True)
class Pen:
    """Draws in the units of one thing: its foot is the origin, it is one unit high, y goes up negative."""

    canvas: Canvas
    palette: Palette
    x: float
    y: float
    size: float
    """Pixels in a unit."""
    flip: bool = False
    turn: float = 0.0
    """Radians, clockwise."""
    depth: float = 0.0

    def at(self, x: float, y: float, scale: float = 1.0, turn: float = 0.0) -> Pen:
        """A pen for a part whose origin lies at (x, y) of this one."""
        px, py = self.place(np.array([[x, y]]))[0]
        aim = -turn if self.flip else turn
        return replace(self, x=float(px), y=float(py), size=self.size * scale, turn=self.turn + aim)

    def place(self, points: Points) -> Points:
        across = -points[:, 0] if self.flip else points[:, 0]
        cos, sin = math.cos(self.turn) * self.size, math.sin(self.turn) * self.size
        return np.stack(
            [self.x + across * cos - points[:, 1] * sin, self.y + across * sin + points[:, 1] * cos], axis=1
        )

    def fill(
        self, shape: Points | Sequence[Points], colour: str | RGB, second: str | RGB | None = None, *,
        lit: bool = False, **how: Unpack[How],
    ) -> None:  # fmt: skip
        """`second` is the colour at the shape's bottom; the blur is in units; `lit` things shine by themselves."""
        shapes = [shape] if isinstance(shape, np.ndarray) else list(shape)
        first = self._paint(colour, lit)
        how["blur"], how["model"] = how.get("blur", 0.0) * self.size, how.get("model", True) and not lit
        paint = first if second is None else (first, self._paint(second, lit))
        self.canvas.fill([self.place(part) for part in shapes], paint, **how)

    def glow(self, x: float, y: float, radius: float, colour: str | RGB, strength: float = 1.0) -> None:
        px, py = self.place(np.array([[x, y]]))[0]
        own = rgb(colour) if isinstance(colour, str) else colour
        self.canvas.glow(float(px), float(py), radius * self.size, own, strength)

    def shade_under(self, width: float, opacity: float = 0.4) -> None:
        """The shadow a thing throws on the ground it stands on."""
        angle = np.linspace(0, 2 * math.pi, 32)
        lean = -0.25 * self.canvas.light[0] * (-1 if self.flip else 1)
        shape = np.stack([width * (np.cos(angle) * 0.62 + lean), 0.09 * width * np.sin(angle)], axis=1)
        self.canvas.fill(self.place(shape), (14.0, 14.0, 32.0), opacity=opacity, blur=self.size * width * 0.045 + 0.6)

    def _paint(self, colour: str | RGB, lit: bool) -> RGB:
        return self.palette.lit(colour) if lit else self.palette.tone(colour, self.depth)


@dataclass
class Stage:
    canvas: Canvas
    brief: Brief
    palette: Palette
    rng: Rng
    horizon: float
    """Pixels from the top."""
    sun: tuple[float, float]
    focus: tuple[float, float]
    """Where the foot of the main subject stands."""
    scale: float
    """The height of a main subject of ordinary size, in pixels."""
    crest: Points = field(default_factory=lambda: np.zeros((1, 2)))
    """The outline of the hill that was painted last, from the left to the right."""

    @property
    def width(self) -> int:
        return self.canvas.width

    @property
    def height(self) -> int:
        return self.canvas.height

    @property
    def unit(self) -> float:
        return self.canvas.unit

    @property
    def is_white(self) -> bool:
        """True where snow lies."""
        return self.brief.weather == "snow" or self.brief.place == "ice"

    def tone(self, colour: str | RGB, depth: float = 0.0) -> RGB:
        return self.palette.tone(colour, depth)

    def fill(
        self, shape: Points | Sequence[Points], colour: str | RGB, foot: str | RGB | None = None, *,
        depth: float = 0.0, **how: Unpack[How],
    ) -> None:  # fmt: skip
        """Paint a shape in pixels. A code is a colour in the scene's light, seen from a `depth`; `foot` is the colour
        at the shape's bottom, which is near."""
        first = self.tone(colour, depth) if isinstance(colour, str) else colour
        second = self.tone(foot) if isinstance(foot, str) else foot
        self.canvas.fill(shape, first if second is None else (first, second), **how)

    def glow(self, x: float, y: float, radius: float, colour: str | RGB, strength: float = 1.0) -> None:
        self.canvas.glow(x, y, radius, rgb(colour) if isinstance(colour, str) else colour, strength)

    def haze(self, top: float, bottom: float, strength: float) -> None:
        self.canvas.haze(self.palette.haze, top, bottom, strength)

    def pen(self, x: float, y: float, size: float, *, flip: bool = False, turn: float = 0.0, depth: float = 0.0) -> Pen:
        return Pen(self.canvas, self.palette, x, y, size, flip, turn, depth)

    def chance(self, likelihood: float) -> bool:
        return bool(self.rng.random() < likelihood)

    def between(self, low: float, high: float) -> float:
        return float(self.rng.uniform(low, high))

    def anywhere(self, low: float = 0.0, high: float = 1.0) -> float:
        """Return a place by chance between these parts of the picture's width."""
        return self.between(low, high) * self.width

    def one_of(self, options: Sequence[T]) -> T:
        return options[int(self.rng.integers(len(options)))]

    def says(self, *words: str) -> bool:
        return any(word in self.brief.words for word in words)
