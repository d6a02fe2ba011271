"""The things that a picture shows: each draws itself with a `Pen`, one unit high, its foot at the origin."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.providers.local.drawing.stage import Pen, Stage
from pipeline.providers.local.drawing.things import people, planet, plants
from pipeline.providers.local.drawing.things.base import Thing
from pipeline.providers.local.drawing.things.drawn import Drawn
from pipeline.providers.local.drawing.vocabulary import ROWS

BY_CODE: dict[str, Callable[[Pen, Stage], None]] = {
    "planet": planet.planet,
    "oak": plants.oak,
    "umbrella": people.umbrella,
    "people": people.people,
}
"""All others are the SVG file of their name."""
STANDING = ("size", "floats", "at_horizon")
THINGS: dict[str, Thing] = {
    name: Thing(BY_CODE.get(name, Drawn(name)), **{key: row[key] for key in STANDING if key in row})
    for name, row in ROWS.items()
}
