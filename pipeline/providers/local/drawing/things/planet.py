"""Worlds with rings and continents, which are shaded as globes."""

from __future__ import annotations

import math

import numpy as np

from pipeline.providers.local.drawing.colour import lighter, rgb
from pipeline.providers.local.drawing.places.space import world
from pipeline.providers.local.drawing.shapes import arc, curve, ellipse
from pipeline.providers.local.drawing.stage import Pen, Stage

WORLDS = ("#d9a066", "#6fa8d8", "#c87a5a", "#8fb89a", "#b08fd0", "#e0c080")


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
