"""PURE: how a narration is fitted to its scene: the slot's length in frames, and the narration's tempo.

A narration begins a lead after its slot and ends a tail before it. One that is too long is sped up where a tempo of at
most `MAX_TEMPO` makes it fit; otherwise it keeps its tempo, and the slot becomes as long as it needs.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

FPS = 30
TRANSITION_S, LEAD_S, TAIL_S = 16 / 30, 8 / 30, 10 / 30
MAX_TEMPO = 1.15


@dataclass(frozen=True)
class Rhythm:
    """The fixed lengths of a cut, in frames at its frame rate."""

    fps: int
    transition: int
    lead: int
    tail: int

    @classmethod
    def at(cls, fps: int) -> Rhythm:
        return cls(fps, 2 * round(TRANSITION_S * fps / 2), round(LEAD_S * fps), round(TAIL_S * fps))


def slot_frames(duration_s: int, narration_ms: int, fps: int = FPS) -> tuple[int, float]:
    """A slot's length and its narration's tempo. A narration is sped up only if that makes it fit."""
    rhythm = Rhythm.at(fps)
    asked = duration_s * fps
    room = asked - rhythm.lead - rhythm.tail
    needed = narration_frames(narration_ms, 1.0, fps)
    if needed <= room:
        return asked, 1.0
    tempo = _tempo_that_fits(narration_ms, room, fps)
    if tempo <= MAX_TEMPO:
        return asked, tempo
    return rhythm.lead + needed + rhythm.tail, 1.0


def narration_frames(narration_ms: int, tempo: float, fps: int) -> int:
    """Frames that a narration touches; the small allowance is for what 1/tempo loses in floating point."""
    return math.ceil(narration_ms * fps / (1000 * tempo) - 1e-6)


def _tempo_that_fits(narration_ms: int, room: int, fps: int) -> float:
    """The least tempo, to four digits and rounded up, at which the narration takes at most `room` frames."""
    if room <= 0:
        return math.inf
    return math.ceil(narration_ms * fps * 10 / room) / 10_000
