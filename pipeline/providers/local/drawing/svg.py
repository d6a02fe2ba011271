"""A drawing read from its SVG file: groups and shapes whose classes say how they are painted.

Units: a hundred to the height of the thing, its foot at the origin, y down. What the classes and the `data-`
attributes mean is told in docs/drawings.md; anything else that would show in an SVG viewer is refused.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal
from xml.etree.ElementTree import Element, parse

import numpy as np
from numpy.typing import NDArray
from svg.path import Arc, Close, CubicBezier, Line, Move, QuadraticBezier, parse_path

from pipeline.providers.local.drawing.canvas import Mode
from pipeline.providers.local.drawing.shapes import Points, box, ellipse

ART = Path(__file__).parent / "art"
UNIT = 100.0
"""The units of the files in one of a pen's."""
Matrix = NDArray[np.float64]
"""Shape (3, 3), for points as columns."""
Scheme = tuple[tuple[str, str], ...]
"""Each role and its colour."""
TURNED_STEPS = 8
"""Points in a bend of an outline that changes as its wearer turns: as many in both."""
STILL: Matrix = np.eye(3)
SILENT = frozenset({"title", "desc", "defs", "linearGradient"})


@dataclass(frozen=True)
class Tone:
    code: str
    """`#rrggbb`, where no role gives another."""
    words: tuple[str, ...] = ()
    """A role, and what is done to its colour."""


@dataclass(frozen=True)
class Mark:
    """One thing to paint: a shape, a light around a point, or the shadow on the ground."""

    kind: Literal["shape", "glow", "shadow"]
    outlines: tuple[Points, ...]
    tone: Tone
    second: Tone | None = None
    """At the shape's bottom."""
    opacity: float = 1.0
    blur: float = 0.0
    texture: float = 0.0
    lit: bool = False
    mode: Mode = "over"
    model: bool = True
    turned: tuple[Points, ...] = ()
    """The outlines of what is turned fully to the right, point for point; empty where they stay."""


@dataclass(frozen=True)
class Group:
    matrix: Matrix
    parts: tuple[Group | Mark, ...]
    turn: tuple[float, float] = (0.0, 0.0)
    """Radians, between which it is turned about its origin."""
    turn_when: str = ""
    words: tuple[str, ...] = ()
    schemes: tuple[Scheme, ...] = ()
    depth: float = 0.0
    shift: tuple[float, float] = (0.0, 0.0)
    """How far it moves to the right where its wearer turns fully to the left, and to the right."""


@cache
def drawing(name: str) -> Group:
    """The drawing at `art/<name>.svg`; ValueError where the file says something that cannot be painted."""
    root = parse(ART / f"{name}.svg").getroot()  # noqa: S314 - a file of our own
    try:
        return _Reader(root).group(root, scaled(1 / UNIT))
    except (KeyError, ValueError) as error:
        raise ValueError(f"{name}.svg cannot be painted: {error}") from error


class _Reader:
    def __init__(self, root: Element) -> None:
        self.named = {element.get("id", ""): element for element in root.iter()}

    def group(self, element: Element, matrix: Matrix) -> Group:
        parts = tuple(self.part(child) for child in element if _tag(child) not in SILENT)
        return self._held(element, matrix, parts)

    def part(self, element: Element) -> Group | Mark:
        tag = _tag(element)
        if tag == "g":
            return self.group(element, transform(element.get("transform", "")))
        if tag == "use":
            shown = self.part(self.named[element.get("href", "").removeprefix("#")])
            return self._held(element, transform(element.get("transform", "")), (shown,))
        return self._mark(element, tag)

    def _held(self, element: Element, matrix: Matrix, parts: tuple[Group | Mark, ...]) -> Group:
        low, high = _ends(element, "data-turn")
        return Group(
            matrix, parts, (math.radians(low), math.radians(high)), element.get("data-turn-when", ""),
            _words(element), _schemes(element.get("data-schemes", "")), float(element.get("data-depth", "0")) / UNIT,
            _ends(element, "data-shift"),
        )  # fmt: skip

    def _mark(self, element: Element, tag: str) -> Mark:
        words = _words(element)
        kind: Literal["shape", "glow", "shadow"]
        kind = "glow" if "glow" in words else "shadow" if "shadow" in words else "shape"
        first, second = self._paint(element.get("stroke" if kind == "glow" else "fill", ""), words)
        outlines, turned = _outlines(element, tag), _path(element.get("data-turned", ""), TURNED_STEPS)
        if turned and [len(part) for part in turned] != [len(part) for part in outlines]:
            raise ValueError("data-turned has other points than d")
        return Mark(
            kind, outlines, first, second,
            opacity=float(element.get("stroke-opacity" if kind == "glow" else "opacity", "1")),
            blur=_pixels(element.get("filter", "")), texture=float(element.get("data-texture", "0")) / UNIT,
            lit="lit" in words or "shine" in words, mode="light" if "shine" in words else "over",
            model="flat" not in words, turned=turned,
        )  # fmt: skip

    def _paint(self, value: str, words: tuple[str, ...]) -> tuple[Tone, Tone | None]:
        held = re.fullmatch(r"url\(#(.+)\)", value)
        if held is None:
            return Tone(_colour(value), words), None
        first, second = (Tone(_colour(stop.get("stop-color", "")), _words(stop)) for stop in self.named[held[1]])
        return first, second


