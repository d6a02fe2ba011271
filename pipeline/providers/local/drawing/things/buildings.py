"""Houses, castles, temples, mills."""

from __future__ import annotations

import math

import numpy as np

from pipeline.providers.local.drawing import ground
from pipeline.providers.local.drawing.colour import darker, lighter, rgb
from pipeline.providers.local.drawing.shapes import box, curve, ellipse, line, poly
from pipeline.providers.local.drawing.stage import Pen, Stage


def cabin(pen: Pen, stage: Stage) -> None:
    pen.shade_under(1.3)
    wall, roof = (("#8a5a38", "#4f3a34"), ("#b9a68c", "#8f4336"), ("#a8553f", "#44464f"))[int(stage.rng.integers(3))]
    white = ground.is_white(stage)
    pen.fill(box(0.24, -0.82, 0.12, 0.3), "#7d706a", texture=0.3)
    pen.fill(box(-0.5, -0.42, 1.0, 0.43), wall, darker(rgb(wall), 0.2), texture=0.12)
    pen.fill([box(-0.5, y, 1.0, 0.012) for y in np.arange(-0.38, 0, 0.06)], darker(rgb(wall), 0.45), opacity=0.6)
    pen.fill(
        poly((-0.64, -0.38), (-0.4, -0.76), (0.4, -0.76), (0.64, -0.38)), roof if not white else "#eef4f9", texture=0.14
    )
    pen.fill(poly((-0.64, -0.38), (0.64, -0.38), (0.63, -0.42), (-0.63, -0.42)), darker(rgb(roof), 0.3))
    pen.fill(box(-0.08, -0.3, 0.17, 0.31), "#4a2f22")
    pen.fill(ellipse(0.06, -0.15, 0.012), "#e0b04f")
    for x in (-0.37, 0.2):
        pen.fill(box(x - 0.02, -0.32, 0.2, 0.19), "#efe4d0")
        pen.fill(box(x, -0.3, 0.16, 0.15), "#ffd98a", "#ffb85a", lit=True)
        pen.fill([box(x + 0.074, -0.3, 0.012, 0.15), box(x, -0.23, 0.16, 0.012)], "#efe4d0")
        pen.glow(x + 0.08, -0.22, 0.3, "#ffc870", 0.7 if stage.palette.dark else 0.2)
    for index in range(7):
        puff = ellipse(0.3 + 0.035 * index + 0.03 * math.sin(index * 2.0), -0.88 - 0.075 * index, 0.035 + 0.013 * index)
        pen.fill(puff, "#f2efec", opacity=0.34, blur=0.02)


def pyramid(pen: Pen, stage: Stage) -> None:
    for x, size, depth in ((1.0, 0.6, 0.3), (-0.95, 0.45, 0.4), (0.0, 1.0, 0.1)):
        top = (x + 0.05 * size, -0.95 * size)
        right, left, fold = (x + 0.85 * size, 0.02), (x - 0.85 * size, 0.02), (x + 0.3 * size, 0.05)
        near, far = ("#c48f4c", "#ecc884") if (stage.canvas.light[0] < 0) != pen.flip else ("#ecc884", "#b98446")
        pen.fill(poly(top, fold, left), stage.tone(far, depth * 0.6), texture=0.14, model=False)
        pen.fill(poly(top, right, fold), stage.tone(near, depth * 0.6), texture=0.14, model=False)
        rows = []
        for t in np.linspace(0.06, 0.96, 15):
            y = top[1] + (0.03 - top[1]) * t
            rows.append(
                poly(
                    (top[0] + (left[0] - top[0]) * t, y),
                    (top[0] + (fold[0] - top[0]) * t, y + 0.02 * t),
                    (top[0] + (right[0] - top[0]) * t, y),
                    (top[0] + (fold[0] - top[0]) * t, y + 0.02 * t + 0.007),
                )
            )
        pen.fill(rows, "#7a5230", opacity=0.34, model=False)


