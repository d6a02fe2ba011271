"""Sport, music and people."""

from __future__ import annotations

import math

import numpy as np

from pipeline.providers.local.drawing import figure, look
from pipeline.providers.local.drawing.colour import darker, lighter, rgb
from pipeline.providers.local.drawing.shapes import box, curve, ellipse, limb, line, poly
from pipeline.providers.local.drawing.stage import Pen, Stage

SKINS = ("#f2c9a4", "#d9a06f", "#a86f48", "#6f4630", "#e8b48a")
SHIRTS = ("#d9483a", "#2f7fb8", "#f0b03c", "#3f9f7a", "#8a5fc0", "#f0709a")


def runner(pen: Pen, stage: Stage) -> None:
    for dx, size in ((0.85, 0.78), (-0.75, 0.84), (0.0, 1.0)):
        shirt, skin = SHIRTS[int(stage.rng.integers(6))], SKINS[int(stage.rng.integers(5))]
        _one_runner(pen.at(dx, -0.1 * (1 - size), size), shirt, skin)


def _one_runner(pen: Pen, shirt: str, skin: str) -> None:
    pen.shade_under(0.7, 0.45)
    dark = darker(rgb(skin), 0.15)
    pen.fill(limb((-0.05, -0.68), (0.1, -0.6), (0.2, -0.68), width=0.07, end=0.05), dark)
    pen.fill(limb((0.05, -0.44), (0.2, -0.32), (0.38, -0.28), width=0.12, end=0.06), dark)
    pen.fill(limb((0.36, -0.3), (0.42, -0.24), (0.44, -0.18), width=0.075, end=0.06), "#e8602f")
    pen.fill(limb((0.0, -0.44), (-0.17, -0.36), (-0.16, -0.16), (-0.2, -0.02), width=0.125, end=0.06), skin)
    pen.fill(curve((-0.16, -0.04), (-0.24, -0.05), (-0.33, -0.01), (-0.32, 0.02), (-0.15, 0.02)), "#e8602f")
    pen.fill(curve((-0.12, -0.52), (0.1, -0.52), (0.17, -0.37), (0.06, -0.36), (0.0, -0.42), (-0.16, -0.36)), "#2b3040")
    pen.fill(curve((-0.16, -0.78), (-0.02, -0.81), (0.05, -0.74), (0.1, -0.5), (-0.1, -0.48), (-0.14, -0.62)), shirt)
    pen.fill(box(-0.09, -0.69, 0.11, 0.1, 0.01), "#f8f6f0")
    pen.fill(limb((-0.1, -0.74), (-0.02, -0.6), (-0.18, -0.56), (-0.25, -0.62), width=0.075, end=0.05), skin)
    pen.fill(limb((-0.08, -0.79), (-0.1, -0.84), width=0.07), dark)
    pen.fill(ellipse(-0.12, -0.92, 0.085, 0.095), skin)
    pen.fill(
        curve((-0.18, -0.95), (-0.14, -1.02), (-0.05, -1.01), (-0.02, -0.92), (-0.06, -0.88), (-0.09, -0.95)), "#33241e"
    )
    pen.fill(limb((-0.19, -0.965), (-0.1, -0.975), (-0.03, -0.955), width=0.022), shirt)


def football(pen: Pen, stage: Stage) -> None:
    pen.shade_under(1.0, 0.5)
    pen.fill(ellipse(0, -0.44, 0.45), "#fbfaf7", "#d3d6dc")
    patches = [_pentagon(0, -0.44, 0.15, 0.0, 1.0)]
    for t in np.linspace(-math.pi / 2, 1.5 * math.pi, 5, endpoint=False):
        x, y = math.cos(t), math.sin(t)
        patches.append(_pentagon(x * 0.36, -0.44 + y * 0.36, 0.12, t, 0.55))
        pen.fill(line(np.array([[x * 0.15, -0.44 + y * 0.15], [x * 0.3, -0.44 + y * 0.3]]), 0.012), "#3a3f4a")
        a = t + math.pi / 5
        pen.fill(
            line(np.array([[x * 0.31, -0.44 + y * 0.31], [math.cos(a) * 0.3, -0.44 + math.sin(a) * 0.3]]), 0.01),
            "#3a3f4a",
        )
    pen.fill(patches, "#23262f")


