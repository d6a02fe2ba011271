"""Food and drink on a table."""

from __future__ import annotations

import math

import numpy as np

from pipeline.providers.local.drawing.colour import darker, lighter, rgb
from pipeline.providers.local.drawing.shapes import arc, box, curve, ellipse, limb, line
from pipeline.providers.local.drawing.stage import Pen, Stage

GLAZES = ("#f4f1ea", "#3f7f8a", "#c8553d", "#2f4f7a", "#e0b04a")


def _steam(pen: Pen, y: float, wide: float) -> None:
    for x, shift in ((-0.5, 0.0), (0.0, 0.8), (0.5, 1.7)):
        path = [(x * wide + 0.05 * math.sin(t * 5 + shift), y - t * 0.5) for t in np.linspace(0, 1, 6)]
        pen.fill(limb(*path, width=0.05, end=0.015), "#ffffff", lit=True, opacity=0.42, blur=0.016)


def cup(pen: Pen, stage: Stage) -> None:
    glaze = GLAZES[int(stage.rng.integers(5))]
    pen = pen.at(0, 0, 0.9)
    pen.shade_under(1.25, 0.5)
    pen.fill(ellipse(0, -0.03, 0.58, 0.13), darker(rgb(glaze), 0.1))
    pen.fill(ellipse(0, -0.05, 0.54, 0.11), lighter(rgb(glaze), 0.15))
    pen.fill(ellipse(0, -0.055, 0.33, 0.06), darker(rgb(glaze), 0.3), opacity=0.6)
    handle = line(arc(0.4, -0.38, 0.18, 0.16, -1.9, 1.9), 0.07)
    pen.fill(handle, darker(rgb(glaze), 0.12))
    body = curve(
        (-0.44, -0.62),
        (-0.42, -0.36),
        (-0.3, -0.12),
        (-0.18, -0.06),
        (0.18, -0.06),
        (0.3, -0.12),
        (0.42, -0.36),
        (0.44, -0.62),
    )
    pen.fill(body, lighter(rgb(glaze), 0.1), darker(rgb(glaze), 0.12))
    pen.fill(ellipse(0, -0.62, 0.44, 0.115), lighter(rgb(glaze), 0.3))
    pen.fill(ellipse(0, -0.61, 0.405, 0.095), "#6b3f22", "#8a552e")
    pen.fill(ellipse(0, -0.605, 0.34, 0.075), "#c99a66")
    heart = curve((0, -0.585), (-0.12, -0.625), (-0.07, -0.65), (0, -0.632), (0.07, -0.65), (0.12, -0.625))
    pen.fill(heart * (1.6, 1.15) + (0, 0.095), "#f7e6cc", model=False)
    _steam(pen, -0.68, 0.3)
    for x, y, turn in ((-0.75, 0.06, 0.4), (-0.86, 0.0, -0.5), (-0.66, 0.12, 1.2), (0.8, 0.1, 0.2)):
        bean = pen.at(x, y, 0.075, turn)
        bean.fill(ellipse(0, 0, 1.0, 0.66), "#5a3420")
        bean.fill(limb((-0.8, 0.05), (0, -0.12), (0.8, 0.05), width=0.14), "#2f1a10")


