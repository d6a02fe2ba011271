"""What lies on a table: food, drink, books and ideas."""

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
    lands = (curve((-0.24, -0.8), (-0.02, -0.84), (-0.05, -0.7), (-0.16, -0.62), (-0.1, -0.52), (-0.2, -0.56), (-0.31, -0.66)),
             curve((-0.12, -0.5), (0.0, -0.46), (-0.04, -0.34), (-0.1, -0.23), (-0.15, -0.38)),
             curve((0.1, -0.82), (0.26, -0.78), (0.33, -0.62), (0.24, -0.6), (0.26, -0.44), (0.15, -0.34), (0.08, -0.52), (0.04, -0.66)))  # fmt: skip
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