def _pentagon(x: float, y: float, r: float, turn: float, squash: float) -> np.ndarray:
    angles = np.linspace(0, 2 * math.pi, 5, endpoint=False) + (0 if squash < 1 else -math.pi / 2)
    across, along = np.cos(angles) * r * squash, np.sin(angles) * r
    cos, sin = math.cos(turn), math.sin(turn)
    return np.stack([x + across * cos - along * sin, y + across * sin + along * cos], axis=1)


def trophy(pen: Pen, stage: Stage) -> None:
    pen.shade_under(0.9, 0.5)
    pen.glow(0, -0.65, 0.9, "#ffd86a", 0.5)
    gold = "#f0b83c"
    pen.fill([box(-0.26, -0.1, 0.52, 0.12, 0.02), box(-0.2, -0.2, 0.4, 0.11, 0.02)], "#3a2c28")
    pen.fill(box(-0.1, -0.16, 0.2, 0.05, 0.01), "#e8c050")
    for side in (-1, 1):
        pen.fill(
            limb((side * 0.26, -0.86), (side * 0.46, -0.84), (side * 0.42, -0.64), (side * 0.2, -0.54), width=0.05),
            darker(rgb(gold), 0.15),
        )
    pen.fill(curve((-0.05, -0.48), (-0.045, -0.3), (-0.16, -0.2), (0.16, -0.2), (0.045, -0.3), (0.05, -0.48)), gold)
    pen.fill(
        curve((-0.32, -0.95), (-0.3, -0.7), (-0.2, -0.5), (0, -0.43), (0.2, -0.5), (0.3, -0.7), (0.32, -0.95)),
        lighter(rgb(gold), 0.25),
        darker(rgb(gold), 0.1),
    )
    pen.fill(ellipse(0, -0.95, 0.325, 0.055), lighter(rgb(gold), 0.45))
    star = [
        (math.cos(a) * r, -0.72 + math.sin(a) * r)
        for a, r in zip(np.linspace(-math.pi / 2, 1.5 * math.pi, 10, endpoint=False), [0.12, 0.05] * 5, strict=True)
    ]
    pen.fill(poly(*star), "#fff6d8")
    pen.fill(
        limb((-0.25, -0.88), (-0.23, -0.7), (-0.16, -0.58), width=0.04, end=0.012), "#fffbe8", lit=True, opacity=0.8
    )


def guitar(pen: Pen, stage: Stage) -> None:
    wood = ("#c8783a", "#b8352c", "#e0b060", "#3f5f9a")[int(stage.rng.integers(4))]
    pen.shade_under(0.6, 0.5)
    pen = pen.at(0, -0.02, 1.05, 0.22)
    pen.fill(box(-0.035, -0.92, 0.07, 0.58), "#5a3a26")
    pen.fill([box(-0.035, -0.88 + 0.05 * i, 0.07, 0.006) for i in range(10)], "#d9c9a0")
    pen.fill(poly((-0.05, -0.91), (0.05, -0.91), (0.062, -1.05), (-0.062, -1.05)), "#3f2a1e")
    pen.fill([ellipse(s * 0.075, -1.02 + 0.04 * i, 0.017) for s in (-1, 1) for i in range(3)], "#d9dde4")
    body = curve(
        (0, -0.45),
        (0.12, -0.47),
        (0.19, -0.38),
        (0.135, -0.28),
        (0.23, -0.15),
        (0.2, -0.02),
        (0, 0.02),
        (-0.2, -0.02),
        (-0.23, -0.15),
        (-0.135, -0.28),
        (-0.19, -0.38),
        (-0.12, -0.47),
    )
    pen.fill(body, darker(rgb(wood), 0.45))
    pen.fill(body * (0.93, 0.93) + (0, -0.016), lighter(rgb(wood), 0.15), wood, texture=0.14)
    pen.fill(ellipse(0, -0.28, 0.075), "#e8cf9a")
    pen.fill(ellipse(0, -0.28, 0.062), "#2a1a14")
    pen.fill(box(-0.08, -0.11, 0.16, 0.03, 0.01), "#3f2a1e")
    pen.fill([box(-0.026 + 0.0104 * i, -0.98, 0.003, 0.88) for i in range(6)], "#f4f0e4", opacity=0.9)
    pen.fill(limb((-0.15, -0.4), (-0.13, -0.33), (-0.1, -0.29), width=0.022, end=0.008), "#ffffff", opacity=0.5)


