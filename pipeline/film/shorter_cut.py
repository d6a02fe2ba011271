"""PURE: the scenes that a shorter cut of a film begins with as a proposal."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations, pairwise
from typing import Any

MOST_TRIED = 12
"""Of the scenes between, so many are tried in every choice; of more, every second or third one."""


def scenes_for(content: Mapping[str, Any], seconds: int) -> list[int]:
    """Propose the places of scenes that last `seconds` together, or as near below as they get; at least one.

    A cut opens and ends as the film does, and what lies between is spread over it. Where the film's end does not fit
    beside its beginning, the cut goes on from the beginning as far as it can.
    """
    lasts = {clip["scene"]["index"]: clip["scene"]["duration"] for clip in content["clips"]}
    first, last = min(lasts), max(lasts)
    if first == last or lasts[first] + lasts[last] > seconds:
        return _from_the_beginning(lasts, seconds)
    between = [place for place in lasts if place not in (first, last)]
    tried = between[:: -(-len(between) // MOST_TRIED) or 1] if between else []
    choices = (chosen for count in range(len(tried) + 1) for chosen in combinations(tried, count))
    fitting = [chosen for chosen in choices if sum(lasts[one] for one in (first, *chosen, last)) <= seconds]
    best = max(fitting, key=lambda chosen: (sum(lasts[one] for one in chosen), -_gap((first, *chosen, last))))
    return [first, *best, last]


def _from_the_beginning(lasts: Mapping[int, int], seconds: int) -> list[int]:
    """The first scene, and each later one that still fits."""
    found: list[int] = []
    left = seconds
    for place in sorted(lasts):
        if not found or lasts[place] <= left:
            found.append(place)
            left -= lasts[place]
    return found


def _gap(places: tuple[int, ...]) -> int:
    """The squares of the steps from scene to scene; the smallest sum is spread most evenly."""
    return sum((after - before) ** 2 for before, after in pairwise(places))
