"""Vehicles that drive and fly."""

from __future__ import annotations

import math

import numpy as np

from pipeline.providers.local.drawing.colour import darker, lighter, rgb
from pipeline.providers.local.drawing.shapes import box, curve, ellipse, limb, line, poly
from pipeline.providers.local.drawing.stage import Pen, Stage

COATS = ("#c8382f", "#2f6fb0", "#e0a02f", "#3f8f7a", "#e6e2d8")


def _wheel(pen: Pen, x: float, r: float) -> None:
    pen.fill(ellipse(x, -r, r), "#22242b")
    pen.fill(ellipse(x, -r, r * 0.62), "#c3c9d2")
    pen.fill(
        [
            line(np.array([[x, -r], [x + math.cos(t) * r * 0.56, -r + math.sin(t) * r * 0.56]]), r * 0.16)
            for t in np.linspace(0, 6.28, 6)[:-1]
        ],
        "#7a828e",
    )
    pen.fill(ellipse(x, -r, r * 0.14), "#3a3f4a")


def car(pen: Pen, stage: Stage) -> None:
    pen = pen.at(0, 0, 1.25)
    coat = COATS[int(stage.rng.integers(5))]
    pen.shade_under(1.7, 0.55)
    body = curve(
        (-0.78, -0.08),
        (-0.8, -0.24),
        (-0.66, -0.33),
        (-0.42, -0.37),
        (-0.2, -0.58),
        (0.08, -0.62),
        (0.34, -0.57),
        (0.54, -0.38),
        (0.76, -0.34),
        (0.8, -0.2),
        (0.78, -0.08),
        steps=8,
    )
    pen.fill(body, lighter(rgb(coat), 0.08), darker(rgb(coat), 0.2))
    for glass in (
        curve((-0.36, -0.37), (-0.18, -0.54), (0.02, -0.565), (0.02, -0.37), steps=4),
        curve((0.07, -0.37), (0.07, -0.565), (0.3, -0.525), (0.46, -0.37), steps=4),
    ):
        pen.fill(glass, "#bfe0f0", "#4a6a80")
    pen.fill([box(0.035, -0.36, 0.008, 0.24), box(-0.72, -0.2, 1.46, 0.012)], darker(rgb(coat), 0.4))
    pen.fill(box(0.08, -0.31, 0.08, 0.018, 0.008), "#e8ebf0")
    pen.fill(ellipse(-0.75, -0.25, 0.05, 0.036), "#fff6d0", lit=True)
    pen.fill(ellipse(0.775, -0.25, 0.028, 0.04), "#ff4a3a", lit=True)
    pen.glow(-0.78, -0.25, 0.4 if stage.palette.dark else 0.16, "#fff0b8", 1.0)
    if stage.palette.dark:
        pen.fill(
            poly((-0.78, -0.26), (-2.2, -0.42), (-2.2, 0.1), (-0.78, -0.2)),
            "#fff0b8",
            lit=True,
            opacity=0.28,
            blur=0.04,
        )
    pen.fill(limb((-0.6, -0.34), (-0.2, -0.36), (0.5, -0.35), width=0.014), "#ffffff", opacity=0.45)
    for x in (-0.48, 0.48):
        pen.fill(ellipse(x, -0.13, 0.175), "#2a2c34", model=False)
        _wheel(pen, x, 0.145)


def bus(pen: Pen, stage: Stage) -> None:
    coat = COATS[int(stage.rng.integers(4))]
    pen.shade_under(1.9, 0.55)
    pen.fill(box(-0.9, -0.82, 1.8, 0.7, 0.1), lighter(rgb(coat), 0.1), darker(rgb(coat), 0.15))
    pen.fill(box(-0.9, -0.4, 1.8, 0.09), "#f6f0e4")
    pen.fill([box(x, -0.72, 0.25, 0.27, 0.03) for x in np.arange(-0.56, 0.7, 0.29)], "#cfe8f4", "#5a7f96")
    pen.fill(box(-0.87, -0.72, 0.24, 0.34, 0.05), "#cfe8f4", "#5a7f96")
    pen.fill(box(-0.6, -0.86, 1.2, 0.05, 0.02), "#e6e0d4")
    pen.fill(ellipse(-0.87, -0.24, 0.045), "#fff6d0", lit=True)
    pen.glow(-0.9, -0.24, 0.3, "#fff0b8", 0.9)
    for x in (-0.52, 0.54):
        pen.fill(ellipse(x, -0.14, 0.19), "#2a2c34", model=False)
        _wheel(pen, x, 0.155)


