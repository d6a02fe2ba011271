"""Drawings on the stage: each is an SVG file, painted in the light and the colours of the scene."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.providers.local.drawing.colour import RGB
from pipeline.providers.local.drawing.painter import Painter
from pipeline.providers.local.drawing.stage import Pen, Stage
from pipeline.providers.local.drawing.svg import drawing, stretched

SMALL = 0.16
"""A part of the picture's short side: what is smaller has no parts that can be told apart."""


@dataclass(frozen=True)
class Drawn:
    name: str
    """The name of the file in `art`, without its ending."""

    def __call__(self, pen: Pen, stage: Stage, *, wide: float = 1.0, **roles: RGB) -> None:
        """Paint it so many times as `wide` as it is drawn; `roles` are colours that it asks for."""
        painter = Painter(pen, facts(pen, stage), {"daylight": stage.palette.light, **roles}, stage.rng)
        painter.paint(drawing(self.name), stretched(wide))


def prop(
    stage: Stage, name: str, x: float, y: float, size: float, *, wide: float = 1.0, flip: bool = False,
    turn: float = 0.0, depth: float = 0.0, **roles: RGB,
) -> None:  # fmt: skip
    """Paint a part of a place, `size` pixels to a hundred of its units; see `Stage.pen` and `Drawn`."""
    Drawn(f"props/{name}")(stage.pen(x, y, size, flip=flip, turn=turn, depth=depth), stage, wide=wide, **roles)


def spread(stage: Stage, name: str, x: float, y: float, high: float, **roles: RGB) -> None:
    """Paint a part of a place that is as wide as the picture; `high` as `size` of `prop`."""
    Drawn(f"props/{name}")(stage.pen(x, y, high), stage, wide=stage.width / high, **roles)


def facts(pen: Pen, stage: Stage) -> frozenset[str]:
    """List the facts that the classes `when-…` and `unless-…` of a drawing may ask for."""
    brief = stage.brief
    so = {
        "dark": stage.palette.dark,
        "dark-or-fog": stage.palette.dark or brief.weather in ("fog", "storm"),
        "snow": stage.is_white,
        "space": brief.place == "space",
        "afloat": brief.place in ("space", "clouds"),
        "underwater": brief.place == "underwater",
        "ruin": stage.says("ruin", "past", "archaeology", "fall"),
        "small": pen.size < SMALL * stage.unit,
        "lit-left": (stage.canvas.light[0] < 0) != pen.flip,
    }
    return frozenset(fact for fact, holds in so.items() if holds)
