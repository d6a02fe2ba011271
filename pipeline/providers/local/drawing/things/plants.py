"""Trees, cactuses, flowers."""

from __future__ import annotations

import math

import numpy as np

from pipeline.providers.local.drawing import ground
from pipeline.providers.local.drawing.shapes import box, curve, ellipse, limb
from pipeline.providers.local.drawing.stage import Pen, Stage


def oak(pen: Pen, stage: Stage) -> None:
    pen.shade_under(1.2)
    colour = ("#d98a32" if stage.says("autumn", "fall") else "#5d9140") if stage.brief.weather != "snow" else "#b8c6c4"
    ground.leafy(pen, stage.rng, colour)


def cactus(pen: Pen, stage: Stage) -> None:
    for dx, size in ((0.7, 0.5), (0.0, 1.0)):
        part = pen.at(dx, -0.1 * (1 - size), size)
        part.shade_under(0.4)
        green = "#4f8450"
        for side, low, high in ((-1, -0.36, -0.78), (1, -0.5, -0.86)):
            part.fill(
                limb(
                    (0, low),
                    (side * 0.16, low - 0.01),
                    (side * 0.24, low - 0.09),
                    (side * 0.24, high),
                    width=0.1,
                    end=0.1,
                ),
                green,
            )
            part.fill(ellipse(side * 0.24, high, 0.05), green)
        part.fill(box(-0.085, -1, 0.17, 1.02, 0.085), green)
        part.fill([box(x, -0.95, 0.008, 0.94) for x in (-0.05, -0.015, 0.02, 0.055)], "#2f5c3c", opacity=0.6)
        part.fill([ellipse(0, -1.0, 0.035), ellipse(0.24, -0.9, 0.03)], "#f0709a")


PETALS = (
    ("#f0607a", "#ffb0b8"),
    ("#f2b33c", "#fff0a8"),
    ("#b07fe0", "#ecd6ff"),
    ("#f4f0f4", "#ffe0ee"),
    ("#ff8a4a", "#ffd0a0"),
)


def flower(pen: Pen, stage: Stage) -> None:
    kinds = stage.rng.permutation(5)
    for index, (dx, size, turn) in enumerate(((-0.42, 0.66, -0.14), (0.46, 0.74, 0.16), (0.0, 1.0, 0.02))):
        petal, inner = PETALS[int(kinds[index % 3])]
        part = pen.at(dx, 0.06, size, turn)
        part.fill(limb((0, 0.05), (0.035, -0.35), (0, -0.7), width=0.034, end=0.026), "#4f8a3c")
        for side in (-1, 1):
            part.fill(curve((0.02, -0.2), (side * 0.14, -0.36), (side * 0.32, -0.42), (side * 0.22, -0.24)), "#5f9a48")
        for layer, (count, reach, colour) in enumerate(((9, 0.2, petal), (7, 0.13, inner))):
            for t in np.linspace(0, 6.283, count, endpoint=False) + layer * 0.3:
                leaf = ellipse(
                    math.cos(t) * reach * 0.72, -0.76 + math.sin(t) * reach * 0.68, reach * 0.62, reach * 0.3, turn=t
                )
                part.fill(leaf, colour)
        part.fill(ellipse(0, -0.76, 0.07), "#f4c542", "#c98a2a", texture=0.4)


def sunflower(pen: Pen, stage: Stage) -> None:
    for dx, size in ((-0.5, 0.7), (0.5, 0.62), (0.0, 1.0)):
        part = pen.at(dx, 0.04, size)
        part.fill(limb((0, 0.05), (0.03, -0.4), (0, -0.7), width=0.04), "#4f7f38")
        for side, y in ((-1, -0.3), (1, -0.42)):
            part.fill(
                curve((0, y), (side * 0.16, y - 0.14), (side * 0.34, y - 0.06), (side * 0.16, y + 0.04)), "#5a8f3f"
            )
        for count, reach, colour in ((16, 0.28, "#e8a02a"), (14, 0.25, "#ffcf3f")):
            for t in np.linspace(0, 6.283, count, endpoint=False):
                part.fill(
                    ellipse(
                        math.cos(t) * reach * 0.72,
                        -0.74 + math.sin(t) * reach * 0.72,
                        reach * 0.36,
                        reach * 0.14,
                        turn=t,
                    ),
                    colour,
                )
        part.fill(ellipse(0, -0.74, 0.135), "#5a3a20", texture=0.5)
        part.fill(ellipse(0, -0.74, 0.07), "#7a5530", texture=0.5)
