"""Things that are drawings: each is an SVG file, painted in the light and the colours of the scene."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.providers.local.drawing import ground
from pipeline.providers.local.drawing.painter import Painter
from pipeline.providers.local.drawing.stage import Pen, Stage
from pipeline.providers.local.drawing.svg import drawing


@dataclass(frozen=True)
class Drawn:
    name: str
    """Of the file in `art/things`, without its ending."""

    def __call__(self, pen: Pen, stage: Stage) -> None:
        painter = Painter(pen, facts(pen, stage), {"daylight": stage.palette.light}, stage.rng)
        painter.paint(drawing(f"things/{self.name}"))


def facts(pen: Pen, stage: Stage) -> frozenset[str]:
    """List the facts that the classes `when-…` and `unless-…` of a drawing may ask for."""
    brief = stage.brief
    so = {
        "dark": stage.palette.dark,
        "dark-or-fog": stage.palette.dark or brief.weather in ("fog", "storm"),
        "snow": ground.is_white(stage),
        "space": brief.place == "space",
        "afloat": brief.place in ("space", "clouds"),
        "underwater": brief.place == "underwater",
        "ruin": stage.says("ruin", "past", "archaeology", "fall"),
        "lit-left": (stage.canvas.light[0] < 0) != pen.flip,
    }
    return frozenset(fact for fact, holds in so.items() if holds)
