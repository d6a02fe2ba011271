"""PURE: the fitting of what is spoken to its scene: the slot's length in frames, and the tempo of what is spoken.

A narration begins a lead after its slot and ends a tail before it; lines follow it, a pause before each. What is too
long is sped up where a tempo of at most `MAX_TEMPO` makes it fit; otherwise it keeps its tempo, and the slot becomes
as long as it needs.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

FPS = 30
TRANSITION_S, LEAD_S, TAIL_S = 16 / 30, 8 / 30, 10 / 30
PAUSE_S = 10 / 30
"""Between what two speakers say, and between two lines of one."""
MAX_TEMPO = 1.15
MIN_SLOT, MAX_SLOT = 30, 900
"""The frames of the shortest and the longest slot to which a border may be dragged."""


@dataclass(frozen=True)
class Rhythm:
    """The fixed lengths of a cut, in frames at its frame rate."""

    fps: int
    transition: int
    lead: int
    tail: int
    pause: int

    @classmethod
    def at(cls, fps: int) -> Rhythm:
        return cls(
            fps, 2 * round(TRANSITION_S * fps / 2), round(LEAD_S * fps), round(TAIL_S * fps), round(PAUSE_S * fps)
        )


def slot_frames(
    duration_s: int, spoken_ms: int | Sequence[int], fps: int = FPS, *, dragged: int = 0
) -> tuple[int, float]:
    """A slot's length and the tempo of what is spoken in it, which is sped up only if that makes it fit.

    `spoken_ms` is the length of the narration, or the lengths of narration and lines in their order, without a 0.
    `dragged` is the length, in frames, to which somebody dragged its border: it counts instead of the duration.
    """
    rhythm = Rhythm.at(fps)
    spoken_ms = [spoken_ms] if isinstance(spoken_ms, int) else spoken_ms
    asked = dragged or duration_s * fps
    pauses = rhythm.pause * (len(spoken_ms) - 1) if spoken_ms else 0
    room = asked - rhythm.lead - rhythm.tail - pauses
    needed = sum(narration_frames(ms, 1.0, fps) for ms in spoken_ms)
    if needed <= room:
        return asked, 1.0
    tempo = _tempo_that_fits(spoken_ms, room, fps)
    if tempo <= MAX_TEMPO:
        return asked, tempo
    return rhythm.lead + needed + pauses + rhythm.tail, 1.0


def narration_frames(narration_ms: int, tempo: float, fps: int) -> int:
    """Frames that a narration touches; the small allowance is for what 1/tempo loses in floating point."""
    return math.ceil(narration_ms * fps / (1000 * tempo) - 1e-6)


def least_frames(spoken_ms: Sequence[int], fps: int = FPS) -> int:
    """Return the frames of the shortest slot in which all of it is spoken, at the highest tempo."""
    rhythm = Rhythm.at(fps)
    pauses = rhythm.pause * (len(spoken_ms) - 1) if spoken_ms else 0
    spoken = math.ceil(sum(spoken_ms) * fps / 1000 / MAX_TEMPO) + max(len(spoken_ms) - 1, 0)
    return max(rhythm.lead + spoken + pauses + rhythm.tail, MIN_SLOT)


def _tempo_that_fits(spoken_ms: Sequence[int], room: int, fps: int) -> float:
    """The least tempo, to four digits and rounded up, at which all takes at most `room` frames, each whole ones."""
    whole = room - (len(spoken_ms) - 1)
    if whole <= 0:
        return math.inf
    return math.ceil(sum(spoken_ms) * fps * 10 / whole) / 10_000
