"""The things that a picture shows: each draws itself with a `Pen`, one unit high, its foot at the origin."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.providers.local.drawing.stage import Pen, Stage
from pipeline.providers.local.drawing.stage_drawings import Drawn
from pipeline.providers.local.drawing.things import by_chance
from pipeline.providers.local.drawing.vocabulary import ROWS

BY_CODE: dict[str, Callable[[Pen, Stage], None]] = {
    "planet": by_chance.planet,
    "oak": by_chance.oak,
    "umbrella": by_chance.umbrella,
    "people": by_chance.people,
}
"""All others are the SVG file of their name."""


@dataclass(frozen=True)
class Thing:
    """One thing that can be drawn, and how it stands in a scene."""

    draw: Callable[[Pen, Stage], None]
    size: float = 1.0
    """Height, in parts of an ordinary main subject."""
    floats: bool = False
    """In the air, in space or in water."""
    at_horizon: bool = False
    """It stands back, where land or water ends."""


STANDING = ("size", "floats", "at_horizon")
THINGS: dict[str, Thing] = {
    name: Thing(BY_CODE.get(name, Drawn(f"things/{name}")), **{key: row[key] for key in STANDING if key in row})
    for name, row in ROWS.items()
}
