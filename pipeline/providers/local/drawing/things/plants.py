"""Trees, which grow by the dice."""

from __future__ import annotations

from pipeline.providers.local.drawing import ground
from pipeline.providers.local.drawing.stage import Pen, Stage


def oak(pen: Pen, stage: Stage) -> None:
    pen.shade_under(1.2)
    colour = ("#d98a32" if stage.says("autumn", "fall") else "#5d9140") if stage.brief.weather != "snow" else "#b8c6c4"
    ground.leafy(pen, stage.rng, colour)