def train(pen: Pen, stage: Stage) -> None:
    """A steam engine with its coaches, all the way to the picture's edge."""
    coat = ("#b8352c", "#2f5f4a", "#2c4a7a")[int(stage.rng.integers(3))]
    for index in range(3):
        _coach(pen.at(0.75 + index * 1.42, 0.0), coat)
    for index in range(9):
        puff = ellipse(
            -0.66 + 0.27 * index + 0.05 * math.sin(index * 2.2),
            -0.98 - 0.045 * index - 0.03 * math.sin(index),
            0.09 + 0.028 * index,
        )
        pen.fill(puff, "#f4f1ee", opacity=0.5, blur=0.03)
    dark = "#2b2e38"
    pen.fill(box(-0.9, -0.24, 1.5, 0.1), dark)
    pen.fill(box(-0.84, -0.58, 1.0, 0.36, 0.12), lighter(rgb(coat), 0.06), darker(rgb(coat), 0.25))
    pen.fill([box(x, -0.585, 0.035, 0.37) for x in (-0.62, -0.36, -0.1)], "#d9b04a")
    pen.fill(box(-0.9, -0.55, 0.1, 0.3, 0.03), dark)
    pen.fill(
        [poly((-0.72, -0.56), (-0.58, -0.56), (-0.55, -0.86), (-0.75, -0.86)), box(-0.78, -0.9, 0.26, 0.06, 0.02)], dark
    )
    pen.fill(
        [
            curve((-0.44, -0.56), (-0.42, -0.7), (-0.34, -0.72), (-0.26, -0.7), (-0.24, -0.56)),
            curve((-0.13, -0.56), (-0.12, -0.65), (-0.06, -0.67), (0, -0.65), (0.01, -0.56)),
        ],
        "#d9b04a",
    )
    pen.fill(box(0.12, -0.84, 0.46, 0.6), coat, darker(rgb(coat), 0.2))
    pen.fill(box(0.19, -0.74, 0.31, 0.22, 0.02), "#ffe0a0", "#e8a85a", lit=True)
    pen.fill(box(0.06, -0.9, 0.6, 0.07, 0.03), dark)
    pen.fill(poly((-0.9, -0.22), (-1.1, 0.0), (-0.78, 0.0)), dark)
    pen.fill(ellipse(-0.88, -0.66, 0.06), "#fff4c8", lit=True)
    pen.glow(-0.9, -0.66, 0.5, "#ffe8a0", 0.9)
    for x, r in ((-0.68, 0.12), (-0.34, 0.165), (0.02, 0.165), (0.36, 0.165)):
        _wheel(pen, x, r)
    pen.fill(box(-0.36, -0.2, 0.74, 0.035, 0.015), "#c9ced6")


def _coach(pen: Pen, coat: str) -> None:
    pen.fill(box(-0.06, -0.16, 0.2, 0.05), "#2b2e38")
    pen.fill(box(0.02, -0.7, 1.32, 0.54, 0.03), coat, darker(rgb(coat), 0.22))
    pen.fill(box(0.0, -0.76, 1.36, 0.07, 0.03), "#d9d2c4")
    pen.fill(box(0.02, -0.32, 1.32, 0.035), "#f0e2c0")
    pen.fill([box(0.1 + 0.2 * i, -0.62, 0.14, 0.2, 0.02) for i in range(6)], "#ffe8b0", "#f0b86a", lit=True)
    for x in (0.24, 0.46, 0.94, 1.16):
        _wheel(pen, x, 0.1)


def plane(pen: Pen, stage: Stage) -> None:
    coat = ("#c8382f", "#2f6fb0", "#e08a2f", "#3f8f7a")[int(stage.rng.integers(4))]
    pen = pen.at(0, -0.5, 1.2, stage.between(-0.05, 0.2))
    for y in (-0.02, 0.12):
        pen.fill(
            limb((0.7, y), (1.4, y + 0.02), (2.4, y + 0.05), width=0.03, end=0.07), "#ffffff", opacity=0.4, blur=0.03
        )
    pen.fill(poly((0.0, -0.04), (0.3, -0.3), (0.44, -0.3), (0.26, -0.02)), darker(rgb(coat), 0.15))
    pen.fill(poly((0.5, -0.06), (0.68, -0.4), (0.82, -0.4), (0.78, 0.0)), coat)
    pen.fill(
        curve(
            (-0.82, 0.04),
            (-0.72, -0.07),
            (-0.45, -0.13),
            (0.3, -0.12),
            (0.8, -0.06),
            (0.84, -0.02),
            (0.4, 0.12),
            (-0.4, 0.15),
            (-0.74, 0.12),
        ),
        "#fafbfc",
        "#c3cbd6",
    )
    pen.fill(curve((-0.78, 0.08), (-0.3, 0.06), (0.4, 0.02), (0.83, -0.03), (0.4, 0.08), (-0.4, 0.11)), coat)
    pen.fill(curve((-0.74, -0.03), (-0.66, -0.09), (-0.56, -0.1), (-0.58, -0.02)), "#2f4f6f")
    pen.fill([ellipse(x, -0.035, 0.022, 0.028) for x in np.arange(-0.44, 0.5, 0.085)], "#3f6f96")
    pen.fill(
        poly((-0.16, 0.05), (0.16, 0.05), (0.42, 0.44), (0.26, 0.44)), lighter(rgb(coat), 0.1), darker(rgb(coat), 0.1)
    )
    pen.fill(box(-0.06, 0.18, 0.26, 0.1, 0.05), "#e6eaf0")
    pen.fill(poly((0.58, -0.02), (0.76, -0.02), (0.94, 0.14), (0.84, 0.14)), coat)


