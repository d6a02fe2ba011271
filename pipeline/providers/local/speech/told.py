"""PURE: the manner that an instruction asks a local voice for, in words that people use for voices."""

from __future__ import annotations

import re
from dataclasses import dataclass

WORDS: tuple[tuple[str, float, int, int], ...] = (
    (r"slow(er|ly)?|unhurried|more time", 0.88, 0, 0),
    (r"fast(er)?|quick(er|ly)?|speed up|brisk", 1.14, 0, 0),
    (r"calm(er|ly)?|soft(er|ly)?|gentl[ey]r?|soothing|relaxed|quiet(er)?", 0.93, -5, -14),
    (r"deep(er)?|low(er)?|dark(er)?|older", 1.0, -14, 0),
    (r"high(er)?|bright(er)?|younger", 1.0, 14, 0),
    (r"excited|energetic|lively|livelier|enthusiastic|happ(y|ier)|cheerful", 1.06, 5, 20),
    (r"serious|sober|grave|solemn|dramatic", 0.94, -7, -6),
)
"""Words of an instruction → factor of the pace, steps of pitch, steps of liveliness; a voice's range has a hundred."""


@dataclass(frozen=True)
class Told:
    pace: float = 1.0
    higher: int = 0
    livelier: int = 0


def told(instructions: str) -> Told:
    pace, higher, livelier = 1.0, 0, 0
    for words, factor, up, lively in WORDS:
        if re.search(rf"\b({words})\b", instructions, re.IGNORECASE):
            pace, higher, livelier = pace * factor, higher + up, livelier + lively
    return Told(pace, higher, livelier)
