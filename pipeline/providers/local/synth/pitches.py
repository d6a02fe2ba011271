"""PURE: steps of a scale and chords as MIDI pitches."""

from __future__ import annotations

from pipeline.providers.local.synth.moods import SCALES
from pipeline.providers.local.synth.plan import Plan

STACKS: dict[int, tuple[int, ...]] = {3: (0, 2, 4), 4: (0, 2, 4, 6), 5: (0, 2, 4, 8)}
WHOLE_TONE = 2


def pitch(plan: Plan, degree: int, lowest: int) -> int:
    """The scale's `degree`, counted on past the octave, from the tonic at or above `lowest`."""
    scale = SCALES[plan.scale]
    octave, step = divmod(degree, len(scale))
    return lowest + (plan.tonic - lowest) % 12 + 12 * octave + scale[step]


def chord(plan: Plan, root: int, lowest: int) -> list[int]:
    """The chord's notes within the octave above `lowest`, from low to high."""
    stack = STACKS[plan.colour]
    if plan.colour == 5 and pitch(plan, root + 8, 0) - pitch(plan, root + 7, 0) != WHOLE_TONE:
        stack = STACKS[3]
    return sorted({lowest + (pitch(plan, root + degree, 0) - lowest) % 12 for degree in stack})


def is_in_chord(degree: int, root: int) -> bool:
    return (degree - root) % 7 in (0, 2, 4)
