"""Things that sail, and things that stand by the sea."""

from __future__ import annotations

import math

import numpy as np

from pipeline.providers.local.drawing.shapes import box, curve, ellipse, limb, line, poly
from pipeline.providers.local.drawing.stage import Pen, Stage
from pipeline.providers.local.drawing.things.sealife import wake


def sailboat(pen: Pen, stage: Stage) -> None:
    trim = ("#c8433a", "#24507f", "#e0a03c", "#2f7a6a")[int(stage.rng.integers(4))]
    pen.fill(limb((0.0, 0.0), (0.0, 0.12), (0.05, 0.26), width=0.3, end=0.04), "#eef1f0", opacity=0.2, blur=0.01)
    pen = pen.at(0, 0, 1.0, stage.between(-0.06, 0.1))
    pen.fill(box(-0.012, -0.98, 0.02, 0.88), "#6b4a33")
    pen.fill(
        curve((0.015, -0.95), (0.17, -0.6), (0.3, -0.2), (0.3, -0.17), (0.015, -0.17), (0.013, -0.6)),
        "#fbf7ec",
        "#e6dac4",
    )
    pen.fill(poly((0.02, -0.46), (0.2, -0.46), (0.245, -0.36), (0.02, -0.36)), trim, opacity=0.9)
    pen.fill(
        curve((-0.03, -0.9), (-0.1, -0.55), (-0.3, -0.19), (-0.29, -0.17), (-0.05, -0.2), (-0.02, -0.5)),
        "#fdfaf2",
        "#dccfb8",
    )
    pen.fill(
        [line(np.array([[-0.16 - 0.02 * i, -0.4 + 0.1 * i], [-0.04, -0.38 + 0.09 * i]]), 0.004) for i in range(3)],
        "#b8a88e",
    )
    pen.fill(box(-0.02, -0.17, 0.34, 0.016), "#6b4a33")
    pen.fill(poly((0.01, -0.98), (0.1, -0.955), (0.01, -0.93)), trim)
    hull = curve(
        (-0.4, -0.12),
        (-0.2, -0.1),
        (0.1, -0.1),
        (0.36, -0.12),
        (0.34, -0.04),
        (0.25, 0.01),
        (-0.2, 0.01),
        (-0.32, -0.05),
    )
    pen.fill(hull, "#f4f0e6", "#c9bfae")
    pen.fill(poly((-0.37, -0.1), (0.355, -0.1), (0.35, -0.075), (-0.35, -0.075)), trim)
    pen.fill(box(-0.1, -0.155, 0.2, 0.055, 0.015), "#a87a4f")
    wake(pen, 0.34)


def ship(pen: Pen, stage: Stage) -> None:
    """A tall ship under full sail."""
    wood = "#6d452c"
    for x, high in ((-0.3, 0.82), (0.0, 1.0), (0.28, 0.86)):
        pen.fill(box(x - 0.01, -high, 0.02, high - 0.12), "#54402f")
        for row, (low, tall) in enumerate(((0.2, 0.24), (0.46, 0.2), (0.68, 0.15))):
            top = low + tall
            if top < high:
                half = 0.15 - 0.03 * row
                sail = curve(
                    (x - half * 0.85, -top),
                    (x + half * 0.85, -top),
                    (x + half * 1.25, -low - tall * 0.4),
                    (x + half, -low),
                    (x, -low - 0.025),
                    (x - half, -low),
                    (x - half * 0.75, -low - tall * 0.5),
                )
                pen.fill(sail, "#faf3e0", "#dcc9a6")
        pen.fill(poly((x, -high - 0.02), (x + 0.09, -high), (x, -high + 0.02)), "#c8433a")
    pen.fill(line(np.array([[0.38, -0.16], [0.62, -0.32]]), 0.02, 0.01), "#54402f")
    pen.fill(poly((0.3, -0.72), (0.6, -0.3), (0.38, -0.24)), "#f4ead2")
    hull = curve(
        (-0.5, -0.28),
        (-0.46, -0.17),
        (0.0, -0.13),
        (0.36, -0.17),
        (0.48, -0.2),
        (0.4, -0.04),
        (0.3, 0.01),
        (-0.34, 0.01),
        (-0.46, -0.08),
    )
    pen.fill(hull, wood, "#3f281c", texture=0.2)
    pen.fill(limb((-0.48, -0.15), (0, -0.085), (0.42, -0.12), width=0.022), "#d9a850")
    pen.fill([box(x, -0.085, 0.03, 0.03) for x in np.arange(-0.36, 0.32, 0.09)], "#24170f")
    wake(pen, 0.42)


