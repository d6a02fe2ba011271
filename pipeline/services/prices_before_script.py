"""The credits that a piece of each kind costs, for an estimate before there is a script."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.film.script_rules import USUAL_SECONDS
from pipeline.film.settings import TaskSettings, frame_size
from pipeline.planning.graph import Component
from pipeline.planning.kinds import kind_of
from pipeline.providers.registry import price

KEYS = ("scene/1", "audio/1", "music/1", "video/1", "character/1")


def by_kind(settings: TaskSettings) -> Mapping[str, float]:
    """Return the credits of one `scene`, `audio`, `music` and `character`, and of a second of `video`, as the film's
    settings choose who makes them."""
    clip_s = USUAL_SECONDS[0]
    shape = {"prompt": "", "text": "", "size": list(frame_size(settings.aspect_ratio, settings.resolution))}
    found: dict[str, float] = {}
    for key in KEYS:
        kind, is_clip = key.partition("/")[0], key.startswith("video/")
        asks = {**shape, "duration": clip_s} if is_clip else shape
        each = price(Component(key, kind_of(key), asks), settings.choice)
        found[kind] = each / clip_s if is_clip else each
    return found