def windmill(pen: Pen, stage: Stage) -> None:
    pen.shade_under(0.6)
    pen.fill(poly((-0.2, 0.01), (0.2, 0.01), (0.125, -0.62), (-0.125, -0.62)), "#f2ebdc", "#d3c6b0", texture=0.1)
    pen.fill(poly((-0.2, 0.01), (0.2, 0.01), (0.19, -0.09), (-0.19, -0.09)), "#8f5a40", texture=0.2)
    pen.fill(curve((-0.15, -0.61), (-0.09, -0.74), (0, -0.79), (0.09, -0.74), (0.15, -0.61)), "#9c4a38")
    pen.fill(
        [box(-0.035, -0.17, 0.07, 0.18, 0.03), box(-0.025, -0.4, 0.05, 0.07), box(-0.022, -0.56, 0.044, 0.06)],
        "#4a3528",
    )
    spin = stage.between(0, math.pi / 2)
    for blade in range(4):
        arm = pen.at(0, -0.66, 1.0, spin + blade * math.pi / 2)
        arm.fill(box(-0.009, -0.48, 0.018, 0.48), "#5b4230")
        arm.fill(box(0.01, -0.47, 0.09, 0.36), "#faf4e6", opacity=0.92)
        arm.fill(
            [box(0.01, -0.47 + 0.06 * i, 0.09, 0.006) for i in range(7)] + [box(0.052, -0.47, 0.006, 0.36)], "#7a5f48"
        )
    pen.fill(ellipse(0, -0.66, 0.03), "#4a3528")


def turbine(pen: Pen, stage: Stage) -> None:
    for dx, size in ((-0.75, 0.5), (0.62, 0.66), (0.0, 1.0)):
        part, spin = pen.at(dx, -0.14 * (1 - size), size), stage.between(0, 2)
        part.fill(poly((-0.022, 0), (0.022, 0), (0.011, -0.68), (-0.011, -0.68)), "#f4f6f8")
        for blade in range(3):
            arm = part.at(0, -0.69, 1.0, spin + blade * 2 * math.pi / 3)
            arm.fill(
                curve((-0.01, 0), (-0.022, -0.09), (-0.004, -0.36), (0.006, -0.36), (0.014, -0.09), (0.01, 0)),
                "#fafbfc",
            )
        part.fill(ellipse(0, -0.69, 0.024), "#d9dee4")


def barn(pen: Pen, stage: Stage) -> None:
    pen.shade_under(1.4)
    pen.fill(box(0.52, -0.86, 0.24, 0.88, 0.02), "#c9ced4")
    pen.fill(curve((0.5, -0.84), (0.55, -0.96), (0.64, -1.0), (0.73, -0.96), (0.78, -0.84)), "#9aa2ac")
    pen.fill([box(0.52, y, 0.24, 0.01) for y in np.arange(-0.76, 0, 0.14)], "#98a0aa")
    pen.fill(poly((-0.02, -0.84), (0.5, -0.84), (0.62, -0.5), (0.62, 0.01), (0.2, 0.01)), "#8f332b", texture=0.12)
    pen.fill(
        poly((-0.24, -0.84), (0.34, -0.84), (0.66, -0.5), (0.22, -0.5)),
        "#5f5a60" if not ground.is_white(stage) else "#eef4f9",
    )
    face = poly((-0.52, 0.02), (-0.52, -0.44), (-0.4, -0.68), (-0.16, -0.86), (0.08, -0.68), (0.2, -0.44), (0.2, 0.02))
    pen.fill(face, "#b8402f", "#9c3328", texture=0.1)
    pen.fill([box(x, -0.5, 0.006, 0.52) for x in np.arange(-0.48, 0.2, 0.06)], "#7a2620", opacity=0.6)
    trim = [
        line(np.array(path), 0.03)
        for path in (
            [[-0.56, -0.4], [-0.42, -0.69], [-0.16, -0.88], [0.1, -0.69], [0.24, -0.4]],
            [[-0.36, 0.02], [-0.36, -0.32], [0.04, -0.32], [0.04, 0.02]],
            [[-0.36, -0.32], [0.04, 0.02]],
            [[0.04, -0.32], [-0.36, 0.02]],
        )
    ]
    pen.fill(trim, "#f6f0e6")
    pen.fill(box(-0.23, -0.62, 0.14, 0.15), "#3f211d")
    _fence(pen)


def _fence(pen: Pen) -> None:
    posts = [box(x, -0.2, 0.03, 0.24) for x in np.arange(-1.5, -0.52, 0.2)]
    pen.fill([*posts, box(-1.5, -0.17, 0.98, 0.025), box(-1.5, -0.08, 0.98, 0.025)], "#f0e9dc")


