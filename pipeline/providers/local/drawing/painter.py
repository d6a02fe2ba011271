"""Paints a drawing with a pen: chooses its colours and turns by the dice, and leaves out what does not apply."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from pipeline.providers.local.drawing.colour import RGB, darker, lighter, mix, rgb
from pipeline.providers.local.drawing.shapes import Points, Rng
from pipeline.providers.local.drawing.stage import Pen
from pipeline.providers.local.drawing.svg import (
    STILL,
    UNIT,
    Group,
    Mark,
    Matrix,
    Tone,
    moved,
    placed,
    stretched,
    turned,
)

SHADOW_REACH = 62.0
"""Half the width of a shadow that is one unit wide, in the units of the files."""


@dataclass(frozen=True)
class Painter:
    pen: Pen
    facts: frozenset[str]
    """What is so: the classes `when-…` and `unless-…` ask for these."""
    roles: Mapping[str, RGB]
    rng: Rng = field(default_factory=lambda: np.random.default_rng(0))
    turn: float = 0.0
    """-1 looks to the left, 0 at the viewer, 1 to the right."""

    def paint(self, group: Group, matrix: Matrix | None = None) -> None:
        own = self._chosen(group)
        here = (STILL if matrix is None else matrix) @ group.matrix @ self._own_matrix(group)
        for part in own._shown(group):
            if isinstance(part, Group):
                own.paint(part, here)
            else:
                own._mark(part, here)

    def _chosen(self, group: Group) -> Painter:
        """This painter with the colours and the distance of the group."""
        if not group.schemes and not group.depth:
            return self
        scheme = group.schemes[int(self.rng.integers(len(group.schemes)))] if group.schemes else ()
        pen = replace(self.pen, depth=min(self.pen.depth + group.depth, 1.0))
        return replace(self, pen=pen, roles={**self.roles, **{role: rgb(code) for role, code in scheme}})

    def _own_matrix(self, group: Group) -> Matrix:
        """Return how the group is turned by the dice, and moved and narrowed as its wearer turns."""
        matrix = STILL
        if group.turn != (0.0, 0.0) and (not group.turn_when or group.turn_when in self.facts):
            matrix = turned(float(self.rng.uniform(*group.turn)))
        if self.turn:
            matrix = matrix @ moved(group.shift[self.turn > 0] * self.turn)
            matrix = matrix @ stretched(narrow(self.turn) if "narrow" in group.words else 1.0)
        return matrix

    def _shown(self, group: Group) -> tuple[Group | Mark, ...]:
        if not all(self._holds(word) for word in group.words):
            return ()
        if "one-of" in group.words:
            return (group.parts[int(self.rng.integers(len(group.parts)))],)
        return group.parts

    def _holds(self, word: str) -> bool:
        sort, _, fact = word.partition("-")
        return {"when": fact in self.facts, "unless": fact not in self.facts}.get(sort, True)

    def _mark(self, mark: Mark, matrix: Matrix) -> None:
        outlines, scale = [placed(part, matrix) for part in self._outlines(mark)], _scale(matrix)
        colour = self.colour(mark.tone)
        if mark.kind == "glow":
            (x, y), reach = outlines[0].mean(axis=0), float(np.ptp(outlines[0][:, 0])) / 2
            self.pen.glow(float(x), float(y), reach, colour, mark.opacity)
        elif mark.kind == "shadow":
            foot = self.pen.at(float(matrix[0, 2]), float(matrix[1, 2]))
            foot.shade_under(float(np.ptp(outlines[0][:, 0])) / 2 * UNIT / SHADOW_REACH, mark.opacity)
        else:
            second = None if mark.second is None else self.colour(mark.second)
            self.pen.fill(
                outlines, colour, second, lit=mark.lit, opacity=mark.opacity, blur=mark.blur * scale,
                texture=mark.texture, model=mark.model, mode=mark.mode,
            )  # fmt: skip

    def _outlines(self, mark: Mark) -> tuple[Points, ...]:
        if not mark.turned or not self.turn:
            return mark.outlines
        return tuple(one + (other - one) * self.turn for one, other in zip(mark.outlines, mark.turned, strict=True))

    def colour(self, tone: Tone) -> RGB:
        role = next((word for word in tone.words if word in self.roles), None)
        if role is None:
            return rgb(tone.code)
        colour = self.roles[role]
        for word in tone.words:
            colour = _changed(colour, word)
        return colour


def _changed(colour: RGB, word: str) -> RGB:
    """`darker-20`, `lighter-8` or `mix-3a2a24-15`: by so many of a hundred parts."""
    sort, _, rest = word.partition("-")
    if sort == "darker":
        return darker(colour, int(rest) / 100)
    if sort == "lighter":
        return lighter(colour, int(rest) / 100)
    if sort == "mix":
        other, _, parts = rest.partition("-")
        return mix(colour, rgb(f"#{other}"), int(parts) / 100)
    return colour


def narrow(turn: float) -> float:
    """Return the width of a body that is turned so far, in parts of its whole width."""
    return 1 - 0.26 * abs(turn)


def _scale(matrix: Matrix) -> float:
    return math.sqrt(abs(float(np.linalg.det(matrix[:2, :2]))))
