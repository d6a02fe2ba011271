"""People who pass by, each with their own looks, and trees, which grow by the dice."""

from __future__ import annotations

from pipeline.providers.local.drawing import figure, ground, look
from pipeline.providers.local.drawing.stage import Pen, Stage
from pipeline.providers.local.drawing.stage_drawings import Drawn


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
