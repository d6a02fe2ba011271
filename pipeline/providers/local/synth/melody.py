"""PURE: a tune made of one motif that comes back, varied, over the chords."""

from __future__ import annotations

import random
from collections.abc import Iterator

from pipeline.providers.local.synth.note import STEPS, Note
from pipeline.providers.local.synth.pitches import is_in_chord, pitch
from pipeline.providers.local.synth.plan import Plan
from pixora.foundation.toml_tables import table

Rhythm = tuple[tuple[int, int], ...]
"""(step, length) of each note in a bar."""

_TOLD = table(__file__, "figures")
QUIET: tuple[Rhythm, ...] = _TOLD["quiet"]
LIVELY: tuple[Rhythm, ...] = _TOLD["lively"]
LIVELY_FROM = 0.65
"""Of a plan's density."""
PLAYS_FROM = 0.62
"""Of a bar's fullness."""
REGISTERS: dict[str, int] = _TOLD["registers"]
BRIGHT_REGISTER = 72
HIGHEST_STEP, LOWEST_STEP = 9, -2
CONTOUR = (-2, -1, -1, 1, 1, 2)


def melody(plan: Plan, chance: random.Random) -> Iterator[Note]:
    if plan.lead == "none":
        return
    rhythms = LIVELY if plan.density >= LIVELY_FROM else QUIET
    motif = [chance.choice(rhythms) for _ in range(2)]
    answer = chance.choice(QUIET)
    phrase = (motif[0], motif[1], motif[0], answer)
    contours = [[chance.choice(CONTOUR) for _ in range(8)] for _ in range(2)]
    lowest = REGISTERS.get(plan.lead, BRIGHT_REGISTER)
    degree = chance.choice((2, 4))
    for bar, root in enumerate(plan.chords):
        place = bar % 4
        if plan.fullness[bar] < PLAYS_FROM or (rhythms is QUIET and place == 3):
            continue
        contour = contours[place % 2 if bar // 4 % 2 == 0 or place < 2 else 1 - place % 2]
        for number, (step, length) in enumerate(phrase[place]):
            degree = _next(degree + contour[number], root, settle=number == 0 or length >= 6)
            loud = (0.95 if step == 0 else 0.8) * chance.uniform(0.92, 1.0)
            yield Note(plan.lead, bar * STEPS + step, length * 0.95, pitch(plan, degree, lowest), loud, 0.12)


def _next(degree: int, root: int, *, settle: bool) -> int:
    """Return a degree within the tune's range, and where it rests a note of the chord."""
    while degree > HIGHEST_STEP:
        degree -= 4
    while degree < LOWEST_STEP:
        degree += 4
    if not settle:
        return degree
    near = filter(lambda step: is_in_chord(step, root), range(degree - 2, degree + 3))
    return min(near, key=lambda step: abs(step - degree))
