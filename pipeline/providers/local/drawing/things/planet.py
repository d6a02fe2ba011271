"""Worlds with rings and continents, which are shaded as globes."""

from __future__ import annotations

import math

from pipeline.providers.local.drawing.colour import rgb
from pipeline.providers.local.drawing.places.space import world
from pipeline.providers.local.drawing.stage import Pen, Stage
from pipeline.providers.local.drawing.stage_drawings import prop

WORLDS = ("#d9a066", "#6fa8d8", "#c87a5a", "#8fb89a", "#b08fd0", "#e0c080")


def planet(pen: Pen, stage: Stage) -> None:
    earth = stage.says("earth", "world")
    colour = rgb("#2f78c0" if earth else stage.one_of(WORLDS))
    x, y, radius = pen.x, pen.y - pen.size * 0.5, pen.size * 0.36
    tilt = stage.between(-0.45, 0.45)
    if not earth:
        prop(stage, "planet-rings", x, y, radius, turn=tilt + math.pi, world=colour)
    world(stage, x, y, radius, colour, bands=0 if earth else 7)
    if earth:
        prop(stage, "continents", x, y, radius)
    else:
        prop(stage, "planet-rings", x, y, radius, turn=tilt, world=colour)
    moon = (x + radius * stage.between(1.5, 1.9) * (1 if x < stage.width / 2 else -1), y - radius * 0.9)
    world(stage, *moon, radius * 0.15, rgb("#c8c6c0"))