def castle(pen: Pen, stage: Stage) -> None:
    stone, roof = (("#b8b0a6", "#4f6a9c"), ("#c9b99c", "#a8483a"), ("#a3a8b3", "#5a4a7a"))[int(stage.rng.integers(3))]
    pen.fill(
        curve((-1.05, 0.14), (-0.7, -0.04), (-0.2, -0.1), (0.4, -0.08), (0.8, 0.0), (1.1, 0.14), (0, 0.2)),
        "#6f8a52",
        "#4f6f42",
        texture=0.2,
    )
    dark = darker(rgb(stone), 0.16)
    for x, wide, high, peaked in ((-0.28, 0.2, 0.72, True), (0.3, 0.18, 0.66, True), (0.02, 0.24, 0.86, True)):
        _tower(pen, x, wide, high, dark, roof, peaked)
    pen.fill(box(-0.58, -0.36, 1.16, 0.38), stone, dark, texture=0.16)
    pen.fill([box(x, -0.42, 0.055, 0.08) for x in np.arange(-0.57, 0.55, 0.095)], stone)
    for x, wide, high in ((-0.62, 0.24, 0.56), (0.62, 0.24, 0.6)):
        _tower(pen, x, wide, high, rgb(stone), roof, True)
    pen.fill(box(-0.15, -0.44, 0.3, 0.46), stone, dark, texture=0.12)
    pen.fill([box(x, -0.5, 0.05, 0.08) for x in (-0.15, -0.062, 0.025, 0.1)], stone)
    pen.fill(
        np.concatenate([curve((-0.085, 0.02), (-0.085, -0.2), (0, -0.29), (0.085, -0.2), (0.085, 0.02), closed=False)]),
        "#3a2a24",
    )
    pen.fill([box(x, -0.24, 0.008, 0.26) for x in (-0.05, -0.005, 0.04)], "#8a6a44")


def _tower(
    pen: Pen, x: float, wide: float, high: float, stone: tuple[float, float, float], roof: str, peaked: bool
) -> None:
    pen.fill(box(x - wide / 2, -high, wide, high + 0.02), lighter(stone, 0.06), darker(stone, 0.14), texture=0.14)
    pen.fill(box(x - wide * 0.6, -high - 0.05, wide * 1.2, 0.07), stone)
    pen.fill([box(x - wide * 0.6 + wide * 0.27 * i, -high - 0.09, wide * 0.16, 0.06) for i in range(5)], stone)
    if peaked:
        pen.fill(poly((x - wide * 0.58, -high - 0.05), (x + wide * 0.58, -high - 0.05), (x, -high - 0.3)), roof)
        pen.fill(box(x - 0.005, -high - 0.4, 0.01, 0.12), "#4a4038")
        pen.fill(
            curve(
                (x, -high - 0.4),
                (x + 0.06, -high - 0.385),
                (x + 0.11, -high - 0.395),
                (x + 0.1, -high - 0.345),
                (x, -high - 0.34),
            ),
            "#d9483a",
        )
    for row in (0.3, 0.62):
        window = box(x - wide * 0.11, -high * (1 - row * 0.6), wide * 0.22, wide * 0.42, wide * 0.11)
        pen.fill(window, "#ffd27a", lit=True)
        pen.glow(x, -high * (1 - row * 0.6) + wide * 0.2, wide * 0.6, "#ffc060", 0.5)


def temple(pen: Pen, stage: Stage) -> None:
    stone = "#e6dcc6"
    dark = darker(rgb(stone), 0.2)
    for step in range(3):
        pen.fill(box(-0.86 + 0.05 * step, -0.05 - 0.045 * step, 1.72 - 0.1 * step, 0.055), stone, dark)
    pen.fill(box(-0.68, -0.66, 1.36, 0.5), "#7a6a5a", "#5a4c44")
    broken = stage.says("ruin", "past", "archaeology", "fall")
    for index, x in enumerate(np.linspace(-0.68, 0.68, 7)):
        top = -0.66 if not (broken and index in (1, 5)) else -0.4 - 0.05 * index % 3
        pen.fill(
            poly((x - 0.062, -0.15), (x + 0.062, -0.15), (x + 0.05, top), (x - 0.05, top)),
            lighter(rgb(stone), 0.1),
            stone,
        )
        pen.fill([box(x + d, top, 0.008, -0.15 - top) for d in (-0.03, -0.006, 0.018)], dark, opacity=0.7)
        pen.fill([box(x - 0.078, top - 0.03, 0.156, 0.035), box(x - 0.078, -0.17, 0.156, 0.03)], stone)
    pen.fill(box(-0.8, -0.77, 1.6, 0.09), stone, dark)
    pen.fill([box(x, -0.76, 0.035, 0.065) for x in np.arange(-0.76, 0.76, 0.1)], dark)
    pen.fill(poly((-0.84, -0.77), (0.84, -0.77), (0, -1.0)), stone)
    pen.fill(poly((-0.6, -0.79), (0.6, -0.79), (0, -0.95)), dark)
