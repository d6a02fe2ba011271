"""Things that people put up outdoors: tents, tractors, lamps, snowmen."""

from __future__ import annotations

import math

import numpy as np

from pipeline.providers.local.drawing import figure, look
from pipeline.providers.local.drawing.colour import darker, lighter, rgb
from pipeline.providers.local.drawing.shapes import box, curve, ellipse, limb, line, poly
from pipeline.providers.local.drawing.stage import Pen, Stage


def tent(pen: Pen, stage: Stage) -> None:
    colour = ("#e0763a", "#3f8fa8", "#d9a53c")[int(stage.rng.integers(3))]
    pen.shade_under(1.1)
    pen.fill(poly((0.0, -0.62), (0.62, -0.5), (0.95, 0.0), (0.45, 0.03)), darker(rgb(colour), 0.3))
    pen.fill(poly((-0.5, 0.03), (0.0, -0.62), (0.45, 0.03)), lighter(rgb(colour), 0.1), colour)
    pen.fill(
        poly((-0.2, 0.03), (0.0, -0.5), (0.16, 0.03)),
        "#ffdf9a" if stage.palette.dark else "#4a2c22",
        lit=stage.palette.dark,
    )
    pen.fill(poly((0.0, -0.52), (0.16, 0.03), (0.26, 0.03)), lighter(rgb(colour), 0.3))
    pen.fill(
        [line(np.array([[0.0, -0.62], [-0.75, 0.05]]), 0.01), line(np.array([[0.62, -0.5], [1.1, 0.0]]), 0.01)],
        "#e9e2d0",
    )
    if stage.palette.dark:
        pen.glow(0, -0.2, 0.7, "#ffc870", 0.8)
    campfire(pen.at(-1.0, 0.16, 0.55), stage)


def campfire(pen: Pen, stage: Stage) -> None:
    pen.glow(0, -0.3, 1.5, "#ff9a3c", 0.75)
    pen.fill(
        [line(np.array([[-0.35, 0.02], [0.3, -0.12]]), 0.09), line(np.array([[0.35, 0.02], [-0.3, -0.12]]), 0.09)],
        "#5b3d2a",
    )
    for wide, high, colour in ((0.26, 0.85, "#ff6a2a"), (0.18, 0.6, "#ffae3c"), (0.1, 0.36, "#fff0b0")):
        pen.fill(
            curve(
                (-wide, -0.1),
                (-wide * 0.7, -high * 0.5),
                (wide * 0.1, -high),
                (wide * 0.75, -high * 0.4),
                (wide, -0.1),
                (0, -0.04),
            ),
            colour,
            lit=True,
        )


def tractor(pen: Pen, stage: Stage) -> None:
    pen.shade_under(1.3)
    colour = ("#c8382c", "#3f8a3c", "#2f6fb8")[int(stage.rng.integers(3))]
    pen.fill(box(-0.52, -0.52, 0.56, 0.28, 0.06), colour, darker(rgb(colour), 0.2))
    pen.fill([box(-0.5, -0.48 + 0.06 * i, 0.06, 0.03) for i in range(3)], "#2a2c34")
    pen.fill(box(-0.36, -0.78, 0.035, 0.28), "#3a3d46")
    pen.fill(poly((0.0, -0.92), (0.4, -0.92), (0.46, -0.4), (-0.04, -0.4)), "#cfe6f0", "#8fb4c8", opacity=0.85)
    pen.fill([box(-0.05, -0.96, 0.5, 0.05, 0.02), box(0.0, -0.92, 0.03, 0.52), box(0.4, -0.92, 0.035, 0.52)], colour)
    pen.fill(curve((0.0, -0.3), (0.06, -0.56), (0.28, -0.64), (0.52, -0.54), (0.6, -0.3)), colour)
    for x, r in ((0.3, 0.3), (-0.42, 0.18)):
        pen.fill(ellipse(x, -r, r), "#26272e")
        for t in np.linspace(0, 6.28, 16, endpoint=False):
            pen.fill(ellipse(x + math.cos(t) * r, -r + math.sin(t) * r, r * 0.1), "#26272e")
        pen.fill(ellipse(x, -r, r * 0.55), "#f0c040")
        pen.fill(ellipse(x, -r, r * 0.2), "#6b5420")


