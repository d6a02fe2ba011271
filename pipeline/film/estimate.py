"""PURE: about what a film will cost before it has a script, as the start page (`studio/start/estimate.js`) says it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from pipeline.film.scene_counts import LONGEST_S, SHORTEST_S

SCENES_OF_ONE_MUSIC = 4


def estimated(prices: Mapping[str, float], settings: Mapping[str, Any]) -> tuple[int, int]:
    """Return the least and the most credits, with scenes as long, and as short, as they can be.

    `prices`: credits of one `scene` (picture), `audio`, `music` and `character`, and of a second of `video`.
    """
    seconds = int(settings["duration"])
    least, most = (_cost(prices, settings, seconds, math.ceil(seconds / length)) for length in (LONGEST_S, SHORTEST_S))
    return least, most


def _cost(prices: Mapping[str, float], settings: Mapping[str, Any], seconds: int, scenes: int) -> int:
    cost = scenes * (prices["scene"] + (prices["audio"] if settings["voice_over"] else 0)) + seconds * prices["video"]
    cost += math.ceil(scenes / SCENES_OF_ONE_MUSIC) * prices["music"] if settings["music"] else 0
    cost += prices["character"] if settings["character_consistency"] else 0
    return math.floor(cost + 0.5)
