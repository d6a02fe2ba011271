"""Books, ideas and other things of a desk."""

from __future__ import annotations

import math

import numpy as np

from pipeline.providers.local.drawing.colour import darker, rgb
from pipeline.providers.local.drawing.shapes import arc, box, curve, ellipse, limb, line
from pipeline.providers.local.drawing.stage import Pen, Stage


def book(pen: Pen, stage: Stage) -> None:
    pen.shade_under(1.7, 0.5)
    for y, half, colour in ((0.03, 0.66, "#3f5f8a"), (-0.09, 0.6, "#b8483a"), (-0.21, 0.63, "#4f7f5a")):
        pen.fill(box(-half, y - 0.12, half * 2, 0.12, 0.02), colour)
        pen.fill(box(-half + 0.05, y - 0.1, half * 2 - 0.04, 0.08), "#f2e8d0")
        pen.fill(box(-half, y - 0.12, 0.1, 0.12, 0.02), darker(rgb(colour), 0.2))
    for side in (-1, 1):
        page = curve(
            (0, -0.36),
            (side * 0.3, -0.48),
            (side * 0.72, -0.42),
            (side * 0.8, -0.72),
            (side * 0.35, -0.8),
            (0, -0.68),
            steps=5,
        )
        pen.fill(page * (1.0, 1.0) + (0, 0.03), "#8a3a32")
        pen.fill(page, "#fbf5e4", "#e6d9bd")
        rows = [
            line(
                curve(
                    (side * 0.1, -0.44 - 0.05 * i),
                    (side * 0.34, -0.53 - 0.05 * i),
                    (side * 0.64, -0.5 - 0.045 * i),
                    closed=False,
                ),
                0.009,
            )
            for i in range(5)
        ]
        pen.fill(rows, "#8f8672", opacity=0.7)
    pen.glow(0, -0.7, 0.85, stage.palette.light, 0.35)
    for x, y, r in stage.rng.uniform((-0.6, -1.3, 0.008), (0.6, -0.75, 0.022), (16, 3)):
        pen.fill(ellipse(x, y, r), "#fff0b8", lit=True, opacity=0.85)
        pen.glow(x, y, r * 5, "#ffe08a", 0.6)


def globe(pen: Pen, stage: Stage) -> None:
    pen.shade_under(0.9, 0.5)
    pen.fill([ellipse(0, -0.04, 0.34, 0.07), box(-0.035, -0.2, 0.07, 0.16)], "#7a4f2c")
    pen.fill(line(arc(0, -0.56, 0.43, 0.43, 0.2, 3.5), 0.04), "#c99a4a")
    pen.fill(ellipse(0, -0.56, 0.38), "#4f9fd0", "#2a6a9c")
    lands = (
        curve(
            (-0.24, -0.8), (-0.02, -0.84), (-0.05, -0.7), (-0.16, -0.62), (-0.1, -0.52), (-0.2, -0.56), (-0.31, -0.66)
        ),
        curve((-0.12, -0.5), (0.0, -0.46), (-0.04, -0.34), (-0.1, -0.23), (-0.15, -0.38)),
        curve(
            (0.1, -0.82),
            (0.26, -0.78),
            (0.33, -0.62),
            (0.24, -0.6),
            (0.26, -0.44),
            (0.15, -0.34),
            (0.08, -0.52),
            (0.04, -0.66),
        ),
    )
    pen.fill(lands, "#7fae5a", texture=0.25)
    pen.fill(
        [line(arc(0, -0.56, 0.38 * k, 0.38, -math.pi / 2, math.pi / 2), 0.004) for k in (0.45, 0.85)]
        + [line(arc(0, -0.56, -0.38 * k, 0.38, -math.pi / 2, math.pi / 2), 0.004) for k in (0.45, 0.85)],
        "#e8f4fa",
        opacity=0.5,
    )
    pen.fill(ellipse(-0.15, -0.74, 0.1, 0.05, turn=-0.6), "#ffffff", lit=True, opacity=0.4, blur=0.015)