def lantern(pen: Pen, stage: Stage) -> None:
    """Paper lanterns adrift in the air."""
    for dx, dy, size in (
        (-0.9, -0.5, 0.32),
        (0.8, -0.75, 0.26),
        (0.55, -0.1, 0.4),
        (-0.5, 0.05, 0.46),
        (0.0, -0.1, 0.9),
        (1.4, -0.3, 0.2),
        (-1.4, -0.1, 0.22),
    ):
        part = pen.at(dx, dy, size)
        part.glow(0, -0.45, 1.0, "#ff9a3c", 0.8)
        part.fill(
            curve((-0.28, -0.9), (0, -1.0), (0.28, -0.9), (0.36, -0.5), (0.24, -0.05), (-0.24, -0.05), (-0.36, -0.5)),
            "#ff9f4a",
            "#fff0b8",
            lit=True,
        )
        part.fill(
            [line(curve((s * 0.1, -0.97), (s * 0.2, -0.5), (s * 0.1, -0.06), closed=False), 0.012) for s in (-1, 0, 1)],
            "#c8602a",
            lit=True,
            opacity=0.6,
        )
        part.fill(box(-0.24, -0.06, 0.48, 0.04), "#7a3a1c")


def streetlamp(pen: Pen, stage: Stage) -> None:
    pen.shade_under(0.3)
    iron = "#2b303b"
    pen.fill(
        [
            box(-0.02, -0.8, 0.04, 0.8),
            box(-0.06, -0.1, 0.12, 0.1, 0.02),
            box(-0.035, -0.22, 0.07, 0.03),
            box(-0.1, -0.74, 0.2, 0.018),
        ],
        iron,
    )
    pen.glow(0, -0.88, 0.9, "#ffcf80", 1.0)
    pen.fill(poly((-0.055, -0.8), (0.055, -0.8), (0.08, -0.94), (-0.08, -0.94)), "#fff2c8", lit=True)
    pen.fill(
        [
            curve((-0.1, -0.94), (0, -1.02), (0.1, -0.94)),
            box(-0.008, -1.05, 0.016, 0.05),
            box(-0.062, -0.81, 0.124, 0.018),
        ],
        iron,
    )
    pen.fill([line(np.array([[s * 0.055, -0.8], [s * 0.08, -0.94]]), 0.01) for s in (-1, 0, 1)], iron)
    pen.fill(ellipse(0.1, 0.02, 0.75, 0.13), "#ffdf9a", lit=True, opacity=0.28, blur=0.05)


def snowman(pen: Pen, stage: Stage) -> None:
    pen.shade_under(0.7)
    for y, r in ((-0.24, 0.27), (-0.58, 0.2), (-0.83, 0.14)):
        pen.fill(ellipse(0, y, r, r * 0.95), "#fbfdff", "#d3e0ee")
    pen.fill(
        [limb((s * 0.17, -0.62), (s * 0.34, -0.72), (s * 0.46, -0.86), width=0.025, end=0.012) for s in (-1, 1)],
        "#5b4030",
    )
    pen.fill(curve((-0.17, -0.72), (0, -0.68), (0.17, -0.72), (0.17, -0.66), (0, -0.62), (-0.17, -0.66)), "#d0433a")
    pen.fill(poly((0.07, -0.66), (0.15, -0.65), (0.16, -0.42), (0.08, -0.43)), "#d0433a")
    pen.fill(
        [ellipse(s * 0.05, -0.87, 0.018) for s in (-1, 1)] + [ellipse(0, -0.55 + 0.1 * i, 0.02) for i in range(3)],
        "#20242e",
    )
    pen.fill(poly((-0.01, -0.84), (-0.18, -0.8), (-0.01, -0.8)), "#f08a30")
    pen.fill([box(-0.17, -0.97, 0.34, 0.03, 0.01), box(-0.1, -1.15, 0.2, 0.19, 0.02)], "#2b2f3a")
    pen.fill(box(-0.1, -1.02, 0.2, 0.04), "#d0433a")


def _canopy(pen: Pen, colour: str) -> None:
    pen.fill(box(-0.012, -0.6, 0.024, 0.6), "#4a3a30")
    for left, right, tint in ((-0.5, -0.2, 0.12), (-0.2, 0.18, 0.0), (0.18, 0.5, 0.22)):
        panel = curve(
            (0, -0.84),
            (left * 0.75, -0.74),
            (left, -0.46),
            ((left + right) / 2, -0.51),
            (right, -0.46),
            (right * 0.75, -0.74),
        )
        pen.fill(panel, darker(rgb(colour), tint))
    pen.fill(box(-0.01, -0.9, 0.02, 0.08), "#4a3a30")


def umbrella(pen: Pen, stage: Stage) -> None:
    """Draw someone out in the rain."""
    colour = ("#d9483a", "#f0b83c", "#3f7fc0")[int(stage.rng.integers(3))]
    person = look.from_words(f"passer-by {int(stage.rng.integers(1000))}", "raincoat")
    figure.draw(pen, person, figure.Pose(turn=-0.4, arm=0.4, step=0.6))
    _canopy(pen.at(-0.24, -0.6, 0.95, -0.12), colour)