def bread(pen: Pen, stage: Stage) -> None:
    pen.shade_under(1.8, 0.5)
    pen.fill(
        curve((-0.95, 0.06), (-0.88, -0.04), (0.88, -0.04), (0.95, 0.06), (0.8, 0.12), (-0.8, 0.12)),
        "#b98552",
        "#8f5f38",
        texture=0.25,
    )
    loaf = curve(
        (-0.72, -0.02), (-0.78, -0.26), (-0.55, -0.5), (-0.1, -0.58), (0.4, -0.52), (0.68, -0.28), (0.62, -0.02)
    )
    pen.fill(loaf, "#d99a4e", "#a8652c", texture=0.35)
    for x in (-0.45, -0.18, 0.1, 0.36):
        pen.fill(curve((x - 0.05, -0.46), (x + 0.06, -0.5), (x + 0.17, -0.22), (x + 0.1, -0.2)), "#f4d9a4", texture=0.2)
    pen.fill(
        curve((0.42, 0.06), (0.36, -0.2), (0.42, -0.36), (0.6, -0.42), (0.8, -0.36), (0.86, -0.2), (0.8, 0.06)),
        "#b0702f",
    )
    pen.fill(
        curve((0.46, 0.03), (0.41, -0.18), (0.47, -0.32), (0.6, -0.37), (0.76, -0.32), (0.81, -0.18), (0.76, 0.03)),
        "#f6e4bd",
        texture=0.3,
    )
    for side in (-1, 1):
        pen.fill(limb((-0.9 + side * 0.03, 0.1), (-1.0, -0.2), (-1.06 + side * 0.06, -0.6), width=0.012), "#c9a04a")
        pen.fill(
            [ellipse(-1.06 + side * (0.06 + 0.035 * (i % 2)), -0.6 + 0.045 * i, 0.025, 0.045) for i in range(5)],
            "#e0b85a",
        )


def cake(pen: Pen, stage: Stage) -> None:
    pen.shade_under(1.4, 0.5)
    pen.fill(ellipse(0, -0.04, 0.66, 0.13), "#f4f1ec")
    icing = ("#f6c8d4", "#fff1dc", "#8a5a3c")[int(stage.rng.integers(3))]
    for y, half, high in ((-0.07, 0.5, 0.3), (-0.38, 0.36, 0.26)):
        side = curve(
            (-half, y), (0, y + 0.09), (half, y), (half, y - high), (0, y - high + 0.06), (-half, y - high), steps=4
        )
        pen.fill(
            np.concatenate([arc(0, y, half, 0.09, 0, math.pi), [[-half, y - high], [half, y - high]]]),
            "#e8b87a",
            "#c98f54",
            texture=0.2,
        )
        drips = [
            (half * math.cos(t), y - high + 0.07 * math.sin(t) + (0.11 if i % 2 else 0.03))
            for i, t in enumerate(np.linspace(0, math.pi, 13))
        ]
        pen.fill(
            np.concatenate([curve(*drips, closed=False), side[:0], arc(0, y - high, half, 0.09, math.pi, 2 * math.pi)]),
            icing,
        )
        pen.fill(ellipse(0, y - high, half, 0.09), lighter(rgb(icing), 0.25))
    for x in (-0.18, 0.0, 0.18):
        pen.fill(box(x - 0.014, -0.84, 0.028, 0.2), "#6fb0d8")
        pen.glow(x, -0.89, 0.2, "#ffb84a", 0.9)
        pen.fill(curve((x, -0.96), (x + 0.022, -0.88), (x, -0.84), (x - 0.022, -0.88)), "#fff0b0", "#ff9a3c", lit=True)
    pen.fill(
        [ellipse(0.3 * math.cos(t), -0.64 + 0.06 * math.sin(t), 0.042) for t in np.linspace(0.2, 3.0, 6)], "#d0283a"
    )


def pizza(pen: Pen, stage: Stage) -> None:
    pen = pen.at(0, -0.1, 1.2)
    pen.shade_under(1.5, 0.5)
    pen.fill(ellipse(0, 0.02, 0.74, 0.29), "#9a6a40", texture=0.2)
    pen.fill(ellipse(0, -0.03, 0.66, 0.25), "#d9984a", "#b87432", texture=0.3)
    pen.fill(ellipse(0, -0.035, 0.57, 0.205), "#d0452c")
    pen.fill(ellipse(0, -0.04, 0.55, 0.195), "#f6cf6a", texture=0.4, opacity=0.9)
    for t, r in zip(
        np.linspace(0, 6.28, 9, endpoint=False), (0.7, 0.35, 0.75, 0.5, 0.8, 0.3, 0.7, 0.55, 0.1), strict=True
    ):
        pen.fill(ellipse(math.cos(t) * 0.5 * r, -0.04 + math.sin(t) * 0.175 * r, 0.075, 0.033), "#b8302a")
    for t in np.linspace(0.5, 6.5, 7):
        pen.fill(ellipse(math.cos(t) * 0.3, -0.05 + math.sin(t) * 0.11, 0.06, 0.02, turn=t), "#3f8a3c")
    _steam(pen, -0.18, 0.4)


