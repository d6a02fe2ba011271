"""PURE: the number of scenes that a prompt asks for: "in two scenes", "drei Szenen"."""

from __future__ import annotations

import re

from pipeline.film.settings import DURATION_STEP_S, MAX_DURATION_S

SHORTEST_S, LONGEST_S = DURATION_STEP_S, 2 * DURATION_STEP_S
"""Of a scene."""
USUAL = range(3, 7)
"""Scenes that a film of the usual length can have."""
NUMBERS = {
    "one": 1, "a single": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10,
    "eine": 1, "einer": 1, "eine einzige": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7,
    "acht": 8, "zehn": 10, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "une": 1, "deux": 2, "trois": 3,
    "quatre": 4, "cinq": 5,
}  # fmt: skip
_NUMBER = "|".join(sorted(NUMBERS, key=len, reverse=True))
_COUNT = re.compile(
    rf"(?<![\w.,:])(?<!first )(?<!last )(?<!ersten )(?<!letzten )(?<!every )(?<!nach )(?<!after )"
    rf"(\d{{1,2}}|{_NUMBER})[ -](?:short |different |kurzen? |verschiedenen? )?(?:scenes?|szenen?|escenas?|scènes?)\b",
    re.IGNORECASE,
)


def scenes_in(text: str) -> int | None:
    found = _COUNT.search(text)
    if found is None:
        return None
    count = int(found[1]) if found[1].isdigit() else NUMBERS[found[1].lower()]
    return count or None


def length_for(scenes: int) -> int | None:
    """Seconds of a film of so many scenes; None where one of the usual length can have as many."""
    if scenes in USUAL:
        return None
    return min(scenes * (LONGEST_S if scenes < USUAL.start else SHORTEST_S), MAX_DURATION_S)


def possible(scenes: int, duration_s: int) -> int:
    """Return the number of scenes nearest to `scenes` that a film of this length can have."""
    return min(max(scenes, -(-duration_s // LONGEST_S)), duration_s // SHORTEST_S)
