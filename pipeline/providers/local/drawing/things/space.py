"""Rockets, worlds, astronauts, satellites, rovers."""

from __future__ import annotations

import math

import numpy as np

from pipeline.providers.local.drawing.colour import darker, lighter, rgb
from pipeline.providers.local.drawing.places.space import world
from pipeline.providers.local.drawing.shapes import arc, box, curve, ellipse, limb, line, poly
from pipeline.providers.local.drawing.stage import Pen, Stage

WORLDS = ("#d9a066", "#6fa8d8", "#c87a5a", "#8fb89a", "#b08fd0", "#e0c080")
TRIMS = ("#e0523f", "#2f7fc8", "#f0a33c", "#3fa88f")


def rocket(pen: Pen, stage: Stage) -> None:
    trim = TRIMS[int(stage.rng.integers(4))]
    tilt = 0.0 if stage.brief.place != "space" else stage.between(0.15, 0.55)
    pen = pen.at(0.0, -0.16, 0.84, tilt)
    _flame(pen, stage)
    for side in (-1, 1):
        fin = poly((side * 0.1, -0.34), (side * 0.25, -0.1), (side * 0.25, 0.06), (side * 0.09, -0.04))
        pen.fill(fin, trim)
    pen.fill(box(-0.08, -0.04, 0.16, 0.06, 0.01), "#4a4f5c")
    body = curve(
        (0, -1),
        (0.09, -0.84),
        (0.135, -0.6),
        (0.135, -0.3),
        (0.1, 0.0),
        (-0.1, 0.0),
        (-0.135, -0.3),
        (-0.135, -0.6),
        (-0.09, -0.84),
    )
    pen.fill(body, "#eef0f3", "#c9ced8")
    pen.fill(curve((0, -1), (0.062, -0.9), (0.1, -0.79), (0, -0.77), (-0.1, -0.79), (-0.062, -0.9)), trim)
    pen.fill(box(-0.132, -0.33, 0.264, 0.045), trim)
    pen.fill(ellipse(0, -0.6, 0.07), darker(rgb(trim), 0.25))
    pen.fill(ellipse(0, -0.6, 0.05), "#5fb8e8", "#1f4f8a", lit=True)
    pen.fill(arc(0, -0.6, 0.035, 0.035, 3.4, 4.8), "#e8fbff", lit=True, opacity=0.8)
    pen.fill(box(-0.02, -0.28, 0.04, 0.3, 0.015), trim)


def _flame(pen: Pen, stage: Stage) -> None:
    pen.glow(0, 0.2, 0.75, "#ff9a3c", 0.85)
    for long, wide, colour in ((0.62, 0.11, "#ff7a2e"), (0.44, 0.08, "#ffc04a"), (0.26, 0.05, "#fff6d8")):
        tongue = curve((-wide, 0.02), (-wide * 0.9, long * 0.4), (0, long), (wide * 0.9, long * 0.4), (wide, 0.02))
        pen.fill(tongue, colour, lit=True, blur=0.006)
    for index in range(14):
        y = 0.35 + 0.055 * index
        puff = ellipse(stage.rng.normal() * 0.05 * (1 + index * 0.18), y, 0.04 + 0.011 * index)
        pen.fill(puff, "#f3d9c4" if index < 5 else "#c9c4cc", lit=True, opacity=0.3, blur=0.014)


def planet(pen: Pen, stage: Stage) -> None:
    earth = stage.says("earth", "world")
    colour = "#2f78c0" if earth else WORLDS[int(stage.rng.integers(6))]
    radius, y = pen.size * 0.36, pen.y - pen.size * 0.5
    ringed = not earth
    tilt = stage.between(-0.45, 0.45)
    if ringed:
        _ring(stage, (pen.x, y), radius, tilt, colour, back=True)
    world(stage, pen.x, y, radius, rgb(colour), bands=0 if earth else 7)
    if earth:
        _continents(stage, pen.x, y, radius)
    else:
        _ring(stage, (pen.x, y), radius, tilt, colour, back=False)
    moon = (pen.x + radius * stage.between(1.5, 1.9) * (1 if pen.x < stage.width / 2 else -1), y - radius * 0.9)
    world(stage, *moon, radius * 0.15, rgb("#c8c6c0"))