def scaled(by: float) -> Matrix:
    return np.diag([by, by, 1.0])


def stretched(by: float) -> Matrix:
    """Wider by a factor."""
    return np.diag([by, 1.0, 1.0])


def turned(by: float) -> Matrix:
    """`by` in radians, clockwise."""
    cos, sin = math.cos(by), math.sin(by)
    return np.array([[cos, -sin, 0.0], [sin, cos, 0.0], [0.0, 0.0, 1.0]])


def moved(x: float, y: float = 0.0) -> Matrix:
    return np.array([[1.0, 0.0, x], [0.0, 1.0, y], [0.0, 0.0, 1.0]])


def transform(text: str) -> Matrix:
    """An SVG `transform`, of any of its functions but the skews."""
    matrix = STILL
    for name, inner in re.findall(r"(\w+)\s*\(([^)]*)\)", text):
        matrix = matrix @ _function(name, [float(number) for number in re.findall(r"[-+.\deE]+", inner)])
    return matrix


def _function(name: str, given: list[float]) -> Matrix:
    if name == "translate":
        return moved(*given)
    if name == "scale":
        return np.diag([given[0], given[-1], 1.0])
    if name == "rotate":
        middle = given[1:] or [0.0, 0.0]
        return moved(*middle) @ turned(math.radians(given[0])) @ moved(-middle[0], -middle[1])
    if name == "matrix":
        return np.array([given[0::2], given[1::2], [0.0, 0.0, 1.0]])
    raise ValueError(f"the transform {name} is not known")


def placed(points: Points, matrix: Matrix) -> Points:
    return np.asarray(points @ matrix[:2, :2].T + matrix[:2, 2])


def _outlines(element: Element, tag: str) -> tuple[Points, ...]:
    own, outlines = element.get("transform", ""), _own_outlines(element, tag)
    return tuple(placed(part, transform(own)) for part in outlines) if own else outlines


def _own_outlines(element: Element, tag: str) -> tuple[Points, ...]:
    def number(name: str, usual: str = "0") -> float:
        return float(element.get(name, usual))

    if tag == "path":
        return _path(element.get("d", ""), TURNED_STEPS if "data-turned" in element.attrib else None)
    if tag in ("circle", "ellipse"):
        across, along = (number(name, element.get("r", "0")) for name in ("rx", "ry"))
        return (ellipse(number("cx"), number("cy"), across, along),)
    if tag == "rect":
        return (box(number("x"), number("y"), number("width"), number("height"), number("rx")),)
    raise ValueError(f"<{tag}> is not known")


def _path(text: str, steps: int | None = None) -> tuple[Points, ...]:
    """Its outlines, each bend shown by so many points, or by as many as its length asks for."""
    outlines: list[list[complex]] = []
    for segment in parse_path(text):
        if isinstance(segment, Move):
            outlines.append([segment.end])
        elif isinstance(segment, Line) and not isinstance(segment, Close):
            outlines[-1].append(segment.end)
        elif isinstance(segment, (CubicBezier, QuadraticBezier, Arc)):
            outlines[-1] += _bend(segment, steps)
    return tuple(np.array([[point.real, point.imag] for point in outline]) for outline in outlines)


def _bend(segment: CubicBezier | QuadraticBezier | Arc, steps: int | None) -> list[complex]:
    """Points along it after its start."""
    count = steps or int(min(max(abs(segment.end - segment.start) / 2, 6), 24))
    return [segment.point(at / count) for at in range(1, count + 1)]


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _ends(element: Element, name: str) -> tuple[float, float]:
    """The two numbers of an attribute; one stands for both."""
    low, *rest = [float(word) for word in element.get(name, "0").split()]
    return low, rest[0] if rest else low


def _words(element: Element) -> tuple[str, ...]:
    return tuple(element.get("class", "").split())


def _colour(value: str) -> str:
    if not re.fullmatch(r"#[0-9a-f]{6}", value):
        raise ValueError(f"{value!r} is not a colour like #3f9a5a")
    return value


def _pixels(value: str) -> float:
    """The reach of `blur(3px)`."""
    return float(value.removeprefix("blur(").removesuffix("px)") or 0)


def _schemes(text: str) -> tuple[Scheme, ...]:
    """`wall #8a5a38, roof #4f3a34 | wall #b9a68c, roof #8f4336`: the roles' colours, one way or the other."""
    ways = [way.split(",") for way in text.split("|")] if text else []
    return tuple(tuple((pair.split()[0], _colour(pair.split()[1])) for pair in way) for way in ways)
