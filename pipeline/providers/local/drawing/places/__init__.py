"""Where a picture plays: each place paints sky and ground and leaves room for its subject."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.providers.local.drawing.places import abstract, beyond, built, outdoors
from pipeline.providers.local.drawing.stage import Stage

PLACES: dict[str, Callable[[Stage], None]] = {
    "space": beyond.space,
    "planet": beyond.planet,
    "sea": beyond.sea,
    "underwater": beyond.underwater,
    "clouds": beyond.clouds,
    "mountains": outdoors.mountains,
    "forest": outdoors.forest,
    "fields": outdoors.fields,
    "desert": outdoors.desert,
    "hills": outdoors.hills,
    "ice": outdoors.ice,
    "city": built.city,
    "road": built.road,
    "rail": built.rail,
    "kitchen": built.kitchen,
    "room": built.room,
    "lab": built.lab,
    "stage": built.stage_hall,
    "arena": built.arena,
    "abstract": abstract.abstract,
}