def _ring(stage: Stage, at: tuple[float, float], radius: float, tilt: float, colour: str, *, back: bool) -> None:
    start = math.pi if back else 0.0
    for inner, outer, tint, opacity in ((1.3, 1.48, 0.25, 0.75), (1.52, 1.82, 0.5, 0.85), (1.87, 2.0, 0.1, 0.5)):
        edges = [arc(*at, radius * r, radius * r * 0.27, start, start + math.pi, turn=tilt) for r in (outer, inner)]
        stage.canvas.fill(
            np.concatenate([edges[0], edges[1][::-1]]),
            stage.palette.lit(lighter(rgb(colour), tint)),
            opacity=opacity,
            model=False,
        )


def _continents(stage: Stage, x: float, y: float, radius: float) -> None:
    lands = (
        curve((-0.6, -0.6), (-0.2, -0.66), (-0.15, -0.4), (-0.4, -0.2), (-0.32, 0.0), (-0.55, -0.15), (-0.75, -0.35)),
        curve((-0.32, 0.05), (-0.05, 0.16), (-0.12, 0.5), (-0.28, 0.78), (-0.38, 0.4)),
        curve(
            (0.2, -0.62), (0.6, -0.55), (0.78, -0.2), (0.55, -0.1), (0.62, 0.2), (0.42, 0.5), (0.24, 0.1), (0.12, -0.2)
        ),
    )
    stage.canvas.fill(
        [land * radius + (x, y) for land in lands], stage.palette.lit("#5f9a55"), texture=0.3, model=False, opacity=0.9
    )
    swirls = [
        ellipse(x + a * radius, y + b * radius, radius * r, radius * r * 0.22, turn=0.3)
        for a, b, r in ((-0.3, -0.3, 0.4), (0.35, 0.28, 0.36), (-0.2, 0.55, 0.4), (0.2, -0.72, 0.34))
    ]
    stage.canvas.fill(swirls, (250.0, 252.0, 255.0), opacity=0.55, blur=radius * 0.04)


def astronaut(pen: Pen, stage: Stage) -> None:
    floating = stage.brief.place in ("space", "clouds")
    if not floating:
        pen.shade_under(0.5)
    pen = pen.at(0, -0.04, 0.96, stage.between(-0.5, 0.5) if floating else 0.0)
    white, shade, trim = "#f1f2f4", "#c3c8d2", TRIMS[int(stage.rng.integers(4))]
    pen.fill(box(-0.21, -0.68, 0.42, 0.4, 0.06), "#9aa2b0")
    spread = 0.1 if floating else 0.02
    pen.fill(
        [
            limb((s * 0.09, -0.36), (s * (0.11 + spread), -0.18), (s * (0.11 + spread), 0.0), width=0.14, end=0.12)
            for s in (-1, 1)
        ],
        shade,
        white,
    )
    pen.fill([box(s * (0.11 + spread) - 0.085, -0.05, 0.17, 0.07, 0.03) for s in (-1, 1)], "#59606e")
    pen.fill(
        curve((-0.17, -0.66), (0, -0.7), (0.17, -0.66), (0.18, -0.42), (0.13, -0.28), (-0.13, -0.28), (-0.18, -0.42)),
        white,
    )
    wave = stage.between(0.0, 0.28)
    pen.fill(limb((0.15, -0.61), (0.3, -0.55), (0.38, -0.66 - wave), width=0.12, end=0.085), white)
    pen.fill(limb((-0.15, -0.61), (-0.27, -0.48), (-0.26, -0.33), width=0.12, end=0.085), white)
    pen.fill([ellipse(0.385, -0.69 - wave, 0.052), ellipse(-0.26, -0.31, 0.052)], trim)
    pen.fill(box(-0.09, -0.55, 0.18, 0.12, 0.02), "#717a8a")
    for x, colour in ((-0.05, "#e0523f"), (0.0, "#f2c14e"), (0.05, "#5fc88f")):
        pen.fill(ellipse(x, -0.51, 0.015), colour, lit=True)
    pen.fill([box(-0.17, -0.4, 0.34, 0.03), box(0.2, -0.6, 0.001, 0.001)], trim)
    pen.fill(ellipse(0, -0.82, 0.19, 0.185), white)
    pen.fill(ellipse(0.02, -0.815, 0.145, 0.125), "#8a6a2f")
    pen.fill(ellipse(0.02, -0.815, 0.135, 0.115), "#2a4a8a", "#e0a04f", lit=True)
    pen.fill(limb((-0.06, -0.87), (-0.02, -0.9), (0.05, -0.9), width=0.02, end=0.008), "#f4fbff", lit=True, opacity=0.9)


