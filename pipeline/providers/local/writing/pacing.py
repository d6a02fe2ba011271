"""How a film's length is cut into scenes of 5 and 10 seconds."""

from __future__ import annotations

from random import Random

LONG_FILM_S = 90
SHORTEST_WITH_MIDDLE_S = 15


def pacing(duration_s: int, pace: float, rng: Random) -> tuple[int, ...]:
    """Durations that add up exactly; `pace` 0 prefers tens, 1 fives. From 15 s on there are at least three scenes."""
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
    while duration_s >= SHORTEST_WITH_MIDDLE_S and (duration_s - 5 * fives) // 10 + fives < 3:
        fives += 2
    return fives
