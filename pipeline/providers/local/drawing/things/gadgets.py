"""Computers, robots, laboratory glass."""

from __future__ import annotations

import math

import numpy as np

from pipeline.providers.local.drawing.colour import darker, lighter, rgb
from pipeline.providers.local.drawing.shapes import box, curve, ellipse, limb, line, poly
from pipeline.providers.local.drawing.stage import Pen, Stage

SIGNS = ("#35d0e8", "#6f8fff", "#c07fff", "#4fe0a0")


def laptop(pen: Pen, stage: Stage) -> None:
    pen.shade_under(1.7, 0.5)
    glow = SIGNS[int(stage.rng.integers(4))]
    pen.fill(box(-0.66, -0.92, 1.32, 0.86, 0.04), "#aab2be")
    pen.fill(box(-0.61, -0.87, 1.22, 0.75, 0.01), "#14243f", "#1f3f66", lit=True)
    pen.glow(0, -0.5, 1.1, glow, 0.35)
    for row in range(11):
        x, y = -0.55 + 0.05 * int(stage.rng.integers(0, 4)), -0.81 + 0.06 * row
        for _ in range(int(stage.rng.integers(1, 4))):
            long = stage.between(0.06, 0.22)
            colour = (glow, "#ffd27a", "#e8f0fa", "#ff8fa8")[int(stage.rng.integers(4))]
            pen.fill(box(x, y, long, 0.022, 0.01), colour, lit=True)
            x += long + 0.03
    rings = [line(ellipse(0.38, -0.5, r), 0.014) for r in (0.07, 0.12, 0.165)]
    pen.fill(rings, glow, lit=True, opacity=0.9)
    pen.fill(poly((-0.68, -0.06), (0.68, -0.06), (0.86, 0.08), (-0.86, 0.08)), "#c9d0da", "#9aa3b0")
    keys = [
        poly(
            (x * (1 + 0.1 * r), -0.045 + 0.026 * r),
            (x * (1 + 0.1 * r) + 0.075, -0.045 + 0.026 * r),
            (x * (1 + 0.1 * r) + 0.077, -0.027 + 0.026 * r),
            (x * (1 + 0.1 * r) - 0.002, -0.027 + 0.026 * r),
        )
        for r in range(3)
        for x in np.arange(-0.56, 0.5, 0.095)
    ]
    pen.fill(keys, "#3a4250")
    pen.fill(box(-0.86, 0.08, 1.72, 0.025, 0.01), "#7f8896")


def robot(pen: Pen, stage: Stage) -> None:
    pen.shade_under(0.8, 0.5)
    coat, glow = (("#e8ecf0", "#35d0e8"), ("#f0b84a", "#5fe0ff"), ("#7fa8c8", "#ffe08a"))[int(stage.rng.integers(3))]
    dark = darker(rgb(coat), 0.35)
    wave = stage.between(0.0, 0.22)
    pen.fill([limb((s * 0.12, -0.3), (s * 0.13, -0.15), (s * 0.13, -0.03), width=0.09) for s in (-1, 1)], "#5f6876")
    pen.fill([box(s * 0.13 - 0.1, -0.08, 0.2, 0.09, 0.04) for s in (-1, 1)], dark)
    for side, hand in ((-1, (-0.4, -0.32)), (1, (0.42, -0.62 - wave))):
        pen.fill(limb((side * 0.24, -0.55), (side * 0.37, -0.47), hand, width=0.075), "#5f6876")
        pen.fill([ellipse(side * 0.25, -0.55, 0.075), ellipse(*hand, 0.065)], dark)
    pen.fill(box(-0.25, -0.64, 0.5, 0.38, 0.11), lighter(rgb(coat), 0.1), coat)
    pen.fill(box(-0.14, -0.56, 0.28, 0.17, 0.03), "#1f2c44")
    pen.fill(
        limb((-0.1, -0.47), (-0.03, -0.47), (0.0, -0.53), (0.03, -0.42), (0.06, -0.47), (0.11, -0.47), width=0.016),
        glow,
        lit=True,
    )
    pen.fill(box(-0.05, -0.7, 0.1, 0.08), "#5f6876")
    pen.fill(box(-0.29, -1.0, 0.58, 0.34, 0.13), lighter(rgb(coat), 0.15), coat)
    pen.fill([box(s * 0.31 - 0.035, -0.9, 0.07, 0.14, 0.03) for s in (-1, 1)], dark)
    pen.fill(box(-0.23, -0.94, 0.46, 0.21, 0.09), "#16213a")
    for side in (-1, 1):
        pen.glow(side * 0.1, -0.84, 0.14, glow, 0.8)
        pen.fill(ellipse(side * 0.1, -0.845, 0.05), glow, lit=True)
        pen.fill(ellipse(side * 0.1 - 0.014, -0.86, 0.016), "#ffffff", lit=True)
    pen.fill(limb((-0.05, -0.775), (0, -0.76), (0.05, -0.775), width=0.014), glow, lit=True)
    pen.fill(limb((0, -1.0), (0.0, -1.1), width=0.02), "#5f6876")
    pen.fill(ellipse(0, -1.12, 0.035), "#ff7a5a", lit=True)
    pen.glow(0, -1.12, 0.16, "#ff7a5a", 0.8)