def satellite(pen: Pen, stage: Stage) -> None:
    pen = pen.at(0, -0.5, 1.0, stage.between(-0.5, 0.1))
    pen.fill(box(-0.62, -0.02, 1.24, 0.04), "#8a8f9a")
    for side in (-1, 1):
        left = side * 0.42 - 0.25
        pen.fill(box(left, -0.17, 0.5, 0.34), "#d8dde6")
        pen.fill(box(left + 0.012, -0.158, 0.476, 0.316), "#2f5fb0", "#16306a", lit=True)
        grid = [box(left + 0.012 + 0.079 * i, -0.158, 0.008, 0.316) for i in range(1, 6)]
        grid += [box(left + 0.012, -0.158 + 0.079 * i, 0.476, 0.008) for i in range(1, 4)]
        pen.fill(grid, "#8fb4e8", lit=True, opacity=0.8)
        pen.fill(
            poly((left + 0.05, -0.158), (left + 0.2, -0.158), (left + 0.02, 0.158), (left + 0.012, 0.0)),
            "#bfe0ff",
            lit=True,
            opacity=0.25,
        )
    pen.fill(box(-0.14, -0.24, 0.28, 0.48, 0.03), "#e0b04f", "#a8742c", texture=0.3)
    pen.fill(box(-0.14, -0.06, 0.28, 0.05), "#eceff4")
    pen.fill(limb((0, -0.24), (0.02, -0.33), (0.05, -0.38), width=0.02), "#9aa2b0")
    pen.fill(ellipse(0.08, -0.43, 0.17, 0.09, turn=-0.5), "#f2f4f7", "#b8bfcc")
    pen.fill(ellipse(0.1, -0.455, 0.13, 0.05, turn=-0.5), "#aab2c0")
    pen.fill(line(np.array([[0.1, -0.46], [0.17, -0.58]]), 0.012), "#e8ebf0")
    pen.glow(0.17, -0.58, 0.14, "#ff6a4f", 1.0)


def rover(pen: Pen, stage: Stage) -> None:
    pen.shade_under(1.1)
    for x in (-0.42, 0.0, 0.42):
        pen.fill(ellipse(x, -0.13, 0.14), "#3a3d46")
        pen.fill(ellipse(x, -0.13, 0.07), "#9aa0aa")
    pen.fill(
        [
            limb((-0.42, -0.13), (-0.2, -0.32), (0.42, -0.13), width=0.04),
            limb((0.0, -0.13), (0.1, -0.34), (0.3, -0.36), width=0.04),
        ],
        "#7a808c",
    )
    pen.fill(box(-0.42, -0.5, 0.8, 0.2, 0.03), "#e9e4d6", "#b8ae9c")
    pen.fill(poly((-0.52, -0.58), (0.3, -0.58), (0.4, -0.5), (-0.46, -0.5)), "#2f4f8f")
    pen.fill(box(0.2, -0.92, 0.045, 0.36), "#c9c4b8")
    pen.fill(box(0.1, -1.0, 0.26, 0.13, 0.03), "#f0ece2")
    pen.fill([ellipse(0.28, -0.935, 0.038), ellipse(0.18, -0.935, 0.028)], "#1f2a44")
    pen.fill(limb((-0.38, -0.5), (-0.5, -0.72), (-0.42, -0.86), width=0.03), "#9aa0aa")
    pen.fill(ellipse(-0.4, -0.88, 0.11, 0.05, turn=-0.5), "#f0ece2")