def lighthouse(pen: Pen, stage: Stage) -> None:
    rock = curve((-0.6, 0.06), (-0.42, -0.1), (-0.2, -0.16), (0.1, -0.17), (0.35, -0.1), (0.62, 0.06))
    pen.fill(rock, "#7d746c", "#4f4a4a", texture=0.4)
    red = ("#c8433a", "#2f5f8f", "#3d3f4c")[int(stage.rng.integers(3))]
    pen.fill(poly((-0.115, -0.12), (0.115, -0.12), (0.07, -0.8), (-0.07, -0.8)), "#f6f2ea")
    for low, high in ((0.22, 0.36), (0.5, 0.64)):
        a, b = 0.115 - 0.066 * (low - 0.12), 0.115 - 0.066 * (high - 0.12)
        pen.fill(poly((-a, -low), (a, -low), (b, -high), (-b, -high)), red)
    pen.fill(box(-0.1, -0.82, 0.2, 0.03), "#3a3f4a")
    pen.fill(box(-0.052, -0.91, 0.104, 0.09), "#ffe9a8", lit=True)
    pen.fill(curve((-0.075, -0.9), (0, -1.0), (0.075, -0.9)), red)
    pen.fill(
        [box(-0.02, -0.22, 0.04, 0.1), box(-0.014, -0.45, 0.028, 0.045), box(-0.012, -0.72, 0.024, 0.04)], "#39465a"
    )
    pen.fill(poly((0.14, -0.13), (0.38, -0.11), (0.38, -0.24), (0.14, -0.26)), "#efe6d6")
    pen.fill(poly((0.11, -0.25), (0.26, -0.36), (0.41, -0.23)), red)
    pen.glow(0, -0.865, 0.5, "#fff0b8", 1.0)
    if stage.palette.dark or stage.brief.weather in ("fog", "storm"):
        for side in (-1, 1):
            pen.fill(
                poly((0, -0.88), (side * 2.6, -1.15), (side * 2.6, -0.66), (0, -0.85)),
                "#ffefb8",
                lit=True,
                opacity=0.3,
                blur=0.03,
            )


def palm(pen: Pen, stage: Stage) -> None:
    pen.fill(
        curve((-0.62, 0.05), (-0.3, -0.05), (0.05, -0.08), (0.4, -0.04), (0.66, 0.05), (0, 0.09)),
        "#ead3a0",
        "#c9a870",
        texture=0.1,
    )
    for dx, size, lean in ((0.14, 0.72, 0.12), (0.0, 0.96, -0.14)):
        part = pen.at(dx, -0.05, size)
        top = (lean * 1.5, -0.74)
        part.fill(limb((0, 0.02), (lean * 0.3, -0.3), top, width=0.06, end=0.032), "#8a6a48", texture=0.3)
        for turn in np.linspace(-0.25, math.pi + 0.25, 9):
            reach = (math.cos(turn) * 0.36, -math.sin(turn) * 0.26)
            end = (top[0] + reach[0] * 1.1, top[1] + reach[1] * 0.7 + 0.2)
            mid = (top[0] + reach[0] * 0.6, top[1] + reach[1] - 0.02)
            spine = curve(top, mid, end, closed=False)
            width = 0.1 * np.sin(np.linspace(0.15, math.pi, len(spine)))[:, None]
            leaf = np.concatenate([spine - (0, 0.01), (spine + np.concatenate([width * 0, width], axis=1))[::-1]])
            part.fill(leaf, "#4f8a45" if turn < 1.6 else "#3b7040")
        part.fill([ellipse(top[0] + s * 0.03, top[1] + 0.03, 0.026) for s in (-1, 0.2, 1)], "#6b4a2c")


def bridge(pen: Pen, stage: Stage) -> None:
    """A suspension bridge across the whole picture."""
    colour = ("#b8483a", "#6f7c8a", "#8a7a6a")[int(stage.rng.integers(3))]
    reach = 2.6
    pen.fill(box(-reach, -0.3, 2 * reach, 0.05), colour)
    for side in (-0.75, 0.75):
        pen.fill([box(side - 0.075, -1, 0.045, 1.05), box(side + 0.03, -1, 0.045, 1.05)], colour)
        pen.fill([box(side - 0.075, y, 0.15, 0.035) for y in (-0.98, -0.75, -0.52)], colour)
        pen.fill(box(side - 0.14, -0.02, 0.28, 0.08), "#77736e")
    x = np.linspace(-reach, reach, 90)
    sag = np.where(
        np.abs(x) < 0.75, -0.36 - 0.6 * (x / 0.75) ** 2, -0.96 + 0.62 * np.clip((np.abs(x) - 0.75) / 1.4, 0, 1) ** 0.75
    )
    pen.fill(line(np.stack([x, sag], axis=1), 0.016), colour)
    pen.fill(
        [box(float(a), float(b), 0.005, float(-0.3 - b)) for a, b in zip(x[::2], sag[::2], strict=True) if b < -0.31],
        colour,
        opacity=0.9,
    )
    if stage.palette.dark:
        for at in np.arange(-reach, reach, 0.22):
            pen.glow(float(at), -0.33, 0.07, "#ffd98a", 1.0)
