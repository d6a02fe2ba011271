"""The places where a picture plays: each paints sky and ground and leaves room for its subject."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.providers.local.drawing.places import (
    city,
    desert,
    forest,
    halls,
    outdoors,
    rooms,
    space,
    waters,
    ways,
)
from pipeline.providers.local.drawing.stage import Stage

PLACES: dict[str, Callable[[Stage], None]] = {
    "space": space.space,
    "planet": space.planet,
    "sea": waters.sea,
    "underwater": waters.underwater,
    "clouds": waters.clouds,
    "mountains": outdoors.mountains,
    "forest": forest.forest,
    "fields": outdoors.fields,
    "desert": desert.desert,
    "hills": outdoors.hills,
    "ice": outdoors.ice,
    "city": city.city,
    "road": ways.road,
    "rail": ways.rail,
    "kitchen": rooms.kitchen,
    "room": rooms.room,
    "lab": halls.lab,
    "stage": halls.stage_hall,
    "arena": ways.arena,
    "plain": rooms.plain,
}