def bulb(pen: Pen, stage: Stage) -> None:
    pen = pen.at(0, -0.06)
    pen.glow(0, -0.62, 1.25, "#ffd870", 0.9)
    glass = curve(
        (0, -1.0),
        (0.25, -0.91),
        (0.33, -0.68),
        (0.24, -0.46),
        (0.14, -0.3),
        (-0.14, -0.3),
        (-0.24, -0.46),
        (-0.33, -0.68),
        (-0.25, -0.91),
    )
    pen.fill(glass, "#fff6d0", "#ffd25a", lit=True, opacity=0.86)
    pen.fill(
        limb(
            (-0.08, -0.3),
            (-0.12, -0.62),
            (-0.05, -0.55),
            (0, -0.66),
            (0.05, -0.55),
            (0.12, -0.62),
            (0.08, -0.3),
            width=0.02,
        ),
        "#ff9a2c",
        lit=True,
    )
    pen.fill([box(-0.135, -0.3 + 0.062 * i, 0.27, 0.05, 0.022) for i in range(4)], "#9aa2b0")
    pen.fill(ellipse(0, -0.045, 0.07, 0.05), "#4a505c")
    pen.fill(
        limb((-0.18, -0.86), (-0.24, -0.72), (-0.23, -0.6), width=0.035, end=0.015), "#ffffff", lit=True, opacity=0.8
    )
    for t in np.linspace(math.pi * 0.95, math.pi * 2.05, 9):
        x, y = math.cos(t), math.sin(t)
        pen.fill(
            line(np.array([[x * 0.46, -0.66 + y * 0.46], [x * 0.6, -0.66 + y * 0.6]]), 0.025, 0.01), "#ffe08a", lit=True
        )


def chart(pen: Pen, stage: Stage) -> None:
    pen.shade_under(1.3, 0.45)
    pen.fill(box(-0.66, -1.0, 1.32, 0.98, 0.04), "#3a4252")
    pen.fill(box(-0.62, -0.96, 1.24, 0.9, 0.02), "#f6f8fb", "#e2e9f0")
    pen.fill([box(-0.56, -0.2 - 0.16 * i, 1.12, 0.006) for i in range(5)], "#b8c4d0")
    heights = np.sort(stage.rng.uniform(0.15, 0.68, 6)) + stage.rng.normal(0, 0.04, 6)
    for i, (high, colour) in enumerate(
        zip(heights, ("#5fa8d8", "#4f98d0", "#3f88c8", "#3f9fa8", "#4fb088", "#6fc06a"), strict=True)
    ):
        pen.fill(box(-0.52 + 0.18 * i, -0.12 - high, 0.12, high, 0.015), colour)
    path = [(-0.46 + 0.18 * i, -0.2 - float(high)) for i, high in enumerate(heights)]
    pen.fill(limb(*path, width=0.022), "#f0803c")
    pen.fill([ellipse(x, y, 0.026) for x, y in path], "#f0803c")


def clock(pen: Pen, stage: Stage) -> None:
    pen.shade_under(0.8, 0.45)
    rim = ("#c8553d", "#3f7f8a", "#d9a53c")[int(stage.rng.integers(3))]
    pen.fill([limb((s * 0.22, -0.16), (s * 0.32, 0.0), width=0.06, end=0.04) for s in (-1, 1)], "#5a4a40")
    pen.fill([ellipse(s * 0.28, -0.9, 0.13, 0.09, turn=s * 0.7) for s in (-1, 1)], rim)
    pen.fill(ellipse(0, -0.5, 0.44), rim)
    pen.fill(ellipse(0, -0.5, 0.37), "#fbf6ea", "#ece2cc")
    for i, t in enumerate(np.linspace(0, 2 * math.pi, 12, endpoint=False)):
        inner = 0.28 if i % 3 == 0 else 0.31
        pen.fill(
            line(
                np.array(
                    [
                        [math.cos(t) * inner, -0.5 + math.sin(t) * inner],
                        [math.cos(t) * 0.345, -0.5 + math.sin(t) * 0.345],
                    ]
                ),
                0.022 if i % 3 == 0 else 0.012,
            ),
            "#3a3d46",
        )
    for reach, wide, t in ((0.2, 0.034, stage.between(0, 6.28)), (0.29, 0.022, stage.between(0, 6.28))):
        pen.fill(
            line(np.array([[0, -0.5], [math.cos(t) * reach, -0.5 + math.sin(t) * reach]]), wide, wide * 0.5), "#2a2d36"
        )
    pen.fill(ellipse(0, -0.5, 0.03), rim)


def heart(pen: Pen, stage: Stage) -> None:
    for dx, dy, size in ((0.75, -0.5, 0.3), (-0.7, -0.2, 0.24), (0.0, 0.0, 1.0)):
        part = pen.at(dx, dy, size)
        part.glow(0, -0.5, 0.95, "#ff8f9f", 0.6)
        part.fill(
            curve(
                (0, -0.05),
                (-0.3, -0.32),
                (-0.46, -0.6),
                (-0.36, -0.86),
                (-0.14, -0.88),
                (0, -0.72),
                (0.14, -0.88),
                (0.36, -0.86),
                (0.46, -0.6),
                (0.3, -0.32),
            ),
            "#f0607a",
            "#c02a4a",
        )
        part.fill(
            limb((-0.35, -0.62), (-0.32, -0.75), (-0.22, -0.8), width=0.05, end=0.02), "#ffd8de", lit=True, opacity=0.8
        )