def balloon(pen: Pen, stage: Stage) -> None:
    schemes = (("#d9403a", "#f6c44a", "#f6efe0"), ("#2f7fb8", "#f4f0e4", "#f09a3c"), ("#7a4fa8", "#f0a0b8", "#f8e0a0"))
    colours = schemes[int(stage.rng.integers(3))]
    for dx, dy, size in ((1.15, -0.75, 0.34), (-1.0, -0.42, 0.24), (0.0, 0.0, 1.0)):
        part = pen.at(dx, dy, size)
        edges = np.linspace(-1, 1, 8)
        for i in range(7):
            a, b = edges[i], edges[i + 1]
            part.fill(_gore(a, b), colours[i % 3], darker(rgb(colours[i % 3]), 0.15))
        shade = _gore(0.2, 1.0) if (stage.canvas.light[0] < 0) != part.flip else _gore(-1.0, -0.2)
        part.fill(shade, "#1a1838", opacity=0.2, blur=0.03)
        part.fill([line(np.array([[s * 0.09, -0.29], [s * 0.065, -0.12]]), 0.008) for s in (-1, 0.3, 1)], "#4a3a30")
        part.fill(box(-0.075, -0.13, 0.15, 0.12, 0.02), "#a8713f", "#7a4a28", texture=0.3)
        part.fill(box(-0.085, -0.14, 0.17, 0.025, 0.01), "#5a3a24")
        part.glow(0, -0.26, 0.18, "#ffb84a", 0.7)


def _gore(a: float, b: float) -> np.ndarray:
    y = np.array([-1.0, -0.97, -0.88, -0.72, -0.58, -0.44, -0.34, -0.28])
    half = np.array([0.0, 0.15, 0.29, 0.36, 0.34, 0.24, 0.14, 0.09])
    left, right = (
        curve(*zip(half * a, y, strict=True), closed=False),
        curve(*zip(half * b, y, strict=True), closed=False),
    )
    return np.concatenate([left, right[::-1]])


def bicycle(pen: Pen, stage: Stage) -> None:
    coat = COATS[int(stage.rng.integers(4))]
    pen.shade_under(1.3, 0.45)
    for x in (-0.45, 0.45):
        pen.fill(line(ellipse(x, -0.3, 0.28), 0.035), "#25272e")
        pen.fill(
            [
                line(np.array([[x, -0.3], [x + math.cos(t) * 0.27, -0.3 + math.sin(t) * 0.27]]), 0.006)
                for t in np.linspace(0, 6.28, 13)
            ],
            "#c9ced6",
        )
    frame = [
        [(-0.45, -0.3), (-0.32, -0.72)],
        [(-0.33, -0.66), (0.16, -0.66)],
        [(-0.34, -0.62), (-0.02, -0.28)],
        [(0.16, -0.7), (-0.02, -0.28)],
        [(0.45, -0.3), (-0.02, -0.28)],
        [(0.45, -0.3), (0.15, -0.64)],
    ]
    pen.fill([line(np.array(tube), 0.035) for tube in frame], coat)
    pen.fill(
        [
            curve((0.04, -0.8), (0.28, -0.8), (0.26, -0.74), (0.1, -0.73)),
            line(np.array([[0.16, -0.7], [0.17, -0.78]]), 0.025),
        ],
        "#3a2a22",
    )
    pen.fill(limb((-0.32, -0.72), (-0.3, -0.86), (-0.42, -0.88), (-0.46, -0.8), width=0.03), "#3a2a22")
    pen.fill([ellipse(-0.02, -0.28, 0.07), line(np.array([[-0.02, -0.28], [0.06, -0.13]]), 0.02)], "#9aa2ae")