def chip(pen: Pen, stage: Stage) -> None:
    pen = pen.at(0, -0.5)
    glow = SIGNS[int(stage.rng.integers(4))]
    pen.glow(0, 0, 1.3, glow, 0.55)
    for side in range(4):
        edge = pen.at(0, 0, 1.0, side * math.pi / 2)
        for i, x in enumerate(np.linspace(-0.26, 0.26, 7)):
            bend, reach = x * 1.9, 0.5 + 0.08 * (i % 3)
            path = np.array([[x, -0.34], [x, -0.42], [bend, -0.42 - abs(bend - x) * 0.6], [bend, -reach - 0.2]])
            edge.fill(line(path, 0.014), glow, lit=True)
            edge.fill(ellipse(bend, -reach - 0.22, 0.022), lighter(rgb(glow), 0.5), lit=True)
        edge.fill([box(x - 0.018, -0.4, 0.036, 0.1) for x in np.linspace(-0.26, 0.26, 7)], "#d9b45a")
    pen.fill(box(-0.36, -0.36, 0.72, 0.72, 0.04), "#2b3550", "#1a2238")
    pen.fill(box(-0.24, -0.24, 0.48, 0.48, 0.03), lighter(rgb(glow), 0.1), darker(rgb(glow), 0.55), lit=True)
    brain = [
        line(
            curve(
                *[
                    (s * x, y)
                    for x, y in ((0.02, -0.15), (0.12, -0.14), (0.16, -0.04), (0.13, 0.08), (0.05, 0.15), (0.02, 0.12))
                ],
                closed=False,
            ),
            0.022,
        )
        for s in (-1, 1)
    ]
    brain += [
        line(
            curve(*[(s * x, y) for x, y in ((0.02, -0.05), (0.07, -0.07), (0.1, 0.0), (0.06, 0.05))], closed=False),
            0.018,
        )
        for s in (-1, 1)
    ]
    pen.fill(brain, "#ffffff", lit=True)


def flask(pen: Pen, stage: Stage) -> None:
    for dx, size, colour in ((-0.62, 0.72, "#4fd08a"), (0.6, 0.66, "#f08a4a"), (0.0, 1.0, "#4fa8f0")):
        part = pen.at(dx, 0.02 * size, size)
        part.shade_under(0.8, 0.45)
        part.glow(0, -0.22, 0.62, colour, 0.55)
        glass = curve(
            (-0.07, -0.92),
            (-0.07, -0.6),
            (-0.24, -0.3),
            (-0.33, -0.08),
            (-0.26, 0.0),
            (0.26, 0.0),
            (0.33, -0.08),
            (0.24, -0.3),
            (0.07, -0.6),
            (0.07, -0.92),
        )
        part.fill(glass, "#e8f4fa", opacity=0.45)
        part.fill(
            curve((-0.22, -0.32), (0, -0.3), (0.22, -0.34), (0.3, -0.08), (0.24, -0.02), (-0.24, -0.02), (-0.3, -0.08)),
            lighter(rgb(colour), 0.35),
            colour,
            lit=True,
            opacity=0.9,
        )
        part.fill(box(-0.1, -0.96, 0.2, 0.05, 0.02), "#eef6fa")
        part.fill(
            limb((-0.16, -0.36), (-0.23, -0.2), (-0.25, -0.1), width=0.03, end=0.012), "#ffffff", lit=True, opacity=0.8
        )
        for x, y, r in (
            (0.05, -0.2, 0.03),
            (-0.08, -0.14, 0.024),
            (0.12, -0.12, 0.02),
            (0.0, -0.5, 0.022),
            (0.02, -0.68, 0.016),
        ):
            part.fill(ellipse(x, y, r), "#ffffff", lit=True, opacity=0.6)