def fruit(pen: Pen, stage: Stage) -> None:
    pen.shade_under(1.6, 0.5)
    for x, y, r, colour in (
        (-0.36, -0.52, 0.2, "#d0322f"),
        (0.0, -0.62, 0.22, "#f09a2c"),
        (0.36, -0.54, 0.2, "#8fb83c"),
        (-0.15, -0.44, 0.19, "#f4c93c"),
        (0.2, -0.44, 0.19, "#c83a4a"),
    ):
        pen.fill(ellipse(x, y, r, r * 0.95), lighter(rgb(colour), 0.08), darker(rgb(colour), 0.15))
        pen.fill(limb((x, y - r * 0.85), (x + 0.02, y - r * 1.2), width=0.018), "#5b3d26")
        pen.fill(ellipse(x - r * 0.35, y - r * 0.4, r * 0.2, r * 0.12, turn=-0.6), "#ffffff", opacity=0.55, model=False)
    pen.fill(curve((0.02, -0.84), (0.12, -0.96), (0.24, -0.94), (0.14, -0.84)), "#4f8f3c")
    for i in range(9):
        pen.fill(ellipse(0.52 + 0.07 * (i % 3), -0.5 + 0.075 * (i // 3) + 0.02 * (i % 2), 0.055), "#6b3a7a")
    pen.fill(
        curve((-0.72, -0.42), (0, -0.36), (0.72, -0.42), (0.58, -0.14), (0.26, -0.01), (-0.26, -0.01), (-0.58, -0.14)),
        "#b8743f",
        "#7a4a28",
        texture=0.25,
    )
    pen.fill(line(curve((-0.72, -0.42), (0, -0.355), (0.72, -0.42), closed=False), 0.035), "#d99a5c")


def pot(pen: Pen, stage: Stage) -> None:
    colour = ("#c8452f", "#2f6f7a", "#5a5f6c")[int(stage.rng.integers(3))]
    pen.shade_under(1.4, 0.5)
    _steam(pen, -0.66, 0.6)
    pen.fill(
        [line(arc(s * 0.56, -0.4, 0.13, 0.08, -1.8 if s > 0 else 1.3, 1.8 if s > 0 else 5.0), 0.05) for s in (-1, 1)],
        darker(rgb(colour), 0.3),
    )
    pen.fill(
        curve((-0.54, -0.5), (-0.54, -0.2), (-0.46, -0.03), (0, 0.02), (0.46, -0.03), (0.54, -0.2), (0.54, -0.5)),
        colour,
        darker(rgb(colour), 0.22),
    )
    pen.fill(ellipse(0, -0.52, 0.56, 0.11), lighter(rgb(colour), 0.15))
    pen.fill(ellipse(0, -0.52, 0.5, 0.085), "#e09a3c")
    for x, y, tint in (
        (-0.25, -0.53, "#e8602f"),
        (0.1, -0.5, "#6f9f3c"),
        (0.28, -0.54, "#e8602f"),
        (-0.06, -0.56, "#f4e0b0"),
        (-0.36, -0.5, "#6f9f3c"),
    ):
        pen.fill(ellipse(x, y, 0.06, 0.026), tint)
    pen.fill(limb((0.18, -0.52), (0.4, -0.8), (0.56, -1.0), width=0.045, end=0.06), "#a8713f")
    for x, tint in ((-0.85, "#d0322f"), (-1.02, "#d0322f"), (0.86, "#e8a02c")):
        pen.fill(ellipse(x, -0.1, 0.12, 0.115), tint)
        pen.fill(curve((x - 0.06, -0.2), (x, -0.235), (x + 0.06, -0.2), (x, -0.185)), "#4f8f3c")