def piano(pen: Pen, stage: Stage) -> None:
    pen = pen.at(0, 0, 1.1)
    pen.shade_under(1.6, 0.55)
    black = "#23242c"
    pen.fill(
        [poly((x - 0.04, -0.36), (x + 0.04, -0.36), (x + 0.022, 0), (x - 0.022, 0)) for x in (-0.6, 0.0, 0.58)], black
    )
    pen.fill(
        curve((-0.6, -0.62), (-0.3, -0.95), (0.2, -1.02), (0.66, -0.86), (0.72, -0.6), steps=8), "#33353f", "#191a20"
    )
    pen.fill(line(np.array([[0.3, -0.58], [0.4, -0.9]]), 0.016), "#8a7a5a")
    pen.fill(
        curve((-0.72, -0.56), (0.0, -0.62), (0.7, -0.6), (0.8, -0.5), (0.7, -0.42), (-0.72, -0.4), steps=6),
        "#b8863f",
        "#6f4a22",
    )
    pen.fill(box(-0.74, -0.52, 1.5, 0.2, 0.05), lighter(rgb(black), 0.1), black)
    pen.fill(poly((-0.86, -0.46), (0.5, -0.46), (0.56, -0.38), (-0.94, -0.38)), "#f8f5ee")
    pen.fill(
        [
            poly((x, -0.46), (x + 0.026, -0.46), (x + 0.024, -0.415), (x - 0.004, -0.415))
            for i, x in enumerate(np.arange(-0.82, 0.46, 0.051))
            if i % 7 not in (2, 6)
        ],
        "#1a1b20",
    )
    pen.fill(box(-0.94, -0.385, 1.52, 0.05, 0.01), black)
    pen.fill(limb((-0.55, -0.72), (-0.2, -0.96), (0.2, -0.98), width=0.02, end=0.008), "#ffffff", opacity=0.5)


def microphone(pen: Pen, stage: Stage) -> None:
    pen.shade_under(0.5, 0.5)
    pen.fill([box(-0.014, -0.66, 0.028, 0.66), ellipse(0, -0.01, 0.2, 0.04)], "#3a3d48")
    pen = pen.at(0, -0.66, 1.0, -0.35)
    pen.fill(poly((-0.04, 0.1), (0.04, 0.1), (0.07, -0.16), (-0.07, -0.16)), "#4a4e5c", "#2b2e38")
    pen.fill(box(-0.085, -0.2, 0.17, 0.05, 0.015), "#c9a44a")
    pen.fill(ellipse(0, -0.28, 0.12, 0.13), "#d3d7de", "#8a909c")
    mesh = [
        line(curve((-0.12, -0.28 + y), (0, -0.25 + y), (0.12, -0.28 + y), closed=False), 0.006)
        for y in (-0.08, -0.04, 0.0, 0.04)
    ]
    mesh += [
        line(curve((x, -0.39), (x * 1.5, -0.28), (x, -0.18), closed=False), 0.006) for x in (-0.06, -0.02, 0.02, 0.06)
    ]
    pen.fill(mesh, "#5a606c")
    pen.glow(-0.04, -0.34, 0.3, "#ffffff", 0.4)


def people(pen: Pen, stage: Stage) -> None:
    """A small group, each with their own looks."""

    count = 3
    for index, x in enumerate((-0.52, 0.52, 0.0)[:count]):
        size = (0.9, 0.86, 1.0)[index]
        person = look.from_words(f"passer-by {int(stage.rng.integers(1000))}", "person")
        figure.draw(
            pen.at(x, -0.06 * (1 - size), size),
            person,
            figure.Pose(arm=stage.between(0, 1), turn=(-0.4, 0.4, 0.0)[index]),
        )
