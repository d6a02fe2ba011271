"""What grows and stands outdoors."""

from __future__ import annotations

import math

import numpy as np

from pipeline.providers.local.drawing import ground
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
    ground_fence(pen)


def ground_fence(pen: Pen) -> None:
    posts = [box(x, -0.2, 0.03, 0.24) for x in np.arange(-1.5, -0.52, 0.2)]
    pen.fill([*posts, box(-1.5, -0.17, 0.98, 0.025), box(-1.5, -0.08, 0.98, 0.025)], "#f0e9dc")


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


def umbrella(pen: Pen, stage: Stage) -> None:
    colour = ("#d9483a", "#f0b83c", "#3f7fc0")[int(stage.rng.integers(3))]
    pen.shade_under(0.8)
    pen = pen.at(0, 0, 1.0, 0.25)
    pen.fill(box(-0.012, -0.85, 0.024, 0.75), "#4a3a30")
    pen.fill(limb((0, -0.12), (0.0, 0.0), (0.08, 0.02), (0.1, -0.06), width=0.034), "#6b4a30")
    for left, right, tint in ((-0.6, -0.24, 0.12), (-0.24, 0.2, 0.0), (0.2, 0.6, 0.22)):
        panel = curve(
            (0, -0.97),
            (left * 0.75, -0.84),
            (left, -0.5),
            ((left + right) / 2, -0.56),
            (right, -0.5),
            (right * 0.75, -0.84),
        )
        pen.fill(panel, darker(rgb(colour), tint))
    pen.fill(box(-0.01, -1.04, 0.02, 0.09), "#4a3a30")
