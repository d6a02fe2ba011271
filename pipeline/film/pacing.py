"""PURE: the cutting of a film's length into scenes of 5 and 10 seconds."""

from __future__ import annotations

from random import Random

from pipeline.film import scene_counts

LONG_FILM_S = 90
FEWEST_SCENES = ((40, 5), (25, 4), (15, 3))
"""From so many seconds on at least so many scenes: a beginning, a middle and an end."""


def pacing(duration_s: int, pace: float, rng: Random, scenes: int | None = None) -> tuple[int, ...]:
    """Durations that add up exactly; `pace` 0 prefers tens, 1 fives. `scenes` where so many may be."""
    if scenes:
        fives = 2 * scene_counts.possible(scenes, duration_s) - duration_s // 5
    else:
        fives = _number_of_fives(duration_s, pace, rng)
    durations = [5] * fives + [10] * ((duration_s - 5 * fives) // 10)
    rng.shuffle(durations)
    return tuple(durations)


def _number_of_fives(duration_s: int, pace: float, rng: Random) -> int:
    if pace >= 1:
        return duration_s // 5
    wanted = pace * (0.5 if duration_s > LONG_FILM_S else 1) + rng.uniform(-0.15, 0.15)
    fives = round(duration_s * min(max(wanted, 0), 1) / 5)
    fives -= (duration_s // 5 - fives) % 2
    fives = max(fives, duration_s // 5 % 2)
    fewest = next((scenes for length, scenes in FEWEST_SCENES if duration_s >= length), 1)
    while (duration_s - 5 * fives) // 10 + fives < fewest:
        fives += 2
    return fives
