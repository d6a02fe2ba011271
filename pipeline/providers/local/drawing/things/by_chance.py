"""Things that are never twice the same: people who pass by, trees, and worlds with rings or continents."""

from __future__ import annotations

import math

from pipeline.providers.local.drawing import figure, ground, look
from pipeline.providers.local.drawing.colour import rgb
from pipeline.providers.local.drawing.places.space import world
from pipeline.providers.local.drawing.stage import Pen, Stage
from pipeline.providers.local.drawing.stage_drawings import Drawn, prop

WORLDS = ("#d9a066", "#6fa8d8", "#c87a5a", "#8fb89a", "#b08fd0", "#e0c080")


def people(pen: Pen, stage: Stage) -> None:
    """A small group."""
    for x, size, turn in ((-0.52, 0.9, -0.4), (0.52, 0.86, 0.4), (0.0, 1.0, 0.0)):
        pose = figure.Pose(arm=stage.between(0, 1), turn=turn)
        figure.draw(pen.at(x, -0.06 * (1 - size), size), _passer_by(stage, "person"), pose)


def umbrella(pen: Pen, stage: Stage) -> None:
    """Draw someone out in the rain."""
    figure.draw(pen, _passer_by(stage, "raincoat"), figure.Pose(turn=-0.4, arm=0.4, step=0.6))
    Drawn("things/umbrella")(pen.at(-0.24, -0.6, 0.95, -0.12), stage)


def _passer_by(stage: Stage, wearing: str) -> look.Look:
    return look.from_words(f"passer-by {int(stage.rng.integers(1000))}", wearing)


def oak(pen: Pen, stage: Stage) -> None:
    pen.shade_under(1.2)
    colour = ("#d98a32" if stage.says("autumn", "fall") else "#5d9140") if stage.brief.weather != "snow" else "#b8c6c4"
    ground.leafy(pen, stage.rng, colour)


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
