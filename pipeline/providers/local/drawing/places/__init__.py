"""The places where a picture plays: each paints sky and ground and leaves room for its subject."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from pipeline.providers.local.drawing.places import city, forest, halls, land, rooms, space, waters
from pipeline.providers.local.drawing.stage import Stage

PLACES: dict[str, Callable[[Stage], None]] = {
    "space": space.space,
    "planet": space.planet,
    "sea": waters.sea,
    "underwater": waters.underwater,
    "clouds": waters.clouds,
    "forest": forest.forest,
    "city": city.city,
    "kitchen": rooms.kitchen,
    "room": rooms.room,
    "lab": halls.lab,
    "stage": halls.stage_hall,
    "plain": rooms.plain,
    **{name: partial(land.paint, name=name) for name in land.PLACES},
}
